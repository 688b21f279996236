"""The small widgets: by keyboard, with names, in both themes and languages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from crm_desktop.ui.language import set_language
from crm_desktop.ui.theme.look import apply_look
from crm_desktop.ui.tooltips import plain_tip
from crm_desktop.ui.widgets import (
    Banner,
    Button,
    Chip,
    ElidedLabel,
    EmptyState,
    FlowLayout,
    IconButton,
    KpiRow,
    PlainLabel,
    Popover,
    SectionHeader,
    Segmented,
    Stars,
    StatusText,
)
from crm_desktop.ui.widgets.chips import avatar_colour, initials
from crm_desktop.ui.widgets.gallery import gallery, main
from crm_desktop.ui.widgets.keyboard import focus_proxy


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    apply_look(qapp, "light")


def test_markup_of_the_user_is_text(qtbot: QtBot) -> None:
    label = PlainLabel("<b>甲</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def shown_tip(widget: QWidget) -> str:
    """What its tooltip looks like."""
    return QTextDocumentFragment.fromHtml(widget.toolTip()).toPlainText()


@pytest.mark.parametrize(
    "text",
    [
        *("A & B", "A &amp; B", "a < b", "x &lt; y", "<b>甲</b>", "<", "&lt;", "R&D <i>"),
        *("two\nlines", "first\n<b>second</b>", "first\n&lt;b>", "<?xml?>", "<!-- 乙 -->"),
    ],
)
def test_a_tooltip_says_what_the_user_wrote(text: str) -> None:
    tip = plain_tip(text)
    rich = QtGui.Qt.mightBeRichText(tip)  # as the tooltip decides
    shown = QTextDocumentFragment.fromHtml(tip).toPlainText() if rich else tip
    assert shown == text


def test_a_long_name_is_cut_and_told_whole(qtbot: QtBot) -> None:
    label = ElidedLabel("苏州恒远精密机械有限公司 <b>")
    qtbot.addWidget(label)
    label.show()
    label.resize(60, 20)
    assert label.shown_text().endswith("…")
    assert shown_tip(label) == "苏州恒远精密机械有限公司 <b>"
    label.resize(400, 20)
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() < 60


def test_initials() -> None:
    assert initials("张伟") == "张"
    assert initials("张伟", long=True) == "张伟"
    assert initials("陈建国", long=True) == "建国"
    assert initials("Wei Zhang") == "WZ"
    assert initials("plato") == "P"
    assert initials("") == "?"
    assert avatar_colour("张伟") == avatar_colour("张伟")


def test_one_of_several_by_arrow_keys(qtbot: QtBot) -> None:
    views = Segmented([("board", "Board"), ("list", "List", "list")])
    qtbot.addWidget(views)
    told: list[str] = []
    views.changed.connect(told.append)
    qtbot.keyClick(views, Qt.Key.Key_Left)
    assert (views.current(), told) == ("list", ["list"])
    views.set_current("board")
    assert told == ["list"]


def test_a_filter_chip_goes_by_key_and_by_mouse(qtbot: QtBot) -> None:
    chip = Chip("Region: Jiangsu", colour="blue", closable=True, clickable=True)
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    told: list[str] = []
    chip.closed.connect(lambda: told.append("closed"))
    chip.clicked.connect(lambda: told.append("clicked"))
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(10, 8))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, 8))
    assert told == ["closed", "clicked", "clicked", "closed"]
    assert chip.accessibleName() == "Remove Region: Jiangsu"


def test_stars_by_keyboard(qtbot: QtBot) -> None:
    stars = Stars(2, name="Level")
    qtbot.addWidget(stars)
    qtbot.keyClick(stars, Qt.Key.Key_4)
    qtbot.keyClick(stars, Qt.Key.Key_Right)
    qtbot.keyClick(stars, Qt.Key.Key_Right)
    assert stars.value() == 5
    assert stars.accessibleName() == "Level 5 of 5 stars"


def test_figures_open_their_rows(qtbot: QtBot) -> None:
    row = KpiRow([("won", "Won", "¥1"), ("open", "Open", "2")])
    qtbot.addWidget(row)
    told: list[str] = []
    row.clicked.connect(told.append)
    second = row._row.itemAt(1).widget()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert told == ["open", "open"]


def test_a_section_folds(qtbot: QtBot) -> None:
    header = SectionHeader("Overdue", count=2, foldable=True)
    qtbot.addWidget(header)
    told: list[bool] = []
    header.toggled.connect(told.append)
    fold = header.findChild(QAbstractButton)
    fold.click()
    assert told == [False]
    assert fold.accessibleName() == "Expand Overdue"


def test_a_banner_offers_what_can_be_done(qtbot: QtBot) -> None:
    banner = Banner("4 deals", kind="amber", actions=[("show", "Show"), ("hide", "Hide")])
    qtbot.addWidget(banner)
    told: list[str] = []
    banner.acted.connect(told.append)
    banner.findChildren(QPushButton)[1].click()
    assert told == ["hide"]


def test_an_empty_place_hides_the_button_it_does_not_need(qtbot: QtBot) -> None:
    empty = EmptyState("users", "No contacts yet.", primary="Import Excel")
    qtbot.addWidget(empty)
    empty.show()
    assert [b.text() for b in empty.findChildren(QPushButton) if b.isVisible()] == ["Import Excel"]


def test_the_status_is_said_again_in_a_new_language(qtbot: QtBot) -> None:
    status = StatusText()
    qtbot.addWidget(status)
    status.show_saved(datetime(2026, 11, 20, 10, 32))
    assert status.text() == "Saved 10:32"
    set_language("zh")
    status.retranslate()
    set_language("en")
    assert status.text() == "已保存 10:32"


def test_a_flow_breaks_into_rows(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    flow = FlowLayout(page, gap=8)
    for text in ("one", "two", "three"):
        label = QLabel(text)
        label.setFixedSize(60, 20)
        flow.addWidget(label)
    assert flow.heightForWidth(300) == 20
    assert flow.heightForWidth(140) == 48
    assert flow.heightForWidth(60) == 76


class TestPopover:
    """Not modal, and careful with typed text."""

    @pytest.fixture
    def window(self, qtbot: QtBot) -> QWidget:
        window = QWidget()
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        column.addWidget(Button("anchor"))
        column.addStretch(1)
        window.resize(300, 300)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    def opened(self, window: QWidget) -> tuple[Popover, QLineEdit]:
        popover = Popover(window)
        line = QLineEdit()
        popover.body.addWidget(line)
        popover.open_at(window.findChild(Button))
        return popover, line

    def test_escape_closes_and_gives_the_keyboard_back(self, window: QWidget, qtbot: QtBot) -> None:
        anchor = window.findChild(Button)
        anchor.setFocus()
        qtbot.waitUntil(anchor.hasFocus)
        popover, line = self.opened(window)
        assert line.hasFocus()
        qtbot.keyClick(line, Qt.Key.Key_Escape)
        assert not popover.isVisible()
        assert anchor.hasFocus()

    def test_where_the_keyboard_was_may_be_hidden_meanwhile(
        self, window: QWidget, qtbot: QtBot
    ) -> None:
        around, elsewhere = QWidget(), QLineEdit()
        inner = QVBoxLayout(around)
        button = Button("New")
        inner.addWidget(button)
        for each in (around, elsewhere):
            window.layout().addWidget(each)
            each.show()
        button.setFocus()
        qtbot.waitUntil(button.hasFocus)
        popover, line = self.opened(window)
        button.hide()
        qtbot.keyClick(line, Qt.Key.Key_Escape)
        assert not popover.isVisible()
        assert QApplication.focusWidget() is around

    def test_another_one_takes_its_place_unless_something_is_typed(
        self, window: QWidget, qtbot: QtBot
    ) -> None:
        first, _ = self.opened(window)
        second, line = self.opened(window)
        assert (first.isVisible(), second.isVisible()) == (False, True)
        qtbot.keyClicks(line, "price")
        third, _ = self.opened(window)
        assert (second.isVisible(), third.isVisible()) == (True, True)
        inner = Popover(window)
        inner.open_at(third.findChild(QLineEdit))  # such as the calendar of its field
        assert third.isVisible()

    def test_a_click_elsewhere_closes_it_only_when_nothing_is_typed(
        self, window: QWidget, qtbot: QtBot
    ) -> None:
        popover, line = self.opened(window)
        qtbot.keyClicks(line, "price")
        qtbot.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(290, 290))
        assert popover.isVisible()
        line.clear()
        qtbot.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(290, 290))
        assert not popover.isVisible()

    def test_one_that_only_says_something_takes_the_keyboard_itself(
        self, window: QWidget, qtbot: QtBot
    ) -> None:
        popover = Popover(window)
        popover.body.addWidget(PlainLabel("Saved"))
        popover.open_at(window.findChild(Button))
        assert popover.hasFocus()
        qtbot.keyClick(popover, Qt.Key.Key_Escape)
        assert not popover.isVisible()

    def test_it_stays_inside_the_window(self, window: QWidget) -> None:
        popover = Popover(window)
        popover.body.addWidget(QLineEdit())
        popover.open_at(window, QPoint(295, 295))
        assert window.rect().contains(popover.geometry())


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_picture_of_all_widgets(tmp_path: Path, qtbot: QtBot, mode: str, spoken: str) -> None:
    file = tmp_path / "all.png"
    main([str(file), "--theme", mode, "--lang", spoken])
    set_language("en")
    picture = QImage(str(file))
    colours = {picture.pixel(x, y) for x in range(0, 1500, 7) for y in range(0, 900, 7)}
    assert len(colours) > 40


def test_everything_the_keyboard_reaches_has_a_name(qtbot: QtBot) -> None:
    page = gallery()
    qtbot.addWidget(page)
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not focus_proxy(widget):
            name = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            # The list of a combo box and the parts Qt made itself speak through their owner.
            owner = widget.parentWidget().parentWidget()
            inside = widget.objectName().startswith("qt_") or isinstance(owner, QComboBox)
            assert name or inside, widget


def test_a_new_size_reaches_what_is_on_screen(qapp: QApplication, qtbot: QtBot) -> None:
    label = PlainLabel("Title", role="title")
    qtbot.addWidget(label)
    apply_look(qapp, "dark", percent=150)
    assert label.font().pixelSize() == 24
    apply_look(qapp, "light")
    assert label.font().pixelSize() == 16


@pytest.mark.parametrize("made", [lambda: Button("Create"), lambda: IconButton("plus", "Add")])
def test_enter_presses_a_button(dressed: QApplication, qtbot: QtBot, made: Any) -> None:
    button = made()
    qtbot.addWidget(button)
    button.show()
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert len(pressed) == 2
    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(pressed) == 2  # that finishes a longer text
