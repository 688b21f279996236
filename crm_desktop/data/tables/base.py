"""What every table is made of: names of constraints, identity, and its role towards the journal.

`journalled`: every change is recorded and can be undone. `derived`: computed from journalled
rows before commit (search index, summaries). `outside`: neither (the journal itself, blobs).
A single column of a journalled table is taken out by `mapped_column(..., info=DERIVED)`; it
needs to be nullable or to have a server default, as undo inserts rows without it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Column, Integer, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from crm_desktop.data.types import UtcStamp, fresh_uid, moment_of_gesture

JOURNALLED, DERIVED_TABLE, OUTSIDE = "journalled", "derived", "outside"
DERIVED: dict[Any, Any] = {"derived": True}

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class WithRole:
    """Writes a table's role into `Table.info` beside the options the class gives itself."""

    table_role: ClassVar[str] = ""
    __table_args__: Any

    def __init_subclass__(cls, **options: Any) -> None:
        if "__tablename__" in cls.__dict__:
            cls.__table_args__ = _with_role(cls.__dict__.get("__table_args__", ()), cls.table_role)
        super().__init_subclass__(**options)


class Base(WithRole, DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMES)


def _with_role(given: Any, role: str) -> tuple[Any, ...]:
    """`__table_args__` with the role in its info, and ids that are never used again."""
    things = (given,) if isinstance(given, dict) else tuple(given)
    args: dict[str, Any] = dict(things[-1]) if things and isinstance(things[-1], dict) else {}
    if args or (things and isinstance(things[-1], dict)):
        things = things[:-1]
    args["info"] = {"role": role, **args.get("info", {})}
    if args["info"]["role"] == JOURNALLED:
        args.setdefault("sqlite_autoincrement", True)
    return (*things, args)


class Journalled:
    """A table whose every change is recorded."""

    table_role: ClassVar[str] = JOURNALLED

    id: Mapped[int] = mapped_column(Integer, primary_key=True, sort_order=-100)


class Record(Journalled):
    """A thing the user sees and names: travels by `uid`, conflicts show by `version`."""

    uid: Mapped[str] = mapped_column(String(36), unique=True, default=fresh_uid, sort_order=-99)
    # The gesture that touched the row last; written by the book, never by undo.
    version: Mapped[int] = mapped_column(
        Integer, default=0, server_default="0", info=DERIVED, sort_order=-98
    )
    created_at: Mapped[datetime] = mapped_column(
        UtcStamp, default=moment_of_gesture, sort_order=-97
    )
    changed_at: Mapped[datetime] = mapped_column(
        UtcStamp,
        default=moment_of_gesture,
        server_default="1970-01-01T00:00:00.000000Z",
        info=DERIVED,
        sort_order=-96,
    )
    trashed_at: Mapped[datetime | None] = mapped_column(UtcStamp, sort_order=-95)


class Derived:
    """A table computed from journalled ones before each commit."""

    table_role: ClassVar[str] = DERIVED_TABLE


class Outside:
    """A table undo never touches."""

    table_role: ClassVar[str] = OUTSIDE


def role_of(table: Table) -> str:
    """The declared role. ValueError where a table has none: every table must choose."""
    role = table.info.get("role", "")
    if role not in (JOURNALLED, DERIVED_TABLE, OUTSIDE):
        raise ValueError(f"table {table.name} has no role towards the journal")
    return str(role)


def journalled_tables(metadata: MetaData) -> list[Table]:
    """The tables the journal records, by name."""
    return [t for _, t in sorted(metadata.tables.items()) if role_of(t) == JOURNALLED]


def journalled_columns(table: Table) -> list[Column[Any]]:
    """The columns the journal records, `id` first."""
    return [table.c.id, *_plain(c for c in table.columns if not c.primary_key)]


def _plain(columns: Iterable[Column[Any]]) -> list[Column[Any]]:
    return [column for column in columns if not column.info.get("derived")]


def is_record(table: Table) -> bool:
    """Whether rows of the table carry the number of the gesture that touched them last."""
    return "version" in table.c and bool(table.c.version.info.get("derived"))
