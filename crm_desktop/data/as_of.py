"""A record as it was: its present rows with all later changes of the journal taken back.

What is found so is put into a small book in memory and read by the same reader as any record, so
that every field means then what it means now. Where the journal begins later than the day asked
for, the oldest state it knows is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, text
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from crm_desktop.data.journal import OF_ROW
from crm_desktop.data.records.columns import table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import METADATA
from crm_desktop.data.tables.base import DERIVED_TABLE, journalled_columns, role_of
from crm_desktop.data.types import stamp_text
from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind, Ref

Raw = dict[str, Any]  # a row as the engine keeps it, by column
Rows = dict[int, Raw]
Once = dict[str, dict[int, set[int]]]
"""The rows of a table that were once a record's, and are not or are otherwise now."""

_OWN = {
    Kind.PERSON: ("points", "addresses", "jobs", "anniversaries", "gifts"),
    # A company's jobs are those of its people: not its own values.
    Kind.COMPANY: ("points", "addresses", "yearly_demand"),
    Kind.ACTIVITY: ("activity_helpers",),
    Kind.OPPORTUNITY: ("proposed_products", "opportunity_helpers"),
}
LINKS = "tag_links"
_CHANGES = text(f"SELECT kind, before FROM {OF_ROW} WHERE gesture_id > :after ORDER BY id DESC")
_RENAMED = text(  # newest first, so that the oldest name is the one that stays
    "SELECT row_id, before ->> 'name' FROM journal_change WHERE gesture_id > :after"
    " AND table_name = 'list_items' AND kind = 'U' AND json_type(before, '$.name') IS NOT NULL"
    " ORDER BY id DESC"
)
_ONCE = (
    "SELECT DISTINCT before ->> '{owner}', row_id FROM journal_change WHERE gesture_id > :after"
    " AND table_name = :table AND kind IN ('U', 'D') AND before ->> '{owner}' IS NOT NULL"
)


def last_gesture(session: Session, moment: datetime) -> int:
    """The newest gesture up to a moment; 0 where there was none."""
    found = session.execute(
        text("SELECT max(id) FROM gesture WHERE at <= :at"), {"at": stamp_text(moment)}
    ).scalar()
    return int(found or 0)


def newest_gesture(session: Session) -> int:
    """The newest gesture of the book; 0 where there is none."""
    return int(session.execute(text("SELECT max(id) FROM gesture")).scalar() or 0)


def moment_of(session: Session, gesture_id: int) -> datetime | None:
    """When a gesture was made; None where there is none."""
    found = session.execute(text("SELECT at FROM gesture WHERE id = :id"), {"id": gesture_id})
    at = found.scalar()
    return None if at is None else datetime.fromisoformat(at)


def days_of_change(session: Session, ref: Ref, limit: int) -> list[datetime]:
    """When the record's own row or what hangs on it was changed, newest first."""
    table = table_of(ref.kind).__tablename__
    own = f"SELECT gesture_id FROM {OF_ROW}"
    children = " ".join(
        f'UNION SELECT c.gesture_id FROM journal_change AS c JOIN "{name}" AS t'
        f" ON t.id = c.row_id WHERE c.table_name = '{name}' AND t.{ref.kind.value}_id = :row"
        f' UNION SELECT s.gesture_id FROM "{name}" AS t CROSS JOIN journal_span AS s'
        f" ON t.id BETWEEN s.first_row AND s.last_row"
        f" WHERE s.table_name = '{name}' AND t.{ref.kind.value}_id = :row"
        for name in hanging_tables(ref.kind)
    )
    rows = session.execute(
        text(
            f"SELECT at FROM gesture WHERE id IN ({own} {children}) ORDER BY id DESC LIMIT :limit"
        ),
        {"table": table, "row": ref.id, "limit": limit},
    )
    return [datetime.fromisoformat(at) for (at,) in rows]


@contextmanager
def book_of(session: Session, ref: Ref, gesture_id: int) -> Iterator[Session | None]:
    """A session on a book that holds the record as gesture `gesture_id` left it, and nothing else
    but the names it points to. None where the record was not there yet.
    """
    row = _row_then(session, ref, gesture_id)
    if row is None:
        yield None
        return
    once = _once(session, ref.kind, gesture_id)
    held = _held(session, ref, row, gesture_id, once)
    with _small_book(session, held, _pointed_to(held)) as small:
        yield small


@contextmanager
def books_of(
    session: Session,
    kind: Kind,
    versions: Mapping[int, int],
    gesture_id: int,
    custom: Sequence[Field] = (),
) -> Iterator[Session]:
    """The same of many records of one kind, by id with their present version; also the names they
    point to are those of then. Records that were not there yet are left out.
    """
    held: dict[str, Rows] = {}
    links = {one.key.removeprefix("custom."): table_of(one.link) for one in custom if one.link}
    once = _once(session, kind, gesture_id)
    for record_id, version in versions.items():
        ref = Ref(kind, record_id)
        # What nobody touched since is as it was; the journal need not be asked.
        then = gesture_id if version > gesture_id else None
        row = _then(session, table_of(kind).__tablename__, record_id, then)
        if row is not None:
            for name, rows in _held(session, ref, row, then, once).items():
                held.setdefault(name, {}).update(rows)
    pointed = _pointed_to(held)
    for values in held.get(table_of(kind).__tablename__, {}).values() if links else ():
        own = json.loads(values.get("custom") or "{}")
        for key, table in links.items():
            if isinstance(own.get(key), int):
                pointed.setdefault(table.__tablename__, set()).add(own[key])
    with _small_book(session, held, pointed, gesture_id) as small:
        yield small


