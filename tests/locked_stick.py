"""A folder where nothing can be written, for whoever runs the tests, root too."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from filelock import FileLock


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The system refuses the lock file, the first thing written beside a book in `folder`."""
    acquire = FileLock.acquire

    def refuse(lock: FileLock, *args: Any, **named: Any) -> Any:
        if Path(lock.lock_file).parent == folder:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), lock.lock_file)
        return acquire(lock, *args, **named)

    with mock.patch.object(FileLock, "acquire", refuse):
        yield
