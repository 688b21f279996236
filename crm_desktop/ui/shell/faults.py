"""Our own bugs: written to a file that holds no customer data, and told once in a banner."""

from __future__ import annotations

import faulthandler
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QObject, Qt, Signal

from crm_desktop import __version__

_AGAIN_AFTER = 60.0  # seconds in which the same fault is counted but not written again
_LARGEST = 500_000  # bytes; then the report moves to the one older file


def describe(error: BaseException, trace: TracebackType | None = None) -> str:
    """Type and places of a fault; never its message or values, which may hold customer data."""
    lines = [f"{type(error).__module__}.{type(error).__qualname__}"]
    trace = trace or error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        name = Path(code.co_filename)
        lines.append(f"  {name.parent.name}/{name.name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    cause = error.__cause__ or error.__context__
    if cause is not None:
        lines += ["caused by", describe(cause)]
    return "\n".join(lines)


class Faults(QObject):
    """Hears of every unhandled exception in any thread; `told` comes at most once a minute each."""

    told = Signal(str)  # the description, in the thread of the window
    _heard = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.file = folder / "errors.log"
        self._last: dict[str, float] = {}
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()
        self._crash_file: TextIO | None = None
        self._heard.connect(self.told, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the handler of unhandled exceptions of this process."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def watch_crashes(self) -> None:
        """Have the interpreter write where it was when the process dies in foreign code."""
        if self._crash_file is not None:
            return  # a second book in the same window
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self._crash_file = (self.file.parent / "crash.log").open("a", encoding="utf-8")
        faulthandler.enable(self._crash_file)

    def close(self) -> None:
        """Give the process its own handlers back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None

    def report(self, error: BaseException, trace: TracebackType | None = None) -> None:
        """Write and tell a fault; the same one again within a minute is only counted."""
        text = describe(error, trace)
        now = time.monotonic()
        with self._lock:
            self._counts[text] = self._counts.get(text, 0) + 1
            if now - self._last.get(text, -_AGAIN_AFTER) < _AGAIN_AFTER:
                return
            self._last[text] = now
            self._write(f"[{__version__}] seen {self._counts[text]}\n{text}\n\n")
        self._heard.emit(text)

    def _write(self, text: str) -> None:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            if self.file.exists() and self.file.stat().st_size > _LARGEST:
                self.file.replace(self.file.with_suffix(".older.log"))
            with self.file.open("a", encoding="utf-8") as out:
                out.write(text)
        except OSError:
            # A full disk must not turn one fault into an endless row of them.
            return

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error, trace)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value, args.exc_traceback)
