"""What every command gets: words, output, the clock, and the book it opens."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crm_desktop.cli.output import Output
from crm_desktop.data.backup import companions, folder_of
from crm_desktop.data.copying import copy_book
from crm_desktop.data.lock import BookLock
from crm_desktop.domain.clock import Clock, FixedClock
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.backups import chosen_folder
from crm_desktop.services.erasing import catch_up
from crm_desktop.services.house import Services, open_book
from crm_desktop.settings import Settings
from crm_desktop.words import LANGUAGES, Words

if TYPE_CHECKING:
    from crm_desktop.services.house import Services


@dataclass(frozen=True, slots=True)
class Desk:
    """The surroundings of one command."""

    args: argparse.Namespace
    words: Words
    out: Output
    home: Home
    book: Path
    clock: Clock

    @contextmanager
    def services(self, *, create: bool = False) -> Iterator[Services]:
        """Open the book, in no other process at the same time. Refused where there is none.

        With `create` it is made; of a book made for something that failed nothing stays.
        """
        if not create:
            self.require_book()
        folders = [one for one in self.book.parents if not one.exists()]
        fresh, mine = not self.book.exists(), False
        try:
            self.book.parent.mkdir(parents=True, exist_ok=True)
            chosen = chosen_folder(self.home)
            language = self.words.language
            with open_book(self.book, self.clock, language=language, backups=chosen) as book:
                mine = fresh
                yield Services(book, self.clock, self.home)
        except BaseException:
            if mine:
                for file in (self.book, *companions(self.book), BookLock(self.book).file):
                    file.unlink(missing_ok=True)
            for folder in folders:
                with suppress(OSError):  # something else lies there
                    folder.rmdir()
            raise

    @contextmanager
    def reading(self) -> Iterator[Services]:
        """The book for a command that changes nothing in it.

        Where nothing can be written, on a locked stick, a private copy is read, and that is said.
        """
        with ExitStack() as stack:
            try:
                services = stack.enter_context(self.services())
            except Refused as refusal:
                if refusal.code != "book.read_only":
                    raise
                copied = stack.enter_context(self._copied())
                book = stack.enter_context(open_book(copied, self.clock))
                # Who was erased must not come back through an older copy.
                catch_up(book, chosen_folder(self.home) or folder_of(self.book))
                services = Services(book, self.clock, self.home)
            yield services

    @contextmanager
    def file(self) -> Iterator[Path]:
        """The closed book, held for this process, or a private copy where it cannot be held."""
        self.require_book()
        with ExitStack() as stack:
            found = self.book
            try:
                stack.enter_context(BookLock(self.book))
            except Refused as refusal:
                if refusal.code != "book.read_only":
                    raise
                found = stack.enter_context(self._copied())
            yield found

    @contextmanager
    def _copied(self) -> Iterator[Path]:
        with TemporaryDirectory() as name:
            copied = copy_book(self.book, Path(name) / self.book.name)
            self.out.aside("cli.read_only", path=str(self.book))
            yield copied

    @contextmanager
    def looking(self) -> Iterator[Services]:
        """The book as it is, or for the moment an empty one where there is none."""
        if self.book.exists():
            with self.reading() as services:
                yield services
            return
        language = self.words.language
        with TemporaryDirectory() as name:
            folder = Path(name)
            with open_book(folder / self.book.name, self.clock, language=language) as book:
                yield Services(book, self.clock, Home.at(folder))

    def require_book(self) -> None:
        """Refuse where the book that was named is not there."""
        if not self.book.exists():
            raise Refused("cli.no_book", path=str(self.book))


def target(name: str) -> Path:
    """Where a file is to be written. Refused for a folder, and for a device or the like, which
    the new file would take the place of.
    """
    path = Path(name)
    if path.is_dir():
        raise Refused("cli.file_is_folder", path=name)
    if path.exists() and not path.is_file():
        raise Refused("cli.file_special", path=name)
    return path


def desk_for(args: argparse.Namespace, words: Words) -> Desk:
    """The surroundings for parsed arguments."""
    home = home_of(args.home)
    settings = Settings.load(home.config)
    book = Path(args.book or settings.book or home.book)
    today: date | None = getattr(args, "today", None)
    clock = fixed(today) if today else Clock()
    out = Output(words, as_json=args.json)
    return Desk(args, words, out, home, book.absolute(), clock)


def home_of(folder: str) -> Home:
    """The user's folders, or those below the folder given."""
    return Home.at(Path(folder).absolute()) if folder else Home.default()


def fixed(day: date) -> FixedClock:
    """A clock that stands at nine in the morning of a day."""
    zone = Clock().zone
    return FixedClock(datetime.combine(day, time(9), ZoneInfo(zone)), zone)


def language_of(wanted: str, home: str) -> str:
    """What was asked for, else what the window is set to, else the system's language."""
    if wanted in LANGUAGES:
        return wanted
    stored = Settings.load(home_of(home).config).language
    if stored in LANGUAGES:
        return stored
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    return _windows_language()


def _windows_language() -> str:
    import locale

    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
