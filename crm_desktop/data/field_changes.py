"""What a timeline tells of the fields of a record: one entry for each gesture, from the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, text

from crm_desktop.data import custom_fields, hanging_rows, part_origins
from crm_desktop.data.journal import OF_ROW
from crm_desktop.data.part_origins import BETWEEN, PartsBrought
from crm_desktop.data.records.columns import birthday_columns, column_name, plain_table, table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import METADATA, ImportOrigin
from crm_desktop.data.types import given
from crm_desktop.domain import schema
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import RECORD_KINDS, Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.timeline import PHOTO, FieldChange, Sort, TimelineEntry

_PHOTO = "photo_sha256"
_SPREAD = frozenset({FieldType.POINTS, FieldType.ADDRESSES, FieldType.TAGS, FieldType.PARTS})
_WITH_ROWS = frozenset(
    kind for kind in RECORD_KINDS if any(each.type in _SPREAD for each in schema.FIELDS[kind])
)
"""Kinds with fields that other tables hold."""
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
_BORN = text(
    f"SELECT gesture_id, before FROM {OF_ROW} AS c"
    " WHERE instr(before, '\"birth_') > 0 ORDER BY c.id DESC"
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
    """The gestures that made or changed a record, or rows that hang on it.

    Stages of payment plans tell of their import; their changes are told by the plan itself.
    """
    until = before.isoformat() if before else None
    found = _own(session, ref, limit, until)
    if ref.kind in _WITH_ROWS:
        _add_hanging(session, ref, found, until)
    told = _columns_changed(session, ref, found)
    brought = {one.at: one for one in part_origins.told(session, ref)}
    for gesture_id, one in sorted(found.items(), reverse=True):
        if one.made:
            origin = _origin(session, ref, one.at)
            code = "imported" if origin else "created"
            yield TimelineEntry(one.at, Sort.CHANGE, code, None, title=origin)
            continue
        changes = (*told[gesture_id], *one.hanging)
        parts = brought.pop(one.at, None)
        if parts is not None:
            yield _brought(parts, changes)
        elif changes:
            yield TimelineEntry(one.at, Sort.CHANGE, "changed", None, changes=changes)
    for at, parts in brought.items():
        if before is None or at < before:
            yield _brought(parts, ())


def _brought(parts: PartsBrought, changes: tuple[FieldChange, ...]) -> TimelineEntry:
    """What hangs on a record and came with an import; by name where no change tells it."""
    names = "" if changes else " · ".join(parts.names)
    return TimelineEntry(
        parts.at, Sort.CHANGE, "parts_imported", None, parts.origin, names, changes=changes
    )


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
    return BETWEEN.join(str(part) for part in found if part) if found is not None else ""


def _columns_changed(
    session: Session, ref: Ref, found: Mapping[int, _Told]
) -> dict[int, tuple[FieldChange, ...]]:
    """By gesture, changed columns as changed fields; those the user does not know are left out."""
    born = set(birthday_columns(ref.kind))
    changed = {gesture: one for gesture, one in found.items() if not one.made}
    own: tuple[Field, ...] = ()
    days: Mapping[int, tuple[Birthday | None, Birthday | None]] = {}
    if any("custom" in one.new for one in changed.values()):
        own = custom_fields.ever(session, ref.kind)
    if ref.kind is Kind.PERSON and any(born & one.new.keys() for one in changed.values()):
        days = _birthdays(session, ref)
    return {
        gesture: (
            *_plain(ref.kind, one, days.get(gesture, (None, None))),
            *_own_fields(own, one),
        )
        for gesture, one in changed.items()
    }


def _plain(
    kind: Kind, one: _Told, days: tuple[Birthday | None, Birthday | None]
) -> Iterator[FieldChange]:
    columns = METADATA.tables[table_of(kind).__tablename__].c
    for each in schema.FIELDS[kind]:
        if each.type is FieldType.BIRTHDAY and days[0] != days[1]:
            yield FieldChange(each.key, *days)
        name = column_name(each)
        if name in one.new and each.writable:
            before, after = (given(columns[name].type, raw.get(name)) for raw in (one.old, one.new))
            yield FieldChange(each.key, before, after)
    if _PHOTO in one.new:
        yield FieldChange(PHOTO, one.old.get(_PHOTO) is not None, one.new[_PHOTO] is not None)


def _own_fields(own: Iterable[Field], one: _Told) -> Iterator[FieldChange]:
    changed = custom_fields.changed(one.old, one.new)
    for each in own:
        if each.key in changed:
            before, after = (custom_fields.given(each, held) for held in changed[each.key])
            yield FieldChange(each.key, before, after, each)


def _birthdays(session: Session, ref: Ref) -> dict[int, tuple[Birthday | None, Birthday | None]]:
    """By gesture, the birthday before and after; one whose day alone changed is told whole.

    The present one with all changes taken back, those too that the timeline does not tell.
    """
    names = birthday_columns(ref.kind)
    columns = plain_table(ref.kind).c
    statement = select(*(columns[name] for name in names)).where(columns.id == ref.id)
    row = session.execute(statement).first()
    held: dict[str, Any] = dict(zip(names, row, strict=True)) if row is not None else {}
    values = {"table": table_of(ref.kind).__tablename__, "row": ref.id}
    found: dict[int, tuple[Birthday | None, Birthday | None]] = {}
    for gesture_id, raw in session.execute(_BORN, values):  # newest first
        _, after = found.get(gesture_id, (None, _birthday(names, held)))
        before = json.loads(raw)
        held |= {name: before[name] for name in names if name in before}
        found[gesture_id] = (_birthday(names, held), after)
    return found


def _birthday(names: Iterable[str], held: Mapping[str, Any]) -> Birthday | None:
    month, day, year, lunar, leap = (held.get(name) for name in names)
    if month is None or day is None:
        return None
    try:
        return Birthday(month, day, year, lunar=bool(lunar), leap=bool(leap))
    except Refused:  # undoing one of several changes can put a month to the day of another
        return None
