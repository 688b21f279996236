"""The lines of many records for the index, made in a process of their own while others work."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING

from crm_desktop.data import line_child
from crm_desktop.processes import start_child

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

WORTH_A_PROCESS = 20_000
"""Records from which on a child, which takes a third of a second to start, is worth while."""


class Lines:
    """Asked for the lines of batches, gives them in order when they are taken. Without a child,
    where there are few or none can be had, they are made then.

    One thread may ask for the next while another takes; who gives up in between closes.
    """

    def __init__(self, expected: int = 0) -> None:
        self._waiting: deque[Sequence[str]] = deque()
        self._child: tuple[BaseProcess, Connection] | None = None
        self.expect(expected)

    def expect(self, count: int) -> None:
        """Have a child made ready, where so many records are worth one."""
        if count >= WORTH_A_PROCESS and self._child is None:
            try:
                self._child = start_child(line_child.main)
            except OSError:
                return

    def ask(self, texts: Sequence[str]) -> None:
        """Have the lines made of records of which this is kept as text."""
        self._waiting.append(texts)
        child = self._child
        if child is not None and texts:
            with suppress(OSError):  # it was ended by somebody, as `take` will see
                child[1].send_bytes("\n".join(texts).encode())

    def take(self) -> list[str]:
        """The lines asked for, in order."""
        texts = self._waiting.popleft()
        if self._child is not None and texts:
            try:
                return self._child[1].recv_bytes().decode().split("\n")
            except (EOFError, OSError):  # the work is ours then
                self.close()
        return line_child.lines_of(texts)

    def close(self) -> None:
        """End the child. May be called twice."""
        if self._child is not None:
            process, pipe = self._child
            self._child = None
            process.kill()
            process.join()  # before the pipe: whoever still asks is refused by its end
            pipe.close()

    def __enter__(self) -> Lines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, at: TracebackType | None
    ) -> None:
        self.close()
