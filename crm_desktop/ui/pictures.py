"""Pictures of the window without a screen: for the guide, for tests, and for whoever looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QPoint, QSize, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.clock import Clock
from crm_desktop.paths import Home
from crm_desktop.settings import Settings
from crm_desktop.ui.language import set_language
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow, dress
from crm_desktop.ui.theme.fonts import load_bundled
from crm_desktop.ui.view_state import ViewState

_PATIENCE = 20.0  # seconds for a page to read what it shows
_LONGEST_PAUSE = 500  # milliseconds; toasts and drafts wait longer, and nobody for them


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is to look."""

    lang: str = "en"
    theme: str = "light"
    size: QSize = QSize(1280, 800)  # noqa: RUF009 - never changed
    text: int = 100
    scale: float = 1.0


_PLAIN = Look()


class Studio:
    """One window over one open book, shown nowhere, pictured as often as wanted.

    Start the process with QT_QPA_PLATFORM=offscreen; the pictures are then the same each time.
    """

    def __init__(self, services: Any, clock: Clock, home: Home) -> None:
        found = QApplication.instance()
        self.app = found if isinstance(found, QApplication) else QApplication(["crm-desktop"])
        load_bundled()
        self.settings = Settings(language="en", theme="light")
        set_language("en")
        dress(self.app, self.settings)
        self.window = MainWindow(home, self.settings, ViewState())
        services.book.subscribe(self.window.notifier.announce)
        self.window.show()
        self.window.commands.add_icons()
        self.window.book_opened(services, clock)

    def grab(
        self,
        place: Place,
        file: Path,
        look: Look,
        *,
        arrange: Callable[[MainWindow], None] | None = None,
    ) -> Path:
        """Write a PNG of `place`; `arrange` may open an overlay or select a row before."""
        self.settings.language, self.settings.theme = look.lang, look.theme
        self.settings.text_size = look.text
        dress(self.app, self.settings)
        self.window.resize(look.size)
        self.window.navigator.go(place)
        self.settle()
        if arrange is not None:
            arrange(self.window)
            self.settle()
        image = QImage(look.size * look.scale, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(look.scale)
        painter = QPainter(image)
        self.window.render(painter, QPoint())
        painter.end()
        file.parent.mkdir(parents=True, exist_ok=True)
        if not image.save(str(file)):
            raise OSError(f"cannot write {file}")
        return file

    def settle(self) -> None:
        """Wait until nothing is read any more and everything is laid out."""
        end = monotonic() + _PATIENCE
        quiet = 0
        while quiet < 3 and monotonic() < end:
            self.app.processEvents()
            self.app.sendPostedEvents()
            quiet = quiet + 1 if self.window.jobs.idle and not about_to_act(self.window) else 0

    def close(self) -> None:
        """Let the window go; the book stays open."""
        self.window.close()
        self.window.jobs.close()


def about_to_act(window: QWidget) -> bool:
    """Whether something in the window pauses before it reads: the record beside a list."""
    return any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= _LONGEST_PAUSE
        for timer in window.findChildren(QTimer)
    )


def grab(
    services: Any, clock: Clock, home: Home, place: Place, file: Path, look: Look = _PLAIN
) -> Path:
    """One picture, from a window made for it."""
    studio = Studio(services, clock, home)
    try:
        return studio.grab(place, file, look)
    finally:
        studio.close()
