"""The words of the sidebar beside the counts of a large book, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from crm_desktop.settings import Settings
from crm_desktop.ui.language import set_language
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.theme import theme
from crm_desktop.words import LANGUAGES
from tests.ui.painted import painted

_BESIDE = 8 + 16 + 10 + 8 + 10  # before the icon, it, behind it, before the count, behind it
COUNTS = {
    "today": 128,
    "people": 1_000_000,
    "companies": 100_000,
    "opportunities": 9_999,
    "followups": 412,
    "birthdays": 12_345,
    "service": 86,
    "documents": 99,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut_whatever_the_counts(
    make_window: Callable[..., MainWindow], language: str
) -> None:
    set_language(language)
    window = make_window(settings=Settings(language=language, theme="light"))
    window.resize(1280, 800)
    window.sidebar.set_counts(COUNTS)
    window.show()
    QApplication.processEvents()
    rows = [row for row in window.sidebar.rows() if row.words]
    assert {row.count for row in rows} >= set(COUNTS.values())
    numbers = QFontMetrics(theme().font("number"))
    for row in rows:
        words = QFontMetrics(theme().font("strong")).horizontalAdvance(row.text())
        count = numbers.horizontalAdvance(f"{row.count:,}") if row.count else 0
        assert words + count + _BESIDE <= row.width(), row.text()
        number = f"{row.count:,}" if row.count else ""
        drawn = "".join(painted(row)).replace(" ", "")
        word = row.text().replace(" ", "")
        assert drawn in (word + number, number + word)
        assert row.visibleRegion().boundingRect() == row.rect(), f"{row.text()} is not all seen"


def test_counts_have_their_thousands_apart(window: MainWindow) -> None:
    window.sidebar.set_counts(COUNTS)
    names = [row.accessibleName() for row in window.sidebar.rows()]
    assert "Contacts, 1,000,000" in names


def test_a_line_parts_scrolled_rows_from_what_stands_below(
    window: MainWindow,
) -> None:
    bar = window.sidebar.scrolled.verticalScrollBar()
    views = [(f"View {n}", Place.to("contacts", saved=str(n))) for n in range(20)]
    window.resize(1280, 700)
    window.show()
    for shown, scrolls in ((views, True), ([], False), (views, True)):
        window.sidebar.set_views(shown)
        for _ in range(3):
            QApplication.processEvents()
        assert (bar.maximum() > 0) is scrolls
        picture = window.sidebar.grab().toImage()
        below = window.sidebar.scrolled.geometry().bottom() + 1
        assert (picture.pixelColor(60, below) != picture.pixelColor(60, 4)) is scrolls
