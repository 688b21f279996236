"""What was asked before, told while a price is typed."""

from __future__ import annotations

import threading

from PySide6.QtCore import QCoreApplication, QEvent

from tests.ui.papers.conftest import Desk, written


def test_prices_that_come_for_a_line_that_is_gone_are_told_nobody(desk: Desk) -> None:
    page = written(desk)
    faults: list[object] = []
    desk.window.jobs.broke.connect(faults.append)
    read = threading.Event()
    row = page.lines.rows[0]
    desk.window.jobs.run_reader(read.wait)
    desk.window.jobs.run_reader(read.wait)  # both readers wait: the answer comes late
    page.lines.price_entered.emit(row)
    page.lines.show_lines((), "CNY", editable=True)
    QCoreApplication.sendPostedEvents(row, QEvent.Type.DeferredDelete.value)
    read.set()
    desk.rest()
    assert faults == []
