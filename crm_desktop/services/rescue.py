"""When a book cannot be opened: which backups are good, putting one back, saving what is left."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from crm_desktop.data import backup, derived, restore
from crm_desktop.data import salvage as saving
from crm_desktop.data.backup import Backup
from crm_desktop.data.copying import copy_book
from crm_desktop.data.errors import refusing
from crm_desktop.data.health import Health, examine
from crm_desktop.data.lock import BookLock
from crm_desktop.data.restore import Restored
from crm_desktop.data.tables import METADATA
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import RECORD_KINDS
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.progress import NO_PROGRESS, Progress
from crm_desktop.services import dumps
from crm_desktop.services.backups import chosen_folder
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import Words

__all__ = ["Backup", "Checked", "Health", "Rescue", "Restored", "Saved"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup, and why it cannot be used; None: it is whole."""

    backup: Backup
    trouble: Refused | None


@dataclass(frozen=True, slots=True)
class Saved:
    """Where the readable rest lies, how many rows, which tables have holes, and the history."""

    book: Path
    files: tuple[Path, ...]
    rows: int
    incomplete: tuple[str, ...]
    history: saving.History


class Rescue:
    """Works on a closed book; none of it changes the damaged file."""

    def __init__(self, book: Path, clock: Clock, home: Home) -> None:
        self.book = book.absolute()
        self._clock = clock
        self._home = home
        self._made: TemporaryDirectory[str] | None = None

    def backups(self) -> list[Backup]:
        """Those of the chosen folder and of the one beside the book, newest first."""
        found: list[Backup] = []
        for folder in self._folders():
            with refusing(folder):
                found += backup.list_backups(self.book, folder)
        return sorted(found, key=lambda each: (each.at, each.sequence), reverse=True)

    def _folders(self) -> set[Path]:
        chosen = chosen_folder(self._home)
        return {backup.folder_of(self.book), *([chosen] if chosen else [])}

    def verify(self, source: Path) -> None:
        """Prove that a file is a whole backup; seconds for a very large one. Refused why not."""
        restore.verify(source)

    def check(self, one: Backup) -> Checked:
        """The same for one of the list."""
        try:
            self.verify(one.path)
        except Refused as refusal:
            return Checked(one, refusal)
        return Checked(one, None)

    def newest_good(self, backups: Sequence[Backup]) -> tuple[list[Checked], Backup | None]:
        """Check from the newest on until one is whole; all that were looked at, and that one."""
        seen: list[Checked] = []
        for one in backups:
            seen.append(self.check(one))
            if seen[-1].trouble is None:
                return seen, one
        return seen, None

    def prepare(self, source: Path, progress: Progress = NO_PROGRESS) -> Path:
        """What to put back for a file the user chose: a whole backup is that itself.

        Of a whole book as JSON a book is made beside ours, until it has been put back.
        Refused why it cannot be used.
        """
        if source.suffix.lower() != dumps.ENDING:
            self.verify(source)
            return source
        with refusing(self.book.parent):
            self._made = TemporaryDirectory(prefix=".crm-", dir=self.book.parent)
        made = Path(self._made.name) / self.book.name
        try:
            dumps.make_book(source, made, self._clock, progress)
        except BaseException:
            self.let_go()
            raise
        return made

    def let_go(self) -> None:
        """Remove what `prepare` made."""
        if self._made is not None:
            self._made.cleanup()
            self._made = None

    def put_back(self, source: Path) -> Restored:
        """Put what was prepared in the place of the closed book, which is kept beside it.

        Who was erased since the backup was made is erased again.
        """
        try:
            return restore.restore(source, self.book, self._clock, folders=self._folders())
        finally:
            self.let_go()

    def copy_to(self, target: Path) -> Path:
        """Copy a book that lies where nothing can be written to where it can be changed."""
        return copy_book(self.book, target)

    def details(self) -> tuple[str, ...]:
        """What the engine says of the file, for a report: no customer data."""
        try:
            size = self.book.stat().st_size
            return (f"{size} bytes", *examine(self.book).details)
        except (OSError, Refused) as error:
            return (type(error).__name__,)

    def salvage(self, folder: Path, words: Words, progress: Progress = NO_PROGRESS) -> Saved:
        """Save the readable rest below `folder`: a whole book, and a workbook for each kind.

        Refuses while somebody has the book open, and where nothing can be read.
        """
        if not self.book.is_file():
            raise Refused("book.missing", path=str(self.book))
        target = self._new_folder(folder)
        whole = target / f"{self.book.stem}.crm"
        with BookLock(self.book), refusing(target):
            target.mkdir(parents=True)
            try:
                made = open_book(whole, self._clock, language=words.language)
                made.close()
                saved = saving.salvage(self.book, whole, METADATA, progress)
                files = self._workbooks(whole, target, words)
            except BaseException:
                shutil.rmtree(target, ignore_errors=True)
                raise
        return Saved(whole, tuple(files), saved.total, tuple(saved.incomplete), saved.history)

    def _new_folder(self, folder: Path) -> Path:
        stamp = self._clock.local_now().strftime("%Y-%m-%d %H%M")
        target = folder / f"{self.book.stem} {stamp}"
        number = 1
        while target.exists():
            number += 1
            target = folder / f"{self.book.stem} {stamp} ({number})"
        return target

    def _workbooks(self, whole: Path, target: Path, words: Words) -> list[Path]:
        files: list[Path] = []
        services = Services(open_book(whole, self._clock), self._clock, self._home)
        try:
            with services.book.write("gesture.noted", origin="system") as writing:
                derived.rebuild(writing.session)
            for kind in RECORD_KINDS:
                if services.records.count(kind):
                    file = target / f"{words.text(f'kind.{kind.value}.plural')}.xlsx"
                    services.exports.export(kind, file, words)
                    files.append(file)
        finally:
            services.close()
        return files
