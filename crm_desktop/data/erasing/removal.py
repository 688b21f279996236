"""Taking the rows out of the tables: deleted, blanked, or no longer referring to what is gone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Boolean, Table, Text

from crm_desktop.data import custom_fields
from crm_desktop.data.erasing.reach import KIND_OF_TABLE, Reach, Rows
from crm_desktop.data.session import Session
from crm_desktop.data.tables import METADATA, TABLE_OF_KIND
from crm_desktop.data.types import json_text
from crm_desktop.domain.erasing import NO_NAME, NO_TEXT
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import RECORD_KINDS, Kind
from crm_desktop.domain.schema import TITLE_KEYS

_IN = "IN (SELECT value FROM json_each(?))"
_REMINDED = {"activities": "activity", "people": "birthday", "attachments": "attachment",
             "contracts": "contract"}  # fmt: skip
_HOUSEKEEPING = frozenset(("id", "uid", "version", "created_at", "changed_at", "trashed_at"))
_OF_NOBODY = frozenset(("lifecycle_id", "level_id", "source_id", "in_charge_id", "recorded_by_id"))
"""What is left of an anonymous customer: how it is counted, not who it was."""
_RULES_ONLY = frozenset(("due_zone", "repeat"))


def remove(session: Session, reach: Reach) -> None:
    """Take everything out of the tables; the journal is seen to afterwards."""
    execute = session.connection().exec_driver_sql
    execute("PRAGMA defer_foreign_keys=ON")
    for (name, column), ids in reach.unlinked.items():
        if ids:
            execute(f"UPDATE {name} SET {column} = NULL WHERE id {_IN}", (_listed(ids),))
    for name, ids in reach.blanked.items():
        if ids:
            _set(session, name, ids, blanks(METADATA.tables[name]))
    for name, ids in reach.bare.items():
        for row_id in ids:
            _set(session, name, {row_id}, nameless(METADATA.tables[name], row_id))
    _forget_links(session, reach.gone)
    for name, ids in reach.gone.items():
        if ids:
            execute(f"DELETE FROM {name} WHERE id {_IN}", (_listed(ids),))
    _forget_outside(session, reach)


def blanks(table: Table) -> dict[str, Any]:
    """Every text of a row that stays for its date alone."""
    title = TITLE_KEYS[KIND_OF_TABLE[table.name]]
    found: dict[str, Any] = {title: NO_TEXT}
    for column in table.columns:
        if column.nullable and column.name not in _RULES_ONLY | {title} and _is_text(column):
            found[column.name] = None
    return found


def nameless(table: Table, row_id: int) -> dict[str, Any]:
    """Everything of a record that says who it was."""
    found: dict[str, Any] = {}
    for column in table.columns:
        if column.name in _HOUSEKEEPING | _OF_NOBODY or column.info.get("derived"):
            continue
        if isinstance(column.type, Boolean):
            found[column.name] = column.name == "do_not_contact"
        elif column.nullable:
            found[column.name] = None
    found[TITLE_KEYS[KIND_OF_TABLE[table.name]]] = NO_NAME.format(number=row_id)
    return found


def _is_text(column: Any) -> bool:
    kept = getattr(column.type, "impl_instance", column.type)
    return isinstance(kept, Text) and not column.foreign_keys


def _set(session: Session, name: str, ids: set[int], values: Mapping[str, Any]) -> None:
    sets = ", ".join(f'"{column}" = ?' for column in values)
    session.connection().exec_driver_sql(
        f"UPDATE {name} SET {sets} WHERE id {_IN}", (*values.values(), _listed(ids))
    )


def _forget_links(session: Session, gone: Rows) -> None:
    """The user's own link fields of any record that pointed to what is gone."""
    execute = session.connection().exec_driver_sql
    for owner in RECORD_KINDS:
        name = TABLE_OF_KIND[owner].__tablename__
        for field in custom_fields.fields(session, owner):
            ids = gone.get(_table(field.link), set()) if field.type is FieldType.LINK else set()
            if not ids:
                continue
            key = field.key.removeprefix("custom.")
            held = f"json_extract(custom, '$.\"{key}\"')"
            rows = execute(f"SELECT id, custom FROM {name} WHERE {held} {_IN}", (_listed(ids),))
            for row_id, custom in rows.fetchall():
                left = {k: v for k, v in json.loads(custom).items() if k != key}
                execute(
                    f"UPDATE {name} SET custom = ? WHERE id = ?",
                    (json_text(left) if left else None, row_id),
                )


