"""A copy of a book that lies where nothing can be written: on a locked stick, on a CD."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from crm_desktop.data.backup import companions
from crm_desktop.data.engines import sqlite
from crm_desktop.data.errors import refusing
from crm_desktop.data.health import examine
from crm_desktop.domain.problems import Refused


def copy_book(source: Path, target: Path) -> Path:
    """Copy a book, with what its log still holds, to `target`: a whole file or none.

    Only for a book that could not be opened for writing: no connection of this process may lie
    on it, or closing our copy's handle would drop its locks. Raises Refused where `target` is
    taken or cannot be written, and where the copy is not whole.
    """
    if target.exists():
        raise Refused("book.exists", path=str(target))
    with (
        refusing(target),
        TemporaryDirectory(prefix=".crm-", dir=target.parent) as name,
    ):
        copied = Path(name) / source.name
        for file in (source, *companions(source)):
            # The shared memory is of the other place; SQLite makes it anew.
            if file.exists() and not file.name.endswith("-shm"):
                shutil.copyfile(file, copied.with_name(file.name))
        _settle(copied)
        if not examine(copied).whole:
            raise Refused("book.damaged", path=str(source))
        os.replace(copied, target)
    return target


def _settle(copied: Path) -> None:
    """Take what the log holds into the file, so that the file alone is the book."""
    connection = sqlite.connect(copied)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
