"""How long the window does not serve its events while a list of 100,000 × 20 comes in."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import books
from benchmarks.measure import Result, clock, within
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book

ROWS = 100_000
_LIMIT = 0.06


class _Pulse:
    """Beats as often as the window lets it; the longest pause is the longest it did not answer.

    The clock of `--processor` counts the thread of the window alone: what it does itself between
    two beats, without the waits for the others.
    """

    def __init__(self, parent: Any) -> None:
        from PySide6.QtCore import QTimer

        self._now = time.thread_time if clock.processor else time.perf_counter
        self._timer = QTimer(parent)
        self._timer.timeout.connect(self._beat)
        self.start()

    def start(self) -> None:
        """Measure from here on."""
        self._last, self.longest = self._now(), 0.0
        self._timer.start(0)

    def _beat(self) -> None:
        now = self._now()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def run(rows: int = ROWS) -> list[Result]:
    """A workbook read, checked and imported by the page of the real window, without a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Late: Qt is loaded by nobody else here.
    from crm_desktop.ui.imports.page import CHECK, COLUMNS, DONE, FILE, ImportPage
    from crm_desktop.ui.pictures import Studio
    from crm_desktop.ui.places import Place

    file, results = books.workbook(rows), []
    with tempfile.TemporaryDirectory() as name:
        home = Home.at(Path(name))
        book = open_book(Path(name) / "book.crm", books.clock())
        studio = Studio(Services(book, books.clock(), home), books.clock(), home)
        try:
            studio.window.navigator.go(Place("import"))
            studio.settle()
            page = studio.window.area.page
            assert isinstance(page, ImportPage)
            pulse = _Pulse(page)

            def longest(begin: Callable[[], Any], step: int) -> float:
                pulse.start()
                begin()
                while (
                    page.step != step
                    or page.draft is None
                    or not (page.columns_step.complete and studio.window.jobs.idle)
                ):
                    studio.app.processEvents()
                    time.sleep(0.001)
                return pulse.longest

            steps: dict[str, tuple[Callable[[], Any], int]] = {
                "reading": (lambda: page.open_file(file), FILE),
                "its columns": (page.next.click, COLUMNS),
                "the check": (page.next.click, CHECK),
                "the import": (page.next.click, DONE),
            }
            for what, (begin, step) in steps.items():
                took = longest(begin, step)
                results.append(within(f"events wait, {what} of {rows:,} rows", took, _LIMIT))
        finally:
            studio.close()
            book.close()
    return results
