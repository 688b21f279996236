"""What was done since records were merged: when they are parted again, it is kept and named.

Read behind the un-merge, which is why each thing is told of the record it is with now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import text

from crm_desktop.data import custom_fields, hanging_rows, merge
from crm_desktop.data.as_of import LINKS, hanging_tables
from crm_desktop.data.hanging_values import RELATIONS
from crm_desktop.data.putting_back import SINCE, KeptField
from crm_desktop.data.records.columns import table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import METADATA, TABLE_OF_KIND
from crm_desktop.domain import schema
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind, Ref

_IN_FORCE = "g.reversed_by IS NULL AND g.origin IN ('user', 'import')"
_OF_ROWS = (
    "SELECT c.table_name, c.row_id, c.before, c.after FROM json_each(:rows) AS one"
    " CROSS JOIN journal_change AS c"
    " ON c.table_name = (one.value ->> 0) AND c.row_id = (one.value ->> 1)"
    " JOIN gesture AS g ON g.id = c.gesture_id"
    f" WHERE c.gesture_id > :after AND c.kind = 'U' AND {_IN_FORCE} ORDER BY c.id"
)
_MADE = (
    "SELECT DISTINCT one.value FROM json_each(:rows) AS one"
    " CROSS JOIN journal_change AS c ON c.table_name = :table AND c.row_id = one.value"
    " JOIN gesture AS g ON g.id = c.gesture_id"
    f" WHERE c.gesture_id > :after AND c.kind = 'I' AND {_IN_FORCE}"
    " UNION SELECT one.value FROM json_each(:rows) AS one"
    " CROSS JOIN journal_span AS s ON s.table_name = :table"
    " AND s.last_row >= one.value AND s.first_row <= one.value"
    f" JOIN gesture AS g ON g.id = s.gesture_id WHERE s.gesture_id > :after AND {_IN_FORCE}"
)
_MERGED = text(
    "SELECT DISTINCT table_name, row_id FROM journal_change WHERE gesture_id = :g AND kind = 'U'"
)
_IN_ORDER = text(f"SELECT g.id FROM gesture AS g WHERE g.id > :after AND {_IN_FORCE}")
_KIND_OF = {table.__tablename__: kind for kind, table in TABLE_OF_KIND.items()}


def edits(session: Session, gesture_id: int, kind: Kind, keep: int) -> list[KeptField]:
    """Every change since the merge that holds still: fields of records, and what was added."""
    rows = list(session.execute(_MERGED, {"g": gesture_id}))
    told_apart = {*hanging_tables(kind), LINKS, RELATIONS}
    looked_at = {(name, row) for name, row in rows if name not in told_apart}
    looked_at.add((table_of(kind).__tablename__, keep))
    merged = sorted(row for name, row in looked_at if name == table_of(kind).__tablename__)
    found = dict.fromkeys(_own(session, gesture_id, looked_at))
    told = set(session.execute(_IN_ORDER, {"after": gesture_id}).scalars())
    for record_id in merged if told else ():
        found |= dict.fromkeys(_hanging(session, told, kind, record_id))
    found |= dict.fromkeys(_added(session, gesture_id, kind, keep))
    return list(found)


def _own(session: Session, gesture_id: int, rows: Iterable[tuple[str, int]]) -> Iterator[KeptField]:
    """Fields of the records the merge had to do with, and jobs at a company."""
    values = {"rows": json.dumps(sorted(rows)), "after": gesture_id}
    for name, row, before, after in session.execute(text(_OF_ROWS), values):
        if name not in _KIND_OF:
            yield KeptField(name, row, "", SINCE)
            continue
        for field in _fields(_KIND_OF[name], json.loads(before), json.loads(after)):
            yield KeptField(name, row, field, SINCE)


def _fields(kind: Kind, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """The fields whose columns changed; columns the user does not know are left out."""
    for each in schema.FIELDS[kind]:
        pointing = each.type in (FieldType.CHOICE, FieldType.LINK)
        if each.editable and not each.computed:
            name = f"{each.key}_id" if pointing else each.key
            if name in after:
                yield each.key
    if any(name.startswith("birth_") for name in after):
        yield "birthday"
    if "photo_sha256" in after:
        yield "photo"
    yield from custom_fields.changed(before, after)


def _hanging(session: Session, told: set[int], kind: Kind, record_id: int) -> Iterator[KeptField]:
    """Numbers, tags, jobs and the like of one of the merged records."""
    for gesture, changes in hanging_rows.told(session, Ref(kind, record_id)).items():
        if gesture in told:
            for change in changes:
                yield KeptField(table_of(kind).__tablename__, record_id, change.key, SINCE)


def _added(session: Session, gesture_id: int, kind: Kind, keep: int) -> Iterator[KeptField]:
    """What was recorded with the kept one since: activities, papers, files, people of a firm."""
    hanging = hanging_tables(kind)
    for table, column in merge.references(kind):
        if table.name not in hanging or column == "reports_to_id":
            yield from _made(session, gesture_id, table.name, f'"{column}" = :keep', keep)
    files = METADATA.tables["attachments"]
    mine = f"owner_kind = '{kind.value}' AND owner_id = :keep"
    yield from _made(session, gesture_id, files.name, mine, keep)


def _made(
    session: Session, gesture_id: int, name: str, condition: str, keep: int
) -> Iterator[KeptField]:
    statement = text(f'SELECT id FROM "{name}" WHERE {condition}')
    ids = list(session.execute(statement, {"keep": keep}).scalars())
    values = {"rows": json.dumps(ids), "table": name, "after": gesture_id}
    for row in session.execute(text(_MADE), values).scalars() if ids else ():
        yield KeptField(name, row, "", SINCE)
