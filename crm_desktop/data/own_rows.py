"""Every row of the book that hangs on one record, as plain values: for its own export."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from crm_desktop.data.erasing.reach import KIND_OF_TABLE, references_to
from crm_desktop.data.records.titles import refs_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import METADATA, Attachment, Issued, Quote
from crm_desktop.data.tables import Contract as ContractTable
from crm_desktop.data.tables.base import is_record
from crm_desktop.domain.kinds import Kind, Ref

_HIDDEN = frozenset(("version", "sort_key"))
Rows = list[dict[str, Any]]


def of_record(session: Session, ref: Ref, items: Mapping[int, str]) -> dict[str, Rows]:
    """Table → rows: the record itself, what belongs to it, and the records that name it.

    Links carry the title beside the id; `items` are the names of items of lists.
    """
    name = next(table for table, kind in KIND_OF_TABLE.items() if kind is ref.kind)
    found: dict[str, Rows] = {name: _rows(session, name, METADATA.tables[name].c.id == ref.id)}
    for reference in references_to(name):
        table = reference.table
        condition = table.c[reference.column] == ref.id
        if reference.kind_column:
            condition &= table.c[reference.kind_column] == ref.kind.value
        rows = found.setdefault(table.name, [])
        known = {row["id"] for row in rows}
        rows += [r for r in _rows(session, table.name, condition) if r["id"] not in known]
    for table_name, rows in found.items():
        _name_links(session, table_name, rows, items)
    return {name: rows for name, rows in sorted(found.items()) if rows}


def files(session: Session, ref: Ref, activities: list[int]) -> list[tuple[str, str]]:
    """Name and hash of the files kept with it and with what was done with it; newest papers too."""
    owners = {(ref.kind.value, ref.id), *((Kind.ACTIVITY.value, one) for one in activities)}
    found = [
        (name, sha256)
        for owner_kind, owner_id in sorted(owners)
        for name, sha256 in session.execute(
            select(Attachment.name, Attachment.sha256)
            .where(Attachment.owner_kind == owner_kind, Attachment.owner_id == owner_id)
            .order_by(Attachment.id)
        )
    ]
    for table, issued_for in ((Quote, Issued.quote_id), (ContractTable, Issued.contract_id)):
        owner = getattr(table, f"{ref.kind.value}_id")
        papers = session.execute(
            select(Issued.number, Issued.revision, Issued.pdf_sha256)
            .join(table, table.id == issued_for)
            .where(owner == ref.id, Issued.withdrawn_at.is_(None))
            .order_by(Issued.id)
        )
        found += [(f"{number} v{revision}.pdf", sha256) for number, revision, sha256 in papers]
    return found


def _rows(session: Session, name: str, condition: Any) -> Rows:
    table = METADATA.tables[name]
    columns = [c for c in table.columns if c.name not in _HIDDEN]
    order = select(*columns).where(condition).order_by(table.c.id)
    return [
        {c.name: _plain(value) for c, value in zip(columns, row, strict=True)}
        for row in session.execute(order)
    ]


def _name_links(session: Session, name: str, rows: Rows, items: Mapping[int, str]) -> None:
    for key in METADATA.tables[name].foreign_keys:
        column, target = key.parent.name, key.column.table
        kind = KIND_OF_TABLE.get(target.name)
        ids = {row[column] for row in rows if row.get(column) is not None}
        titles: Mapping[int, str] = items
        if kind is not None and is_record(target):
            refs = refs_of(session, ((kind, one) for one in ids))
            titles = {record_id: ref.title for (_, record_id), ref in refs.items()}
        elif target.name != "list_items":
            continue
        for row in rows:
            if row.get(column) in titles:
                row[column.removesuffix("_id")] = titles[row[column]]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value
