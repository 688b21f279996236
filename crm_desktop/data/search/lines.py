"""The lines of many records for the index, made in a process of their own while others work."""

from __future__ import annotations

from collections.abc import Sequence
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
    """Asked for the lines of a batch, gives them when they are taken. Without a child, where
    there are few or none can be had, they are made then."""

    def __init__(self, expected: int = 0) -> None:
        self._waiting: Sequence[str] = ()
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
        self._waiting = texts
        if self._child is not None and texts:
            try:
                self._child[1].send_bytes("\n".join(texts).encode())
            except OSError:
                self.close()

    def take(self) -> list[str]:
        """The lines asked for, in order."""
        texts, self._waiting = self._waiting, ()
        if self._child is not None and texts:
            try:
                return self._child[1].recv_bytes().decode().split("\n")
            except (EOFError, OSError):  # it was ended by somebody; the work is ours then
                self.close()
        return line_child.lines_of(texts)

    def close(self) -> None:
        """End the child. May be called twice."""
        if self._child is not None:
            process, pipe = self._child
            self._child = None
            pipe.close()
            process.kill()
            process.join()

    def __enter__(self) -> Lines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, at: TracebackType | None
    ) -> None:
        self.close()
