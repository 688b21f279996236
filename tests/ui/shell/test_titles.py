"""Every page says its name at the top, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from crm_desktop.domain.clock import FixedClock
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.language import set_language
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.theme import theme


@pytest.fixture
def opened(window: MainWindow, home: Home) -> Iterator[MainWindow]:
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    with open_book(home.book, clock) as book:
        window.book_opened(Services(book, clock, home), clock, start=Place("settings"))
        yield window
        window.jobs.close()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("trash", ("Trash", "回收站")),
        ("history", ("History", "操作记录")),
        ("settings", ("Settings", "设置")),
        ("import", ("Import", "导入")),
    ],
)
def test_the_page_says_its_name(
    opened: MainWindow, qtbot: Any, name: str, words: tuple[str, str]
) -> None:
    opened.navigator.go(Place(name))
    page = opened.area.page
    assert page is not None
    for language, title in zip(("en", "zh"), words, strict=True):
        set_language(language)
        qtbot.waitUntil(lambda: opened.jobs.idle, timeout=20000)
        [heading] = [label for label in page.findChildren(QLabel) if label.text() == title]
        assert heading.isVisible()
        assert heading.font().pixelSize() == theme().font("title").pixelSize()
        assert page.title() == title
