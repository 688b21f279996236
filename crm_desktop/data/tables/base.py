"""What every table is made of: names of constraints, identity, and its role towards the journal.

`journalled`: every change is recorded and can be undone. `derived`: computed from journalled
rows before commit (search index, summaries). `outside`: neither (the journal itself, blobs).
A single column of a journalled table is taken out by `column(..., info=DERIVED)`; it needs to
be nullable or to have a server default, as undo inserts rows without it.

The tables are SQLAlchemy's, the classes only name them: `Person.name` is a column, `select(Person)`
asks for all of them. The ORM would cost a sixth of a second at each start, and nobody needs it:
records are written field by field, and what is read becomes values of `domain/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar, cast, overload

from sqlalchemy import Column, Integer, MetaData, String, Table

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
Value = TypeVar("Value")
AnyTable = TypeVar("AnyTable", bound="Base")


class Held(Generic[Value]):
    """What a column holds. Asked of its class it is the column, of a whole row the value."""

    if TYPE_CHECKING:

        @overload
        def __get__(self, row: None, table: Any) -> Column[Value]: ...

        @overload
        def __get__(self, row: object, table: Any) -> Value: ...

        def __get__(self, row: Any, table: Any) -> Any: ...


class _Declared(NamedTuple):
    args: tuple[Any, ...]
    options: dict[str, Any]


def column(*args: Any, **options: Any) -> Any:
    """Declare a column, as `sqlalchemy.Column` does. It is nullable where `Held[… | None]` is."""
    return _Declared(args, options)


class Base:
    """The root of all tables. Its classes are never made: they name a table and its columns.

    `select(Person)` gives rows that have the attributes of a `Person` (see `Session.whole`).
    """

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)
    table_role: ClassVar[str] = ""
    __tablename__: ClassVar[str]
    __table__: ClassVar[Table]
    __table_args__: ClassVar[Any] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "__tablename__" not in vars(cls):
            return
        *parts, options = _with_role(cls.__table_args__, cls.table_role)
        columns = _columns(cls)
        cls.__table__ = Table(cls.__tablename__, cls.metadata, *columns, *parts, **options)
        for each in columns:
            setattr(cls, each.name, each)

    @classmethod
    def __clause_element__(cls) -> Table:
        """What SQLAlchemy takes the class for in a statement."""
        return cls.__table__


def _columns(table: type[Base]) -> list[Column[Any]]:
    """Those of its role first, then its own, in the order in which they are declared."""
    return [
        Column(name, *held.args, **_nullable(part, name, held.options))
        for part in reversed(table.__mro__)
        for name, held in vars(part).items()
        if isinstance(held, _Declared)
    ]


def _nullable(part: type[Any], name: str, options: dict[str, Any]) -> dict[str, Any]:
    # The annotation is its text: every module here puts off reading them.
    return {"nullable": part.__annotations__[name].endswith("| None]"), **options}


def aliased(table: type[AnyTable]) -> type[AnyTable]:
    """The columns of a table under another name, for statements that look into it twice."""
    return cast("type[AnyTable]", table.__table__.alias().c)


def _with_role(given: Any, role: str) -> Iterator[Any]:
    """Constraints and indexes, then the options: the role, and ids that are never used again."""
    things = (given,) if isinstance(given, dict) else tuple(given)
    options: dict[str, Any] = {}
    for thing in things:
        if isinstance(thing, dict):
            options = dict(thing)
        else:
            yield thing
    options["info"] = {"role": role, **options.get("info", {})}
    if options["info"]["role"] == JOURNALLED:
        options.setdefault("sqlite_autoincrement", True)
    yield options


class Journalled:
    """A table whose every change is recorded."""

    table_role: ClassVar[str] = JOURNALLED

    id: Held[int] = column(Integer, primary_key=True)


class Record(Journalled):
    """A thing the user sees and names: travels by `uid`, conflicts show by `version`."""

    uid: Held[str] = column(String(36), unique=True, default=fresh_uid)
    # The gesture that touched the row last; written by the book, never by undo.
    version: Held[int] = column(Integer, default=0, server_default="0", info=DERIVED)
    created_at: Held[datetime] = column(UtcStamp, default=moment_of_gesture)
    changed_at: Held[datetime] = column(
        UtcStamp,
        default=moment_of_gesture,
        server_default="1970-01-01T00:00:00.000000Z",
        info=DERIVED,
    )
    trashed_at: Held[datetime | None] = column(UtcStamp)


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
