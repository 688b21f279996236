"""Progress of long work: handed down as an argument, cancelled by an exception out of `step`."""

from __future__ import annotations

from collections.abc import Callable


class Cancelled(Exception):  # noqa: N818 - the user's wish, not an error
    """The user asked to stop; the transaction around it rolls back."""


class Progress:
    """Tells how far the work is; its owner may ask it to stop at the next step."""

    def __init__(self, report: Callable[[int, int], None] | None = None) -> None:
        self._report = report
        self._cancelled = False

    def cancel(self) -> None:
        """Make the next `step` raise `Cancelled`. Safe to call from another thread."""
        self._cancelled = True

    def step(self, done: int, total: int = 0) -> None:
        """Report `done` of `total` units (0 = unknown). Raises Cancelled when asked to stop."""
        if self._cancelled:
            raise Cancelled
        if self._report is not None:
            self._report(done, total)


NO_PROGRESS = Progress()
