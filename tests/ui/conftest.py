"""The application of the tests: our style, shipped fonts, English and light at the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from crm_desktop.paths import Home
from crm_desktop.settings import Settings
from crm_desktop.ui.language import set_language
from crm_desktop.ui.shell.window import MainWindow, dress
from crm_desktop.ui.theme.fonts import load_bundled
from crm_desktop.ui.view_state import ViewState


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application as our program dresses it."""
    load_bundled()
    set_language("en")
    dress(qapp, Settings(language="en", theme="light"))
    yield qapp
    set_language("en")
    dress(qapp, Settings(language="en", theme="light"))


@pytest.fixture
def make_window(
    dressed: QApplication, home: Home, qtbot: Any
) -> Iterator[Callable[..., MainWindow]]:
    """Makes main windows without a book; they are closed after the test."""
    made: list[MainWindow] = []

    def make(state: ViewState | None = None, settings: Settings | None = None) -> MainWindow:
        given = settings or Settings(language="en", theme="light")
        window = MainWindow(home, given, state or ViewState())
        made.append(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        window.close()
        window.jobs.close()
        window.deleteLater()
    dressed.processEvents()


@pytest.fixture
def window(make_window: Callable[..., MainWindow]) -> MainWindow:
    """One main window without a book."""
    return make_window()
