"""The picture of a person on its page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from crm_desktop.ui.record.portrait import picture_of
from crm_desktop.ui.widgets import Avatar
from tests.ui.record.conftest import Desk


def drawn(page: Any) -> QColor:
    avatar: Avatar = page.header.avatar
    return avatar.grab().toImage().pixelColor(avatar.rect().center())


def image(colour: str, width: int = 900, height: int = 600) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    return made


def test_it_is_chosen_shown_removed_and_undone(desk: Desk, tmp_path: Path) -> None:
    page = desk.open("person", desk.person)
    people = desk.services.people
    choose, paste, remove = page.extra_actions()[:3]
    assert not page.header.avatar.has_picture
    assert (choose.isEnabled(), remove.isEnabled()) == (True, False)
    file = tmp_path / "photo.png"
    image("red").save(str(file))
    page.portrait.set_from(file)
    desk.settle()
    kept = people.picture(desk.person)
    assert kept is not None
    assert picture_of(kept).size().toTuple() == (512, 341)
    assert drawn(page).red() > 240
    assert page.header.avatar.accessibleName() != page.title()
    assert page.extra_actions()[2].isEnabled()
    remove.trigger()
    desk.settle()
    assert people.picture(desk.person) is None
    assert not page.header.avatar.has_picture
    desk.services.history.undo()
    desk.settle()
    assert page.header.avatar.has_picture

    QGuiApplication.clipboard().setImage(image("blue", 40, 40))
    paste = page.extra_actions()[1]
    assert paste.isEnabled()
    paste.trigger()
    desk.settle()
    assert drawn(page).blue() > 240
    assert drawn(page).red() < 40


def test_what_is_no_picture_is_said(desk: Desk, tmp_path: Path) -> None:
    page = desk.open("person", desk.person)
    file = tmp_path / "photo.jpg"
    file.write_text("no picture", "utf-8")
    page.portrait.set_from(file)
    desk.settle()
    assert desk.services.people.picture(desk.person) is None


def test_companies_have_none(desk: Desk) -> None:
    page = desk.open("company", desk.company)
    assert page.portrait is None


def press_in_menu(desk: Desk, words: str) -> None:
    """Open the menu that has this command about the picture and press Return on it."""
    menus = [menu for menu in desk.window.menuBar().findChildren(QMenu) if menu.actions()]
    menu, action = next(
        (menu, action)
        for menu in menus
        for action in menu.actions()
        if words in action.text() and "picture" in action.text()
    )
    menu.popup(QPoint(10, 10))
    menu.setActiveAction(action)
    desk.qtbot.waitUntil(menu.isVisible)
    desk.qtbot.waitUntil(action.isEnabled)
    QTest.keyClick(menu, Qt.Key.Key_Return)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus
def test_it_is_pasted_and_removed_from_the_record_menu_with_keys(desk: Desk) -> None:
    desk.open("person", desk.person)
    people = desk.services.people
    QGuiApplication.clipboard().setImage(image("blue", 40, 40))
    press_in_menu(desk, "Paste")
    desk.qtbot.waitUntil(lambda: people.picture(desk.person) is not None)
    desk.settle()
    press_in_menu(desk, "Remove")
    desk.qtbot.waitUntil(lambda: people.picture(desk.person) is None)
    desk.settle()
    desk.window.run_command("undo")
    desk.settle()
    assert people.picture(desk.person) is not None
