"""Verified copies of the book: made by hand and by itself, listed, put back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from crm_desktop.data import backup, restore
from crm_desktop.data.backup import Backup
from crm_desktop.data.book import Book
from crm_desktop.data.health import Health, examine
from crm_desktop.data.restore import Restored
from crm_desktop.domain.clock import Clock
from crm_desktop.paths import Home
from crm_desktop.progress import NO_PROGRESS, Progress
from crm_desktop.settings import Settings

__all__ = ["Backup", "Backups", "Health", "Restored"]

EVERY = timedelta(minutes=30)


class Backups:
    """Knows the folder (that of the settings, else beside the book) and when it is time."""

    def __init__(self, book: Book, clock: Clock, home: Home) -> None:
        self._book = book
        self._clock = clock
        self._home = home
        self._checked: datetime = clock.now()

    def folder(self) -> Path:
        """Where backups go."""
        chosen = Settings.load(self._home.config).backup_folder
        return Path(chosen) if chosen else backup.folder_of(self._book.path)

    def make(self, reason: str = "user", progress: Progress = NO_PROGRESS) -> Backup:
        """A verified copy now. Refuses a damaged book, a full disk, a folder that is not there."""
        made = backup.back_up(
            self._book.path, self.folder(), self._clock, reason=reason, progress=progress
        )
        self._checked = self._clock.now()
        return made

    def list(self) -> list[Backup]:
        """All there are, newest first."""
        return backup.list_backups(self._book.path, self.folder())

    def last(self) -> Backup | None:
        """The newest one."""
        return next(iter(self.list()), None)

    def is_due(self) -> bool:
        """Whether half an hour has gone by, and the book holds what no backup does."""
        elapsed = self._clock.now() - self._checked
        # A clock set back would otherwise put the next one off for as long.
        if timedelta() <= elapsed < EVERY:
            return False
        return self._changed()

    def tick(self) -> Backup | None:
        """Called every minute or so by who runs the book: makes a backup when one is due."""
        if not self.is_due():
            return None
        return self.make("automatic")

    def at_close(self) -> Backup | None:
        """A last one before the book is closed, where anything has changed."""
        return self.make("close") if self._changed() else None

    def health(self) -> Health:
        """Whether the open book is whole, and whether it lies where a book can lie."""
        return examine(self._book.path)

    def verify(self, path: Path) -> None:
        """Prove that a backup is whole. Refused with the reason where it is not."""
        restore.verify(path)

    def restore(
        self, path: Path, close: Callable[[], None], reopen: Callable[[], None]
    ) -> Restored:
        """Put a backup in the place of the book; the present one is kept beside it.

        `close` lets go of the book, `reopen` opens what lies in its place afterwards: the
        restored one, or the old one where restoring is refused. These services are spent then.
        """
        self.verify(path)
        close()
        try:
            return restore.restore(path, self._book.path, self._clock)
        finally:
            reopen()

    def _changed(self) -> bool:
        return backup.changed_since(self._book.path, self.folder(), self._book.last_gesture)
