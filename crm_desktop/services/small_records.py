"""What hangs on a person and is recorded one by one: each change is one gesture."""

from __future__ import annotations

from typing import ClassVar, Generic

from crm_desktop.data.book import Book
from crm_desktop.data.records.titles import titles
from crm_desktop.data.small_rows import SmallRows, Value
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused


class SmallRecords(Generic[Value]):
    """Reads and writes one sort of them; a sort says what it is called and what it refuses."""

    sort: ClassVar[str]
    """Gestures are called "gesture.SORT_changed" and "gesture.SORT_removed"."""
    added: ClassVar[str] = "added"

    def __init__(self, book: Book, rows: SmallRows[Value]) -> None:
        self._book = book
        self._small = rows

    def of(self, person_id: int) -> list[Value]:
        """Those of a person, in their order."""
        with self._book.read() as session:
            return self._small.of_person(session, person_id)

    def add(self, person_id: int, value: Value) -> int:
        """Record one; returns its id. Refused where it does not say what it is."""
        value = self.cleaned(value)
        with self._book.read() as session:
            name = titles(session, Kind.PERSON, [person_id]).get(person_id)
        if name is None:
            raise Refused("record.gone")
        code = f"gesture.{self.sort}_{self.way(value)}"
        with self._book.write(code, name=name, what=self.called(value)) as writing:
            return self._small.add(writing.session, person_id, value)

    def change(self, value: Value) -> None:
        """Make the recorded one this one."""
        value = self.cleaned(value)
        code = f"gesture.{self.sort}_changed"
        with self._book.write(code, what=self.called(value)) as writing:
            if self._small.one(writing.session, value.id) is None:
                raise Refused("record.gone")
            self._small.change(writing.session, value)

    def remove(self, row_id: int) -> None:
        """Forget one that was recorded by mistake."""
        with self._book.read() as session:
            value = self._small.one(session, row_id)
        if value is None:
            raise Refused("record.gone")
        code = f"gesture.{self.sort}_removed"
        with self._book.write(code, what=self.called(value)) as writing:
            self._small.remove(writing.session, row_id)

    def cleaned(self, value: Value) -> Value:
        """The value as it is kept. Refused where it cannot be."""
        raise NotImplementedError

    def called(self, value: Value) -> str:
        """What names it in the title of a gesture."""
        raise NotImplementedError

    def way(self, value: Value) -> str:
        """How recording it is called."""
        return self.added
