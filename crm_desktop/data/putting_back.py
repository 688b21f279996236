"""Putting back what one gesture changed: first a plan that keeps later work, then set by set."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Column, MetaData, Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from crm_desktop.data import many_rows
from crm_desktop.data.journal import made_by, other_changes_of
from crm_desktop.data.many_rows import Key, quoted, quoted_list
from crm_desktop.data.net import Net, Values, fold
from crm_desktop.data.session import Session
from crm_desktop.data.tables import TABLE_OF_KIND
from crm_desktop.data.tables.base import JOURNALLED, OUTSIDE, journalled_columns, role_of
from crm_desktop.data.whole_values import edited_since, torn

CHANGED, IN_USE, GONE, TAKEN = "changed", "in_use", "gone", "taken"
SINCE = "since"  # of an un-merge: see data/since_merge.py
_IN = "IN (SELECT value FROM json_each(?))"
_FAR = 2**40
_ORDER = "position"
_TABLES = {kind.value: table.__tablename__ for kind, table in TABLE_OF_KIND.items()}


@dataclass(frozen=True, slots=True)
class KeptField:
    """What was not put back: a field, or the whole row where `field` is empty.

    `reason` is changed, in_use, gone, taken or since (words "book.kept.REASON"); `value` is what it
    holds now, `wished` what it would have become, as the engine keeps them.
    """

    table: str
    row: int
    field: str
    reason: str
    value: Any = None
    wished: Any = None


class PuttingBack:
    """Reverses one gesture inside the transaction of another."""

    def __init__(self, session: Session, metadata: MetaData, gesture_id: int) -> None:
        self._execute = session.connection().exec_driver_sql
        self._session = session
        self._metadata = metadata
        self._gesture_id = gesture_id
        self._made = made_by(session, gesture_id)
        self._net = fold(other_changes_of(session, gesture_id, metadata))
        self._remove: set[Key] = set()
        self._insert: dict[Key, Values] = {}
        self._set: dict[Key, Values] = {}
        self._stay: set[Key] = set()  # made by the gesture, edited since
        self._kept: list[KeptField] = []
        self._made_values: dict[str, dict[int, Values]] = {}

    def run(self) -> tuple[int, list[KeptField]]:
        """Rows put back, and what was not."""
        for name, ids in self._made.items():
            self._plan_made(self._metadata.tables[name], ids)
        for name, rows in self._net.items():
            self._plan(self._metadata.tables[name], rows)
        self._keep_what_is_in_use()
        self._block_what_lost_its_parent()
        for key, column, now in torn(self._execute, self._gesture_id, self._set, self._metadata):
            self._give_up(key, column, CHANGED, now)
        self._name_edits_that_go_back()
        try:
            with self._session.savepoint():
                many_rows.update(self._execute, self._set)
                self._write_removals()
                many_rows.insert(self._execute, self._insert, self._metadata)
        except IntegrityError:
            self._one_by_one()
        back = self._remove | set(self._insert) | set(self._set)
        return len(back), self._kept

    # The plan

    def _plan_made(self, table: Table, ids: list[int]) -> None:
        """Rows as the gesture made them go, as far as they are there."""
        names = ["id", *_owner_columns(table)]
        rows = self._execute(
            f"SELECT {quoted_list(names)} FROM {quoted(table.name)} WHERE id {_IN}",
            (json.dumps(ids),),
        ).fetchall()
        self._remove.update((table.name, row[0]) for row in rows)
        if len(names) > 1:
            self._made_values[table.name] = {
                row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in rows
            }

    def _plan(self, table: Table, rows: dict[int, Net]) -> None:
        name = table.name
        current = self._current(table, rows)
        for row_id, net in rows.items():
            key, now = (name, row_id), current.get(row_id)
            if net.before is None:
                self._plan_created(key, net.after or {}, now)
            elif net.after is None:
                if now is None:
                    self._insert[key] = net.before
                else:
                    self._keep(key, "", CHANGED)
            elif now is None:
                if net.changed():
                    self._keep(key, "", GONE)
            else:
                self._plan_updated(key, net, now)

    def _plan_created(self, key: Key, after: Values, now: Values | None) -> None:
        if now is None:
            return
        # What a bulk insert left empty is not told.
        edited = [c for c, value in now.items() if after.get(c) != value]
        (self._stay if edited else self._remove).add(key)
        for column in edited:
            self._keep(key, column, CHANGED, now[column])

    def _plan_updated(self, key: Key, net: Net, now: Values) -> None:
        assert net.before is not None
        assert net.after is not None
        for column in net.changed():
            if column not in now:
                continue
            wished = net.before[column]
            if now[column] == net.after[column]:
                self._set.setdefault(key, {})[column] = wished
            elif now[column] != wished:
                self._keep(key, column, CHANGED, now[column], wished)

    def _keep(
        self, key: Key, field: str, reason: str, value: Any = None, wished: Any = None
    ) -> None:
        self._kept.append(KeptField(*key, field, reason, value, wished))

    def _current(self, table: Table, ids: Iterable[int]) -> dict[int, Values]:
        names = [c.name for c in journalled_columns(table)]
        rows = self._execute(
            f"SELECT {quoted_list(names)} FROM {quoted(table.name)} WHERE id {_IN}",
            (json.dumps(list(ids)),),
        )
        return {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in rows.fetchall()}

    def _keep_what_is_in_use(self) -> None:
        """A row the gesture created stays where a row that stays refers to it."""
        owners = self._owners()
        if not self._used_outside() and self._remove.issuperset(owners.values()):
            return
        edges: dict[Key, set[Key | None]] = defaultdict(set)
        for parent, rows in self._removed().items():
            ids = json.dumps(rows)
            for table, column in self._children(parent):
                inner = role_of(table) == JOURNALLED
                child_id = "id" if inner else "NULL"
                found = self._execute(
                    f"SELECT {child_id}, {quoted(column)} FROM {quoted(table.name)}"
                    f" WHERE {quoted(column)} {_IN}",
                    (ids,),
                )
                for child, row in found.fetchall():
                    key = (table.name, child) if inner else None
                    if key is None or column not in self._set.get(key, {}):
                        edges[(parent, row)].add(key)
        for key, owner in owners.items():
            edges[key].add(owner)
        waiting = [k for k, users in edges.items() if users - self._remove]
        users_of: dict[Key, list[Key]] = defaultdict(list)
        for parent_key, users in edges.items():
            for user in users - {None}:
                assert user is not None
                users_of[user].append(parent_key)
        while waiting:
            key = waiting.pop()
            if key in self._remove:
                self._remove.discard(key)
                if owners.get(key) is None or owners[key] in self._remove:
                    self._keep(key, "", IN_USE)
                waiting.extend(users_of[key])

    def _used_outside(self) -> bool:
        """Whether a row that is not removed refers to one that is."""
        removed = {name: json.dumps(rows) for name, rows in self._removed().items()}
        for parent, ids in removed.items():
            for table, column in self._children(parent):
                inner = role_of(table) == JOURNALLED
                found = self._execute(
                    f"SELECT {'id' if inner else 'NULL'} FROM {quoted(table.name)}"
                    f" WHERE {quoted(column)} {_IN}{f' AND id NOT {_IN}' if inner else ''}",
                    (ids, *([removed.get(table.name, "[]")] if inner else [])),
                )
                for (child,) in found:
                    if not inner or column not in self._set.get((table.name, child), {}):
                        return True
        return False

    def _owners(self) -> dict[Key, Key]:
        """Of rows to be removed the record they hang on: who stays keeps phones, job and tags."""
        owners: dict[Key, Key] = {}
        for name, rows in self._removed().items():
            table = self._metadata.tables[name]
            if not _owner_columns(table):
                continue
            touched = {
                column: next(iter(table.c[column].foreign_keys)).column.table.name
                for column in table.info.get("touches", ())
            }
            made = self._made_values.get(name, {})
            for row in rows:
                values = made[row] if row in made else self._net[name][row].after or {}
                for column, owner in touched.items():
                    if values.get(column) is not None:
                        owners[name, row] = (owner, values[column])
                        break
                if values.get("owner_kind") is not None:
                    owners[name, row] = (_TABLES[values["owner_kind"]], values["owner_id"])
        return {
            key: owner
            for key, owner in owners.items()
            if owner in self._remove or owner in self._stay
        }

    def _removed(self) -> dict[str, list[int]]:
        ids: dict[str, list[int]] = defaultdict(list)
        for name, row in self._remove:
            ids[name].append(row)
        return ids

    def _children(self, parent: str) -> list[tuple[Table, str]]:
        """Columns that refer to a table and whose rows must not lose it."""
        found = []
        for table in self._metadata.tables.values():
            for key in table.foreign_key_constraints:
                if key.referred_table.name != parent:
                    continue
                follows = key.ondelete is not None and key.ondelete.upper() != "RESTRICT"
                role = role_of(table)
                if role == JOURNALLED or (role == OUTSIDE and not follows):
                    found.append((table, key.elements[0].parent.name))
        return found

    def _block_what_lost_its_parent(self) -> None:
        """Rows and fields whose parent is gone for good cannot come back; nor their children."""
        again = True
        while again:
            again = False
            for name in {n for n, _ in (*self._insert, *self._set)}:
                for column in self._metadata.tables[name].columns:
                    again = self._block(name, column) or again

    def _block(self, name: str, column: Column[Any]) -> bool:
        if not column.foreign_keys or column.info.get("derived"):
            return False
        (reference,) = column.foreign_keys
        parent, field = reference.column.table.name, reference.column.name
        wished = {
            key: values[column.name]
            for plan in (self._insert, self._set)
            for key, values in plan.items()
            if key[0] == name and values.get(column.name) is not None
        }
        if not wished:
            return False
        rows = self._execute(
            f"SELECT {quoted(field)} FROM {quoted(parent)} WHERE {quoted(field)} {_IN}",
            (json.dumps(list(set(wished.values()))),),
        )
        there = {row[0] for row in rows}
        if field == "id":
            there -= {row for table, row in self._remove if table == parent}
            there |= {row for table, row in self._insert if table == parent}
        lost = [key for key, value in wished.items() if value not in there]
        for key in lost:
            if key in self._insert:
                del self._insert[key]
                self._keep(key, "", GONE)
            else:
                self._give_up(key, column.name, GONE)
        return bool(lost)

    def _name_edits_that_go_back(self) -> None:
        """A number that returns to the record it came from does so as it was edited since."""
        owners = {name: {*_owner_columns(self._metadata.tables[name])} for name, _ in self._set}
        moved = [key for key, values in self._set.items() if owners[key[0]] & values.keys()]
        if not moved:
            return
        edits = edited_since(self._execute, self._gesture_id, moved)
        now = {
            name: self._current(self._metadata.tables[name], [i for n, i, _ in edits if n == name])
            for name in {name for name, *_ in edits}
        }
        for name, row_id, column in edits:
            values = now[name].get(row_id, {})
            if column in values and column not in {*self._set[name, row_id], *owners[name], _ORDER}:
                self._keep((name, row_id), column, CHANGED, values[column])

    def _give_up(self, key: Key, column: str, reason: str, now: Any = None) -> None:
        wished = self._set[key].pop(column)
        if not self._set[key]:
            del self._set[key]
        self._keep(key, column, reason, now, wished)

    # The writing

    def _write_removals(self) -> None:
        for name, rows in self._removed().items():
            self._execute(f"DELETE FROM {quoted(name)} WHERE id {_IN}", (json.dumps(sorted(rows)),))

    # Where a unique value is taken: by a row on its way, or by one that stays

    def _one_by_one(self) -> None:
        """Move unique values out of the way first; give up those taken for good; begin again."""
        while True:
            with self._session.savepoint() as attempt:
                taken = self._try()
                if not taken:
                    return
                attempt.rollback()
            for key in taken:
                if key in self._insert:
                    del self._insert[key]
                    self._keep(key, "", TAKEN)
                else:
                    unique = self._unique(key[0])
                    for column in [c for c in self._set[key] if c in unique] or [*self._set[key]]:
                        self._give_up(key, column, TAKEN)
            self._block_what_lost_its_parent()

    def _try(self) -> list[Key]:
        parked: dict[Key, Values] = {}
        current = {
            name: self._current(self._metadata.tables[name], [r for n, r in self._set if n == name])
            for name in {n for n, _ in self._set}
        }
        for key, values in self._set.items():
            unique = self._unique(key[0])
            moved = {c: _parked(current[key[0]][key[1]][c], key[1]) for c in values if c in unique}
            if moved:
                parked[key] = moved
        many_rows.update(self._execute, parked)
        self._write_removals()
        insert = partial(many_rows.insert, metadata=self._metadata)
        return [
            *self._taken(many_rows.update, [*self._set.items()]),
            *self._taken(insert, [*self._insert.items()]),
        ]

    def _taken(
        self, write: Callable[[Any, dict[Key, Values]], None], rows: list[tuple[Key, Values]]
    ) -> list[Key]:
        """Write the rows but those whose values are taken: these are told, found by halves."""
        try:
            with self._session.savepoint():
                write(self._execute, dict(rows))
                return []
        except IntegrityError:
            if len(rows) == 1:
                return [rows[0][0]]
        half = len(rows) // 2
        return self._taken(write, rows[:half]) + self._taken(write, rows[half:])

    def _unique(self, name: str) -> set[str]:
        """Columns that take part in a unique constraint or index."""
        table = self._metadata.tables[name]
        found = {c.name for c in table.columns if c.unique}
        for constraint in table.constraints:
            if isinstance(constraint, UniqueConstraint):
                found |= {c.name for c in constraint.columns}
        for index in table.indexes:
            if index.unique:
                found |= {c.name for c in index.columns}
        return found


def _owner_columns(table: Table) -> list[str]:
    """The columns that say on which record a row hangs."""
    named = [name for name in ("owner_kind", "owner_id") if name in table.c]
    return [*table.info.get("touches", ()), *named]


def _parked(value: Any, row: int) -> Any:
    if value is None:
        return None
    return -_FAR - row if isinstance(value, int) else f"\x00{row}"
