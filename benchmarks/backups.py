"""A verified backup of the book with a million people."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sqlcipher3 import dbapi2

from benchmarks import books
from benchmarks.measure import Result, ratio, seconds
from crm_desktop.data import backup

PEOPLE = 1_000_000


def run(people: int = PEOPLE) -> list[Result]:
    """Against the bare backup call and one quick check."""
    services = books.people(people)
    path = services.book.path

    def floor(target: Path) -> None:
        source, copy = dbapi2.connect(str(path)), dbapi2.connect(str(target))
        source.backup(copy)
        copy.execute("PRAGMA quick_check").fetchall()
        source.close()
        copy.close()

    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            bare = seconds(lambda: floor(folder / "copy.db"))
            took = seconds(
                lambda: backup.back_up(path, folder / "kept", services.clock, reason="measure")
            )
    finally:
        services.book.close()
    size = path.stat().st_size >> 20
    return [ratio(f"verified backup of a book of {size} MB", took, bare, 1.5)]
