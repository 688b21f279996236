"""Waiting for a window."""

from __future__ import annotations

from typing import Any

from crm_desktop.ui.shell.window import MainWindow


def rest(window: MainWindow, qtbot: Any) -> None:
    """Until nothing runs, not even what the last result set off."""
    for _ in range(6):  # what a list shows may hide it, and only then is the keyboard given on
        qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
        qtbot.wait(1)
