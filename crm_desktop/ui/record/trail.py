"""The list a record was opened from: where next, previous and the breadcrumb come from."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.context import Context
from crm_desktop.ui.places import Place

_KEPT = "record/trails"
WISH = "trail"


@dataclass(frozen=True, slots=True)
class Trail:
    """Records in the order of their list, the words and the place of that list."""

    kind: Kind
    ids: Sequence[int]
    title: str
    back: Place

    def beside(self, record_id: int, step: int) -> int | None:
        """The record before or after; None at the ends and for one that is not in the list."""
        at = self.position(record_id)
        if at is None or not 0 <= at + step < len(self.ids):
            return None
        return self.ids[at + step]

    def position(self, record_id: int) -> int | None:
        """Where in the list the record stands, from 0."""
        try:
            return self.ids.index(record_id)
        except ValueError:
            return None


def keep_trail(
    context: Context, name: str, kind: Kind, ids: Iterable[int], *, title: str, back: Place
) -> None:
    """A list says what it shows, so that records opened from it know their neighbours.

    Open the records with `Place.record(kind, id, trail=name)`.
    """
    context.extras.setdefault(_KEPT, {})[name] = Trail(kind, array("q", ids), title, back)


def trail_of(context: Context, place: Place) -> Trail | None:
    """The list `place` was opened from, where it is still known."""
    found: Trail | None = context.extras.get(_KEPT, {}).get(place.wish(WISH))
    return found if found is not None and found.kind.value == place.page else None
