"""Small rows of a person that are made, changed and removed one by one: anniversaries, gifts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import delete, insert, select, update

from crm_desktop.data.session import Session
from crm_desktop.data.tables.base import Base


class Small(Protocol):
    """What such a row is outside of the book; `id` is 0 for one that is not recorded yet."""

    @property
    def id(self) -> int: ...


Value = TypeVar("Value", bound=Small)


@dataclass(frozen=True, slots=True)
class SmallRows(Generic[Value]):
    """The rows of one table, and how they become values and values become rows."""

    table: type[Base]
    columns: Callable[[Value], Mapping[str, Any]]
    value: Callable[[Any], Value]
    order: Sequence[Any]

    def of_person(self, session: Session, person_id: int) -> list[Value]:
        """Those of a person, in their order."""
        row: Any = self.table
        statement = select(row).where(row.person_id == person_id).order_by(*self.order)
        return [self.value(one) for one in session.whole(statement)]

    def one(self, session: Session, row_id: int) -> Value | None:
        """One of them; None where it is gone."""
        row = session.get(self.table, row_id)
        return self.value(row) if row is not None else None

    def add(self, session: Session, person_id: int, value: Value) -> int:
        """Record one; returns its id."""
        row: Any = self.table
        statement = insert(row).values(person_id=person_id, **self.columns(value))
        added: int = session.execute(statement.returning(row.id)).scalar_one()
        return added

    def change(self, session: Session, value: Value) -> None:
        """Make the recorded one this one."""
        row: Any = self.table
        session.execute(update(row).where(row.id == value.id).values(**self.columns(value)))

    def remove(self, session: Session, row_id: int) -> None:
        """Forget one."""
        row: Any = self.table
        session.execute(delete(row).where(row.id == row_id))
