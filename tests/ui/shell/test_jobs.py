"""Work off the window's thread: order, cancelling, refusals, bugs."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import Any

from crm_desktop.domain.problems import Refused
from crm_desktop.progress import Progress
from crm_desktop.ui.jobs import Job, Jobs


def test_writing_happens_in_order_and_in_one_thread(qtbot: Any) -> None:
    jobs = Jobs()
    seen: list[tuple[int, str]] = []
    for number in range(20):

        def work(_progress: Progress, number: int = number) -> None:
            seen.append((number, threading.current_thread().name))

        jobs.run_writer(work)
    qtbot.waitUntil(lambda: jobs.idle)
    assert [number for number, _ in seen] == list(range(20))
    assert len({name for _, name in seen}) == 1
    assert threading.current_thread().name not in {name for _, name in seen}
    jobs.close()


def test_the_result_arrives_in_the_thread_of_the_window(qtbot: Any) -> None:
    jobs = Jobs()
    got: list[tuple[int, threading.Thread]] = []
    jobs.run_reader(lambda: 42, lambda result: got.append((result, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(got))
    assert got == [(42, threading.current_thread())]
    jobs.close()


def test_progress_and_cancel(qtbot: Any) -> None:
    jobs = Jobs()
    started = threading.Event()
    told: list[str] = []

    def work(progress: Progress) -> None:
        started.set()
        while True:
            progress.step(1, 10)

    job = jobs.run_writer(work, lambda _result: told.append("done"))
    job.cancelled.connect(lambda: told.append("cancelled"))
    job.finished.connect(lambda: told.append("finished"))
    assert started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: jobs.idle)
    assert told == ["cancelled", "finished"]
    jobs.close()


def test_a_refusal_nobody_handles_is_told(qtbot: Any) -> None:
    jobs = Jobs()

    def work(_progress: Progress) -> None:
        raise Refused("record.gone")

    with qtbot.waitSignal(jobs.refused) as told:
        jobs.run_writer(work)
    assert told.args[0].code == "record.gone"
    jobs.close()


def test_a_refusal_that_is_handled_is_not_told_again(qtbot: Any) -> None:
    jobs = Jobs()
    told: list[object] = []
    handled: list[Refused] = []
    jobs.refused.connect(told.append)

    def work(_progress: Progress) -> None:
        raise Refused("record.gone")

    jobs.run_writer(work, refused=handled.append)
    qtbot.waitUntil(lambda: jobs.idle)
    assert [error.code for error in handled] == ["record.gone"]
    assert told == []
    jobs.close()


def test_a_bug_goes_to_the_crash_report(qtbot: Any) -> None:
    jobs = Jobs()
    with qtbot.waitSignal(jobs.broke) as told:
        jobs.run_reader(lambda: 1 // 0)
    assert isinstance(told.args[0], ZeroDivisionError)
    qtbot.waitUntil(lambda: jobs.idle)
    jobs.close()


def test_busy_is_told_once(qtbot: Any) -> None:
    jobs = Jobs()
    told: list[bool] = []
    jobs.busy_changed.connect(told.append)
    gate = threading.Event()
    jobs.run_writer(lambda _progress: gate.wait(5))
    jobs.run_writer(lambda _progress: None)
    gate.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert told == [True, False]
    jobs.close()


def test_what_is_asked_for_after_closing_is_never_begun(qtbot: Any) -> None:
    searching = gc.isenabled()
    jobs = Jobs()
    told: list[Any] = []
    jobs.run_reader(lambda: told.append("read before"))
    qtbot.waitUntil(lambda: jobs.idle)
    jobs.close()
    jobs.run_reader(lambda: told.append("read after"), told.append)
    jobs.run_writer(lambda _progress: told.append("written after"), told.append)
    assert jobs.idle
    qtbot.wait(20)
    assert told == ["read before"]
    assert gc.isenabled() == searching


def test_a_job_that_is_over_holds_nobody(qtbot: Any) -> None:
    jobs = Jobs()

    class Asker:
        job: Job | None = None

        def heard(self, _result: Any) -> None: ...

        def ask(self) -> None:
            self.job = jobs.run_reader(lambda: self, lambda result: self.heard(result))

    asker = Asker()
    gone = weakref.ref(asker)
    asker.ask()
    qtbot.waitUntil(lambda: jobs.idle)
    qtbot.wait(1)
    del asker
    gc.collect()
    assert gone() is None
    jobs.close()
