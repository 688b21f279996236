"""What a timeline tells of the fields of a record: one entry for each gesture, from the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, text

from crm_desktop.data import hanging_rows
from crm_desktop.data.journal import OF_ROW
from crm_desktop.data.records.columns import table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import METADATA, ImportOrigin
from crm_desktop.data.types import given
from crm_desktop.domain import schema
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.timeline import FieldChange, Sort, TimelineEntry

_CUSTOMERS = (Kind.PERSON, Kind.COMPANY)
# What was undone, and the undoing itself, leave no trace.
_TOLD = (
    "g.reversed_by IS NULL AND g.origin NOT IN ('undo', 'redo')"
    " AND (:before IS NULL OR g.at < :before)"
)
_OWN = text(
    f"SELECT g.id, g.at, c.kind, c.before, c.after FROM {OF_ROW} AS c"
    f" JOIN gesture AS g ON g.id = c.gesture_id WHERE c.kind IN ('I', 'U') AND {_TOLD}"
    " ORDER BY c.id DESC LIMIT :limit"
)
_MADE = text(f"SELECT gesture_id FROM {OF_ROW} WHERE kind = 'I'")
_MOMENTS = text(
    "SELECT g.id, g.at FROM json_each(:ids) AS one"
    f" CROSS JOIN gesture AS g ON g.id = one.value WHERE {_TOLD}"
)


@dataclass(slots=True)
class _Told:
    """What one gesture did to the record."""

    at: datetime
    made: bool = False
    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)
    hanging: tuple[FieldChange, ...] = ()


def entries(
    session: Session, ref: Ref, limit: int, before: datetime | None
) -> Iterator[TimelineEntry]:
    """The gestures that made or changed a record, or rows that hang on a person or company."""
    until = before.isoformat() if before else None
    found = _own(session, ref, limit, until)
    if ref.kind in _CUSTOMERS:
        _add_hanging(session, ref, found, until)
    for _, one in sorted(found.items(), reverse=True):
        if one.made:
            origin = _origin(session, ref, one.at)
            code = "imported" if origin else "created"
            yield TimelineEntry(one.at, Sort.CHANGE, code, None, title=origin)
            continue
        changes = (*_field_changes(ref.kind, one.old, one.new), *one.hanging)
        if changes:
            yield TimelineEntry(one.at, Sort.CHANGE, "changed", None, changes=changes)


def _own(session: Session, ref: Ref, limit: int, until: str | None) -> dict[int, _Told]:
    values = {"table": table_of(ref.kind).__tablename__, "row": ref.id}
    found: dict[int, _Told] = {}
    rows = session.execute(_OWN, {"before": until, "limit": limit, **values})
    for gesture_id, at, kind, old, new in rows:  # newest first
        one = found.setdefault(gesture_id, _Told(datetime.fromisoformat(at)))
        if kind == "I":
            one.made = True
        else:
            one.old |= json.loads(old)
            one.new = json.loads(new) | one.new
    return found


def _add_hanging(session: Session, ref: Ref, found: dict[int, _Told], until: str | None) -> None:
    hanging = hanging_rows.told(session, ref)
    values = {"table": table_of(ref.kind).__tablename__, "row": ref.id}
    made = set(session.execute(_MADE, values).scalars()) if hanging else set()
    # What came with the record is not news.
    wanted = sorted(gesture for gesture, changes in hanging.items() if changes)
    for gesture, at in _moments(session, [one for one in wanted if one not in made], until):
        found.setdefault(gesture, _Told(at)).hanging = hanging[gesture]


def _moments(
    session: Session, gestures: Iterable[int], until: str | None
) -> Iterator[tuple[int, datetime]]:
    rows = session.execute(_MOMENTS, {"ids": json.dumps(list(gestures)), "before": until})
    for gesture, at in rows:
        yield gesture, datetime.fromisoformat(at)


def _origin(session: Session, ref: Ref, moment: datetime) -> str:
    """File, sheet and row of the import that made a record at that moment; "" where none did."""
    statement = select(ImportOrigin.file, ImportOrigin.sheet, ImportOrigin.row).where(
        ImportOrigin.kind == ref.kind.value,
        ImportOrigin.record_id == ref.id,
        ImportOrigin.imported_at == moment,
    )
    found = session.execute(statement.limit(1)).first()
    return " › ".join(str(part) for part in found if part) if found is not None else ""


def _field_changes(kind: Kind, old: dict[str, Any], new: dict[str, Any]) -> tuple[FieldChange, ...]:
    """Changed columns as changed fields; columns the user does not know are left out."""
    columns = METADATA.tables[table_of(kind).__tablename__].c
    found = []
    for each in schema.FIELDS[kind]:
        pointing = each.type in (FieldType.CHOICE, FieldType.LINK)
        name = f"{each.key}_id" if pointing else each.key
        if name in new and each.editable and not each.computed:
            before, after = (given(columns[name].type, raw.get(name)) for raw in (old, new))
            found.append(FieldChange(each.key, before, after))
    return tuple(found)
