"""The file last read stays open in its child for a while: who looked at it mostly takes it in."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crm_desktop.exchange.reading.facts import MB
from crm_desktop.exchange.reading.handle import OpenedFile, open_file
from crm_desktop.progress import NO_PROGRESS, Progress

WORTH_KEEPING = 1 * MB
"""Bytes of a file from which on opening it anew takes longer than somebody notices."""
_SECONDS = 300
_BYTES = 400 * MB
"""Memory a child may hold while nobody asks it; a list of 100,000 rows of 20 columns takes 180."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """How a file was to be read, and what it was then."""

    path: Path
    encoding: str
    delimiter: str
    changed_at: int  # nanoseconds
    sha256: bytes


class KeptFile:
    """Opens files as `open_file` does. The last large one rests behind its use and is taken up
    again where it is the same in every byte; a changed one is read anew.

    Any thread may ask; two that read one file at the same time have a child each.
    """

    def __init__(self) -> None:
        self._changing = threading.Lock()
        self._resting: tuple[_Asked, OpenedFile] | None = None

    @contextmanager
    def opened(
        self,
        path: Path,
        progress: Progress = NO_PROGRESS,
        *,
        encoding: str = "",
        delimiter: str = "",
        last: bool = False,
    ) -> Iterator[OpenedFile]:
        """The file, open; `last` where nobody will ask for it again. Refused as `open_file` is."""
        asked = _asked(path, encoding, delimiter)  # before it is read: what changes later is seen
        opened = self._taken_up(asked)
        if opened is None:
            opened = open_file(path, progress, encoding=encoding, delimiter=delimiter)
        try:
            yield opened
        except BaseException:
            opened.close()
            raise
        if last or asked is None or not opened.rest(_SECONDS, _BYTES):
            opened.close()
            return
        with self._changing:
            before, self._resting = self._resting, (asked, opened)
        if before is not None:
            before[1].close()

    def close(self) -> None:
        """Let go of the file that rests, if there is one."""
        with self._changing:
            resting, self._resting = self._resting, None
        if resting is not None:
            resting[1].close()

    def _taken_up(self, asked: _Asked | None) -> OpenedFile | None:
        with self._changing:
            resting, self._resting = self._resting, None
        if resting is None:
            return None
        if resting[0] == asked and resting[1].wake():
            return resting[1]
        resting[1].close()  # another file, a changed one, or its time was over
        return None


def _asked(path: Path, encoding: str, delimiter: str) -> _Asked | None:
    """Nothing for small files, and for those that cannot be read."""
    try:
        facts = path.stat()
        if not path.is_file() or facts.st_size < WORTH_KEEPING:
            return None
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").digest()
    except (OSError, ValueError):
        return None
    return _Asked(path.absolute(), encoding, delimiter, facts.st_mtime_ns, content)
