"""The application of the tests: our style, shipped fonts, English and light at the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from crm_desktop.domain.clock import FixedClock
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.settings import Settings
from crm_desktop.ui.language import set_language
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow, dress
from crm_desktop.ui.theme.fonts import load_bundled
from crm_desktop.ui.view_state import ViewState
from tests.ui.resting import rest

_PATIENCE = 20_000  # milliseconds a box may wait for its answer


@pytest.fixture(autouse=True)
def every_box_is_answered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A box that waits for a user where there is none fails the test, not the whole run."""
    unanswered: list[str] = []
    wait = QDialog.exec

    def ask(dialog: QDialog) -> int:
        def give_up() -> None:
            unanswered.append(f"{type(dialog).__name__} “{dialog.windowTitle()}”")
            dialog.reject()

        alarm = QTimer(dialog, singleShot=True, interval=_PATIENCE)
        alarm.timeout.connect(give_up)
        alarm.start()
        try:
            return int(wait(dialog))
        finally:
            alarm.stop()

    monkeypatch.setattr(QDialog, "exec", ask)
    yield
    assert not unanswered


@pytest.fixture(autouse=True)
def hands_off_the_keyboard() -> Iterator[None]:
    """The next test begins with no key down.

    QTest ends Ctrl+A and Ctrl+click with Ctrl still held, and then Qt toggles rows instead of
    selecting them.
    """
    yield
    if QApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        somewhere = QWidget()
        QTest.keyRelease(somewhere, Qt.Key.Key_Control)


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


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    """A new book on a Friday morning in Shanghai."""
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    made = Services(open_book(home.book, clock), clock, home)
    yield made
    made.close()


@pytest.fixture
def start() -> Place | None:
    """Where the window opens; None for where it does by itself."""
    return None


@pytest.fixture
def opened(window: MainWindow, services: Services, start: Place | None, qtbot: Any) -> MainWindow:
    """The window over the book, its page read and laid out."""
    window.resize(1280, 800)
    services.book.subscribe(window.notifier.announce)
    window.book_opened(services, services.clock, start=start)
    rest(window, qtbot)
    return window
