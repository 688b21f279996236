"""On which record a row hangs that is no record itself: a phone number, a job, a tag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select

from crm_desktop.data.ids import in_ids
from crm_desktop.data.session import Session
from crm_desktop.data.tables import METADATA, TABLE_OF_KIND
from crm_desktop.domain.kinds import Kind

_KINDS: dict[str, Kind] = {table.__tablename__: kind for kind, table in TABLE_OF_KIND.items()}
_PARTS = {
    "addresses": "address",
    "attachments": "files",
    "jobs": "company",
    "tag_links": "tags",
    "proposed_products": "products",
    "yearly_demand": "demand",
    "activity_helpers": "helpers",
    "opportunity_helpers": "helpers",
}


@dataclass(frozen=True, slots=True)
class Owner:
    """A record, and which of its fields the row is part of ("" where none shows it)."""

    kind: Kind
    id: int
    part: str


def owners(session: Session, rows: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Owner]:
    """The owners of rows that are still there, by table and id; records themselves have none."""
    by_table: dict[str, list[int]] = defaultdict(list)
    for name, row_id in rows:
        by_table[name].append(row_id)
    found: dict[tuple[str, int], Owner] = {}
    for name, ids in by_table.items():
        table = METADATA.tables[name]
        for values in session.execute(select(table).where(in_ids(table.c.id, ids))).mappings():
            for kind, owner in _named(table, values):
                part = values["kind"] if name == "points" else _PARTS.get(name, "")
                found.setdefault((name, values["id"]), Owner(kind, owner, part))
    return found


def _named(table: Table, values: Any) -> Iterator[tuple[Kind, int]]:
    if "owner_kind" in table.c:
        yield Kind(values["owner_kind"]), values["owner_id"]
    for column in table.info.get("touches", ()):
        (key,) = table.c[column].foreign_keys
        if values[column] is not None:
            yield _KINDS[key.column.table.name], values[column]
