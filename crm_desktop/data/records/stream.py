"""Values for files: every record there is, each value as a column of a file holds it.

A list shows a page, a file takes everything: so values come without the objects a page is made
of, in windows of many records. What only few records have several of is left to the loader of
the lists, and so is what is worked out. A long list is read as its records lie and sorted by the
engine (`sorted_rows.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from crm_desktop.data.records.arrays import NOTHING_LISTED, Arrays, Listed, asked_for
from crm_desktop.data.records.columns import JOB_KEYS, column_name, is_plain, table_of
from crm_desktop.data.records.heads import head_sql
from crm_desktop.data.records.joins import ADDRESS, Joins
from crm_desktop.data.records.loading import Page, Values, load
from crm_desktop.data.records.parts import part_table
from crm_desktop.data.records.sorted_rows import Parts, SortedRows, parts_of
from crm_desktop.data.records.stored import each, needs, reader_of
from crm_desktop.data.records.windows import Window, matched, window_of
from crm_desktop.data.session import Session
from crm_desktop.domain.fields import Field, FieldType, address_text
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.next_step import step_text

Columns = list[Sequence[Any]]

MANY = 5_000
"""Records of a list above which they are read as they lie: fewer are near each other anyway."""
_FIRST, _FEWEST, _MOST = 500, 50, 3_000  # records of a window
_TEXT = 1_200_000  # characters of a window: long notes make it small
_SORTED_TEXT = 80_000  # the same where every window is as large
_TEXTS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CURRENCY})
_TAGS = "tag_links t ON t.owner_kind = ? AND t.owner_id = w.rid JOIN tags g ON g.id = t.tag_id"
# Worked out from rows of another table: where it has none for this kind, the answer is known.
_NOTHING: dict[str, tuple[str, int | None]] = {
    "last_contact": ("activities", None),
    "open_opportunities": ("opportunities", 0),
    "won_amount": ("opportunities", None),
    "complaints": ("tickets", 0),
}


class Stream:
    """Reads fields of one kind within one session, window by window."""

    def __init__(
        self,
        session: Session,
        kind: Kind,
        fields: Sequence[Field],
        *,
        today: date,
        zone: str,
        also: Sequence[str] = (),
    ) -> None:
        """`also` names columns of the kind's own table to come behind the fields."""
        self._session = session
        self._arrays = Arrays(session)
        self._kind = kind
        self._fields = tuple(fields)
        self._today = today
        self._zone = zone
        self._also = tuple(also)
        self._table = table_of(kind)
        by_key = {one.key: one for one in self._fields}
        self._own = {name: self._expression(name, by_key.get(name)) for name in self._own_columns()}
        self._texts = {self._column_of(one) for one in self._fields if one.type in _TEXTS} | {"uid"}
        self._filled: set[str] = set()
        self._owner = f"t.{kind.value}_id"

    def windows(self, ids: Sequence[int]) -> Iterator[Columns]:
        """For each window of `ids` a list of values per field; ids that are gone are left out.

        A choice is the id of its item, a link the title, a stamp the reader's wall time; of
        several phones, addresses or tags there is a tuple, of one the text itself; parts are parts.
        """
        parts = parts_of(ids, self._sampled(ids)) if len(ids) > MANY else None
        if parts is not None:
            yield from self._sorted(ids, parts)
            return
        first, size = 0, _FIRST
        while first < len(ids):
            self._arrays.read = 0
            yield self._columns(ids[first : first + size])
            first += size
            size = max(_FEWEST, min(_MOST, size * _TEXT // max(1, self._arrays.read)))

    def _columns(self, ids: Sequence[int]) -> Columns:
        asked = asked_for(ids)
        own = self._own_arrays(asked)
        window = window_of(ids, asked, own["id"] or [])
        return self._whole(window, own, self._spread(window, self._fields))

    def _whole(
        self,
        window: Window,
        own: Mapping[str, Sequence[Any] | None],
        spread: Mapping[str, Sequence[Any]],
    ) -> Columns:
        nothing: Sequence[Any] = [None] * len(window.ids)
        stored = {n: nothing if v is None else window.sorted(v) for n, v in own.items()}
        columns = [
            spread[one.key] if one.key in spread else self._column(stored, one)
            for one in self._fields
        ]
        return columns + [stored[name] for name in self._also]

    # A long list

    def _sampled(self, ids: Sequence[int]) -> int:
        """How many records make a window, by some from all over the list; whose columns are filled
        is known behind it.
        """
        some = ids[:: max(1, len(ids) // _FIRST)][:_FIRST]
        self._arrays.read = 0
        self._columns(some)
        return max(_FEWEST, min(_MOST, len(some) * _SORTED_TEXT // max(1, self._arrays.read)))

    def _sorted(self, ids: Sequence[int], parts: Parts) -> Iterator[Columns]:
        joins = Joins(self._kind, self._fields, self._has_any, self._loaded)
        rest = [one for one in self._fields if one.key not in joins.keys]
        rows = SortedRows(self._session, parts, joins.with_many(self._session, parts))
        filled = [name for name in self._own if name in self._filled]
        late = [name for name in self._own if name not in self._filled]
        asked = [self._told(name) for name in filled]
        params = [param for name in (*filled, *late) for param in self._own[name][1]]
        read = rows.read(
            asked + joins.values,
            [self._own[name][0] for name in late],
            f'"{self._table.__tablename__}" t ON t."id" = w.rid {joins.joined}',
            params,
        )
        for mark, texts, counts in read:
            arrays = iter(texts)
            listed = {name: Listed(next(arrays)) for name in filled}
            found = listed["id"].values()
            own: dict[str, Sequence[Any] | None] = {
                name: one.texts(len(found)) if name in self._texts else one.values()
                for name, one in listed.items()
            }
            window = window_of(parts.ids(ids, mark), "", found)
            own |= dict.fromkeys(late)
            own |= self._late([n for n, count in zip(late, counts, strict=True) if count], window)
            hanging = joins.columns(found, arrays, rows.apart(found))
            spread = {key: window.sorted(values) for key, values in hanging.items()}
            yield self._whole(window, own, spread | self._spread(window, rest))

    def _told(self, name: str) -> str:
        """A column in SQL as `Listed` takes it, texts without NULL."""
        expression = self._own[name][0]
        return f"coalesce({expression}, '')" if name in self._texts else expression

    def _late(self, names: list[str], window: Window) -> dict[str, list[Any]]:
        """Columns that only few records have a value in, in the order in which they were read."""
        if not names:
            return {}
        asked = self._arrays.select(*self._statement(["id", *names], window.asked))
        found, *columns = (one.values() for one in asked)
        known = [dict(zip(found, values, strict=True)) for values in columns]
        return {n: list(map(own.get, window.found)) for n, own in zip(names, known, strict=True)}

    # The columns of the kind's own table

    def _own_columns(self) -> list[str]:
        names = ["id", *self._also]
        for one in self._fields:
            if several := needs(self._kind, one):
                names += several
            elif one.custom or is_plain(self._kind, one):
                names.append(self._column_of(one))
        return list(dict.fromkeys(names))

    def _column_of(self, one: Field) -> str:
        return one.key if one.custom else column_name(one)

    def _own_arrays(self, asked: str) -> dict[str, list[Any] | None]:
        """The columns of a window; None for one that nobody has a value in.

        Most columns of a book are empty all through: those are only counted, until one is not.
        """
        counted = [name for name in self._own if self._filled and name not in self._filled]
        counts = self._arrays.counts(*self._statement(counted, asked))
        empty = {name for name, count in zip(counted, counts, strict=True) if not count}
        wanted = [name for name in self._own if name not in empty]
        own: dict[str, list[Any] | None] = dict.fromkeys(empty)
        arrays = self._arrays.select(*self._statement(wanted, asked))
        for name, listed in zip(wanted, arrays, strict=True):
            values = listed.values()
            own[name] = None if values.count(None) == len(values) > 0 else values
        self._filled.update(name for name, values in own.items() if values)
        return own

    def _expression(self, name: str, field: Field | None) -> tuple[str, tuple[str, ...]]:
        """A column of the kind's own table in SQL, and what is bound in it."""
        if name.startswith("custom."):
            # As plain text: a list would come as a list inside the list of the column.
            several = " || ''" if field is not None and field.type is FieldType.CHOICES else ""
            path = f'$."{name.removeprefix("custom.")}"'
            return f'json_extract(t."custom", ?){several}', (path,)
        return head_sql(self._kind, name), ()

    def _statement(self, names: list[str], asked: str) -> tuple[list[str], str, list[Any]]:
        params = [param for name in names for param in self._own[name][1]]
        joined = f'"{self._table.__tablename__}" t ON t."id" = w.rid'
        return [self._own[name][0] for name in names], joined, [*params, asked]

    def _column(self, stored: dict[str, Sequence[Any]], one: Field) -> Sequence[Any]:
        if several := needs(self._kind, one):
            parts = [stored[name] for name in several]
            if parts[0].count(None) == len(parts[0]):
                return parts[0]
            values: Sequence[Any] = list(zip(*parts, strict=True))
        else:
            values = stored[self._column_of(one)]
        if one.type is FieldType.LINK and one.link is not None:
            return self._titled(one.link, values)
        return each(reader_of(one, self._table.__table__, self._zone), values)

    # What hangs on the records

    def _spread(self, window: Window, fields: Sequence[Field]) -> dict[str, Sequence[Any]]:
        """The columns of those fields that live in rows of other tables."""
        points = [one for one in fields if one.type is FieldType.POINTS]
        found = self._points(window, points) if points else {}
        jobs = [one for one in fields if self._is_job(one)]
        if jobs:
            found |= self._jobs(window, jobs)
        for one in fields:
            if one.type is FieldType.ADDRESSES:
                found[one.key] = self._addresses(window, one)
            elif one.type is FieldType.TAGS:
                found[one.key] = self._tags(window)
            elif one.type is FieldType.PARTS:
                found[one.key] = self._parts(window, one)
            elif one.type is FieldType.NEXT_STEP:
                found[one.key] = self._next_steps(window)
            elif one.computed:
                found[one.key] = self._computed(window, one)
        return found

    def _is_job(self, one: Field) -> bool:
        return self._kind is Kind.PERSON and one.key in JOB_KEYS

    def _points(self, window: Window, fields: list[Field]) -> dict[str, Sequence[Any]]:
        columns = [column for _ in fields for column in (self._owner, "t.value")]
        only = [f"t.kind = '{one.point}'" for one in fields]
        if len(only) == 1:  # the index finds those alone
            arrays = self._children("points", columns, window, f"AND {only[0]}")
        else:
            where = [one for one in only for _ in range(2)]
            arrays = self._children("points", columns, window, where=where)
        found: dict[str, Sequence[Any]] = {}
        for one, owners, values in zip(fields, arrays[::2], arrays[1::2], strict=True):
            loaded = self._several(window, owners, [one]).get(one.key, {})
            found[one.key] = matched(window, owners, values.values(), loaded)
        return found

    def _jobs(self, window: Window, fields: list[Field]) -> dict[str, Sequence[Any]]:
        names = ["t.company_id" if one.key == "company" else f"t.{one.key}" for one in fields]
        owners, *arrays = self._children("jobs", [self._owner, *names], window, 'AND NOT t."left"')
        loaded = self._several(window, owners, fields)
        found: dict[str, Sequence[Any]] = {}
        for one, stored in zip(fields, arrays, strict=True):
            values, exact = stored.values(), loaded.get(one.key, {})
            if one.link is not None:
                values = self._titled(one.link, values)
                exact = {owner: ref and ref.title for owner, ref in exact.items()}
            found[one.key] = matched(window, owners, values, exact)
        return found

    def _addresses(self, window: Window, one: Field) -> Sequence[Any]:
        columns = [self._owner, *(f"t.{name}" for name in ADDRESS)]
        owners, *parts = self._children("addresses", columns, window)
        texts = list(map(address_text, *(part.values() for part in parts)))
        loaded = self._several(window, owners, [one]).get(one.key, {})
        exact = {owner: tuple(each.text() for each in several) for owner, several in loaded.items()}
        return matched(window, owners, texts, exact)

    def _tags(self, window: Window) -> list[Any]:
        own = self._kind.value
        known: dict[int, Any] = {}
        if self._arrays.has("tag_links", f"owner_kind = '{own}'"):
            columns = ("t.owner_id", "g.name")
            arrays = self._arrays.select(columns, _TAGS, (window.asked, own))
            for owner, name in zip(*(one.values() for one in arrays), strict=True):
                before = known.get(owner, ())
                several = before if isinstance(before, tuple) else (before,)
                known[owner] = tuple(sorted((*several, name))) if several else name
        return window.of(known)

    def _parts(self, window: Window, one: Field) -> list[Any]:
        if not self._has_any(str(part_table(one).table.__tablename__)):
            return [None] * len(window.ids)
        return window.of(self._loaded(window.found, [one])[one.key])

    def _next_steps(self, window: Window) -> list[Any]:
        arrays = self._children(
            "activities",
            (self._owner, "t.due_date", "t.due_time", "t.subject", "t.id"),
            window,
            "AND +t.state = 'planned' AND t.trashed_at IS NULL",
        )
        first: dict[int, tuple[tuple[Any, ...], str]] = {}
        for owner, day, at, subject, number in zip(*(one.values() for one in arrays), strict=True):
            rank = (day is None, day or "", at is None, at or "", number)
            if owner not in first or rank < first[owner][0]:
                first[owner] = rank, step_text(day, at, subject)
        return window.of({owner: text for owner, (_, text) in first.items()})

    def _computed(self, window: Window, one: Field) -> list[Any]:
        table, answer = _NOTHING.get(one.key, ("", None))
        if table and not self._has_any(table):
            return [answer] * len(window.ids)
        return window.of(self._loaded(window.found, [one]).get(one.key, {}))

    def _several(self, window: Window, owners: Listed, fields: list[Field]) -> Values:
        """The values of owners that are named more than once, as lists show them."""
        if owners.text == window.asked:
            return {}
        named = owners.values()
        if len(set(named)) == len(named):
            return {}
        several = [owner for owner, count in Counter(named).items() if count > 1]
        return self._loaded(several, fields)

    def _loaded(self, ids: Iterable[int], fields: list[Field]) -> Values:
        """The values as lists show them."""
        wanted = list(ids)
        page = Page(self._session, self._kind, wanted, self._today, self._zone)
        return load(page, fields) if wanted else {}

    def _titled(self, kind: Kind, ids: Sequence[Any]) -> list[Any]:
        return list(map(self._arrays.titles(kind, table_of(kind), ids).get, ids))

    def _children(
        self,
        table: str,
        columns: Sequence[str],
        window: Window,
        also: str = "",
        *,
        where: Sequence[str] = (),
    ) -> list[Listed]:
        """Columns of the rows that hang on the records of the window."""
        if not self._has_any(table):
            return [NOTHING_LISTED] * len(columns)
        joined = f"{table} t ON {self._owner} = w.rid {also}"
        return self._arrays.select(columns, joined, [window.asked], where=where)

    def _has_any(self, table: str) -> bool:
        return self._arrays.has(table, f"{self._kind.value}_id IS NOT NULL")
