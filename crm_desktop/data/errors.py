"""What the engine and the file system complain of, told as circumstances of the user."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from crm_desktop.domain.problems import Refused

# The driver gives no result codes; these are SQLite's fixed English sentences.
_BY_SENTENCE = {
    "database or disk is full": "book.disk_full",
    "attempt to write a readonly database": "book.read_only",
    "database is locked": "book.busy",
    "disk i/o error": "book.disk_error",
    "database disk image is malformed": "book.damaged",
    "malformed database schema": "book.damaged",
    "file is not a database": "book.not_a_book",
    "unable to open database file": "book.cannot_open",
}
_BY_ERRNO = {
    errno.ENOSPC: "book.disk_full",
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: "book.disk_full",
    errno.EROFS: "book.read_only",
    errno.EACCES: "book.read_only",
    errno.EPERM: "book.read_only",
    errno.EIO: "book.disk_error",
    errno.ENOENT: "book.missing",
    errno.ENOTDIR: "book.no_folder",
    errno.EEXIST: "book.no_folder",
    errno.ENODEV: "book.no_folder",
    errno.ENXIO: "book.no_folder",
}
# A book needs a shared-memory file and a log beside it; below this no page fits any more.
_NO_ROOM = 128 * 1024  # bytes


def refusal_of(error: BaseException, path: Path) -> Refused | None:
    """The circumstance behind an error of the driver or the system; None for our own bugs."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(origin, OSError):
        code = _BY_ERRNO.get(origin.errno or 0)
        return Refused(code, path=str(path)) if code else None
    if isinstance(origin, dbapi2.DatabaseError):
        sentence = str(origin).lower()
        for start, code in _BY_SENTENCE.items():
            if sentence.startswith(start):
                full = code == "book.disk_error" and _no_room(path)
                return Refused("book.disk_full" if full else code, path=str(path))
    return None


def _no_room(path: Path) -> bool:
    """Whether the disk of `path` is full: without room for its log SQLite says I/O error."""
    try:
        return shutil.disk_usage(path.parent).free < _NO_ROOM
    except OSError:
        return False


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn errors about the file at `path` into `Refused`; let everything else through."""
    try:
        yield
    except (OSError, DBAPIError, dbapi2.DatabaseError) as error:
        refusal = refusal_of(error, path)
        if refusal is None:
            raise
        raise refusal from error
