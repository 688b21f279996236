"""What an erasure takes along: the rows in the tables, and those only the journal remembers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Table

from crm_desktop.data import spans
from crm_desktop.data.session import Session
from crm_desktop.data.tables import METADATA, TABLE_OF_HANGING, TABLE_OF_KIND
from crm_desktop.data.tables.base import JOURNALLED, role_of
from crm_desktop.data.trash import HANGING
from crm_desktop.domain.kinds import Kind

Rows = dict[str, set[int]]
KIND_OF_TABLE: dict[str, Kind] = {
    **{str(table.__tablename__): kind for kind, table in TABLE_OF_KIND.items()},
    "attachments": Kind.ATTACHMENT,
    "notices": Kind.NOTICE,
}
_CALLED = {
    **KIND_OF_TABLE,
    **{str(table.__tablename__): kind for kind, table in TABLE_OF_HANGING.items()},
}
"""How rows say by a kind what they are about: also what hangs on records."""
CUSTOMERS = (Kind.PERSON, Kind.COMPANY)
_POINTING = (("owner_kind", "owner_id"), ("kind", "record_id"), ("kind", "first_id"),
             ("kind", "second_id"))  # fmt: skip
_IN = "IN (SELECT value FROM json_each(?))"


class Fate(StrEnum):
    """What becomes of a row that refers to an erased one."""

    GOES = "goes"
    BLANKED = "blanked"  # stays as a bare date and type: it is also somebody else's
    UNLINKED = "unlinked"


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that refers to records of a kind; `kind_column` where another one says which."""

    table: Table
    column: str
    kind_column: str = ""


@dataclass(slots=True)
class Reach:
    """All of it, by table. `ghosts` are rows of the journal that are in no table any more."""

    gone: Rows = field(default_factory=lambda: defaultdict(set))
    ghosts: Rows = field(default_factory=lambda: defaultdict(set))
    blanked: Rows = field(default_factory=lambda: defaultdict(set))
    unlinked: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    bare: Rows = field(default_factory=lambda: defaultdict(set))
    """Kept without their content: who is made anonymous."""

    def remembered(self) -> Rows:
        """Rows the journal has to forget."""
        names = {*self.gone, *self.ghosts}
        return {name: self.gone.get(name, set()) | self.ghosts.get(name, set()) for name in names}

    def records(self) -> dict[Kind, set[int]]:
        """Of what goes, what the user knows as a record."""
        return {
            KIND_OF_TABLE[name]: set(ids)
            for name, ids in self.gone.items()
            if name in KIND_OF_TABLE and ids
        }


def references_to(table: str) -> list[Reference]:
    """Every journalled column that can refer to rows of `table`."""
    found = []
    kind = _CALLED.get(table)
    for other in METADATA.tables.values():
        if role_of(other) != JOURNALLED:
            continue
        for key in other.foreign_key_constraints:
            if key.referred_table.name == table:
                found.append(Reference(other, key.elements[0].parent.name))
        if kind is not None:
            found += [
                Reference(other, column, kind_column)
                for kind_column, column in _POINTING
                if kind_column in other.c and column in other.c
            ]
    return found


def gather(
    session: Session,
    roots: Mapping[str, Iterable[int]],
    *,
    stays: Mapping[str, set[int]],
    bare: bool = False,
) -> Reach:
    """What goes with the rows `roots` (by table), documents that must stay (`stays`) left out.

    With `bare` the roots themselves stay, without their content.
    """
    return _Gathering(session, stays).run({t: set(ids) for t, ids in roots.items()}, bare=bare)


