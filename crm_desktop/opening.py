"""The book of the window: opened, closed, restored, and changed for another.

Loaded behind the first picture of the window.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.progress import Cancelled, Progress
from crm_desktop.ui.context import sentence
from crm_desktop.ui.language import language, tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.instance import Instance, raise_running

if TYPE_CHECKING:
    from crm_desktop.settings import Settings
    from crm_desktop.ui.shell.window import MainWindow

_LONGEST_AT_CLOSE = 60.0  # seconds the last backup may take; the window is gone by then
_LONGEST_UNTIL_SHOWN = 3.0  # seconds the first page may take before the book is examined
_ONE_PICTURE = 16  # milliseconds, on a usual screen
_CLOSING_WAIT, _CLOSING_LOOKS = 0.25, 40  # a book that another window is just closing


class Opening(QObject):
    """Which book the window shows, and what becomes of it. The window must be furnished."""

    def __init__(
        self, window: MainWindow, book: Path, *, named: Path | None, place: Place | None
    ) -> None:
        """`named`: the book the command line asked for, which may be made; `place`: where to."""
        super().__init__(window)
        self.window = window
        self.home: Home = window.home
        self.settings: Settings = window.settings
        self.book_path = book
        self.services: Any = None
        self._shown = threading.Event()
        self._named, self._place = named, place
        self._tell_when_open = ""
        self._at_restoring = False
        self._instance = Instance(book)
        window.other_book_wished.connect(self._other_book)
        window.new_book_wished.connect(self._new_book)
        window.restore_wished.connect(self.restore)
        window.book_damaged.connect(self._damaged)

    def close(self) -> None:
        """Let everything go: jobs first, a last backup, then the book."""
        self._shown.set()
        if self.window.duties is not None:
            self.window.duties.stop()
        self.window.jobs.close()
        if self.services is not None:
            self._prepare_mornings(self.services)
            self._last_backup(self.services.backups)
            self.services.close()
            self.services = None
        self._instance.close()

    def _prepare_mornings(self, services: Any) -> None:
        """The window is gone; the next one shall show its first page at once."""
        from crm_desktop.services.mornings import prepare_mornings

        try:
            prepare_mornings(services)
        except Refused:
            return  # a full disk, a damaged book: told when it is opened again
        except Exception as error:
            # Whatever it is, the book itself must still be closed.
            self.window.faults.report(error)

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

    # ---- opening

    def begin(self) -> None:
        """Open the book of the start; a morning that was prepared in it comes first."""
        self.window.sidebar.set_status(tr("shell.opening"))
        if self._place is None and self.window.tenancy.foresee(self.book_path):
            # Behind the picture of its rows: what comes now wants the interpreter for itself.
            QTimer.singleShot(_ONE_PICTURE, self, self.open_book)
        else:
            self.open_book()

    def open_book(self, *, new: bool = False) -> None:
        """Open the book in the writer thread and hand its services to the window."""
        self.window.sidebar.set_status(tr("shell.opening"))
        path = self.book_path
        # A book that was here before and is gone is not quietly replaced by an empty one.
        may_make = new or self._named == path or path == self.home.book
        job = self.window.jobs.run_writer(
            lambda _progress: open_services(path, self.home, language(), make=may_make, new=new),
            self._opened,
            refused=self._refused,
        )
        job.failed.connect(self._broken)

    def _opened(self, services: Any) -> None:
        self.services = services
        services.book.subscribe(self.window.notifier.announce)
        shown = self._shown = threading.Event()

        def examine(_progress: Progress) -> Any:
            # The whole file is read: the rows of the first page go before it.
            shown.wait(_LONGEST_UNTIL_SHOWN)
            return services.backups.check_before_writing()

        # The first piece of work of the writer: what is damaged takes nothing.
        self.window.jobs.run_writer(examine, self._examined)
        self._instance = Instance(self.book_path)
        self._instance.listen(self.window.raise_window)
        self.window.commands.add_icons()
        self.window.faults.watch_crashes()
        start = self._place
        welcomed = self.window.state.get("welcome/done", False)
        if start is None and not welcomed and _is_empty(services):
            start = Place("welcome")
        self.window.book_opened(services, services.clock, start=start)
        self.window.jobs.when_read(shown.set)
        self.window.jobs.when_read(lambda: self._make_the_rest(services))
        if self._tell_when_open:
            self.window.toast(self._tell_when_open)
            self._tell_when_open = ""

    def _make_the_rest(self, services: Any) -> None:
        """The first page is there: nobody shall wait for the services of the next one."""
        if self.services is services:
            self.window.jobs.run_reader(services.make_all)

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
        clock = Clock()
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
        self._shown.set()
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
        """Put a backup, or a whole book as JSON, in the place of the book, and open it.

        Asked again meanwhile, as by an impatient second Enter, it does nothing.
        """
        if self._at_restoring:
            return
        self._at_restoring = True
        rescue = _rescue(self.book_path, Clock(), self.home)
        self.window.sidebar.set_status(tr("shell.restoring"))
        job = self.window.jobs.run_long_reader(
            # Before the open book is left: a bad file changes nothing on the screen.
            lambda progress: rescue.prepare(source, progress),
            lambda ready: self._leave(lambda: self._put_back(rescue, ready)),
            refused=self._not_restored,
        )
        job.progressed.connect(self._restoring)
        job.failed.connect(self._restoring_over)

    def _restoring(self, done: int, total: int) -> None:
        if total:
            share = done * 100 // total
            self.window.sidebar.set_status(tr("dump.restoring", share=share))

    def _restoring_over(self, _error: object = None) -> None:
        self._at_restoring = False
        self.window.sidebar.set_status("")

    def _put_back(self, rescue: Any, source: Path) -> None:
        def done(restored: Any) -> None:
            kept = restored.old
            self._tell_when_open = (
                tr("shell.restored", name=kept.name) if kept else tr("shell.restored_new")
            )
            if restored.erased:
                self._tell_when_open += " " + tr("erasing.again", count=restored.erased)
            self.open_book()

        def refused(why: Refused) -> None:
            if self.window.rescue_page is not None:
                self._not_restored(why)
                return
            self._tell_when_open = sentence(why)
            self.open_book()

        job = self.window.jobs.run_writer(
            lambda _progress: rescue.put_back(source), done, refused=refused
        )
        job.finished.connect(self._restoring_over)

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
    from crm_desktop.services.backups import chosen_folder
    from crm_desktop.services.house import Services, open_book

    clock = Clock()
    known = path.exists() or new or (make and not _rescue(path, clock, home).backups())
    if not known:
        raise Refused("book.missing", path=str(path))
    for turn in range(_CLOSING_LOOKS):
        try:
            book = open_book(path, clock, language=wanted, backups=chosen_folder(home))
            return Services(book, clock, home)
        except Refused as refusal:
            # A window that was just closed still makes its last backup.
            if refusal.code != "book.in_use" or turn == _CLOSING_LOOKS - 1 or raise_running(path):
                raise
            time.sleep(_CLOSING_WAIT)
    raise AssertionError("the last look raises")


def _rescue(path: Path, clock: Clock, home: Home) -> Any:
    from crm_desktop.services.rescue import Rescue

    return Rescue(path, clock, home)


def _is_empty(services: Any) -> bool:
    from crm_desktop.domain.kinds import Kind

    return not any(services.records.at_least(kind, 1) for kind in (Kind.PERSON, Kind.COMPANY))
