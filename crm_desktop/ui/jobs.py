"""Work off the thread of the window: one writer, two readers, and news of how it goes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from crm_desktop.domain.problems import Refused
from crm_desktop.progress import Cancelled, Progress

_REPORT_EVERY = 0.05  # seconds: more often would only fill the event queue
_READERS = 2


class Job(QObject):
    """One piece of work. Its signals arrive in the thread of the window; `finished` comes last."""

    progressed = Signal(int, int)  # done, total (0 = unknown)
    succeeded = Signal(object)
    failed = Signal(object)  # the Refused or the exception
    cancelled = Signal()
    finished = Signal()
    _ended = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.progress = Progress(self._report)
        self._told = 0.0
        self.handles_refusal = False
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask it to stop; what it wrote so far is rolled back."""
        self.progress.cancel()

    def _report(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told >= _REPORT_EVERY or done == total:
            self._told = now
            self.progressed.emit(done, total)

    def _work(self, work: Callable[[Progress], Any]) -> None:
        """Run in a worker thread; whatever happens is told."""
        try:
            result = work(self.progress)
        except Cancelled:
            self._ended.emit("cancelled", None)
        except Exception as error:
            self._ended.emit("failed", error)
        else:
            self._ended.emit("succeeded", result)

    def _tell(self, how: str, what: Any) -> None:
        try:
            if how == "succeeded":
                self.succeeded.emit(what)
            elif how == "failed":
                self.failed.emit(what)
            else:
                self.cancelled.emit()
        finally:
            self.finished.emit()


class _Lane:
    """Threads that take work from one queue, in order."""

    def __init__(self, name: str, threads: int) -> None:
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._name = name
        self._wanted = threads
        self._threads: list[threading.Thread] = []

    def put(self, work: Callable[[], None]) -> None:
        if len(self._threads) < self._wanted:
            # Started on first need: the first picture of the window needs none.
            number = len(self._threads)
            thread = threading.Thread(target=self._run, name=f"{self._name}-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()
        self._queue.put(work)

    def close(self, patience: float) -> None:
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(patience)
        self._threads.clear()

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            work()
            del work  # the last result must not live until the next piece of work


class Jobs(QObject):
    """Starts jobs. What nobody handles is told by `refused` (the user's) and `broke` (ours)."""

    refused = Signal(object)  # Refused
    broke = Signal(object)  # an exception that is our own bug
    busy_changed = Signal(bool)  # the writer works, or rests

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = _Lane("writer", 1)
        self._readers = _Lane("reader", _READERS)
        self._running: set[Job] = set()
        self._writing = 0

    @property
    def idle(self) -> bool:
        """Whether no job runs or waits."""
        return not self._running

    def run_writer(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None] | None = None,
        *,
        refused: Callable[[Refused], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Run `work(progress)` in the one writer thread, after all that was asked before.

        `done(result)` follows in the thread of the window. Without `refused`, the shell says
        the sentence of a Refused in a toast. Bugs always go to the crash report.
        """
        self._writing += 1
        if self._writing == 1:
            self.busy_changed.emit(True)
        job = self._start(self._writer, work, done, refused)
        if cancelled is not None:
            job.cancelled.connect(cancelled)
        job.finished.connect(self._wrote)
        return job

    def run_reader(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        *,
        refused: Callable[[Refused], None] | None = None,
    ) -> Job:
        """Run `work()` in one of two reader threads; `done(result)` in the window's thread."""
        return self._start(self._readers, lambda _progress: work(), done, refused)

    def close(self, patience: float = 10.0) -> None:
        """Stop reading, let the writer end what it has begun; at most `patience` seconds each."""
        for job in self._running:
            job.cancel()
        self._readers.close(patience)
        self._writer.close(patience)

    def _start(
        self,
        lane: _Lane,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None] | None,
        refused: Callable[[Refused], None] | None,
    ) -> Job:
        job = Job(self)
        self._running.add(job)
        job.handles_refusal = refused is not None
        if done is not None:
            job.succeeded.connect(done)
        if refused is not None:
            job.failed.connect(lambda error: isinstance(error, Refused) and refused(error))
        job.failed.connect(lambda error: self._failed(job, error))
        job.finished.connect(lambda: self._over(job))
        lane.put(lambda: job._work(work))
        return job

    def _failed(self, job: Job, error: BaseException) -> None:
        if isinstance(error, Refused):
            if not job.handles_refusal:
                self.refused.emit(error)
        else:
            self.broke.emit(error)

    def _over(self, job: Job) -> None:
        self._running.discard(job)
        job.deleteLater()

    def _wrote(self) -> None:
        self._writing -= 1
        if self._writing == 0:
            self.busy_changed.emit(False)
