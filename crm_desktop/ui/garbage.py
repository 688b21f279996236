"""Who looks for garbage: while workers run, the thread of the window alone.

Python looks for unreachable cycles in whichever thread happens to allocate. A cycle that holds a
widget, found by a worker thread, would delete the widget there, under the hands of Qt: the
process dies somewhere else, seldom, and without a trace. So the search is left out everywhere
and done by a timer of the window.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000  # milliseconds
_holders = 0


class Garbage(QObject):
    """From `hold` to `release`, cycles are looked for in the thread this was made in, only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(collect_what_is_due)

    def hold(self) -> None:
        """Workers are about to run."""
        global _holders
        if not self._held:
            self._held = True
            _holders += 1
            gc.disable()
            self._timer.start()

    def release(self) -> None:
        """The workers have ended."""
        global _holders
        if self._held:
            self._held = False
            self._timer.stop()
            _holders -= 1
            if not _holders:
                gc.enable()


def collect_what_is_due() -> None:
    """The oldest generation whose threshold is passed, as Python itself chooses.

    None while a worker has the search left out: its values alone take seconds to look at.
    """
    counts, thresholds = gc.get_count(), gc.get_threshold()
    if not thresholds[0]:
        return
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
