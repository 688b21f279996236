"""The journal without the erased: their changes gone, the gestures named without them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from crm_desktop.data import spans
from crm_desktop.data.erasing.reach import KIND_OF_TABLE, Reach, Rows
from crm_desktop.data.erasing.removal import blanks
from crm_desktop.data.session import Session
from crm_desktop.data.tables import METADATA
from crm_desktop.data.tables.base import is_record, journalled_columns
from crm_desktop.data.tables.journal import ERASED
from crm_desktop.data.types import json_text
from crm_desktop.domain.erasing import ERASED_WORD
from crm_desktop.domain.schema import TITLE_KEYS

_IN = "IN (SELECT value FROM json_each(?))"
_CODES = frozenset(("kind", "field", "of", "key", "list", "sort"))
"""Arguments of gestures that are codes of ours, not what somebody typed."""
_MERGED = "gesture.merged"
_SHORTEST = 2  # a single character is part of too many other names


class Forgetting:
    """Reads the journal before the rows go (`__init__`), rewrites it afterwards (`run`)."""

    def __init__(self, session: Session, reach: Reach) -> None:
        self._session = session
        self._execute = session.connection().exec_driver_sql
        self._reach = reach
        self._rows = reach.remembered()
        for name, ids in reach.bare.items():
            self._rows[name] = self._rows.get(name, set()) | ids
        self.names = self._names_once_used()

    def run(self) -> None:
        """Take the data out; what a gesture did to others stays undoable."""
        gestures = self._gestures(self._rows) | self._gestures(self._reach.blanked)
        for name, ids in self._reach.remembered().items():
            self._delete(name, ids)
        for name, ids in self._reach.bare.items():
            self._rewrite_bare(name, ids)
        for name, ids in self._reach.blanked.items():
            self._rewrite_blanked(name, ids)
        for gesture in gestures:
            self._settle(gesture)
        related = self._related(gestures) - gestures
        for gesture in related:
            self._rename(gesture, whole=False)

    # What is asked before

    def _names_once_used(self) -> set[str]:
        """Every title a record among the erased has had."""
        found: set[str] = set()
        rows: Rows = {n: set(ids) for n, ids in self._rows.items()}
        for name, ids in self._reach.blanked.items():
            rows[name] = rows.get(name, set()) | ids
        for name, ids in rows.items():
            for title in _titles_of(name):
                found |= once_held(self._session, name, title, ids)
        return found

    def _gestures(self, rows: Mapping[str, Iterable[int]]) -> set[int]:
        found: set[int] = set()
        for name, ids in rows.items():
            statement = (
                "SELECT DISTINCT gesture_id FROM journal_change"
                f" WHERE table_name = ? AND row_id {_IN}"
            )
            found |= {row[0] for row in self._execute(statement, (name, _listed(ids)))}
            found |= spans.gestures(self._session, name, ids)
        return found

    def _related(self, gestures: set[int]) -> set[int]:
        """The undoing and redoing of these, and what they undid."""
        found, waiting = set(gestures), set(gestures)
        while waiting:
            listed = _listed(waiting)
            rows = self._execute(
                f"SELECT id FROM gesture WHERE reverses {_IN} OR reversed_by {_IN}"
                f" UNION SELECT reverses FROM gesture WHERE id {_IN} AND reverses IS NOT NULL"
                f" UNION SELECT reversed_by FROM gesture WHERE id {_IN}"
                " AND reversed_by IS NOT NULL",
                (listed,) * 4,
            )
            waiting = {row[0] for row in rows} - found
            found |= waiting
        return found

    # The rows of the journal

    def _delete(self, name: str, ids: set[int]) -> None:
        self._execute(
            f"DELETE FROM journal_change WHERE table_name = ? AND row_id {_IN}",
            (name, _listed(ids)),
        )
        spans.take_out(self._session, name, ids)

    def _rewrite_bare(self, name: str, ids: set[int]) -> None:
        """As if the record had come in nameless, and nothing had happened to it since.

        One made together with others begins as it is now: of it nothing needs to be told.
        """
        together = spans.among(self._session, name, ids)
        columns = [c.name for c in journalled_columns(METADATA.tables[name]) if c.name != "id"]
        pairs = ", ".join(f"'{c}', \"{c}\"" for c in columns)
        for row_id in ids:
            first = self._execute(
                "SELECT min(id) FROM journal_change"
                " WHERE table_name = ? AND row_id = ? AND kind = 'I' AND NOT ?",
                (name, row_id, row_id in together),
            ).scalar()
            self._execute(
                "DELETE FROM journal_change WHERE table_name = ? AND row_id = ? AND id IS NOT ?",
                (name, row_id, first),
            )
            self._execute(
                "UPDATE journal_change SET after ="
                f" (SELECT json_object({pairs}) FROM {name} WHERE id = ?) WHERE id = ?",
                (row_id, first),
            )

    def _rewrite_blanked(self, name: str, ids: set[int]) -> None:
        """As if the texts had never been there."""
        values = blanks(METADATA.tables[name])
        paths = ", ".join(f"'$.{column}'" for column in values)
        sets = ", ".join(f"'$.{column}', json(?)" for column in values)
        plain = tuple(json.dumps(value, ensure_ascii=False) for value in values.values())
        mine = f"table_name = ? AND row_id {_IN}"
        listed = _listed(ids)
        self._execute(
            f"UPDATE journal_change SET after = json_set(after, {sets})"
            f" WHERE {mine} AND kind = 'I'",
            (*plain, name, listed),
        )
        self._execute(
            f"UPDATE journal_change SET before = json_set(before, {sets})"
            f" WHERE {mine} AND kind = 'D'",
            (*plain, name, listed),
        )
        self._execute(
            f"UPDATE journal_change SET before = json_remove(before, {paths}),"
            f" after = json_remove(after, {paths}) WHERE {mine} AND kind = 'U'",
            (name, listed),
        )
        self._execute(
            f"DELETE FROM journal_change WHERE {mine} AND kind = 'U' AND after = '{{}}'",
            (name, listed),
        )

    # The gestures

    def _settle(self, gesture: int) -> None:
        """Seal what was about the erased alone, or tears apart without them."""
        title, sealed = self._execute(
            "SELECT CASE WHEN origin IN ('undo', 'redo') THEN args ->> 'of' ELSE title END, sealed"
            " FROM gesture WHERE id = ?",
            (gesture,),
        ).one()
        left = {
            row[0]
            for row in self._execute(
                "SELECT table_name FROM journal_change WHERE gesture_id = ?"
                " UNION SELECT table_name FROM journal_span WHERE gesture_id = ?",
                (gesture, gesture),
            )
        }
        records = {n for n in self._rows if is_record(METADATA.tables[n]) and self._rows[n]}
        alone = not left & records or title == _MERGED
        if alone and sealed is None:
            self._execute("UPDATE gesture SET sealed = ? WHERE id = ?", (ERASED, gesture))
        self._rename(gesture, whole=alone)

    def _rename(self, gesture: int, *, whole: bool) -> None:
        args = json.loads(
            self._execute("SELECT args FROM gesture WHERE id = ?", (gesture,)).scalar_one()
        )
        neutral = self._neutral(args, whole=whole)
        if neutral != args:
            self._execute("UPDATE gesture SET args = ? WHERE id = ?", (json_text(neutral), gesture))

    def _neutral(self, value: Any, *, whole: bool, key: str = "") -> Any:
        if isinstance(value, dict):
            if "list" in value:  # an item of a list the firm keeps
                return value
            return {k: self._neutral(v, whole=whole, key=k) for k, v in value.items()}
        if not isinstance(value, str) or key in _CODES or not value:
            return value
        return ERASED_WORD if whole or self._tells(value) else value

    def _tells(self, text: str) -> bool:
        return any(
            text == name or (len(name) >= _SHORTEST and (name in text or text in name))
            for name in self.names
            if name
        )


def once_held(session: Session, table: str, column: str, ids: Iterable[int]) -> set[str]:
    """Every text that these rows have had in a column, now or as the journal remembers."""
    listed, execute = _listed(ids), session.connection().exec_driver_sql
    held = [*execute(f"SELECT {column} FROM {table} WHERE id {_IN}", (listed,))]
    for side in ("before", "after"):
        held += execute(
            f"SELECT DISTINCT {side} ->> '{column}' FROM journal_change"
            f" WHERE table_name = ? AND row_id {_IN}",
            (table, listed),
        )
    return {row[0] for row in held if row[0] and isinstance(row[0], str)}


def _titles_of(name: str) -> list[str]:
    """The columns that name a row: of a record its title, of a file or notice its words."""
    kind = KIND_OF_TABLE.get(name)
    if kind is None:
        return []
    titles = [TITLE_KEYS[kind]] if kind in TITLE_KEYS else ["name", "text"]
    return [title for title in titles if title in METADATA.tables[name].c]


def _listed(ids: Iterable[int]) -> str:
    return json.dumps(sorted(ids))
