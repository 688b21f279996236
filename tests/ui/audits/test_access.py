"""Everything the keyboard reaches has a name and is reached once, in a round, visibly."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QScrollArea

from tests.ui.audits.access import focus_shows, focusable, is_in_view
from tests.ui.audits.conftest import Stages
from tests.ui.audits.survey import Survey
from tests.ui.audits.walking import name_of


def test_whatever_has_the_keyboard_has_a_name(survey: Survey) -> None:
    assert not survey.nameless, survey.said("nameless")


def test_tab_visits_everything_once_and_comes_back(survey: Survey) -> None:
    assert not survey.lost_by_tab, survey.said("lost_by_tab")


def test_every_action_has_words(survey: Survey) -> None:
    for menu in survey.stage.window.findChildren(QMenu):
        for action in menu.actions():
            assert action.isSeparator() or action.text().strip()


def test_the_focus_can_be_seen(stages: Stages) -> None:
    stage = stages("en")
    unseen: list[str] = []
    kinds: set[str] = set()
    for place in stage.tour():
        for widget in list(focusable(stage.window)):
            kind = f"{type(widget).__name__} {widget.property('variant')}"
            if kind in kinds or isinstance(widget, QScrollArea) or not is_in_view(widget):
                continue
            kinds.add(kind)
            if not focus_shows(stage, widget):
                unseen.append(f"{place}: {name_of(widget)}")
    assert not unseen, "\n" + "\n".join(unseen)
    assert len(kinds) > 20
