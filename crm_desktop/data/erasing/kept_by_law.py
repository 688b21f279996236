"""Documents that have left the house or bind somebody: they must stay, whoever asks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from crm_desktop.data.records.titles import refs_of
from crm_desktop.data.session import Session
from crm_desktop.domain.erasing import MustStay
from crm_desktop.domain.kinds import Kind, Ref

_IN = "IN (SELECT value FROM json_each(?))"
_OPEN = {"quotes": "('draft')", "contracts": "('draft', 'reviewed')"}
_KINDS = {"quotes": Kind.QUOTE, "contracts": Kind.CONTRACT}
_CUSTOMERS = (Kind.PERSON, Kind.COMPANY)


def documents(session: Session, refs: Iterable[Ref]) -> tuple[MustStay, ...]:
    """Those of `refs` that documents hold in the book, with these documents."""
    found = []
    for ref in refs:
        held = {(_KINDS[table], row_id) for table in _OPEN for row_id in _of(session, ref, table)}
        if held:
            known = refs_of(session, held)
            named = (known.get(pair) or Ref(*pair) for pair in held)
            found.append(MustStay(ref, tuple(sorted(named, key=lambda each: each.title))))
    return tuple(found)


def stays(session: Session, found: Iterable[MustStay]) -> Mapping[str, set[int]]:
    """The same as rows by table; money that came in for a contract stays with it."""
    rows: dict[str, set[int]] = {table: set() for table in _OPEN}
    for one in found:
        for document in one.documents:
            table = next(table for table, kind in _KINDS.items() if kind is document.kind)
            rows[table].add(document.id)
    paid = session.connection().exec_driver_sql(
        f"SELECT id FROM receipts WHERE contract_id {_IN}", (json.dumps(sorted(rows["contracts"])),)
    )
    return {**rows, "receipts": {row[0] for row in paid}}


def _of(session: Session, ref: Ref, table: str) -> set[int]:
    execute = session.connection().exec_driver_sql
    bound = (
        f"(d.state NOT IN {_OPEN[table]} OR EXISTS (SELECT 1 FROM issued AS i"
        f" WHERE i.{_KINDS[table].value}_id = d.id AND i.withdrawn_at IS NULL))"
    )
    if ref.kind is _KINDS[table]:
        mine, values = "d.id = ?", (ref.id,)
    elif ref.kind in _CUSTOMERS:
        mine, values = f"d.{ref.kind.value}_id = ?", (ref.id,)
    else:
        return set()
    rows = execute(f"SELECT d.id FROM {table} AS d WHERE {mine} AND {bound}", values)
    found = {row[0] for row in rows}
    if ref.kind in _CUSTOMERS and ref.title:
        found |= _once_of(execute, ref, table)
    return found


def _once_of(execute: Any, ref: Ref, table: str) -> set[int]:
    """Documents now of somebody else, of which a snapshot in force names this customer."""
    column = f"{ref.kind.value}_id"
    rows = execute(
        "SELECT DISTINCT c.row_id FROM journal_change AS c"
        f" JOIN issued AS i ON i.{_KINDS[table].value}_id = c.row_id AND i.withdrawn_at IS NULL"
        f" WHERE c.table_name = ? AND ? IN (c.before ->> '{column}', c.after ->> '{column}')"
        " AND instr(i.snapshot, ?) AND c.row_id IN (SELECT id FROM " + table + ")",
        (table, ref.id, json.dumps(ref.title, ensure_ascii=False)[1:-1]),
    )
    return {row[0] for row in rows}