class _Gathering:
    def __init__(self, session: Session, stays: Mapping[str, set[int]]) -> None:
        self._session = session
        self._execute = session.connection().exec_driver_sql
        self._stays = stays
        self._reach = Reach()
        self._waiting: list[tuple[str, set[int]]] = []

    def run(self, roots: Rows, *, bare: bool) -> Reach:
        for table, ids in roots.items():
            (self._reach.bare if bare else self._reach.gone)[table] |= ids
            self._waiting.append((table, ids))
        self._close()
        self._add_lonely_tags()
        self._close()
        for name, ids in self._reach.blanked.items():
            ids -= self._reach.gone.get(name, set())
        for (name, _), ids in self._reach.unlinked.items():
            ids -= self._reach.gone.get(name, set())
        return self._reach

    def _close(self) -> None:
        while self._waiting:
            table, ids = self._waiting.pop()
            for reference in references_to(table):
                self._follow(table, ids, reference)

    def _add_lonely_tags(self) -> None:
        """Words that were made for these records, and that nobody else carries."""
        gone = self._reach.gone.get("tag_links", ())
        links = json.dumps(sorted(gone))
        together = json.dumps(sorted(spans.gestures(self._session, "tag_links", gone)))
        rows = self._execute(
            f"SELECT DISTINCT l.tag_id FROM tag_links AS l WHERE l.id {_IN}"
            " AND NOT EXISTS (SELECT 1 FROM tag_links AS o"
            f" WHERE o.tag_id = l.tag_id AND o.id NOT {_IN})"
            " AND EXISTS (SELECT 1 FROM journal_change AS made WHERE made.table_name = 'tags'"
            "  AND made.row_id = l.tag_id AND made.kind = 'I' AND made.gesture_id"
            f"  IN (SELECT gesture_id FROM journal_change WHERE table_name = 'tag_links'"
            f"   AND row_id {_IN} UNION SELECT value FROM json_each(?)))",
            (links, links, links, together),
        )
        self._add(self._reach.gone, "tags", {row[0] for row in rows})

    def _follow(self, table: str, ids: set[int], reference: Reference) -> None:
        name = reference.table.name
        by_fate: dict[Fate, set[int]] = {fate: set() for fate in Fate}
        for row_id, fate in self._living(table, ids, reference).items():
            if row_id in self._stays.get(name, ()) or row_id in self._reach.bare.get(name, ()):
                continue
            by_fate[fate].add(row_id)
        self._add(self._reach.gone, name, by_fate[Fate.GOES])
        if blanked := by_fate[Fate.BLANKED]:
            self._reach.blanked[name] |= blanked
            self._blank_files(name, blanked)
        if unlinked := blanked | by_fate[Fate.UNLINKED]:
            self._reach.unlinked[name, reference.column] |= unlinked
        if self._takes(table, reference):
            self._add(self._reach.ghosts, name, self._ghosts(table, ids, reference))

    def _blank_files(self, name: str, ids: set[int]) -> None:
        """Files of what loses its text go too."""
        rows = self._execute(
            f"SELECT id FROM attachments WHERE owner_kind = ? AND owner_id {_IN}",
            (KIND_OF_TABLE[name].value, json.dumps(sorted(ids))),
        )
        self._add(self._reach.gone, "attachments", {row[0] for row in rows})

    def _add(self, rows: Rows, name: str, ids: set[int]) -> None:
        fresh = ids - self._reach.gone[name] - self._reach.ghosts[name]
        if fresh:
            rows[name] |= fresh
            self._waiting.append((name, fresh))

    def _takes(self, table: str, reference: Reference) -> bool:
        """Whether rows that refer so can go with their owner at all."""
        kind, child = KIND_OF_TABLE.get(table), KIND_OF_TABLE.get(reference.table.name)
        if reference.kind_column or _belongs(reference):
            return True
        return kind is not None and child is not None and child in HANGING.get(kind, ())

    def _living(self, table: str, ids: set[int], reference: Reference) -> dict[int, Fate]:
        kind, child = KIND_OF_TABLE.get(table), KIND_OF_TABLE.get(reference.table.name)
        where, values = _refers(table, reference, ids)
        if reference.kind_column or _belongs(reference):
            rows = self._execute(f"SELECT id FROM {reference.table.name} WHERE {where}", values)
            return {row[0]: Fate.GOES for row in rows}
        if not self._takes(table, reference):
            rows = self._execute(f"SELECT id FROM {reference.table.name} WHERE {where}", values)
            return {row[0]: Fate.UNLINKED for row in rows}
        shared = "company_id IS NOT NULL" if kind is Kind.PERSON else "0"
        # What is not a customer's takes along only what lies in the trash as it does.
        lying = "1" if kind in CUSTOMERS else "trashed_at IS NOT NULL"
        rows = self._execute(
            f"SELECT id, {shared}, {lying} FROM {reference.table.name} WHERE {where}", values
        )
        text_only = Fate.BLANKED if child is Kind.ACTIVITY else Fate.UNLINKED
        return {
            row_id: text_only if is_shared else Fate.GOES if goes else Fate.UNLINKED
            for row_id, is_shared, goes in rows
        }

    def _ghosts(self, table: str, ids: set[int], reference: Reference) -> set[int]:
        """Rows in no table any more that once belonged to one of these."""
        name = reference.table.name
        sides = []
        values: list[Any] = [name]
        for side in ("before", "after"):
            condition, more = _refers(table, reference, ids, prefix=f"{side} ->> ")
            sides.append(f"({condition})")
            values += more
        rows = self._execute(
            "SELECT DISTINCT row_id FROM journal_change WHERE table_name = ?"
            f" AND row_id NOT IN (SELECT id FROM {name}) AND ({' OR '.join(sides)})",
            tuple(values),
        )
        return {row[0] for row in rows}


def _belongs(reference: Reference) -> bool:
    """Whether the row is a part of what it refers to: it cannot be without."""
    column = reference.table.c[reference.column]
    return reference.column in reference.table.info.get("touches", ()) or not column.nullable


def _refers(
    table: str, reference: Reference, ids: set[int], *, prefix: str = ""
) -> tuple[str, tuple[Any, ...]]:
    """SQL: the column (of the row, or of its JSON in the journal) holds one of the ids."""
    listed = json.dumps(sorted(ids))

    def named(column: str) -> str:
        return f"{prefix}'{column}'" if prefix else column

    held = f"{named(reference.column)} {_IN}"
    if not reference.kind_column:
        return held, (listed,)
    return f"{named(reference.kind_column)} = ? AND {held}", (_CALLED[table].value, listed)
