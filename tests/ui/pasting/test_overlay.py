"""Ctrl+Shift+V over a real book: read, put right, made with its company, or filled in."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.ui.pasting.overlay import PasteOverlay
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.pasting.conftest import CARD, shown
from tests.ui.resting import rest

CTRL = Qt.KeyboardModifier.ControlModifier


def pasted(window: MainWindow, text: str, qtbot: Any) -> PasteOverlay:
    QGuiApplication.clipboard().setText(text)
    window.run_command("paste_new")
    rest(window, qtbot)
    overlay = window.actions_of_shell.paste_overlay
    assert overlay is not None
    return overlay


def test_a_card_becomes_a_person_with_its_company(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    overlay = pasted(opened, CARD, qtbot)
    assert shown(overlay) == {
        "name": "张伟",
        "company": "恒远精密机械有限公司",
        "title": "采购经理",
        "mobile": "138 1234 5678",
        "email": "zhang@example.com",
    }
    assert overlay.form is not None
    overlay.form.line("title").setText("总监")
    QTest.keyClick(overlay, Qt.Key.Key_Return, CTRL)
    rest(opened, qtbot)
    (person,) = services.records.ids(Kind.PERSON)
    values = services.records.card(Kind.PERSON, person).values
    assert (values["name"], values["title"]) == ("张伟", "总监")
    assert values["company"].title == "恒远精密机械有限公司"
    assert opened.navigator.here is not None
    assert (opened.navigator.here.page, opened.navigator.here.id) == ("person", person)
    assert not overlay.isVisible()
    opened.run_command("undo")
    rest(opened, qtbot)
    assert services.records.count(Kind.PERSON) == services.records.count(Kind.COMPANY) == 0


def test_who_it_may_be_takes_no_room_from_what_was_read(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    for name in ("张伟", "张伟明"):
        services.records.create(Kind.PERSON, {"name": name, "mobile": ("13812345678",)})
    overlay = pasted(opened, CARD, qtbot)
    assert overlay.form is not None
    assert overlay.alike.isVisible()
    assert overlay._scroll.height() >= overlay.form.sizeHint().height()


def test_a_known_company_is_offered_and_another_name_is_another(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    firm = services.records.create(Kind.COMPANY, {"name": "恒远精密机械（苏州）有限公司"})
    overlay = pasted(opened, CARD, qtbot)
    form = overlay.form
    assert form is not None
    assert form.how.isVisible()
    assert form.firm().known == firm
    qtbot.keyClicks(form.line("company"), "X")
    assert form.firm().known is None
    form.how.set_value(firm)
    QTest.mouseClick(overlay.create_button, Qt.MouseButton.LeftButton)
    rest(opened, qtbot)
    assert services.records.count(Kind.COMPANY) == 1


def test_one_that_is_there_is_shown_and_filled(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    person = services.records.create(Kind.PERSON, {"name": "张伟", "mobile": ("13812345678",)})
    overlay = pasted(opened, CARD, qtbot)
    assert overlay.alike.isVisible()
    overlay.fill(services.records.card(Kind.PERSON, person).ref)
    rest(opened, qtbot)
    values = services.records.card(Kind.PERSON, person).values
    assert values["email"] == ("zhang@example.com",)
    assert services.records.count(Kind.PERSON) == 1
    assert "3 fields of 张伟" in opened.toasts.text


def test_the_kind_can_be_chosen_and_text_typed(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    overlay = pasted(opened, "", qtbot)
    assert overlay.form is None
    assert not overlay.create_button.isEnabled()
    assert "clipboard" in overlay.said.text()
    overlay.source.setPlainText("Acme Widgets Ltd\nTel 0512-65881234")
    qtbot.waitUntil(lambda: overlay.form is not None)
    assert overlay.kinds.current() == "company"
    assert shown(overlay)["name"] == "Acme Widgets Ltd"
    overlay._choose_kind("person")
    rest(opened, qtbot)
    overlay.make()
    assert overlay.said.text() == "Give it a name first."
    QTest.keyClick(overlay, Qt.Key.Key_Escape)
    assert not overlay.isVisible()
    opened.actions_of_shell.paste_new("")
    rest(opened, qtbot)
    assert overlay.source.toPlainText().startswith("Acme")  # nothing typed is lost


def test_what_says_nothing_is_said(opened: MainWindow, qtbot: Any) -> None:
    overlay = pasted(opened, "明天下午三点开会", qtbot)
    assert overlay.form is None
    assert overlay.said.text().startswith("Nothing was understood")


@pytest.mark.parametrize("text", [100, 150])
def test_it_stays_inside_the_smallest_window(opened: MainWindow, qtbot: Any, text: int) -> None:
    opened.context.settings.text_size = text
    opened.apply_settings()
    opened.resize(1024, 600)
    overlay = pasted(opened, CARD + "\n苏州工业园区星湖街328号\nQQ 12345678", qtbot)
    assert opened.rect().contains(overlay.geometry())
    assert overlay.create_button.isVisible()
    bottom = overlay.create_button.mapTo(overlay, overlay.create_button.rect().bottomLeft()).y()
    assert bottom < overlay.height()


def test_a_birthday_is_shown_as_understood_and_put_right(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    overlay = pasted(opened, "张伟 总经理\n农历八月十五\n13812345678", qtbot)
    assert overlay.form is not None
    line = overlay.form.line("birthday")
    assert line.text() == "lunar 8/15"
    line.setText("31 June")
    QTest.keyClick(overlay, Qt.Key.Key_Return, CTRL)
    rest(opened, qtbot)
    assert overlay.isVisible()
    assert "31" in overlay.said.text()
    assert line.hasFocus()
    line.setText("12 March 1985")
    QTest.keyClick(overlay, Qt.Key.Key_Return, CTRL)
    rest(opened, qtbot)
    (person,) = services.records.ids(Kind.PERSON)
    assert services.records.card(Kind.PERSON, person).values["birthday"] == Birthday(3, 12, 1985)
