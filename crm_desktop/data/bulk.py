"""Many new records at once, with ids given by the caller: one statement per table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from crm_desktop.data.records.children import tag_id
from crm_desktop.data.records.columns import JOB_KEYS, owner_column, table_of
from crm_desktop.data.records.writing import Writer
from crm_desktop.data.tables import ImportOrigin, Job, Point, PostalAddress, TagLink
from crm_desktop.data.types import MOMENT
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.pinyin import sort_key
from crm_desktop.domain.points import norm
from crm_desktop.domain.uid import uid7

CHUNK = 5_000
Rows = Mapping[int, Mapping[str, Any]]


class Bulk:
    """Inserts people or companies in bulk; values are accepted already."""

    def __init__(
        self,
        session: Session,
        kind: Kind,
        custom: tuple[Field, ...],
        step: Callable[[int], None],
    ) -> None:
        self._session = session
        self._kind = kind
        self._fields = {
            field.key: field for field in (*schema.FIELDS[kind], *custom) if not field.computed
        }
        self._writer = Writer(session, kind, custom)
        self._step = step

    def insert(self, rows: Rows) -> None:
        """Insert the records `rows` (id → values) with what hangs on them."""
        self._put(table_of(self._kind), self._records(rows))
        self._put(Point, self._points(rows))
        self._put(PostalAddress, self._addresses(rows))
        if self._kind is Kind.PERSON:
            self._put(Job, self._jobs(rows))
        self._put(TagLink, self._tags(rows))

    def _put(self, table: type[Any], rows: Iterator[dict[str, Any]]) -> None:
        while chunk := list(islice(rows, CHUNK)):
            self._session.execute(insert(table), chunk)
            if table is table_of(self._kind):
                self._step(len(chunk))

    def _records(self, rows: Rows) -> Iterator[dict[str, Any]]:
        now = MOMENT.get()
        names = set(table_of(self._kind).__table__.columns.keys())
        empty = dict.fromkeys(
            names - {"important", "do_not_contact", "birth_lunar", "birth_leap", "version"}
        )
        for record_id, values in rows.items():
            plain, _ = self._writer.split(values)
            custom = plain.pop("custom", None)
            yield {
                **empty,
                "important": False,
                **(
                    {"do_not_contact": False, "birth_lunar": False, "birth_leap": False}
                    if self._kind is Kind.PERSON
                    else {}
                ),
                "id": record_id,
                "uid": uid7(now),
                "created_at": now,
                "changed_at": now,
                "sort_key": sort_key(values["name"], values.get("name_reading")),
                "custom": custom,
                **{key: value for key, value in plain.items() if value is not None},
            }

    def _points(self, rows: Rows) -> Iterator[dict[str, Any]]:
        fields = [f for f in self._fields.values() if f.type is FieldType.POINTS]
        owner = owner_column(Point, self._kind).key
        for record_id, values in rows.items():
            for field in fields:
                for position, value in enumerate(values.get(field.key) or ()):
                    yield {
                        owner: record_id,
                        "kind": field.point,
                        "value": value,
                        "norm": norm(field.point, value),
                        "position": position,
                    }

    def _addresses(self, rows: Rows) -> Iterator[dict[str, Any]]:
        owner = owner_column(PostalAddress, self._kind).key
        for record_id, values in rows.items():
            for position, value in enumerate(values.get("address") or ()):
                yield {owner: record_id, "position": position, **asdict(value)}

    def _jobs(self, rows: Rows) -> Iterator[dict[str, Any]]:
        for person_id, values in rows.items():
            job = {key: values.get(key) for key in JOB_KEYS}
            if any(value is not None for value in job.values()):
                yield {
                    "person_id": person_id,
                    "company_id": job["company"],
                    "title": job["title"],
                    "department": job["department"],
                    "left": False,
                    "position": 0,
                }

    def _tags(self, rows: Rows) -> Iterator[dict[str, Any]]:
        known: dict[str, int] = {}
        for record_id, values in rows.items():
            for name in dict.fromkeys(values.get("tags") or ()):
                if name not in known:
                    known[name] = tag_id(self._session, name)
                yield {
                    "tag_id": known[name],
                    "owner_kind": self._kind.value,
                    "owner_id": record_id,
                }


def note_origins(
    session: Session, origins: Iterable[tuple[Kind, int, int]], file: str, sheet: str
) -> None:
    """Remember the row each record came from: (kind, id, row)."""
    now = MOMENT.get()
    rows = (
        {
            "kind": kind.value,
            "record_id": record_id,
            "file": file,
            "sheet": sheet,
            "row": row,
            "imported_at": now,
        }
        for kind, record_id, row in origins
    )
    while chunk := list(islice(rows, CHUNK)):
        session.execute(insert(ImportOrigin), chunk)
