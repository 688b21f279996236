"""What hangs on records and is nearly always one, as columns joined to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from crm_desktop.data.records.arrays import Listed
from crm_desktop.data.records.columns import JOB_KEYS
from crm_desktop.data.records.loading import Values
from crm_desktop.data.records.sorted_rows import Hanging, Parts, with_many
from crm_desktop.data.session import Session
from crm_desktop.domain.fields import Field, FieldType, address_text
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.next_step import step_text

ADDRESS = ("line", "district", "city", "province", "postcode", "country")
_COMPANY = "coalesce({x}_company.name, '')"
_TITLED = "LEFT JOIN companies {x}_company ON {x}_company.id = {x}.company_id"
_STEP_COLUMNS = ("id", "due_date", "due_time", "subject")
_STEP = (
    "LEFT JOIN activities step ON step.id = (SELECT a.id FROM activities a WHERE a.{owner} = w.rid"
    " AND +a.state = 'planned' AND a.trashed_at IS NULL"
    " ORDER BY a.due_date IS NULL, a.due_date, a.due_time IS NULL, a.due_time, a.id LIMIT 1)"
)

Loaded = Callable[[Sequence[int], list[Field]], Values]


class Joins:
    """Points, jobs, addresses and next steps of records of one kind, each a source of columns."""

    def __init__(
        self,
        kind: Kind,
        fields: Iterable[Field],
        has_any: Callable[[str], bool],
        loaded: Loaded,
    ) -> None:
        self._loaded = loaded
        self._owner = f"{kind.value}_id"
        self._sources: list[tuple[Hanging, list[Field]]] = []
        self._steps: list[Field] = []
        self._empty: list[Field] = []  # no record of the kind has any of these
        jobs: list[Field] = []
        for one in fields:
            if one.type is FieldType.POINTS:
                only = f"{{x}}.kind = '{one.point}'"
                self._add(has_any, "points", ("coalesce({x}.value, '')",), [one], only)
            elif kind is Kind.PERSON and one.key in JOB_KEYS:
                jobs.append(one)
            elif one.type is FieldType.ADDRESSES:
                columns = tuple(f"{{x}}.{name}" for name in ADDRESS)
                self._add(has_any, "addresses", columns, [one])
            elif one.type is FieldType.NEXT_STEP:
                (self._steps if has_any("activities") else self._empty).append(one)
        if jobs:
            own = "coalesce({{x}}.{}, '')"
            names = tuple(_COMPANY if one.key == "company" else own.format(one.key) for one in jobs)
            self._add(has_any, "jobs", names, jobs, 'NOT {x}."left"')

    @property
    def keys(self) -> set[str]:
        """The keys of the fields there are columns for."""
        joined = [one for _, fields in self._sources for one in fields]
        return {one.key for one in (*joined, *self._steps, *self._empty)}

    def _add(
        self,
        has_any: Callable[[str], bool],
        table: str,
        columns: tuple[str, ...],
        fields: list[Field],
        condition: str = "true",
    ) -> None:
        if has_any(table):
            self._sources.append((Hanging(table, self._owner, columns, condition), fields))
        else:
            self._empty += fields

    @property
    def values(self) -> list[str]:
        """What is read of each record."""
        hanging = [
            column.format(x=f"x{number}")
            for number, (source, _) in enumerate(self._sources)
            for column in source.columns
        ]
        return hanging + [f"step.{name}" for name in _STEP_COLUMNS if self._steps]

    @property
    def joined(self) -> str:
        """The joins it is read from."""
        joins = [source.joined(f"x{number}") for number, (source, _) in enumerate(self._sources)]
        joins += [
            _TITLED.format(x=f"x{n}")
            for n, (s, _) in enumerate(self._sources)
            if _COMPANY in s.columns
        ]
        if self._steps:
            joins.append(_STEP.format(owner=self._owner))
        return " ".join(joins)

    def with_many(self, session: Session, parts: Parts) -> set[int]:
        """Who may have many of anything joined."""
        tables = {source.table for source, _ in self._sources}
        many = (with_many(session, parts, table, self._owner) for table in tables)
        return set().union(*many)

    def columns(
        self, ids: Sequence[int], texts: Iterator[str], several: Collection[int]
    ) -> dict[str, Sequence[Any]]:
        """The columns by key: from the arrays read, and for those with several as lists show it."""
        found: dict[str, Sequence[Any]] = {one.key: [None] * len(ids) for one in self._empty}
        for source, fields in self._sources:
            listed = [Listed(next(texts)) for _ in source.columns]
            arrays: list[Sequence[Any]]
            if source.table == "addresses":
                lines = zip(*(one.values() for one in listed), strict=True)
                arrays = [[None if one[0] is None else address_text(*one) for one in lines]]
            else:
                arrays = [one.texts(len(ids)) for one in listed]
            found |= {field.key: values for field, values in zip(fields, arrays, strict=True)}
        for field in self._steps:
            steps = zip(*(json.loads(next(texts)) for _ in _STEP_COLUMNS), strict=True)
            found[field.key] = [None if one[0] is None else step_text(*one[1:]) for one in steps]
        if several:
            self._exact(ids, several, found)
        return found

    def _exact(
        self, ids: Sequence[int], several: Collection[int], found: dict[str, Sequence[Any]]
    ) -> None:
        fields = [field for _, own in self._sources for field in own]
        places = {one: place for place, one in enumerate(ids)}
        loaded = self._loaded(sorted(several), fields)
        for field in fields:
            known, column = loaded.get(field.key, {}), found[field.key]
            exact = {places[one]: as_in_files(field, known.get(one)) for one in several}
            if any(column[place] != value for place, value in exact.items()):
                column = list(column)
                for place, value in exact.items():
                    column[place] = value
                found[field.key] = column


def as_in_files(field: Field, value: Any) -> Any:
    """A value of a list as it stands in a file: of several there is a tuple, of one it itself."""
    if field.type is FieldType.ADDRESSES and value:
        value = tuple(each.text() for each in value)
    if field.type in (FieldType.ADDRESSES, FieldType.POINTS):
        return value if value and len(value) > 1 else (value or (None,))[0]
    return value.title if field.link is not None and value is not None else value
