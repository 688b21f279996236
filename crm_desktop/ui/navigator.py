"""Going from place to place, with a way back, as in a browser."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from crm_desktop.typed_texts import Tells
from crm_desktop.ui.places import Place

_LONGEST = 100


class Navigator(QObject):
    """Anyone may ask it to go; the shell shows what it says. Pages never know each other."""

    moved = Signal(object)  # the Place that is now shown

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._been: list[Place] = []
        self._at = -1

    @property
    def here(self) -> Place | None:
        """The place shown now; None before the first one."""
        return self._been[self._at] if self._at >= 0 else None

    @property
    def can_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._at > 0

    @property
    def can_forward(self) -> bool:
        """Whether the user came back from somewhere."""
        return self._at < len(self._been) - 1

    def go(self, place: Place) -> None:
        """Show `place` and remember the way. Going where one is only tells it again."""
        if place != self.here:
            del self._been[self._at + 1 :]
            self._been.append(place)
            del self._been[:-_LONGEST]
            self._at = len(self._been) - 1
        self.moved.emit(place)

    def replace(self, place: Place) -> None:
        """Show `place` instead of the present one: a change of view is no step of the way."""
        if self._at < 0:
            self.go(place)
            return
        self._been[self._at] = place
        self.moved.emit(place)

    def back(self) -> None:
        """One step back, if there is one."""
        self._step(-1)

    def forward(self) -> None:
        """One step forward again, if there is one."""
        self._step(1)

    def forget(self) -> None:
        """Another book: no place of the one before can be gone back to."""
        self._been = []
        self._at = -1

    def forget_told(self, tells: Tells) -> None:
        """No way leads back to a list filtered by what tells of somebody who was erased."""
        self._been = [
            place._replace(query=()) if any(tells(value) for _, value in place.query) else place
            for place in self._been
        ]

    def recent(self, limit: int = 8) -> list[Place]:
        """Places with a record, latest first, each once: what the empty palette offers."""
        unique = dict.fromkeys(p for p in reversed(self._been) if p.id is not None)
        return list(unique)[:limit]

    def _step(self, by: int) -> None:
        if 0 <= self._at + by < len(self._been):
            self._at += by
            self.moved.emit(self._been[self._at])
