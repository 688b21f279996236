"""A file that appears whole or not at all: written beside its place, synced, then renamed."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from crm_desktop.domain.problems import Refused

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PROTECTED = {errno.EACCES, errno.EPERM, errno.EROFS}
# Virus scanners on Windows hold a new file for a moment; a spreadsheet program holds it for good.
_TRIES = 4
_PAUSE_SECONDS = 0.1


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Open `path` for writing bytes; it replaces the old file when the block ends well.

    Raises Refused: "writing.no_folder", "writing.protected", "writing.disk_full",
    "writing.file_open" (another program holds the old file) or "writing.failed".
    After any exception the old file is untouched and nothing is left beside it.
    """
    if path.exists() and not path.is_file():
        # A folder, a device: never replaced.
        raise Refused("writing.failed", name=path.name, reason=os.strerror(errno.EEXIST))
    part = path.with_name(path.name + ".part")
    try:
        file = part.open("w+b")
    except OSError as error:
        raise _refused(error, path) from error
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _replace(part, path)
        _sync_folder(path.parent)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _refused(error, path) from error
        raise


def _replace(part: Path, path: Path) -> None:
    for attempt in range(_TRIES):
        try:
            os.replace(part, path)
        except PermissionError as error:
            if attempt == _TRIES - 1:
                raise Refused("writing.file_open", name=path.name) from error
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):  # some network shares cannot; the file itself is synced
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refused(error: OSError, path: Path) -> Refused:
    folder = str(path.parent)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        # Linux says so of /proc, too, which is there and takes no files.
        there = path.parent.is_dir()
        return Refused("writing.protected" if there else "writing.no_folder", folder=folder)
    if error.errno in _FULL:
        return Refused("writing.disk_full", name=path.name, folder=folder)
    if error.errno in _PROTECTED:
        return Refused("writing.protected", folder=folder)
    return Refused("writing.failed", name=path.name, reason=error.strerror or type(error).__name__)
