"""One process per book: a lock file beside it, taken before anything else is touched."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from crm_desktop.data.errors import refusing
from crm_desktop.domain.problems import Refused


class BookLock:
    """Holds a book for this process. The system drops it when the process dies, however it dies."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # Opened in one thread and closed in another: the lock belongs to the process.
        self._lock = FileLock(path.with_name(path.name + ".lock"), thread_local=False)

    @property
    def file(self) -> Path:
        """The file that stands for the lock."""
        return Path(self._lock.lock_file)

    def take(self) -> BookLock:
        """Take it at once, or refuse: somebody else has this book open."""
        with refusing(self.path):
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                raise Refused("book.in_use", path=str(self.path)) from None
        return self

    def release(self) -> None:
        """Let others open the book."""
        self._lock.release()

    @property
    def held(self) -> bool:
        """Whether this object holds the book."""
        return bool(self._lock.is_locked)

    def __enter__(self) -> BookLock:
        return self.take()

    def __exit__(self, *_: object) -> None:
        self.release()
