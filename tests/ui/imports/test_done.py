"""What the last step offers: a first follow-up for each new record, a name for the layout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.ui.imports.page import DONE, ImportPage
from crm_desktop.ui.table.bulk_popovers import FollowupPopover
from tests.ui.imports.hands import Press
from tests.ui.imports.test_page import rest, to_check


@pytest.fixture
def done(page: ImportPage, make_book: Callable[..., Path], qtbot: Any) -> ImportPage:
    """The page behind an import of three people and two companies."""
    to_check(page, make_book(), qtbot)
    page.next.click()
    qtbot.waitUntil(lambda: page.step == DONE, timeout=20000)
    rest(page, qtbot)
    return page


def test_the_figures_stand_under_the_headline(done: ImportPage, qtbot: Any) -> None:
    step = done.done_step
    names = [label for tile in step.figures.tiles() for label in tile.findChildren(QLabel)]
    qtbot.waitUntil(lambda: bool(names) and names[0].width() > 0, timeout=20000)
    assert names[0].mapTo(step, QPoint()).x() == step.headline.x()


def test_a_first_follow_up_for_each_new_person_is_one_gesture(
    done: ImportPage, services: Services, at_the_desk: None, press: Press, qtbot: Any
) -> None:
    press(done.done_step.followup)
    panels = done.window().findChildren(FollowupPopover)
    assert len(panels) == 1
    panels[0].quick.line.setText("明天打电话问候")
    QTest.keyClick(panels[0].quick.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: services.records.count(Kind.ACTIVITY) == 3, timeout=20000)
    rest(done, qtbot)
    found = services.records.ids(Kind.ACTIVITY)
    items = [services.activities.item(each) for each in found]
    assert {item.subject for item in items} == {"打电话问候"}
    tomorrow = done.context.clock.today().toordinal() + 1
    assert {item.due.day.toordinal() for item in items if item.due is not None} == {tomorrow}
    services.history.undo()
    assert services.records.count(Kind.ACTIVITY) == 0
    assert services.records.count(Kind.PERSON) == 3


def test_the_mapping_is_said_to_be_remembered_and_can_be_named(
    done: ImportPage, services: Services, at_the_desk: None, press: Press, qtbot: Any
) -> None:
    assert done.done_step.remembered.isVisible()
    press(done.done_step.layouts)
    panel = done.columns_step.layouts
    assert panel is not None
    panel.line.setText("展会名单")
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: services.imports.mappings.layouts() == ("展会名单",), timeout=20000)
    rest(done, qtbot)


def test_after_an_undo_nothing_is_offered_that_is_gone(done: ImportPage, qtbot: Any) -> None:
    assert done.done_step.followup.isVisible()
    done.undo()
    rest(done, qtbot)
    qtbot.waitUntil(lambda: bool(done.done_step.undone), timeout=20000)
    assert not done.done_step.followup.isVisible()
    assert not done.done_step.remembered.isVisible()
