"""Words and signs keep the room they need, whatever the size of the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from crm_desktop.settings import Settings
from crm_desktop.ui.shell.window import dress
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import FewLinesLabel, FlowLayout, Popover, SearchBox, TwoLineLabel
from crm_desktop.ui.widgets.lines import LineButton
from crm_desktop.ui.widgets.wrapping import few_lines


class Block(QWidget):
    """As wide as it says."""

    def __init__(self, width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._size = QSize(width, 20)

    def sizeHint(self) -> QSize:
        return self._size


@pytest.fixture
def large(qapp: QApplication) -> Iterator[None]:
    """Text at 150 %."""
    dress(qapp, Settings(language="en", theme="light", text_size=150))
    yield
    dress(qapp, Settings(language="en", theme="light"))


def rows_of(widths: list[int], whole: int) -> list[int]:
    """How many blocks stand in each row of a flow."""
    place = QWidget()
    flow = FlowLayout(place, gap=4)
    blocks = [Block(width, place) for width in widths]
    for block in blocks:
        flow.addWidget(block)
    flow.setGeometry(QRect(0, 0, whole, 200))
    tops = [block.y() for block in blocks]
    return [tops.count(top) for top in sorted(set(tops))]


@pytest.mark.parametrize(
    ("widths", "whole", "rows"),
    [
        ([50] * 7, 324, [5, 2]),  # six would fit, but the seventh is not left alone
        ([50] * 8, 324, [6, 2]),
        ([50] * 3, 110, [2, 1]),  # of two neither can be spared
        ([50, 50, 300, 50], 320, [2, 1, 1]),
        ([50, 50, 200, 150], 320, [3, 1]),  # there is no room for both below
        ([50] * 3, 400, [3]),
    ],
)
def test_nothing_stands_alone_in_the_last_row(
    widths: list[int], whole: int, rows: list[int], qapp: QApplication
) -> None:
    assert rows_of(widths, whole) == rows


def extent(box: QWidget) -> int:
    """How wide the sign in the left part of a line is drawn."""
    picture = box.grab().toImage()
    ground = QColor(picture.pixel(4, picture.height() // 2))
    room = round(theme().px(26) * picture.devicePixelRatio())
    columns = [
        x
        for x in range(4, room)
        for y in range(6, picture.height() - 6)
        if QColor(picture.pixel(x, y)) != ground
    ]
    return max(columns) - min(columns)


def test_the_sign_of_a_line_grows_with_the_text(qapp: QApplication) -> None:
    dress(qapp, Settings(language="en", theme="light"))
    box = SearchBox("")
    box.resize(300, 32)
    before = extent(box)
    dress(qapp, Settings(language="en", theme="light", text_size=150))
    box.resize(300, 48)
    after = extent(box)
    dress(qapp, Settings(language="en", theme="light"))
    assert after >= before * 1.4
    box.deleteLater()


def test_the_name_of_a_field_takes_a_second_line_before_it_is_cut(qapp: QApplication) -> None:
    label = TwoLineLabel("Satisfied with products", role="small")
    label.setFixedWidth(96)
    assert label.shown_text() == "Satisfied with\nproducts"
    assert label.toolTip() == ""
    assert not TwoLineLabel("City", role="small").needs_two(96)
    long = TwoLineLabel("对我方产品质量与售后服务的总体满意程度评价", role="small")
    long.setFixedWidth(96)
    long.resize(96, 40)
    long.grab()  # it learns its width
    assert long.shown_text().count("\n") == 1
    assert long.shown_text().endswith("…")
    assert "总体满意程度评价" in long.toolTip()


def test_what_stands_beside_a_long_name_is_still_to_be_read(large: None) -> None:
    line = LineButton("Maximiliana Featherstonehaugh-Cholmondeley", more="Wedding day", chip="Sun")
    line.resize(420, line.sizeHint().height())
    with_more = line.grab().toImage()
    alone = LineButton("Maximiliana Featherstonehaugh-Cholmondeley", chip="Sun")
    alone.resize(line.size())
    assert with_more != alone.grab().toImage()


def test_lines_of_a_value_are_as_high_as_they_are_drawn(large: None) -> None:
    label = FewLinesLabel("All three plants follow his word, and the fourth one will")
    roomy = FewLinesLabel(label.text())
    label.resize(180, label.heightForWidth(180))
    roomy.resize(180, label.height() + 60)
    assert label.shown_text().count("\n") == 2
    assert ink(label) == ink(roomy) > 0


def ink(label: QWidget) -> int:
    """How many rows of pixels hold something of the words."""
    picture = label.grab().toImage()
    ground = picture.pixel(picture.width() - 1, 0)
    columns = range(picture.width())
    return sum(any(picture.pixel(x, y) != ground for x in columns) for y in range(picture.height()))


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("", 3, [""]),
        ("one", 1, ["one"]),
        ("one\ntwo", 2, ["one", "two"]),
        ("one\n\nthree", 3, ["one", "", "three"]),
        ("one\ntwo\nthree", 2, ["one", "two…"]),
        ("one\ntwo\n\n", 2, ["one", "two"]),
    ],
)
def test_paragraphs_in_a_few_lines(
    text: str, most: int, lines: list[str], qapp: QApplication
) -> None:
    assert few_lines(text, theme().font("body"), 200, most) == lines


def test_a_long_text_in_a_few_lines_says_that_it_goes_on(qapp: QApplication) -> None:
    font = theme().font("body")
    lines = few_lines("a word and another " * 5_000, font, 150, 4)
    assert len(lines) == 4
    assert [line.endswith("…") for line in lines] == [False, False, False, True]
    assert all(QFontMetrics(font).horizontalAdvance(line) <= 150 for line in lines)


def test_the_gap_of_a_flow_can_be_set_as_of_any_layout(qapp: QApplication) -> None:
    place = QWidget()
    flow = FlowLayout(place)
    flow.setSpacing(20)
    blocks = [Block(50, place) for _ in range(3)]
    for block in blocks:
        flow.addWidget(block)
    flow.setGeometry(QRect(0, 0, 200, 100))
    assert [(block.x(), block.y()) for block in blocks] == [(0, 0), (70, 0), (140, 0)]
    assert flow.heightForWidth(120) == 20 + 20 + 20


def test_a_value_takes_up_to_three_lines_and_no_more_width(qapp: QApplication) -> None:
    label = FewLinesLabel("All three plants follow his word")
    label.resize(120, label.heightForWidth(120))
    assert label.shown_text() == "All three plants\nfollow his word"
    assert (label.toolTip(), label.hasHeightForWidth()) == ("", True)
    one = FewLinesLabel("Badminton")
    assert label.heightForWidth(120) == 2 * one.heightForWidth(120)
    mail = FewLinesLabel("wei.zhang@hengyuan.example.com")
    mail.resize(120, mail.heightForWidth(120))
    assert mail.shown_text() == "wei.zhang\n@hengyuan.\nexample.com"
    address = FewLinesLabel("a.very.long.address.indeed@department.of.example.com")
    assert address.minimumSizeHint().width() < 60
    address.resize(90, address.heightForWidth(90))
    address.grab()  # it learns its width
    assert address.shown_text().count("\n") == 2
    assert address.shown_text().endswith("…")
    assert address.toolTip() == address.text()


@pytest.mark.parametrize("y", [-900, -20, 100, 280, 360, 420, 2600])
def test_a_panel_is_seen_though_what_it_is_about_is_scrolled_away(qtbot: Any, y: int) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    about = QWidget(window)
    about.setGeometry(40, y, 120, 24)
    window.show()
    panel = Popover(about)
    panel.body.addWidget(Block(200, panel))
    panel.body.addWidget(QLineEdit())
    panel.setMinimumHeight(150)
    panel.open_at(about)
    assert window.rect().contains(panel.geometry())
    panel.setMinimumHeight(220)  # something comes into it
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    assert panel.height() >= 220
    assert window.rect().contains(panel.geometry())
    panel.dismiss()
