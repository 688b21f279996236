"""The whole book as one JSON file, and a new book made of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from crm_desktop.data import derived
from crm_desktop.data.book import Book
from crm_desktop.data.dump.reading import read_dump
from crm_desktop.data.dump.writing import write_dump
from crm_desktop.domain.clock import Clock
from crm_desktop.exchange.writing import whole_file
from crm_desktop.progress import NO_PROGRESS, Progress
from crm_desktop.services.house import open_book

ENDING = ".json"


def dump(book: Book, path: Path, progress: Progress = NO_PROGRESS) -> dict[str, int]:
    """Write all of the book, history and files included; returns the rows of each table.

    Refused where the file cannot be written.
    """
    with book.read() as session, whole_file(path) as file:
        return write_dump(session, book.metadata, file, progress)


def make_book(source: Path, path: Path, clock: Clock, progress: Progress = NO_PROGRESS) -> None:
    """Make the new book `path` of what `dump` wrote. Refused as `read_dump` refuses."""
    read_dump(source, path, clock, progress=progress)
    with (
        open_book(path, clock) as book,
        book.write("gesture.noted", origin="system") as writing,
    ):
        derived.rebuild(writing.session)


@contextmanager
def as_book(source: Path, clock: Clock) -> Iterator[Path]:
    """The file itself, or for a JSON file a book made of it that is gone afterwards."""
    if source.suffix.lower() != ENDING:
        yield source
        return
    with TemporaryDirectory(prefix="crm-dump-") as folder:
        made = Path(folder) / f"{source.stem}.crm"
        make_book(source, made, clock)
        yield made
