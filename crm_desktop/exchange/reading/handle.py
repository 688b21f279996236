"""The parent's side: starts the child, watches its memory and its time, passes rows on."""

from __future__ import annotations

import logging
import pickle
import stat
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

import psutil

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.reading import child
from crm_desktop.exchange.reading.facts import (
    PHOTOS,
    REST,
    WAKE,
    FileFacts,
    Limits,
    Row,
    SheetFacts,
)
from crm_desktop.processes import start_child
from crm_desktop.progress import NO_PROGRESS, Progress

WORTH_SENDING = 20_000
"""Rows from which on the child does work that is sent to it: it has to load what that needs."""
_GLANCE = 0.03
_WINDOWS_SHARING = (32, 33)
_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # where nobody keeps a log, nobody is shown one
Made = TypeVar("Made")


def open_file(
    path: Path,
    progress: Progress = NO_PROGRESS,
    *,
    encoding: str = "",
    delimiter: str = "",
    limits: Limits | None = None,
) -> OpenedFile:
    """Open a foreign file in a child process and learn its facts. Use it as a context manager.

    `encoding` and `delimiter` overrule what is found for text files. Raises Refused with a
    code "reading.…" for every circumstance of the file, and Cancelled through `progress`.
    """
    limits = limits or Limits()
    _look_at(path, limits)
    opened = OpenedFile(path, limits, encoding, delimiter)
    try:
        opened.facts = opened._facts(progress)
    except BaseException:
        opened.close()
        raise
    return opened


class OpenedFile:
    """A foreign file, open in its child process until `close`."""

    facts: FileFacts

    def __init__(self, path: Path, limits: Limits, encoding: str, delimiter: str) -> None:
        self.path = path
        self._limits = limits
        arguments = (str(path), limits, encoding, delimiter)
        self._process, self._pipe = start_child(child.main, *arguments)
        self._watch = _Watch(self._process.pid or 0, limits)
        self._asked = False

    @property
    def sheets(self) -> tuple[SheetFacts, ...]:
        """The sheets, in the order of the workbook."""
        return self.facts.sheets

    def rows(
        self, sheet: int = 0, first: int = 1, count: int = 0, *, progress: Progress = NO_PROGRESS
    ) -> Iterator[list[Row]]:
        """Batches of rows of one sheet, from row `first` (counted from 1); all where count is 0.

        Rows may be shorter than the sheet is wide. Ask again only after the last batch.
        """
        for _, batch in self._batches(sheet, first, count, None, progress):
            yield batch

    def worked(
        self,
        work: Callable[[int, list[Row]], Made],
        sheet: int,
        first: int,
        *,
        progress: Progress = NO_PROGRESS,
    ) -> Iterator[Made]:
        """What `work(number of the first row, rows)` makes of all batches from row `first` on.

        Of many rows a copy of it works in the child, while what it made before is being used.
        """
        if self.sheets[sheet].rows >= WORTH_SENDING:
            for _, made in self._batches(sheet, first, 0, work, progress):
                yield made
            return
        for count, batch in self._batches(sheet, first, 0, None, progress):
            yield work(first, batch)
            first += count

    def _batches(
        self, sheet: int, first: int, count: int, work: object, progress: Progress
    ) -> Iterator[tuple[int, Any]]:
        """How many rows, and what the child sends of them."""
        facts = self.sheets[sheet]
        if facts.too_large:
            raise Refused(
                "reading.too_large",
                name=self.path.name,
                sheet=facts.name,
                rows=facts.rows,
                columns=facts.columns,
                max_rows=self._limits.rows,
                max_columns=self._limits.columns,
            )
        self._request((sheet, first, count, work))
        done = 0
        while (message := self._receive(progress))[0] != "end":
            done += message[1]
            progress.step(done, facts.rows)
            yield message[1], message[2]
        self._asked = False

    def photos(self, *, progress: Progress = NO_PROGRESS) -> dict[int, bytes]:
        """The pictures of address cards by the row of the card."""
        if not self.facts.photos:
            return {}
        self._request((PHOTOS, 1, 0, None))
        found: dict[int, bytes] = {}
        while (message := self._receive(progress))[0] != "end":
            found.update(message[2])
        self._asked = False
        return found

    def head(self, sheet: int = 0, count: int = 60) -> list[Row]:
        """The first rows of a sheet, for a preview and for guessing."""
        return [row for batch in self.rows(sheet, 1, count) for row in batch]

    def rest(self, seconds: int, most_bytes: int) -> bool:
        """Let the child wait for `wake`; it ends by itself behind so many seconds.

        False where it holds more memory than this, is gone, or was not heard to the end.
        """
        if self._asked or not 0 < self._watch.grown() <= most_bytes:
            return False
        try:
            self._request((REST, 0, seconds, None))
        except Refused:
            return False
        return True

    def wake(self) -> bool:
        """Whether the child is still there and can be asked again."""
        try:
            self._request((WAKE, 0, 0, None))
            awake = bool(self._receive(NO_PROGRESS)[0] == "awake")
        except Refused:
            return False
        self._asked = False
        return awake

    def close(self) -> None:
        """End the child. May be called twice."""
        self._pipe.close()
        if self._process.is_alive():
            self._process.kill()
        self._process.join()

    def __enter__(self) -> OpenedFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _facts(self, progress: Progress) -> FileFacts:
        while True:
            message = self._receive(progress)
            if message[0] == "facts":
                facts: FileFacts = message[1]
                return facts

    def _request(self, message: tuple[int, int, int, object]) -> None:
        self._asked = True
        try:
            self._pipe.send_bytes(pickle.dumps(message))
        except OSError as error:
            raise self._refused("reading.unreadable", {}) from error

    def _receive(self, progress: Progress) -> tuple[Any, ...]:
        """The next message but progress, which is passed on. The child is watched meanwhile."""
        self._watch.restart()
        while True:
            message = self._next(self._pipe, progress)
            if message[0] == "refused":
                raise self._refused(message[1], message[2])
            if message[0] != "step":
                return message
            progress.step(message[1], message[2])
            self._watch.restart()

    def _next(self, pipe: Connection, progress: Progress) -> tuple[Any, ...]:
        try:
            while not pipe.poll(_GLANCE):
                progress.step(0, 0)
                complaint = self._watch.complaint()
                if complaint:
                    self.close()
                    raise self._refused(complaint, {})
            # Written by our own code in the child; the foreign file only fills in plain values.
            message: tuple[Any, ...] = pickle.loads(pipe.recv_bytes())
        except (EOFError, OSError) as error:
            raise self._refused("reading.unreadable", {}) from error
        return message

    def _refused(self, code: str, args: dict[str, Any]) -> Refused:
        detail = args.pop("detail", "")
        if detail:
            _log.warning("the reading process gave up: %s", detail)
        return Refused(code, **{"name": self.path.name, **args})


