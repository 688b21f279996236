"""The program: shows the window from Qt alone, then opens the book and fills the pages."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.problems import Refused
from crm_desktop.paths import APP_NAME, Home
from crm_desktop.progress import Cancelled, Progress
from crm_desktop.settings import Settings
from crm_desktop.ui.context import sentence
from crm_desktop.ui.language import language, set_language, tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.instance import Instance, raise_running
from crm_desktop.ui.shell.window import MainWindow, dress
from crm_desktop.ui.view_state import ViewState

_LONGEST_AT_CLOSE = 60.0  # seconds the last backup may take; the window is gone by then
_FRAME = QSize(16, 48)  # about what the window's title bar and borders take
_CLOSING_WAIT, _CLOSING_LOOKS = 0.25, 40  # a book that another window is just closing


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
        self._tell_when_open = ""
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
        self.window.new_book_wished.connect(self._new_book)
        self.window.restore_wished.connect(self.restore)
        self.window.book_damaged.connect(self._damaged)

    def show(self) -> None:
        """First the window, painted from Qt alone; the book when the event loop turns."""
        # On a small screen the frame, too, must find room.
        room = self.window.screen().availableSize() - _FRAME
        self.window.resize(self.window.size().boundedTo(room))
        self.window.show()
        QTimer.singleShot(0, self._after_first_turn)

    def close(self) -> None:
        """Let everything go: jobs first, a last backup, then the book."""
        if self.window.duties is not None:
            self.window.duties.stop()
        self.window.jobs.close()
        if self.services is not None:
            self._last_backup(self.services.backups)
            self.services.close()
            self.services = None
        self._instance.close()
        self.window.faults.close()

    def _last_backup(self, backups: Any) -> None:
        """The window is gone; why none could be made is told at the next start."""
        progress = Progress()
        patience = threading.Timer(_LONGEST_AT_CLOSE, progress.cancel)
        patience.start()
        trouble: Refused | None
        try:
            backups.at_close(progress)
            trouble = backups.trouble
        except Refused as refusal:
            trouble = refusal
        except Cancelled:
            trouble = None  # the next start makes it
        except Exception as error:
            # Whatever it is, the book itself must still be closed.
            self.window.faults.report(error)
            return
        finally:
            patience.cancel()
        kept = [trouble.code, trouble.args_for_words] if trouble is not None else None
        self.window.state.put("backup/trouble", kept)
        self.window.state.flush()

    def _after_first_turn(self) -> None:
        # A second turn: the first one paints the window.
        QTimer.singleShot(0, self.open_book)

    # ---- opening

    def open_book(self, *, new: bool = False) -> None:
        """Open the book in the writer thread and hand its services to the window."""
        self.window.sidebar.set_status(tr("shell.opening"))
        path = self.book_path
        # A book that was here before and is gone is not quietly replaced by an empty one.
        may_make = new or self.options.book == path or path == self.home.book
        job = self.window.jobs.run_writer(
            lambda _progress: open_services(path, self.home, language(), make=may_make, new=new),
            self._opened,
            refused=self._refused,
        )
        job.failed.connect(self._broken)

    def _opened(self, services: Any) -> None:
        self.services, self.clock = services, services.clock
        services.book.subscribe(self.window.notifier.announce)
        # The first piece of work of the writer: what is damaged takes nothing.
        self.window.jobs.run_writer(
            lambda _progress: services.backups.check_before_writing(), self._examined
        )
        self._instance = Instance(self.book_path)
        self._instance.listen(self.window.raise_window)
        self.window.commands.add_icons()
        self.window.faults.watch_crashes()
        start = self.options.place
        welcomed = self.window.state.get("welcome/done", False)
        if start is None and not welcomed and _is_empty(services):
            start = Place("welcome")
        self.window.book_opened(services, self.clock, start=start)
        if self._tell_when_open:
            self.window.toast(self._tell_when_open)
            self._tell_when_open = ""

    def _examined(self, health: Any) -> None:
        if not health.whole:
            self._damaged(Refused("book.damaged", path=str(self.book_path)))
        elif self.window.duties is not None:
            self.window.duties.warn_of_place(health.warnings)

    def _broken(self, error: object) -> None:
        """Not a circumstance we know: a book of odd content must not leave an empty window."""
        if not isinstance(error, Refused):
            self._refused(Refused("rescue.unreadable", path=str(self.book_path)))

    def _refused(self, trouble: Refused) -> None:
        clock = _clock()
        rescue = _rescue(self.book_path, clock, self.home)
        self.window.book_refused(trouble, rescue, clock)

    def _damaged(self, trouble: Refused) -> None:
        self._leave(lambda: self._refused(trouble))

    # ---- another one in its place

    def _leave(self, then: Callable[[], None]) -> None:
        """Close the open book, with all that shows it, once its last job has ended."""
        services, self.services = self.services, None
        if services is None:
            then()
            return
        self.window.book_closed()
        self._instance.close()

        def close() -> None:
            self.window.jobs.run_writer(
                lambda _progress: services.close(),
                lambda _none: then(),
                refused=lambda _why: then(),
            )

        self.window.jobs.when_idle(close)

    def _other_book(self, name: str) -> None:
        if name:
            self.book_path = Path(name)
            self.settings.book = name
            self.settings.save(self.home.config)
        self._leave(self.open_book)

    def _new_book(self) -> None:
        self.open_book(new=True)

    def restore(self, source: Path) -> None:
        """Put a backup in the place of the book, open or lost, and open it."""
        rescue = _rescue(self.book_path, _clock(), self.home)
        self.window.sidebar.set_status(tr("shell.restoring"))
        self.window.jobs.run_long_reader(
            # Before the open book is left: a bad backup changes nothing on the screen.
            lambda _progress: rescue.verify(source),
            lambda _none: self._leave(lambda: self._put_back(rescue, source)),
            refused=self._not_restored,
        )

    def _put_back(self, rescue: Any, source: Path) -> None:
        def done(restored: Any) -> None:
            kept = restored.old
            self._tell_when_open = (
                tr("shell.restored", name=kept.name) if kept else tr("shell.restored_new")
            )
            self.open_book()

        def refused(why: Refused) -> None:
            if self.window.rescue_page is not None:
                self._not_restored(why)
                return
            self._tell_when_open = sentence(why)
            self.open_book()

        self.window.jobs.run_writer(
            lambda _progress: rescue.put_back(source), done, refused=refused
        )

    def _not_restored(self, why: Refused) -> None:
        self.window.sidebar.set_status("")
        if self.window.rescue_page is not None:
            self.window.rescue_page.refuse(why)
        else:
            self.window.tell(why)
        if self.window.desk is not None:
            self.window.desk.read_backup()


def open_services(
    path: Path, home: Home, wanted: str, *, make: bool = True, new: bool = False
) -> Any:
    """Import the services, open the book (with `make` a new one where there is none), build them.

    A book whose backups are still there is missed, not new, unless `new` says otherwise.
    """
    # The window is on the screen by now: SQLAlchemy costs a quarter of a second.
    from crm_desktop.services.house import Services, open_book
    from crm_desktop.services.rescue import Rescue

    clock = _clock()
    known = path.exists() or new or (make and not Rescue(path, clock, home).backups())
    if not known:
        raise Refused("book.missing", path=str(path))
    for turn in range(_CLOSING_LOOKS):
        try:
            return Services(open_book(path, clock, language=wanted), clock, home)
        except Refused as refusal:
            # A window that was just closed still makes its last backup.
            if refusal.code != "book.in_use" or turn == _CLOSING_LOOKS - 1 or raise_running(path):
                raise
            time.sleep(_CLOSING_WAIT)
    raise AssertionError("the last look raises")


def _clock() -> Any:
    from crm_desktop.domain.clock import Clock

    return Clock()


def _rescue(path: Path, clock: Any, home: Home) -> Any:
    from crm_desktop.services.rescue import Rescue

    return Rescue(path, clock, home)


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