def _table(kind: Kind | None) -> str:
    return TABLE_OF_KIND[kind].__tablename__ if kind in TABLE_OF_KIND else ""


def _forget_outside(session: Session, reach: Reach) -> None:
    """What undo never touches: recents, the reminder ledger, withdrawn papers, the search index."""
    execute = session.connection().exec_driver_sql
    remembered = {name: ids | reach.bare.get(name, set()) for name, ids in
                  {**{n: set() for n in reach.bare}, **reach.remembered()}.items()}  # fmt: skip
    for name, ids in remembered.items():
        if not ids:
            continue
        listed = _listed(ids)
        kind = KIND_OF_TABLE.get(name)
        if kind is not None:
            for table in ("recently_seen", "search_entries"):
                where = f"kind = ? AND record_id {_IN}"
                execute(f"DELETE FROM {table} WHERE {where}", (kind.value, listed))
        if name in _REMINDED:
            where = f"source = ? AND source_id {_IN}"
            execute(f"DELETE FROM reminders WHERE {where}", (_REMINDED[name], listed))
        if name in ("quotes", "contracts"):
            column = f"{KIND_OF_TABLE[name].value}_id"
            execute(f"DELETE FROM issued WHERE {column} {_IN}", (listed,))


def drop_bytes(session: Session, hashes: Iterable[str]) -> None:
    """Delete the bytes under these hashes that nobody refers to any more, the journal included."""
    execute = session.connection().exec_driver_sql
    for sha256 in set(hashes):
        used = execute(
            "SELECT EXISTS (SELECT 1 FROM attachments WHERE sha256 = :h)"
            " OR EXISTS (SELECT 1 FROM people WHERE photo_sha256 = :h)"
            " OR EXISTS (SELECT 1 FROM issued WHERE pdf_sha256 = :h OR instr(snapshot, :h))"
            " OR EXISTS (SELECT 1 FROM book_settings WHERE instr(value, :h))"
            " OR EXISTS (SELECT 1 FROM journal_change"
            "  WHERE table_name IN ('attachments', 'people', 'book_settings')"
            "  AND (instr(before, :h) OR instr(after, :h)))",
            {"h": sha256},
        ).scalar()
        if not used:
            execute("DELETE FROM blobs WHERE sha256 = ?", (sha256,))


def bytes_of(session: Session, reach: Reach) -> set[str]:
    """The hashes of files, photos and withdrawn papers that go; asked before they do."""
    execute = session.connection().exec_driver_sql
    found: set[str] = set()
    everything = reach.remembered()
    for name, column in (("attachments", "sha256"), ("people", "photo_sha256")):
        ids = _listed(everything.get(name, set()) | reach.bare.get(name, set()))
        rows = list(execute(f"SELECT {column} FROM {name} WHERE id {_IN}", (ids,)))
        for side in ("before", "after"):
            rows += execute(
                f"SELECT DISTINCT {side} ->> '{column}' FROM journal_change"
                f" WHERE table_name = '{name}' AND row_id {_IN}",
                (ids,),
            ).fetchall()
        found |= {row[0] for row in rows if row[0]}
    for name in ("quotes", "contracts"):
        column = f"{KIND_OF_TABLE[name].value}_id"
        ids = _listed(everything.get(name, set()))
        rows = list(execute(f"SELECT pdf_sha256 FROM issued WHERE {column} {_IN}", (ids,)))
        found |= {row[0] for row in rows}
    return found


def _listed(ids: Iterable[int]) -> str:
    return json.dumps(sorted(ids))
