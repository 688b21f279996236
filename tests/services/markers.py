"""A customer of whom every field, child and file holds a mark, and the search for what is left."""

from __future__ import annotations

import re
import zlib
from binascii import a2b_base64
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Integer, String, Text, insert
from sqlcipher3 import dbapi2

from crm_desktop.data.tables import METADATA
from crm_desktop.data.tables.base import JOURNALLED, role_of
from crm_desktop.data.types import Day, JsonText, Scaled, UtcStamp
from crm_desktop.domain import schema
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import Condition, Group, Op, Query
from crm_desktop.domain.views import View
from crm_desktop.services.house import Services
from crm_desktop.words import Words

MARK = "Zqxvmarke"
"""Stands in no word of ours; every text of the customer begins with it."""
PHONE = "13987650417"
MARKS = (MARK, MARK.lower(), PHONE, "qxvmark")

_PACKED = re.compile(rb"eJ[A-Za-z0-9+/]{30,}")
"""The beginning of what zlib packed and base64 wrote."""
_NUMBER = {FieldType.INTEGER: 3, FieldType.NUMBER: Decimal(3), FieldType.MONEY: Decimal(3)}


def values(fields: tuple[Field, ...]) -> dict[str, Any]:
    """A value with a mark for every field that can be written."""
    found: dict[str, Any] = {}
    for field in fields:
        if field.computed or not field.editable:
            continue
        if field.type in (FieldType.TEXT, FieldType.LONG_TEXT):
            found[field.key] = f"{MARK} {field.key}"
        elif field.type is FieldType.POINTS:
            phone = field.point in ("mobile", "phone", "fax")
            found[field.key] = (f"+86 {PHONE}" if phone else f"{MARK}@{field.key}.example",)
        elif field.type is FieldType.ADDRESSES:
            found[field.key] = (Address(f"{MARK} Road", "", MARK, MARK, MARK, ""),)
        elif field.type is FieldType.TAGS:
            found[field.key] = (f"{MARK} tag",)
        elif field.type is FieldType.BIRTHDAY:
            found[field.key] = Birthday(3, 4, 1977)
        elif field.type is FieldType.BOOLEAN:
            found[field.key] = True
        elif field.type is FieldType.DATE:
            found[field.key] = date(1977, 3, 4)
        elif field.type in _NUMBER:
            found[field.key] = _NUMBER[field.type]
    return found


def custom_text(services: Services, kind: Kind) -> None:
    """The firm's own fields, one of them found by the search and indexed."""
    services.custom.add(kind, "自己的字段", FieldType.TEXT, searchable=True)
    services.custom.add(kind, "更多", FieldType.LONG_TEXT)


def fill_children(services: Services, kind: Kind, record_id: int) -> set[str]:
    """A row full of marks in every table whose rows belong to a record of the kind.

    Also in those nobody has thought of yet: what a table is made of says how.
    """
    column = f"{kind.value}_id"
    filled = set()
    with services.book.write("gesture.noted", origin="user") as writing:
        for table in METADATA.tables.values():
            if role_of(table) != JOURNALLED:
                continue
            pointing = {"owner_kind": kind.value, "owner_id": record_id}
            origin = {"kind": kind.value, "record_id": record_id}
            if column in table.info.get("touches", ()):
                owner: Mapping[str, Any] = {column: record_id}
            elif pointing.keys() <= set(table.c.keys()):
                owner = pointing
            elif origin.keys() <= set(table.c.keys()):
                owner = origin
            else:
                continue
            if table.name == "tag_links":
                continue
            row = {c.name: _value(c) for c in table.columns if c.name not in ("id", "version")}
            row = {**row, **owner}
            for other in ("person_id", "company_id", "quote_id", "contract_id", "other_id"):
                if other in row and other not in owner and table.c[other].nullable:
                    row[other] = None
            if table.name == "relations":
                row["other_id"] = record_id
            if "sha256" in row:
                continue  # files are added as files
            writing.session.execute(insert(table).values(**row))
            filled.add(table.name)
    return filled


def _value(column: Any) -> Any:
    if column.foreign_keys:
        return None if column.nullable else 1  # the first entry of the shipped lists
    if column.name in ("uid",):
        return f"{MARK}-{column.table.name}"
    if isinstance(column.type, UtcStamp):
        return None if column.nullable else "2026-11-20T01:00:00.000000Z" and _moment()
    if isinstance(column.type, Day):
        return date(1977, 3, 4)
    if isinstance(column.type, JsonText):
        return None
    if isinstance(column.type, Scaled):
        return Decimal(3)
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer):
        return 1
    if isinstance(column.type, (Text, String)):
        length = getattr(column.type, "length", None)
        return MARK if length is None or length > len(MARK) else "CNY"
    return None


