"""Records without a code, found again by what they are called and whom they are about."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from typing import Any

from crm_desktop.data import import_keys
from crm_desktop.data.records.reading import Reader
from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.text import fold
from crm_desktop.services.imports.merging import plain

# A call to the same customer on another day is another call.
_SURROUNDINGS = {
    Kind.OPPORTUNITY: ("company",),
    Kind.TICKET: ("company",),
    Kind.ACTIVITY: ("company", "person", "due"),
    Kind.RECEIPT: ("company", "contract", "dated", "amount"),
    Kind.EXPENSE: ("company", "person", "dated", "amount"),
    Kind.PAYMENT_STAGE: ("contract",),
    Kind.ANNIVERSARY: ("person",),
    Kind.GIFT: ("person", "on_date"),
}
# Where only one of these is told, the book works the company out from it.
_LEADING = {
    Kind.OPPORTUNITY: ("person",),
    Kind.TICKET: ("person",),
    Kind.ACTIVITY: ("person", "opportunity", "quote", "contract", "ticket"),
    Kind.RECEIPT: ("contract", "person"),
    Kind.EXPENSE: ("person",),
}
# Of these the title is a number the program gives: this is what a file tells them apart by.
_TOLD_BY = {Kind.RECEIPT: "reference", Kind.EXPENSE: "purpose"}
Key = tuple[Any, ...]


class Alike:
    """The records of a kind by title and surroundings.

    Each record stands for one row: a file with two calls that look the same finds both again.
    """

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._title = _TOLD_BY.get(kind, schema.TITLE_KEYS[kind])
        self._surroundings = _SURROUNDINGS.get(kind, ())
        self._leading = _LEADING.get(kind, ())
        self.cells = frozenset(
            key for key in self._surroundings if schema.find(kind, key).link is None
        )
        """What stands in a cell of a row and tells it from others."""
        self._found: dict[Key, deque[int]] = defaultdict(deque)
        self._taken: set[int] = set()

    @classmethod
    def of(cls, session: Session, kind: Kind, reader: Reader) -> Alike:
        """All records of the kind that are not in the trash."""
        alike = cls(kind)
        keys = list(dict.fromkeys((alike._title, *alike._surroundings, *alike._leading)))
        for row in reader.rows(import_keys.present_ids(session, kind), keys):
            values = dict(zip(keys, row.values, strict=True))
            for key in (alike._whole(values), *alike._led(values)):
                alike._found[key].append(row.id)
        return alike

    def take(self, values: Mapping[str, Any]) -> int | None:
        """The record a row is about, the oldest first; the last stands for all further rows."""
        found = self._first(self._whole(values))
        if found is None and values.get("company") is None:
            led = (self._first(key) for key in self._led(values))
            found = next((one for one in led if one is not None), None)
        if found is not None:
            self._taken.add(found)
        return found

    def _first(self, key: Key) -> int | None:
        ids = self._found.get(key)
        if ids is None:
            return None
        while len(ids) > 1 and ids[0] in self._taken:
            ids.popleft()
        return ids[0]

    def _whole(self, values: Mapping[str, Any]) -> Key:
        return (self._name(values), *(_same(values.get(key)) for key in self._surroundings))

    def _led(self, values: Mapping[str, Any]) -> Iterator[Key]:
        besides = tuple(
            _same(values.get(key))
            for key in self._surroundings
            if key != "company" and key not in self._leading
        )
        for key in self._leading:
            if values.get(key) is not None:
                yield self._name(values), *besides, key, _same(values[key])

    def _name(self, values: Mapping[str, Any]) -> str:
        return fold(str(values.get(self._title) or ""))


def _same(value: Any) -> Any:
    """A due by its wall time, a link by its id."""
    return (value.day, value.time) if isinstance(value, Due) else plain(value)
