"""Rows of choices and the head of a list under every font: folded, never cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from crm_desktop.ui.table.title_bar import TitleBar
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import Button, Segmented
from tests.ui.audits.walking import cut_words

CHOICES = [("open", "Unfinished"), ("done", "Finished"), ("all", "All of them")]


@pytest.fixture
def row(dressed: QApplication, qtbot: Any) -> Iterator[Segmented]:
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(900, 80)
    made = Segmented(CHOICES, name="Which", parent=place)
    place.show()
    yield made  # noqa: PT022 - the window around it lives as long as the test


def test_it_folds_into_a_menu_where_its_words_would_be_cut(row: Segmented) -> None:
    row.resize(row.full_width(), 30)
    assert not row.folded
    row.resize(row.full_width() - 1, 30)
    assert row.folded
    assert row.folded_button.text() == "Unfinished"
    assert row.folded_button.accessibleName() == "Which Unfinished"
    row._menu.aboutToShow.emit()
    assert [action.text() for action in row._menu.actions()] == [words for _, words in CHOICES]
    heard: list[str] = []
    row.changed.connect(heard.append)
    row._menu.actions()[2].trigger()
    assert (heard, row.current(), row.folded_button.text()) == (["all"], "all", "All of them")
    QTest.keyClick(row.folded_button, Qt.Key.Key_Left)
    assert row.current() == "done"
    row.resize(row.full_width() + 10, 30)
    assert not row.folded
    assert row._buttons["done"].isChecked()


def widened(widget: QWidget, percent: int) -> None:
    """Letters spaced out, as a wider fallback font would set them."""
    for each in [widget, *widget.findChildren(QWidget)]:
        font = QFont(each.font())
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, percent)
        each.setFont(font)


@pytest.mark.parametrize("percent", [100, 110, 125, 150])
@pytest.mark.parametrize("width", range(420, 1300, 55))
def test_no_button_of_a_title_bar_is_cut(
    dressed: QApplication, qtbot: Any, percent: int, width: int
) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    switch = Segmented([("quote", "Quotes"), ("contract", "Contracts")])
    bar = TitleBar(switch, [Segmented(CHOICES)])
    bar.title.setText("All the quotes of a firm with a rather long name")
    bar.count.setText("1,234 of 56,789")
    QHBoxLayout(place).addWidget(bar)
    widened(place, percent)
    place.resize(width, 80)
    place.show()
    for _ in range(5):
        QApplication.processEvents()
    for button in place.findChildren(QPushButton):
        if button.isVisible():
            words = QFontMetrics(button.font()).horizontalAdvance(button.text())
            assert words <= button.width(), button.text()
    if place.width() <= width:
        assert list(cut_words(place)) == []
    assert bar.minimumSizeHint().width() <= 700 * percent // 100


def test_a_bar_unfolds_again(dressed: QApplication, qtbot: Any) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    bar = TitleBar(None, [Segmented(CHOICES)])
    bar.setParent(place)
    bar.title.setText("All tickets")
    place.show()
    for width, words in ((1200, "Filter"), (430, ""), (1200, "Filter")):
        bar.resize(width, 60)
        QApplication.processEvents()
        assert bar.buttons["filter"].text() == words
        assert bar._choices[0].folded is (words == "")


@pytest.mark.parametrize("menu", [False, True])
@pytest.mark.parametrize("icon_name", ["", "plus"])
@pytest.mark.parametrize("words", ["", "Export", "导出"])
def test_a_button_knows_its_width_with_other_words(
    dressed: QApplication, qtbot: Any, menu: bool, icon_name: str, words: str
) -> None:
    button = Button("something else", icon_name=icon_name)
    qtbot.addWidget(button)
    if menu:
        button.setMenu(QMenu(button))
    width = button.width_with(words)
    button.setText(words)
    assert button.sizeHint().width() == width
    button.setText("")  # folded it must answer the same, else its row folds and unfolds for ever
    assert button.width_with(words) == width


@pytest.mark.parametrize("shown", [True, False])
def test_it_unfolds_when_the_text_is_small_again(
    dressed: QApplication, qtbot: Any, shown: bool
) -> None:
    place, pages = QWidget(), QStackedWidget()
    qtbot.addWidget(place)
    row, page = Segmented(CHOICES), QWidget()
    line = QHBoxLayout(page)
    line.addStretch(1)
    line.addWidget(row)
    pages.addWidget(page)
    pages.addWidget(QWidget())
    QHBoxLayout(place).addWidget(pages)
    place.resize(row.full_width() + 60, 80)
    place.show()
    QApplication.processEvents()
    assert not row.folded
    for percent in (115, 150, 115, 100):
        pages.setCurrentIndex(0 if shown else 1)
        theme().apply(dressed, percent=percent)
        QApplication.processEvents()
    pages.setCurrentIndex(0)
    QApplication.processEvents()
    assert not row.folded
