"""People and companies that rows ask for, before they are written."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Awaited:
    """A company that a later row may bring along."""

    name: str


class Draft:
    """What the rows so far ask to be written of one kind; records have their ids already."""

    def __init__(self, first_id: int) -> None:
        self.created: dict[int, Values] = {}
        self.updated: dict[int, Values] = {}
        self._rows = array("q")
        self.present: dict[int, Values] = {}
        """What the book holds of the records rows were about, with what rows brought to them."""
        self._first = first_id

    def create(self, row: int, values: Values) -> int:
        """A new record with these values."""
        record_id = self._first + len(self._rows)
        self.created[record_id] = values
        self._rows.append(row)
        return record_id

    def origins(self) -> Iterator[tuple[int, int]]:
        """New records and the rows they came from."""
        return enumerate(self._rows, self._first)

    def held(self, record_id: int) -> Values:
        """The values of a record, new or not."""
        return self.created.get(record_id) or self.present[record_id]
