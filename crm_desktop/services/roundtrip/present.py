"""What the cells of a list hold now, and what they held when it was exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from crm_desktop.data import as_of
from crm_desktop.data.records.stream import Stream
from crm_desktop.data.session import Session
from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import Item
from crm_desktop.exchange.way_back import Returned
from crm_desktop.services.exports.columns import Cells
from crm_desktop.services.lists import Lists
from crm_desktop.words import Words

Held = dict[int, tuple[Any, ...]]
"""The cells of records by their id, in the order of the fields."""


class _Renamed:
    """Lists with the names of then."""

    def __init__(self, lists: Lists, names: Mapping[int, str | None]) -> None:
        self._lists = lists
        self._names = names

    def items(self, list_key: str) -> tuple[Item, ...]:
        """Those offered now."""
        return self._called(self._lists.items(list_key))

    def all_items(self, list_key: str) -> tuple[Item, ...]:
        """All there are."""
        return self._called(self._lists.all_items(list_key))

    def _called(self, items: Sequence[Item]) -> tuple[Item, ...]:
        return tuple(replace(one, name=self._names.get(one.id, one.name)) for one in items)


class Written:
    """Records as an export writes them, in the language the sheet was written in."""

    def __init__(
        self,
        session: Session,
        back: Returned,
        fields: Sequence[Field],
        lists: Lists,
        *,
        today: date,
        zone: str,
    ) -> None:
        self._session = session
        self._kind: Kind = back.kind
        self._fields = tuple(fields)
        self._lists = lists
        self._words = Words(back.language)
        self._today = today
        self._zone = zone
        self.newest = as_of.newest_gesture(session)
        self.gesture = self._known_gesture(back)

    @property
    def untouched(self) -> bool:
        """Whether nothing at all happened in the book since."""
        return self.gesture == self.newest

    def now(self, ids: Sequence[int]) -> Held:
        """What the cells hold now."""
        cells = Cells(self._kind, self._fields, self._lists, self._words)
        return self._cells(self._session, ids, cells)

    def then(self, versions: Mapping[int, int]) -> Held:
        """What they held when the sheet was written; `versions` are the present ones by id."""
        if self.untouched or not versions:
            return self.now(list(versions))
        renamed = as_of.item_names_then(self._session, self.gesture)
        names = Cells(self._kind, self._fields, _Renamed(self._lists, renamed), self._words)
        custom = [one for one in self._fields if one.custom]
        with as_of.books_of(self._session, self._kind, versions, self.gesture, custom) as small:
            return self._cells(small, list(versions), names)

    def _cells(self, session: Session, ids: Sequence[int], cells: Cells) -> Held:
        stream = Stream(
            session, self._kind, self._fields, today=self._today, zone=self._zone, also=("id",)
        )
        held: Held = {}
        for *columns, found in cells.made(stream.windows(ids)):
            rows = zip(*columns, strict=True) if columns else [()] * len(found)
            held.update(zip(found, rows, strict=True))
        return held

    def _known_gesture(self, back: Returned) -> int:
        """The last gesture the sheet knows of; the newest where the book took another way since,
        as one does that was put back from a backup.
        """
        if back.made is None:
            return self.newest
        known = back.gesture or as_of.last_gesture(self._session, back.made)
        at = as_of.moment_of(self._session, known)
        if known and (at is None or at.replace(microsecond=0) > back.made):
            return self.newest
        return known
