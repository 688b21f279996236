"""Verified copies of the book: made by hand and by itself, listed, put back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from crm_desktop.data import backup
from crm_desktop.data.backup import Backup
from crm_desktop.data.book import Book
from crm_desktop.data.health import Health, examine
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.progress import NO_PROGRESS, Progress
from crm_desktop.settings import Settings

__all__ = ["Backup", "Backups", "Health", "chosen_folder"]

EVERY = timedelta(minutes=30)


def chosen_folder(home: Home) -> Path | None:
    """The folder for backups the user chose; None: beside the book."""
    chosen = Settings.load(home.config).backup_folder
    return Path(chosen) if chosen else None


class Backups:
    """Knows the folder (that of the settings, else beside the book) and when it is time."""

    def __init__(self, book: Book, clock: Clock, home: Home) -> None:
        self._book = book
        self._clock = clock
        self._home = home
        self._checked: datetime = clock.now()
        self.trouble: Refused | None = None
        """Why the last automatic backup failed; None once one is made."""

    def folder(self) -> Path:
        """Where backups go."""
        return chosen_folder(self._home) or backup.folder_of(self._book.path)

    def folders(self) -> tuple[Path, ...]:
        """Every folder backups of this book may lie in; the first one is where they go."""
        return tuple(dict.fromkeys((self.folder(), backup.folder_of(self._book.path))))

    def make(self, reason: str = "user", progress: Progress = NO_PROGRESS) -> Backup:
        """A verified copy now. Refuses a damaged book, a full disk, a folder that is not there."""
        made = backup.back_up(
            self._book.path, self.folder(), self._clock, reason=reason, progress=progress
        )
        self._checked = self._clock.now()
        self.trouble = None
        return made

    def list(self) -> list[Backup]:
        """All there are, those beside the book too, newest first."""
        path = self._book.path
        found = [one for each in self.folders() for one in backup.list_backups(path, each)]
        return sorted(found, key=lambda one: (one.at, one.sequence), reverse=True)

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
        return self._by_itself("automatic")

    def at_close(self, progress: Progress = NO_PROGRESS) -> Backup | None:
        """A last one before the book is closed, where anything has changed."""
        return self._by_itself("close", progress) if self._changed() else None

    def before_import(self) -> Backup | None:
        """One before many rows come in; a folder that is not there does not hold them up."""
        return self._by_itself("import") if self._changed() else None

    def check_before_writing(self) -> Health:
        """Look at the file before the first write; a damaged book takes none."""
        health = self.health()
        if not health.whole:
            self._book.seal(Refused("book.damaged", path=str(self._book.path)))
        return health

    def _by_itself(self, reason: str, progress: Progress = NO_PROGRESS) -> Backup | None:
        """Nobody asked for it, so nobody waits for its answer: the reason is kept in `trouble`.

        Raises Refused for a damaged book alone, which must not go on.
        """
        try:
            return self.make(reason, progress)
        except Refused as refusal:
            self._checked = self._clock.now()
            if refusal.code == "book.damaged":
                raise
            self.trouble = refusal
            return None

    def health(self) -> Health:
        """Whether the open book is whole, and whether it lies where a book can lie."""
        return examine(self._book.path)

    def _changed(self) -> bool:
        return backup.changed_since(self._book.path, self.folder(), self._book.last_gesture)
