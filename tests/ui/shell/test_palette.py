"""Ctrl+K: results, commands, actions, and the way in and out by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.ui.language import set_language, tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.keymap import COMMANDS
from crm_desktop.ui.shell.palette import Palette
from crm_desktop.ui.shell.palette_rows import matching_commands
from crm_desktop.ui.shell.quick_add import QuickAdd
from crm_desktop.ui.shell.window import MainWindow


@dataclass(frozen=True)
class Found:
    kind: str
    id: int
    title: str
    subtitle: str


class People:
    """A source that knows one person and answers when told to."""

    def __init__(self) -> None:
        self.answers: list[tuple[str, Callable[[Sequence[Any]], None]]] = []
        self.done: list[object] = []

    def find(self, text: str, answer: Callable[[Sequence[Any]], None]) -> bool:
        self.answers.append((text, answer))
        return True

    def answer(self) -> None:
        for text, answer in self.answers:
            known = [Found("person", 7, "张伟", "恒远精密机械 · 138 1234 5678")]
            answer(known if text in "张伟zw" else [])
        self.answers.clear()

    def recent(self) -> list[tuple[Place, str]]:
        return [(Place("person", 7), "张伟")]

    def act(self, command: str, place: Place) -> None:
        self.done.append((command, place))

    def create(self, kind: str, text: str) -> None:
        self.done.append((kind, text))

    def go(self, place: Place) -> None:
        self.done.append(place)


@pytest.fixture
def source() -> People:
    return People()


@pytest.fixture
def palette(window: MainWindow, source: People) -> Palette:
    window.activateWindow()
    made = Palette(window, window.commands, source)
    made.open_with()
    return made


def titles(palette: Palette) -> list[str]:
    return [row.title for row in palette.model.rows]


@pytest.mark.parametrize("height", [420, 800])
def test_its_lines_leave_room_for_what_stands_below(
    palette: Palette, window: MainWindow, height: int
) -> None:
    window.resize(1024, height)
    palette.field.setText(">")
    palette.place()
    QApplication.processEvents()
    assert palette.list.geometry().bottom() < palette._hint.geometry().top()
    lines = palette.list.viewport().height() // palette.list.sizeHintForRow(0)
    assert lines == 14 if height == 800 else lines >= 5
    if height == 420:  # the last line is reached by the keyboard
        QTest.keyClick(palette.field, Qt.Key.Key_Up)
        last = palette.list.visualRect(palette.list.currentIndex())
        assert palette.list.viewport().rect().contains(last)


def test_empty_it_offers_recents_and_commands(palette: Palette) -> None:
    assert titles(palette)[0] == "张伟"
    assert "New follow-up" in titles(palette)
    assert len(titles(palette)) >= 7


def test_enter_opens_what_was_found(palette: Palette, source: People) -> None:
    QTest.keyClicks(palette.field, "zw")
    source.answer()
    assert titles(palette)[:2] == ["张伟", "New follow-up for 张伟"]
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert source.done == [Place("person", 7)]
    assert not palette.isVisible()


def test_an_old_answer_is_not_shown(palette: Palette, source: People) -> None:
    QTest.keyClicks(palette.field, "zw")
    late = list(source.answers)
    palette.field.setText("nobody")
    for _, answer in late:
        answer([Found("person", 8, "李娜", "")])
    assert "李娜" not in titles(palette)


def test_enter_before_the_answer_waits_for_it(palette: Palette, source: People) -> None:
    QTest.keyClicks(palette.field, "zw")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert source.done == []
    source.answer()
    assert source.done == [Place("person", 7)]


def test_tab_before_the_answer_waits_for_it(palette: Palette, source: People) -> None:
    QTest.keyClicks(palette.field, "zw")
    QTest.keyClick(palette.field, Qt.Key.Key_Tab)
    assert "Call 张伟" not in titles(palette)
    source.answer()
    assert titles(palette)[:2] == ["Open 张伟", "Call 张伟"]


def test_tab_lists_actions_and_runs_one(palette: Palette, source: People) -> None:
    palette.field.setText("张伟")
    source.answer()
    QTest.keyClick(palette.field, Qt.Key.Key_Tab)
    assert titles(palette) == [
        "Open 张伟",
        "Call 张伟",
        "Log activity with 张伟",
        "New follow-up for 张伟",
        "New quote for 张伟",
        "New opportunity for 张伟",
    ]
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert source.done == [("call", Place("person", 7))]


def test_actions_are_those_of_the_kind(palette: Palette, source: People) -> None:
    palette.field.setText("x")
    for _, answer in source.answers:
        answer([Found("product", 3, "Robot", ""), Found("opportunity", 4, "CNC", "")])
    assert titles(palette)[:2] == ["Robot", "CNC"]
    palette.list.setCurrentIndex(palette.model.index(1))
    QTest.keyClick(palette.field, Qt.Key.Key_Tab)
    assert titles(palette) == [
        "Open CNC",
        "Log activity with CNC",
        "New follow-up for CNC",
        "New quote for CNC",
    ]


def test_every_command_shows_its_keys(palette: Palette) -> None:
    palette.field.setText(">")
    rows = {row.title: row.keys for row in palette.model.rows}
    assert len(rows) >= 40
    assert rows == {
        tr(command.words): command.sequence().toString(QKeySequence.SequenceFormat.NativeText)
        for command in COMMANDS
        if command.key not in ("palette", "leave")
    }
    assert sum(map(bool, rows.values())) >= 40


def test_nothing_found_offers_to_create(palette: Palette, source: People) -> None:
    palette.field.setText("Zebra Ltd")
    source.answer()
    row = next(row for row in palette.model.rows if "company" in row.title)
    assert row.title == "Create company “Zebra Ltd”"
    row.run()
    assert source.done == [("company", "Zebra Ltd")]


def test_greater_than_asks_for_commands_only(
    palette: Palette, source: People, window: MainWindow, qtbot: Any
) -> None:
    palette.field.setText("> fold side")
    assert titles(palette) == ["Fold sidebar"]
    assert palette.model.rows[0].keys == "Ctrl+B"
    with qtbot.waitSignal(window.commands.asked) as asked:
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert asked.args == ["sidebar"]
    assert palette.used() == {"sidebar": 1}


def test_commands_are_found_in_both_languages() -> None:
    assert matching_commands("撤销")[0].key == "undo"
    assert matching_commands("undo")[0].key == "undo"
    assert len(matching_commands("")) >= 40


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("chinese", "language_zh"),
        ("language chinese", "language_zh"),
        ("中文", "language_zh"),
        ("english", "language_en"),
        ("英文", "language_en"),
        ("语言 英语", "language_en"),
        ("dark mode", "theme_dark"),
        ("theme dark", "theme_dark"),
        ("深色", "theme_dark"),
        ("夜间", "theme_dark"),
        ("light mode", "theme_light"),
    ],
)
@pytest.mark.usefixtures("dressed")
def test_language_and_theme_are_found_by_their_words(text: str, key: str, language: str) -> None:
    set_language(language)
    assert [command.key for command in matching_commands(text)] == [key]


@pytest.mark.parametrize("text", ["language", "语言"])
def test_both_languages_are_listed(text: str) -> None:
    assert {each.key for each in matching_commands(text)} == {"language_en", "language_zh"}


def test_esc_leaves_actions_first_and_then_the_palette(palette: Palette, source: People) -> None:
    palette.field.setText("张伟")
    source.answer()
    QTest.keyClick(palette.field, Qt.Key.Key_Tab)
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert palette.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_it_stays_inside_the_smallest_window(palette: Palette, window: MainWindow) -> None:
    window.resize(1024, 600)
    palette.open_with()
    assert window.rect().contains(palette.geometry())


def test_quick_add_takes_one_line(window: MainWindow) -> None:
    added: list[tuple[str, str, bool]] = []
    window.activateWindow()
    overlay = QuickAdd(window, lambda kind, text, opens: added.append((kind, text, opens)))
    overlay.open_for("company")
    QTest.keyClicks(overlay.field, "Greenspring")
    assert overlay.has_unsaved_text()
    window.topbar.search.setFocus()
    assert overlay.isVisible()  # a click elsewhere must not lose the line
    overlay.field.setFocus()
    QTest.keyClick(overlay.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert added == [("company", "Greenspring", True)]
    assert not overlay.isVisible()


def test_quick_add_keeps_the_line_when_closed(window: MainWindow) -> None:
    window.activateWindow()
    overlay = QuickAdd(window, lambda *_: None)
    overlay.open_for()
    QTest.keyClicks(overlay.field, "call Wei")
    QTest.keyClick(overlay.field, Qt.Key.Key_Escape)
    assert not overlay.isVisible()
    overlay.open_for()
    assert overlay.field.text() == "call Wei"
