"""The book: two doors, one for reading and one for writing, and the news of what changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, delete, func, insert, select, update

from crm_desktop.data import upgrade
from crm_desktop.data.book_settings import book_uid
from crm_desktop.data.engines import log, sqlite
from crm_desktop.data.errors import refusing
from crm_desktop.data.journal import Changes, Hook, stamp_records
from crm_desktop.data.lock import BookLock
from crm_desktop.data.session import Session
from crm_desktop.data.tables import KINDS_OF_TABLE, METADATA
from crm_desktop.data.tables.journal import USER, Gesture
from crm_desktop.data.types import MOMENT
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean_name

_LONGEST_NAME = 200  # of what a gesture was about
_GESTURE: Any = Gesture.__table__
_NEW_GESTURE = insert(_GESTURE).returning(_GESTURE.c.id)
Kinds = frozenset[Any]
Listener = Callable[[Kinds, int], None]


class Writing:
    """One open transaction: its session and the number of the user's gesture."""

    def __init__(self, session: Session, gesture_id: int) -> None:
        self.session = session
        self.gesture_id = gesture_id
        self.keep = False
        """Keep the gesture although it changed no row; undo needs its own trace."""
        self.copied_later = False
        """Whether the caller calls `copy_behind`: as much as this is not to be waited for."""
        self.last_works: list[Callable[[], None]] = []

    def changed(self) -> Changes:
        """What has been touched so far."""
        return Changes(self.session, self.gesture_id)

    def name(self, **args: Any) -> None:
        """Give the title other arguments: what is known only once something is written."""
        self.session.execute(
            update(Gesture).where(Gesture.id == self.gesture_id).values(args=_told(args))
        )

    def at_the_end(self, work: Callable[[], None]) -> None:
        """Have something done when all that is derived is up to date, right before the commit.

        What it changes is told to nobody: an erasure takes itself out of the journal so.
        """
        self.last_works.append(work)


