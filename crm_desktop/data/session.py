"""What statements are asked of: one snapshot being read, or one gesture being written."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from sqlalchemy import Connection, NestedTransaction, Select, select

from crm_desktop.data.tables.base import Base

Row = TypeVar("Row")
AnyTable = TypeVar("AnyTable", bound=Base)


class Session:
    """A connection in its transaction, for as long as the door it came through is open."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.execute = connection.execute
        self.scalar = connection.scalar
        self.info: dict[str, Any] = {}

    def connection(self) -> Connection:
        """For plain SQL."""
        return self._connection

    def savepoint(self) -> NestedTransaction:
        """A transaction within: what fails in it alone is taken back alone."""
        return self._connection.begin_nested()

    def whole(self, statement: Select[Row]) -> list[Row]:
        """Whole rows of one table, each with the attributes its class declares."""
        return cast("list[Row]", self.execute(statement).all())

    def get(self, table: type[AnyTable], identity: Any) -> AnyTable | None:
        """The whole row of that id; None where there is none."""
        (key,) = table.__table__.primary_key
        found = self.execute(select(table).where(key == identity)).one_or_none()
        return cast("AnyTable | None", found)
