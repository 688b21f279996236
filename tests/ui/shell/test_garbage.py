"""Widgets die in the thread of the window, whoever lets go of them last."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import Any

from PySide6.QtCore import QObject

from crm_desktop.ui.garbage import collect_what_is_due
from crm_desktop.ui.jobs import Jobs


class Thing(QObject):
    """Something that must not be deleted by a worker."""


def watched(thing: QObject, died_in: list[str]) -> None:
    weakref.finalize(thing, lambda: died_in.append(threading.current_thread().name))


def test_a_cycle_is_not_collected_by_a_reader(qtbot: Any) -> None:
    before = gc.isenabled()  # a window of an earlier test may still hold jobs of its own
    jobs = Jobs()
    died_in: list[str] = []

    def leave_a_cycle() -> None:
        thing = Thing()
        watched(thing, died_in)
        thing.itself = thing  # type: ignore[attr-defined]

    def make_much() -> int:
        kept = [[number] for number in range(200_000)]
        return len(kept)

    jobs.run_reader(lambda: None)
    qtbot.waitUntil(lambda: jobs.idle)
    leave_a_cycle()
    jobs.run_reader(make_much)
    qtbot.waitUntil(lambda: jobs.idle)
    assert died_in in ([], ["MainThread"])  # the window may have looked for garbage meanwhile
    assert not gc.isenabled()
    held = [[number] for number in range(2_000)]  # more than the threshold of the youngest
    collect_what_is_due()
    assert len(held) == 2_000
    assert died_in == ["MainThread"]
    jobs.close()
    assert gc.isenabled() == before


def test_what_a_job_holds_dies_in_the_thread_of_the_window(qtbot: Any) -> None:
    jobs = Jobs()
    died_in: list[str] = []

    def ask() -> None:
        thing = Thing()
        watched(thing, died_in)
        jobs.run_reader(lambda: thing.objectName())

    for _ in range(200):
        ask()
    qtbot.waitUntil(lambda: jobs.idle)
    qtbot.waitUntil(lambda: len(died_in) == 200)
    assert set(died_in) == {"MainThread"}
    jobs.close()


def test_nobody_is_told_of_silenced_jobs(qtbot: Any) -> None:
    jobs = Jobs()
    go = threading.Event()
    told: list[Any] = []
    written: list[int] = []
    jobs.run_reader(go.wait, told.append)
    jobs.run_writer(lambda _progress: written.append(1), told.append)
    jobs.silence()
    go.set()
    with qtbot.waitSignal(jobs.busy_changed):
        pass
    done: list[bool] = []
    jobs.when_idle(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    assert (told, written) == ([], [1])
    jobs.close()