def _moment() -> Any:
    from datetime import UTC, datetime

    return datetime(2026, 11, 20, 1, tzinfo=UTC)


def imported(services: Services, folder: Path) -> int:
    """A person who came in from a file and a sheet named after them; returns the id."""
    file = folder / f"{MARK} file.csv"
    file.write_text(f"姓名,手机,备注\n{MARK},{PHONE},{MARK} from a sheet\n", "utf-8-sig")
    before = set(services.records.ids(Kind.PERSON))
    plan = services.imports.preview(file).plan
    services.imports.run(file, plan, Words("zh"))
    file.unlink()
    (made,) = set(services.records.ids(Kind.PERSON)) - before
    return made


def everything(services: Services, kind: Kind, record_id: int, folder: Path) -> None:
    """Fields twice over, children, notes, files, trade; all of it also changed and undone."""
    records, ref = services.records, Ref(kind, record_id, MARK)
    fields = records.fields(kind)
    records.update(kind, record_id, values(fields))
    records.update(kind, record_id, {schema.TITLE_KEYS[kind]: f"{MARK} anew"})
    services.history.undo()
    fill_children(services, kind, record_id)
    file = folder / f"{MARK}.txt"
    file.write_text(f"{MARK} in a file", "utf-8")
    services.attachments.add(ref, file)
    file.unlink()
    trashed = services.attachments.add_bytes(ref, f"{MARK} old.txt", f"{MARK} older".encode())
    services.attachments.trash(trashed)
    note = services.activities.log(ref, f"{MARK} said\n{MARK} more")
    services.attachments.add_bytes(
        Ref(Kind.ACTIVITY, note), f"{MARK} mail.txt", f"{MARK} mail".encode()
    )
    services.activities.log(ref, f"{MARK} taken back")
    services.history.undo()
    deal = records.create(Kind.OPPORTUNITY, {"title": f"{MARK} deal", kind.value: record_id})
    stages = services.opportunities.stages()
    services.opportunities.move(deal, stages[1].id)
    records.create(Kind.TICKET, {"subject": f"{MARK} broken", kind.value: record_id})
    paid = {"amount": Decimal(7), "reference": MARK, kind.value: record_id}
    services.payments.record({**paid, "notes": f"{MARK} paid"})
    records.create(
        Kind.EXPENSE, {"amount": Decimal(7), "purpose": f"{MARK} dinner", kind.value: record_id}
    )
    quote = services.quotes.create({"title": f"{MARK} offer", kind.value: record_id})
    records.trash(Kind.QUOTE, quote)
    services.search.seen(ref)
    about = Group((Condition(schema.TITLE_KEYS[kind], Op.CONTAINS, MARK),))
    services.views.add(kind, f"{MARK} alone", View(Query(about)))
    services.views.add(kind, f"{MARK} or not", View(Query(Group((about,), any_of=True))))
    services.notices.add(f"{MARK} rang from {PHONE}")


def traces(folder: Path) -> Iterator[str]:
    """Where a mark stands in any file below `folder`, packed or not, by the bytes around it."""
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        for name, found in ((path.name, data), (f"{path.name}, packed", _unpacked(data))):
            for mark in MARKS:
                for form in (mark.encode(), mark.encode("utf-16-le")):
                    if form in found:
                        at = found.index(form)
                        yield f"{name}: {found[max(0, at - 60) : at + 60]!r}"


def _unpacked(data: bytes) -> bytes:
    """All that is packed as letters in a book, as far as it lies together in the file."""
    found = []
    for packed in _PACKED.findall(data):
        with suppress(zlib.error):
            found.append(
                zlib.decompressobj().decompress(a2b_base64(packed[: len(packed) // 4 * 4]))
            )
    return b"".join(found)


def terms(book: Path) -> set[str]:
    """Every token of the search index of a closed book."""
    connection = dbapi2.connect(f"{book.as_uri()}?mode=ro", uri=True)
    try:
        connection.execute(
            "CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search_index, row)"
        )
        return {row[0] for row in connection.execute("SELECT term FROM temp.words")}
    finally:
        connection.close()
