"""Work off the thread of the window: one writer, two readers, and news of how it goes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from crm_desktop.domain.problems import Refused
from crm_desktop.progress import Cancelled, Progress
from crm_desktop.ui.garbage import Garbage

_REPORT_EVERY = 0.05  # seconds: more often would only fill the event queue
_READERS = 2
_IDLE_LOOK = 15  # milliseconds


class Job(QObject):
    """One piece of work. Its signals come in the thread of the window; `finished` comes last."""

    progressed = Signal(int, int)  # done, total (0 = unknown)
    succeeded = Signal(object)
    failed = Signal(object)  # the Refused or the exception
    cancelled = Signal()
    finished = Signal()

    def __init__(self, work: Callable[[Progress], Any], progress: Progress) -> None:
        super().__init__()
        self._progress = progress
        self._work = work
        self._outcome: tuple[str, Any] = ("cancelled", None)
        self.writes = False
        self.silent = False
        self.handles_refusal = False

    def cancel(self) -> None:
        """Ask it to stop; what it wrote so far is rolled back."""
        self._progress.cancel()

    def work_off(self) -> None:
        """Do it, in a worker thread. What came of it is kept for the thread of the window."""
        try:
            self._outcome = ("succeeded", self._work(self._progress))
        except Cancelled:
            self._outcome = ("cancelled", None)
        except Exception as error:
            self._outcome = ("failed", error)

    def let_go(self) -> None:
        """Forget who asked and what came of it.

        Qt holds what is connected to a signal, where Python does not see it: whoever kept this
        job would stay alive together with all that listened to it.
        """
        self._work = _nothing
        self._outcome = ("cancelled", None)
        self.deleteLater()

    @property
    def outcome(self) -> tuple[str, Any]:
        """How it ended, and the result or the exception."""
        return self._outcome


def _nothing(_progress: Progress) -> None:
    """The work of a job that is over."""


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

    def close(self, patience: float) -> bool:
        """Whether all threads have ended."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(patience)
        ended = not any(thread.is_alive() for thread in self._threads)
        self._threads.clear()
        return ended

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            work()
            del work  # nothing of it may live until the next piece of work


class Jobs(QObject):
    """Starts jobs. What nobody handles is told by `refused` (the user's) and `broke` (ours)."""

    refused = Signal(object)  # Refused
    broke = Signal(object)  # an exception that is our own bug
    busy_changed = Signal(bool)  # the writer works, or rests

    # What a job holds (pages, results) is let go of in the thread of the window alone: the last
    # reference to a widget, dropped by a worker, would delete it under the hands of Qt. So the
    # worker knows the job by its number, and has forgotten it before it sends this.
    _news = Signal(int, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = _Lane("writer", 1)
        self._readers = _Lane("reader", _READERS)
        self._running: dict[int, Job] = {}
        self._started = 0
        self._writing = 0
        self._after_reading = 0  # pieces of work that wait for the readers
        self._closed = False
        self._garbage = Garbage(self)
        self._news.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether no job runs or waits."""
        return not self._running and not self._after_reading

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
        job.writes = True
        if cancelled is not None:
            job.cancelled.connect(cancelled)
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

    def run_long_reader(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None] | None = None,
        *,
        refused: Callable[[Refused], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Like `run_reader`, for work that takes seconds: it tells how far it is and can stop."""
        job = self._start(self._readers, work, done, refused)
        if cancelled is not None:
            job.cancelled.connect(cancelled)
        return job

    def silence(self) -> None:
        """Those who asked are going away: reading stops, writing goes on, nobody is told."""
        for job in self._running.values():
            job.silent = True
            if not job.writes:
                job.cancel()

    def when_idle(self, then: Callable[[], None]) -> None:
        """Call `then` once nothing runs or waits."""
        if self.idle:
            then()
        else:
            QTimer.singleShot(_IDLE_LOOK, self, lambda: self.when_idle(then))

    def when_read(self, then: Callable[[], None]) -> None:
        """Call `then` once nothing is read: what was asked for first is on the screen by then."""
        if all(job.writes for job in self._running.values()):
            then()
            return

        def look_again() -> None:
            self._after_reading -= 1
            self.when_read(then)

        self._after_reading += 1
        QTimer.singleShot(_IDLE_LOOK, self, look_again)

    def close(self, patience: float = 10.0) -> None:
        """Stop reading, let the writer end what it has begun; at most `patience` seconds each.

        What is asked for later is never begun, and nobody is told of anything any more.
        """
        self._closed = True
        for job in self._running.values():
            job.cancel()
        read = self._readers.close(patience)
        written = self._writer.close(patience)
        self._garbage.release()
        if read and written:  # a worker that goes on still needs its job
            for job in self._running.values():
                job.let_go()
            self._running.clear()

    def _start(
        self,
        lane: _Lane,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None] | None,
        refused: Callable[[Refused], None] | None,
    ) -> Job:
        self._started += 1
        number = self._started
        job = Job(work, Progress(self._reporter(number)))
        if self._closed:
            return job
        self._garbage.hold()
        self._running[number] = job
        job.handles_refusal = refused is not None
        if done is not None:
            job.succeeded.connect(done)
        if refused is not None:
            job.failed.connect(lambda error: isinstance(error, Refused) and refused(error))
        lane.put(lambda: self._work(number))
        return job

    def _reporter(self, number: int) -> Callable[[int, int], None]:
        told = 0.0

        def report(done: int, total: int) -> None:
            nonlocal told
            now = time.monotonic()
            if now - told >= _REPORT_EVERY or done == total:
                told = now
                self._news.emit(number, "progressed", (done, total))

        return report

    def _work(self, number: int) -> None:
        """In a worker thread."""
        self._running[number].work_off()
        self._news.emit(number, "ended", None)

    def _hear(self, number: int, how: str, what: Any) -> None:
        """News of a job, in the thread of the window."""
        job = self._running.get(number)
        if job is None:
            return  # closed meanwhile
        if how == "progressed":
            if not job.silent:
                job.progressed.emit(*what)
            return
        how, what = job.outcome
        try:
            if job.silent:
                return
            if how == "succeeded":
                job.succeeded.emit(what)
            elif how == "cancelled":
                job.cancelled.emit()
            else:
                job.failed.emit(what)
                self._failed(job, what)
        finally:
            del self._running[number]
            if job.writes:
                self._wrote()
            if not job.silent:
                job.finished.emit()
            job.let_go()

    def _failed(self, job: Job, error: BaseException) -> None:
        if isinstance(error, Refused):
            if not job.handles_refusal:
                self.refused.emit(error)
        else:
            self.broke.emit(error)

    def _wrote(self) -> None:
        self._writing -= 1
        if self._writing == 0:
            self.busy_changed.emit(False)
