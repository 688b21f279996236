"""Some records of a file: the order it wants them in, and the order in which they were read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from crm_desktop.data.records.arrays import Listed, asked_for
from crm_desktop.domain.plain_texts import PlainTexts


@dataclass(frozen=True, slots=True)
class Window:
    """Some records of the file: `ids` in its order, `found` as they were read.

    One that was read several times is among those found as often.
    """

    ids: list[int]
    found: list[int]
    asked: str
    order: Callable[[list[Any]], Iterable[Any]] | None
    """Puts a column in the order of the file; None where it stands so."""

    def sorted(self, values: Sequence[Any]) -> Sequence[Any]:
        """A column of values as they were read, in the order of the file."""
        if self.order is None:
            return values
        if isinstance(values, PlainTexts):
            return values.picked(self.order)
        return list(self.order(list(values)))

    def of(self, known: Mapping[int, Any]) -> list[Any]:
        """A column from what is known by record."""
        return list(map(known.get, self.ids)) if known else [None] * len(self.ids)


def window_of(ids: Sequence[int], asked: str, found: list[int]) -> Window:
    """The window of those of `ids` that were found; `asked` is what was asked for, if known."""
    if asked and list(ids) == found:
        return Window(found, found, asked, None)
    places = {record_id: place for place, record_id in enumerate(found)}
    alive = [record_id for record_id in ids if record_id in places]
    order = [places[record_id] for record_id in alive]
    return Window(alive, found, asked_for(found), None if alive == found else _picking(order))


def _picking(order: list[int]) -> Callable[[list[Any]], Iterable[Any]]:
    """What takes the values at these places out of a list: itemgetter gives a single one bare."""
    return itemgetter(*order) if len(order) > 1 else lambda values: [values[one] for one in order]


def matched(
    window: Window, owners: Listed, values: list[Any], exact: Mapping[int, Any]
) -> Sequence[Any]:
    """A column from values and their owners; `exact` has those of owners with several."""
    if owners.text == window.asked:  # everybody has one, in the order of the window
        return window.sorted(values)
    known = dict(zip(owners.values(), values, strict=True))
    known.update(exact)
    return window.of(known)
