"""One window per book: a second start raises the first window and ends."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any


def _name(book: Path) -> str:
    return f"crm-desktop-{zlib.crc32(str(book.absolute()).encode('utf-8', 'replace')):08x}"


def _mark(book: Path) -> Path:
    return book.with_name(book.name + ".open")


def raise_running(book: Path) -> bool:
    """Ask the program that has `book` open to show its window; whether there was one."""
    if not _mark(book).exists():
        return False  # the usual case: no need to import the network part of Qt
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(_name(book))
    if not socket.waitForConnected(300):
        return False
    socket.disconnectFromServer()
    return True


class Instance:
    """Listens for second starts while the book is open here."""

    def __init__(self, book: Path) -> None:
        self._book = book
        self._server: Any = None

    def listen(self, raise_window: Callable[[], None]) -> None:
        """Begin to listen; the book's own lock already says that nobody else has it."""
        # Imported here: not before the first picture of the window.
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(_name(self._book))
        self._server = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)

        def called() -> None:
            while (socket := self._server.nextPendingConnection()) is not None:
                socket.disconnected.connect(socket.deleteLater)
                raise_window()

        self._server.newConnection.connect(called)
        if self._server.listen(_name(self._book)):
            with suppress(OSError):  # a read-only folder: the lock still guards the book
                _mark(self._book).touch()

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
            self._server = None
            with suppress(OSError):
                _mark(self._book).unlink(missing_ok=True)
