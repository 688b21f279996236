"""The program: paints the window from Qt alone, then loads what answers and opens the book."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication

from crm_desktop.paths import APP_NAME, Home
from crm_desktop.settings import Settings
from crm_desktop.ui.language import set_language
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.instance import raise_running
from crm_desktop.ui.shell.window import MainWindow, dress, dress_first
from crm_desktop.ui.view_state import ViewState

if TYPE_CHECKING:
    from crm_desktop.opening import Opening

_FRAME = QSize(16, 48)  # about what the window's title bar and borders take
_STYLE = ("-style", "Fusion")  # that our own style is built upon, on every system
_NOT_SEEN = 500  # milliseconds until a window that starts minimised goes on without a picture


class Options(NamedTuple):
    """What the command line asked for; empty means: as the settings say."""

    book: Path | None = None
    home: Home | None = None
    lang: str = ""
    theme: str = ""
    size: int = 0
    place: Place | None = None


def main(argv: Sequence[str] | None = None) -> int:
    """Show the window until it is closed; the exit code of the process."""
    given = list(sys.argv[1:] if argv is None else argv)
    options = _parse(given) if given else Options()
    return run(options)


def run(options: Options) -> int:
    """Run the window with `options`."""
    home = options.home or Home.default()
    settings = Settings.load(home.config)
    book = options.book or (Path(settings.book) if settings.book else home.book)
    if raise_running(book):
        return 0
    app = make_application()
    program = Program(home, settings, book, options)
    program.show()
    code = app.exec()
    program.close()
    return code


def make_application() -> QApplication:
    """The one application object of this process."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([*sys.argv[:1], *_STYLE])
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName("")
    return app


class Program(QObject):
    """The window, and the order in which it and its book come to life."""

    def __init__(self, home: Home, settings: Settings, book: Path, options: Options) -> None:
        super().__init__()
        self.home, self.options = home, options
        self._book = book
        self._opening: Opening | None = None
        self.settings = settings.with_wishes(
            language=options.lang, theme=options.theme, text_size=options.size
        )
        set_language(self.settings.language)
        dress_first(make_application(), self.settings)
        self.window = MainWindow(home, self.settings, ViewState(home.config), furnished=False)

    def show(self) -> None:
        """First the window, painted from Qt alone; all else once that picture is there."""
        # On a small screen the frame, too, must find room.
        room = self.window.screen().availableSize() - _FRAME
        self.window.setMinimumHeight(min(self.window.minimumHeight(), room.height()))
        self.window.resize(self.window.size().boundedTo(room))
        # Not at once: the turn in which the picture is drawn also brings it to the screen.
        self.window.painted.connect(lambda: QTimer.singleShot(0, self.open_book))
        QTimer.singleShot(_NOT_SEEN, self.open_book)
        self.window.show()

    @property
    def opening(self) -> Opening:
        """The book of the window. Asking for it furnishes the window."""
        if self._opening is None:
            from crm_desktop.opening import Opening

            dress(make_application(), self.settings)
            self.window.furnish()
            self.window.faults.install()
            self._opening = Opening(
                self.window, self._book, named=self.options.book, place=self.options.place
            )
        return self._opening

    @property
    def services(self) -> Any:
        """Those of the open book; None while none is open."""
        return self._opening.services if self._opening is not None else None

    def open_book(self) -> None:
        """Go on after the first picture; once, whoever asks first."""
        if self._opening is None:
            self.opening.begin()

    def close(self) -> None:
        """The window was closed: let everything go."""
        if self._opening is not None:
            self._opening.close()
            self.window.faults.close()


def _parse(argv: Sequence[str]) -> Options:
    # Imported here: a start from the desktop has no arguments and need not pay for it.
    import argparse

    from crm_desktop.words import Words

    text = Words("en").text
    parser = argparse.ArgumentParser(prog="crm-desktop")
    parser.add_argument("--book", type=Path, help=text("shell.arg_book"))
    parser.add_argument("--home", type=Path, help=text("shell.arg_home"))
    parser.add_argument("--lang", choices=("en", "zh"), default="", help=text("shell.arg_lang"))
    parser.add_argument(
        "--theme", choices=("system", "light", "dark"), default="", help=text("shell.arg_theme")
    )
    parser.add_argument(
        "--size", type=int, choices=(100, 115, 130, 150), default=0, help=text("shell.arg_size")
    )
    found = parser.parse_args(argv)
    return Options(
        book=found.book,
        home=Home.at(found.home) if found.home else None,
        lang=found.lang,
        theme=found.theme,
        size=found.size,
    )


if __name__ == "__main__":
    raise SystemExit(main())
