"""What rows are called that are no records: tags, and the user's values of lists."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from crm_desktop.data.ids import in_ids
from crm_desktop.data.session import Session
from crm_desktop.data.tables import ListItem, Tag

_NAMED = {table.__tablename__: table for table in (Tag, ListItem)}


def names_of(session: Session, rows: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The names of those among these rows, by table and id."""
    by_table: dict[str, set[int]] = {}
    for name, row_id in rows:
        if name in _NAMED:
            by_table.setdefault(name, set()).add(row_id)
    found: dict[tuple[str, int], str] = {}
    for name, ids in by_table.items():
        table = _NAMED[name]
        for row_id, told in session.execute(
            select(table.id, table.name).where(in_ids(table.id, ids))
        ):
            found[name, row_id] = told or ""
    return found