def item_names_then(session: Session, gesture_id: int) -> dict[int, str | None]:
    """What list items were called when a gesture was done; only those called otherwise since."""
    changes = session.execute(_RENAMED, {"after": gesture_id})
    return {row_id: name for row_id, name in changes}


@contextmanager
def _small_book(
    session: Session,
    held: Mapping[str, Rows],
    pointed: Mapping[str, set[int]],
    names_of: int | None = None,
) -> Iterator[Session]:
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: dbapi2.connect(":memory:", check_same_thread=False),
        poolclass=StaticPool,
    )
    try:
        _fill(engine, session, held, pointed, names_of)
        with engine.connect() as connection:
            yield Session(connection)
    finally:
        engine.dispose()


def hanging_tables(kind: Kind) -> tuple[str, ...]:
    """The tables whose rows hang on a record of the kind."""
    return _OWN.get(kind, ())


def _row_then(session: Session, ref: Ref, gesture_id: int) -> Raw | None:
    return _then(session, table_of(ref.kind).__tablename__, ref.id, gesture_id)


def _then(session: Session, name: str, row_id: int, gesture_id: int | None) -> Raw | None:
    """One row as a gesture left it, or as it is; None where it was not there."""
    row = _raw(session, METADATA.tables[name], "id", row_id).get(row_id)
    if gesture_id is None:
        return row
    changes = session.execute(_CHANGES, {"after": gesture_id, "table": name, "row": row_id})
    for kind, before in changes:
        # Newest first: what came into being later was not there, all else gets its old values.
        row = None if kind == "I" else {**(row or {}), **json.loads(before)}
    return row


def _once(session: Session, kind: Kind, gesture_id: int) -> Once:
    """Looked up once for all records: the journal is long."""
    owners = {name: f"{kind.value}_id" for name in hanging_tables(kind)} | {LINKS: "owner_id"}
    found: Once = {}
    for name, owner in owners.items():
        rows = session.execute(
            text(_ONCE.format(owner=owner)), {"after": gesture_id, "table": name}
        )
        several = found.setdefault(name, {})
        for record_id, row_id in rows:
            several.setdefault(int(record_id), set()).add(row_id)
    return found


def _children_then(
    session: Session, name: str, mine: Raw, gesture_id: int | None, once: Once
) -> Rows:
    """The rows of a table that were the record's then: kept, changed, moved or deleted since."""
    (owner, record_id) = next(reversed(mine.items()))
    present = _raw(session, METADATA.tables[name], owner, record_id)
    if gesture_id is None:
        return {row_id: row for row_id, row in present.items() if _is_of(row, mine)}
    ids = present.keys() | once[name].get(record_id, set())
    found = {row_id: _then(session, name, row_id, gesture_id) for row_id in sorted(ids)}
    return {row_id: row for row_id, row in found.items() if row is not None and _is_of(row, mine)}


def _is_of(row: Raw, mine: Raw) -> bool:
    return all(row.get(key) == value for key, value in mine.items())


def _raw(session: Session, table: Table, key: str, value: Any) -> Rows:
    columns = journalled_columns(table)
    names = ", ".join(f'"{column.name}"' for column in columns)
    found = session.connection().exec_driver_sql(
        f'SELECT {names} FROM "{table.name}" WHERE "{key}" = ?', (value,)
    )
    rows = (dict(zip((c.name for c in columns), one, strict=True)) for one in found)
    return {row.pop("id"): row for row in rows}


def _held(
    session: Session, ref: Ref, row: Raw, gesture_id: int | None, once: Once
) -> dict[str, Rows]:
    """The record's row and what hung on it, by table."""
    held: dict[str, Rows] = {table_of(ref.kind).__tablename__: {ref.id: row}}
    for name in hanging_tables(ref.kind):
        mine: Raw = {f"{ref.kind.value}_id": ref.id}
        held[name] = _children_then(session, name, mine, gesture_id, once)
    mine = {"owner_kind": ref.kind.value, "owner_id": ref.id}
    held[LINKS] = _children_then(session, LINKS, mine, gesture_id, once)
    return held


def _fill(
    engine: Engine,
    session: Session,
    held: Mapping[str, Rows],
    pointed: Mapping[str, set[int]],
    names_of: int | None,
) -> None:
    # Every table a reader may ask; without what is derived, the search index among it.
    tables = [table for table in METADATA.sorted_tables if role_of(table) != DERIVED_TABLE]
    with engine.begin() as connection:
        METADATA.create_all(connection, tables=tables)
        for name, rows in held.items():
            for row_id, values in rows.items():
                _insert(connection, name, row_id, values)
        for table, ids in pointed.items():
            for target in ids - held.get(table, {}).keys():
                named = _then(session, table, target, names_of) or _then(
                    session, table, target, None
                )
                if named is not None:
                    _insert(connection, table, target, named)


def _insert(connection: Connection, name: str, row_id: int, values: Raw) -> None:
    known = METADATA.tables[name].c
    kept = {"id": row_id, **{key: value for key, value in values.items() if key in known}}
    columns = ", ".join(f'"{key}"' for key in kept)
    holes = ", ".join("?" * len(kept))
    connection.exec_driver_sql(
        f'INSERT OR REPLACE INTO "{name}" ({columns}) VALUES ({holes})', tuple(kept.values())
    )


def _pointed_to(held: Mapping[str, Rows]) -> dict[str, set[int]]:
    """The rows the record's rows refer to: companies, people, items, tags; by table."""
    found: dict[str, set[int]] = {}
    for name, rows in held.items():
        for column in METADATA.tables[name].c:
            for key in column.foreign_keys:
                target = key.column.table.name
                for values in rows.values():
                    if values.get(column.name) is not None:
                        found.setdefault(target, set()).add(values[column.name])
    return found
