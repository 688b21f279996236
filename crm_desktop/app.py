"""The program: shows the window from Qt alone, then opens the book and fills the pages."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.problems import Refused
from crm_desktop.paths import APP_NAME, Home
from crm_desktop.settings import Settings
from crm_desktop.ui.context import sentence
from crm_desktop.ui.language import language, set_language
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.instance import Instance, raise_running
from crm_desktop.ui.shell.window import MainWindow, dress
from crm_desktop.ui.view_state import ViewState


@dataclass(frozen=True, slots=True)
class Options:
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
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName("")
    return app


class Program(QObject):
    """The window, the book it shows, and the order in which they come to life."""

    def __init__(self, home: Home, settings: Settings, book: Path, options: Options) -> None:
        super().__init__()
        self.home, self.settings, self.book_path = home, settings, book
        self.options = options
        self.clock: Any = None
        self.services: Any = None
        self._instance = Instance(book)
        app = make_application()
        given = replace(
            settings,
            language=options.lang or settings.language,
            theme=options.theme or settings.theme,
            text_size=options.size or settings.text_size,
        )
        self.settings = given
        set_language(given.language)
        dress(app, given)
        self.window = MainWindow(home, given, ViewState(home.config))
        self.window.faults.install()
        self.window.other_book_wished.connect(self._other_book)

    def show(self) -> None:
        """First the window, painted from Qt alone; the book when the event loop turns."""
        self.window.show()
        QTimer.singleShot(0, self._after_first_turn)

    def close(self) -> None:
        """Let everything go: jobs first, then the book."""
        self.window.jobs.close()
        self._instance.close()
        if self.services is not None:
            self.services.book.close()
            self.services = None
        self.window.faults.close()

    def _after_first_turn(self) -> None:
        # A second turn: the first one paints the window.
        QTimer.singleShot(0, self.open_book)

    def open_book(self) -> None:
        """Open the book in the writer thread and hand its services to the window."""
        self.window.jobs.run_writer(
            lambda _progress: open_services(self.book_path, self.home, language()),
            self._opened,
            refused=self.window.book_refused,
        )

    def _opened(self, services: Any) -> None:
        self.services, self.clock = services, services.clock
        services.book.subscribe(self.window.notifier.announce)
        self._instance.listen(self._raise)
        self.window.commands.add_icons()
        self.window.faults.watch_crashes()
        start = self.options.place
        welcomed = self.window.state.get("welcome/done", False)
        if start is None and not welcomed and _is_empty(services):
            start = Place("welcome")
        self.window.book_opened(services, self.clock, start=start)
        self._check_the_file()

    def _check_the_file(self) -> None:
        """A quick look at the file's health, in the background; trouble is said in a banner."""

        def told(health: Any) -> None:
            troubles = list(health.warnings)
            if not health.whole:
                troubles.insert(0, Refused("book.damaged", path=str(self.book_path)))
            if troubles:
                self.window.banner("health", " ".join(sentence(each) for each in troubles))

        self.window.jobs.run_reader(lambda: _examine(self.book_path), told)

    def _other_book(self, name: str) -> None:
        if name:
            self.book_path = Path(name)
            self.settings.book = name
            self.settings.save(self.home.config)
            self._instance = Instance(self.book_path)
        self.open_book()

    def _raise(self) -> None:
        self.window.showNormal() if self.window.isMinimized() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()


def open_services(path: Path, home: Home, wanted: str) -> Any:
    """Import the services, open the book (a new one where there is none), build them."""
    # The window is on the screen by now: SQLAlchemy costs a quarter of a second.
    from crm_desktop.domain.clock import Clock
    from crm_desktop.services.house import Services, open_book

    clock = Clock()
    return Services(open_book(path, clock, language=wanted), clock, home)


def _examine(path: Path) -> Any:
    from crm_desktop.data.health import examine

    return examine(path)


def _is_empty(services: Any) -> bool:
    from crm_desktop.domain.kinds import Kind

    records = services.records
    return not records.count(Kind.PERSON) and not records.count(Kind.COMPANY)


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