class _Watch:
    """Looks at the memory and the time of the child."""

    def __init__(self, pid: int, limits: Limits) -> None:
        self._limits = limits
        try:
            self._process: psutil.Process | None = psutil.Process(pid)
        except psutil.Error:
            self._process = None
        self._base = 0
        self.restart()

    def restart(self) -> None:
        """Progress was seen: the time starts anew."""
        self._since = time.monotonic()
        self._cpu_since = self._cpu()

    def complaint(self) -> str:
        """The code of the limit that is passed, or nothing."""
        if self._process is None:
            return ""
        if self.grown() > self._limits.memory_bytes:
            return "reading.too_much_memory"
        if self._cpu() - self._cpu_since > self._limits.cpu_seconds:
            return "reading.too_slow"
        if time.monotonic() - self._since > self._limits.silent_seconds:
            return "reading.too_slow"
        return ""

    def grown(self) -> int:
        """Bytes of memory the child has taken since it was first looked at; 0 if it is gone."""
        try:
            memory = self._process.memory_info().rss if self._process is not None else 0
        except psutil.Error:
            return 0
        # What a bare interpreter takes is small and the same for every file.
        self._base = self._base or memory
        return memory - self._base

    def _cpu(self) -> float:
        if self._process is None:
            return 0.0
        try:
            times = self._process.cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)


def _look_at(path: Path, limits: Limits) -> None:
    """Refuse what cannot be opened at all, before a process is spent on it."""
    name = path.name
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise Refused("reading.folder", name=name)
        if not stat.S_ISREG(facts.st_mode):
            raise Refused("reading.not_table", name=name)
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise Refused("reading.missing", name=name) from error
    except PermissionError as error:
        busy = getattr(error, "winerror", 0) in _WINDOWS_SHARING
        raise Refused("reading.busy" if busy else "reading.permission", name=name) from error
    except (OSError, ValueError) as error:
        raise Refused("reading.cannot_open", name=name) from error
    if facts.st_size == 0:
        raise Refused("reading.empty", name=name)
    if facts.st_size > limits.packed_bytes:
        raise Refused("reading.too_many_bytes", name=name, megabytes=facts.st_size >> 20)
