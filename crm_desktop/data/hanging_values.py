"""What the rows that hang on a record say at one moment, as the timeline tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from crm_desktop.data import anniversaries, gifts
from crm_desktop.data.as_of import LINKS, Raw
from crm_desktop.data.records.columns import JOB_KEYS
from crm_desktop.data.records.parts import part_table
from crm_desktop.data.small_rows import SmallRows
from crm_desktop.data.tables import METADATA
from crm_desktop.data.types import given
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.jobs import JobRow, RelationRow
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import sort_of

RELATIONS = "relations"
_SMALL: Mapping[str, SmallRows[Any]] = {"anniversaries": anniversaries.ROWS, "gifts": gifts.ROWS}
_ADDRESS = ("line", "district", "city", "province", "postcode", "country")
_BY_FIELDS = ("company", "title", "department")

Row = tuple[str, int]  # table and id


def values_of(
    ref: Ref, rows: Mapping[Row, Raw], touched: set[Row], tags: Mapping[int, str]
) -> Iterator[tuple[str, Any]]:
    """The fields that lie in the tables of the rows touched; of small rows only these."""
    names = {name for name, _ in touched}
    mine = {name: _mine(ref, rows, name) for name in names}
    jobs = [one for one in mine.get("jobs", ()) if not one.left]
    for field in schema.FIELDS[ref.kind]:
        if field.type is FieldType.POINTS and "points" in names:
            yield field.key, tuple(p.value for p in mine["points"] if p.kind == field.point)
        elif field.type is FieldType.ADDRESSES and "addresses" in names:
            yield (
                field.key,
                tuple(
                    Address(**{key: getattr(one, key) for key in _ADDRESS})
                    for one in mine["addresses"]
                ),
            )
        elif field.type is FieldType.TAGS and LINKS in names:
            yield field.key, tuple(sorted(tags[o.tag_id] for o in mine[LINKS] if o.tag_id in tags))
        elif ref.kind is Kind.PERSON and field.key in JOB_KEYS and "jobs" in names:
            column = f"{field.key}_id" if field.type is FieldType.LINK else field.key
            yield field.key, getattr(jobs[0], column) if jobs else None
        elif field.type is FieldType.PARTS and part_table(field).table.__tablename__ in names:
            yield field.key, tuple(_parts(field, mine[part_table(field).table.__tablename__]))
    alone = {n: [one for one in mine[n] if (n, one.id) in touched] for n in names}
    if "jobs" in names:
        main = jobs[0].id if jobs else 0
        yield "jobs", tuple(_job(one, primary=one.id == main) for one in alone["jobs"])
    if RELATIONS in names:
        yield RELATIONS, tuple(_relation(ref, one) for one in alone[RELATIONS])
    for name in sorted(names & _SMALL.keys()):
        yield name, tuple(map(_SMALL[name].value, alone[name]))


def told_apart(key: str, before: Any, after: Any) -> tuple[Any, Any] | None:
    """Before and after, as far as the timeline tells it; None where nothing changed.

    Of jobs, those are left out that the fields of the person tell.
    """
    if key == "jobs":
        old, new = ({job.id: job for job in side} for side in (before, after))
        told = {one for one in old | new if not _told_by_fields(old.get(one), new.get(one))}
        before, after = (tuple(job for job in side if job.id in told) for side in (before, after))
    return None if before == after else (before, after)


def _told_by_fields(old: JobRow | None, new: JobRow | None) -> bool:
    """Whether nothing changed, or only what company, title and department of the first job say."""
    if old is None or new is None or old.left != new.left:
        return any(job is not None and job.primary for job in (old, new))
    said = _BY_FIELDS if old.primary and new.primary else ()
    return replace(old, primary=False, **{key: getattr(new, key) for key in said}) == replace(
        new, primary=False
    )


def _job(row: SimpleNamespace, *, primary: bool) -> JobRow:
    return JobRow(
        id=row.id,
        company=Ref(Kind.COMPANY, row.company_id) if row.company_id else None,
        title=row.title or "",
        department=row.department or "",
        from_date=row.from_date,
        to_date=row.to_date,
        left=bool(row.left),
        primary=primary,
        reports_to=Ref(Kind.PERSON, row.reports_to_id) if row.reports_to_id else None,
    )


def _relation(ref: Ref, row: SimpleNamespace) -> RelationRow:
    outgoing = row.person_id == ref.id
    other = Ref(Kind.PERSON, row.other_id if outgoing else row.person_id)
    return RelationRow(row.id, other, row.type_id, row.note or "", outgoing)


def _parts(field: Field, rows: Iterable[SimpleNamespace]) -> Iterator[Any]:
    sort = sort_of(field)
    names = part_table(field).columns(field)
    for row in rows:
        held = (getattr(row, name) for name in names)
        yield sort.make(**dict(zip((one.key for one in sort.fields), held, strict=True)))


def _mine(ref: Ref, rows: Mapping[Row, Raw], name: str) -> list[SimpleNamespace]:
    """The record's rows of a table in their order, values as its columns give them."""
    columns = METADATA.tables[name].c
    found = [
        SimpleNamespace(
            # A row of an older book may lack a column.
            id=row_id,
            **{one.key: given(one.type, values.get(one.key)) for one in columns if one.key != "id"},
        )
        for (of_table, row_id), values in rows.items()
        if of_table == name and _is_of(ref, name, values)
    ]
    return sorted(found, key=lambda one: (getattr(one, "position", None) or 0, one.id))


def _is_of(ref: Ref, name: str, values: Raw) -> bool:
    if name == LINKS:
        return values.get("owner_kind") == ref.kind.value and values.get("owner_id") == ref.id
    if name == RELATIONS:
        return ref.id in (values.get("person_id"), values.get("other_id"))
    return bool(values.get(f"{ref.kind.value}_id") == ref.id)