class Book:
    """One firm's data file, open in this process and in no other."""

    def __init__(
        self,
        path: Path,
        clock: Clock,
        *,
        lock: BookLock,
        metadata: MetaData,
        kinds: Mapping[str, Any],
    ) -> None:
        self.path = path
        self.clock = clock
        self.metadata = metadata
        self._kinds = kinds
        self._lock = lock
        self._hooks: list[Hook] = []
        self._first_works: list[Callable[[Book], None]] = []
        self._listeners: list[Listener] = []
        self._door = threading.Lock()
        self._inside: int | None = None
        self._sealed: Refused | None = None
        self._readers: Engine = sqlite.reader_engine(path)
        self._writer_engine: Engine = sqlite.writer_engine(path)
        self._connected: Connection = self._writer_engine.connect()
        self._recording = False
        self._copying: threading.Thread | None = None
        self._moment = threading.local()
        with refusing(path), self._connected.begin():
            pass  # whether the file can be written is told now, not at the first gesture
        with self.read() as session:
            self.uid: str = book_uid(session)
            self.last_gesture = int(session.scalar(select(func.max(Gesture.id))) or 0)

    @classmethod
    def open(
        cls,
        path: Path,
        clock: Clock,
        *,
        metadata: MetaData = METADATA,
        kinds: Mapping[str, Any] = KINDS_OF_TABLE,
        upgrades: upgrade.Upgrades | None = None,
        backups: Path | None = None,
    ) -> Book:
        """Open an existing book, bringing it to the present schema first.

        `kinds` maps table names to the kind (or kinds) announced when they change; `backups` is
        the folder the user chose for the copy made before an upgrade. Refuses what is in use,
        missing, damaged, not a book, or written by a newer program.
        """
        path = path.absolute()
        lock = BookLock(path).take()
        try:
            at_hand = upgrades or upgrade.Upgrades.shipped()
            upgrade.bring_up_to_date(path, clock, at_hand, backups=backups)
            return cls(path, clock, lock=lock, metadata=metadata, kinds=kinds)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def create(
        cls,
        path: Path,
        clock: Clock,
        *,
        metadata: MetaData = METADATA,
        kinds: Mapping[str, Any] = KINDS_OF_TABLE,
        upgrades: upgrade.Upgrades | None = None,
    ) -> Book:
        """Make a new, empty book and open it. Refuses where a file is already there."""
        path = path.absolute()
        with refusing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        lock = BookLock(path).take()
        try:
            upgrade.create_book(path, clock, metadata, upgrades or upgrade.Upgrades.shipped())
            return cls(path, clock, lock=lock, metadata=metadata, kinds=kinds)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Let go of the file; nothing is left to do at the next start."""
        self.learn()
        if self._copying is not None:
            self._copying.join()
        with self._door:
            self._connected.close()
            self._writer_engine.dispose()
            self._readers.dispose()
            self._lock.release()

    def learn(self) -> None:
        """Bring the planner's statistics up to date, where tables have grown much since."""
        # Statistics only: nothing of the user's waits for them.
        with self._door, suppress(Exception), log.left_alone(self._connected):
            self._connected.exec_driver_sql("PRAGMA optimize")
            self._connected.commit()

    def copy_behind(self) -> None:
        """Copy what was committed from the log into the file, in a thread; a gesture that comes
        meanwhile waits, as it would have done before. Until then it is as safe in the log.
        """
        if self._copying is not None:
            self._copying.join()
        self._copying = threading.Thread(target=self._copy, name="copying the log")
        self._copying.start()

    def _copy(self) -> None:
        # Where it fails the log stays, and the next gesture's commit tries again.
        with self._door, suppress(Exception):
            log.copy(self.path)

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one consistent snapshot; it cannot write and must not be kept."""
        shared: Session | None = getattr(self._moment, "session", None)
        if shared is not None:
            yield shared
            return
        with refusing(self.path), self._readers.connect() as connection:
            yield Session(connection)

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Within it each `read` of this thread is the same snapshot: a page is read in one go."""
        with self.read() as session:
            around = getattr(self._moment, "session", None)
            self._moment.session = session
            try:
                yield
            finally:
                self._moment.session = around

    @contextmanager
    def write(
        self,
        title: str,
        /,
        *,
        origin: str = USER,
        reverses: int | None = None,
        **args: Any,
    ) -> Iterator[Writing]:
        """One gesture: all of the block is kept, or nothing.

        `title` is the key of its words, `args` their arguments (JSON values). A gesture that
        changed no row leaves no trace. Nested calls are a bug and raise RuntimeError.
        """
        if self._inside == threading.get_ident():
            raise RuntimeError("a gesture is already being written")
        if self._sealed is not None:
            raise self._sealed
        with self._door:
            self._inside = threading.get_ident()
            token = MOMENT.set(self.clock.now())
            try:
                with refusing(self.path):
                    written = yield from self._transaction(title, origin, reverses, _told(args))
            finally:
                MOMENT.reset(token)
                self._inside = None
        gesture_id, tables = written
        if tables:
            self._announce(tables, gesture_id)

    def _transaction(
        self, title: str, origin: str, reverses: int | None, args: dict[str, Any]
    ) -> Generator[Writing, None, tuple[int, set[str]]]:
        with ExitStack() as until_committed, self._writer.begin():
            gesture_id = self._writer.execute(
                _NEW_GESTURE,
                {
                    "at": MOMENT.get(),
                    "title": title,
                    "args": args,
                    "origin": origin,
                    "reverses": reverses,
                },
            ).scalar_one()
            sqlite.set_gesture(self._writer, gesture_id)
            writing = Writing(Session(self._writer), gesture_id)
            yield writing
            tables = self._settle(writing)
            sqlite.set_gesture(self._writer, None)
            if writing.copied_later:
                until_committed.enter_context(log.left_alone(self._writer))
        if tables or writing.keep:
            self.last_gesture = gesture_id
        return gesture_id, tables

    def _settle(self, writing: Writing) -> set[str]:
        """Refresh what is derived and stamp the records. The tables that have changed."""
        session, gesture_id = writing.session, writing.gesture_id
        changes = writing.changed()
        if not changes.tables:
            if not writing.keep:
                session.execute(delete(Gesture).where(Gesture.id == gesture_id))
            return set()
        for hook in self._hooks:
            hook(session, changes)
        changes = writing.changed()  # hooks too may have written
        touched = stamp_records(changes, self.metadata, MOMENT.get()) | changes.tables
        for work in writing.last_works:
            work()
        return touched

    @property
    def _writer(self) -> Connection:
        """The writing connection, from now on with the triggers that record what it changes."""
        if not self._recording:
            with self._connected.begin():
                sqlite.create_journal_triggers(self._connected, self.metadata)
            self._recording = True
            for prepare in self._first_works:
                prepare(self)
        return self._connected

    def wipe(self) -> bool:
        """Rewrite the file so that no byte of what was erased is left in it or in its log.

        Takes seconds for a large book, and as much free disk again. False where somebody still
        read an older state: then the log keeps it, and it has to be done once more.
        """
        if self._inside == threading.get_ident():
            raise RuntimeError("a gesture is being written")
        with self._door, refusing(self.path):
            return sqlite.wipe(self._writer)

    def seal(self, why: Refused) -> None:
        """Refuse every write from now on: the file was found damaged."""
        self._sealed = why

    def before_first_write(self, prepare: Callable[[Book], None]) -> None:
        """Have `prepare(book)` called before anything is written: reading needs less."""
        self._first_works.append(prepare)

    def before_commit(self, hook: Hook) -> None:
        """Have `hook(session, changes)` refresh derived data at the end of each gesture."""
        self._hooks.append(hook)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener(kinds, gesture_id)` told after each commit, in the writing thread.

        Returns the function that ends it.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _announce(self, tables: set[str], gesture_id: int) -> None:
        kinds: set[Any] = set()
        for table in tables:
            kind = self._kinds.get(table, table)
            kinds.update(kind if isinstance(kind, (set, frozenset, tuple, list)) else (kind,))
        for listener in list(self._listeners):
            listener(frozenset(kinds), gesture_id)


def _told(args: dict[str, Any]) -> dict[str, Any]:
    """Arguments as they can be kept and shown on a line; names may come as they were typed."""
    return {
        name: clean_name(value)[:_LONGEST_NAME] if isinstance(value, str) else value
        for name, value in args.items()
    }
