"""Choosing where an own field is shown, with the keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.settings.fields import FieldsGroup
from crm_desktop.ui.settings.lists import ListsGroup
from crm_desktop.ui.settings.page import SettingsPage
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.settings.steps import open_group, rest


def limits(services: Services, kind: Kind = Kind.COMPANY) -> tuple[int, ...]:
    """Where the only own field of a kind belongs."""
    (row,) = services.custom.of(kind)
    return row.only_for


def tick(field: Any, place: int, qtbot: Any) -> None:
    """Open the menu of choices and take the one at `place`, by keys."""
    field.setFocus()
    button = field._add
    qtbot.waitUntil(button.hasFocus, timeout=20_000)
    menus: list[QMenu] = []

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            menus.append(menu)
            for _ in range(place + 1):
                qtbot.keyClick(menu, Qt.Key.Key_Down)
            qtbot.keyClick(menu, Qt.Key.Key_Return)

    field._menu.aboutToShow.connect(choose, Qt.ConnectionType.QueuedConnection)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(menus), timeout=20_000)
    field._menu.aboutToShow.disconnect(choose)


def back(page: SettingsPage, widget: QWidget, qtbot: Any) -> bool:
    """The window has the keyboard again, which without a screen stays with a closed menu."""
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow, timeout=20_000)
    return widget.hasFocus()


@pytest.fixture
def group(page: SettingsPage, services: Services, qtbot: Any) -> FieldsGroup:
    """The own fields of companies: one of them."""
    services.custom.add(Kind.COMPANY, "马力")
    page.go(Place.to("settings", view="fields", kind="company"))
    rest(page, qtbot)
    found = page.group
    assert isinstance(found, FieldsGroup)
    assert found.kind.value() is Kind.COMPANY
    return found


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus
def test_a_field_is_limited_and_freed_by_keys(
    page: SettingsPage, services: Services, group: FieldsGroup, qtbot: Any
) -> None:
    tractors, combines = (services.lists.add("product_line", name) for name in ("拖拉机", "收割机"))
    rest(page, qtbot)
    parts = group.belonging
    assert parts.scope.current() == "all"
    assert not parts.rows["product_line"].isVisibleTo(group)
    parts.scope._buttons["all"].setFocus()
    qtbot.keyClick(parts.scope._buttons["all"], Qt.Key.Key_Right)
    assert parts.scope._buttons["some"].hasFocus()
    assert parts.rows["product_line"].isVisibleTo(group)
    assert parts.rows["company_kind"].isVisibleTo(group)
    assert not parts.rows["pipeline"].isVisibleTo(group)
    assert parts.about.text() == tr("settings.belonging.nothing")
    tick(parts.choices["product_line"], 1, qtbot)
    rest(page, qtbot)
    assert limits(services) == (combines,)
    assert back(page, parts.choices["product_line"]._add, qtbot)
    tick(parts.choices["product_line"], 0, qtbot)
    rest(page, qtbot)
    assert limits(services) == (tractors, combines)
    assert parts.about.text() == tr("settings.belonging.company")
    services.history.undo()
    rest(page, qtbot)
    assert parts.choices["product_line"].value() == (combines,)
    parts.scope._buttons["some"].setFocus()
    assert back(page, parts.scope._buttons["some"], qtbot)
    qtbot.keyClick(parts.scope._buttons["some"], Qt.Key.Key_Left)
    rest(page, qtbot)
    assert limits(services) == ()
    assert parts.scope._buttons["all"].hasFocus()
    services.history.undo()
    rest(page, qtbot)
    assert (limits(services), parts.scope.current()) == ((combines,), "some")


def test_each_kind_has_its_lists_and_others_none(
    page: SettingsPage, services: Services, group: FieldsGroup, qtbot: Any
) -> None:
    services.lists.add("product_line", "拖拉机")
    for kind, expected in (
        (Kind.PERSON, {"product_line", "company_kind"}),
        (Kind.OPPORTUNITY, {"product_line", "company_kind", "pipeline"}),
        (Kind.TICKET, set()),
    ):
        services.custom.add(kind, "x")
        group.kind.set_value(kind)
        group.refresh()
        group.belonging.scope._take("some")
        rows = group.belonging.rows
        assert {key for key, row in rows.items() if row.isVisibleTo(group)} == expected
        assert group.belonging.isVisibleTo(group) is bool(expected)
    group.kind.set_value(Kind.PRODUCT)  # without any field of its own
    group.refresh()
    assert not group.belonging.isVisibleTo(group)


def test_a_list_without_items_leads_to_where_they_are_added(
    page: SettingsPage, services: Services, group: FieldsGroup, qtbot: Any
) -> None:
    group.belonging.scope._take("some")
    assert not group.belonging.rows["product_line"].isVisibleTo(group)
    button = group.belonging.empty["product_line"]
    assert button.isVisibleTo(group)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    rest(page, qtbot)
    lists = page.group
    assert isinstance(lists, ListsGroup)
    assert (lists.which.value(), lists.editor.list_key) == ("product_line", "product_line")


def test_retiring_what_a_field_belongs_to_says_so(
    page: SettingsPage, services: Services, group: FieldsGroup, qtbot: Any
) -> None:
    tractors = services.lists.add("product_line", "拖拉机")
    (row,) = services.custom.of(Kind.COMPANY)
    services.custom.limit(Kind.COMPANY, row.key, [tractors])
    lists = open_group(page, "lists", qtbot)
    assert isinstance(lists, ListsGroup)
    lists.which.set_value("product_line")
    lists._chosen("product_line")
    lists.editor.retire.click()
    rest(page, qtbot)
    window = page.window()
    assert isinstance(window, MainWindow)
    assert "马力" in window.toasts.text
    again = open_group(page, "fields", qtbot)
    assert isinstance(again, FieldsGroup)
    assert limits(services) == (tractors,)
    chips = [chip.text() for chip in again.belonging.choices["product_line"]._chips]
    assert chips == [tr("settings.lists.retired_item", name="拖拉机")]
