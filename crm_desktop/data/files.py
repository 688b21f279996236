"""Moving files so that a power cut leaves the old or the new one, never a part."""

from __future__ import annotations

import os
import time
from pathlib import Path

_TRIES = 6


def sync_file(path: Path) -> None:
    """Have the file's content on the disk. Never for a book that is open."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Have the folder's names on the disk; Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_durably(source: Path, target: Path) -> None:
    """Put `source` in the place of `target` and have it on the disk. Both are closed files."""
    sync_file(source)
    for attempt in range(_TRIES):
        try:
            os.replace(source, target)
            break
        except PermissionError:
            # On Windows a virus scanner may hold the file for a moment.
            if attempt == _TRIES - 1:
                raise
            time.sleep(0.05 * 2**attempt)
    sync_folder(target.parent)
