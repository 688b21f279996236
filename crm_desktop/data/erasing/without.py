"""Rows that stay, without what names the erased: as they are, as they were, and in gestures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from crm_desktop.data.session import Session
from crm_desktop.data.types import json_text
from crm_desktop.domain.erasing import ERASED_WORD

Texts = Mapping[str, Any]
"""The columns of a row as the file holds them; of a change only those that changed."""
_GESTURES = (
    "SELECT id, args FROM gesture WHERE id IN (SELECT gesture_id FROM journal_change"
    " WHERE table_name = ? AND row_id = ?)"
)


class Without:
    """Rewrites rows of one table, their changes in the journal, and the gestures that made these.

    `fresh` gives the texts of a row (by its id) without what names the erased.
    """

    def __init__(
        self,
        session: Session,
        table: str,
        fresh: Callable[[int, Texts], dict[str, Any]],
        names: Callable[[str], bool],
    ) -> None:
        self._execute = session.connection().exec_driver_sql
        self._table = table
        self._fresh = fresh
        self._names = names

    def take_out(self, columns: Iterable[str], ids: Iterable[int]) -> None:
        """Of the rows as they are; the book is told of it like of any change."""
        listed = tuple(columns)
        for row_id in ids:
            held = self._execute(
                f"SELECT {', '.join(listed)} FROM {self._table} WHERE id = ?", (row_id,)
            ).first()
            before = dict(zip(listed, held, strict=True)) if held is not None else {}
            for column, text in self._fresh(row_id, before).items():
                if text != before[column]:
                    self._execute(
                        f"UPDATE {self._table} SET {column} = ? WHERE id = ?", (text, row_id)
                    )

    def forget(self, ids: Iterable[int]) -> None:
        """At the end of the gesture: of what the rows were, and in the names of gestures."""
        for row_id in ids:
            self._rewrite(row_id)
            self._rename(row_id)

    def _rewrite(self, row_id: int) -> None:
        mine = "table_name = ? AND row_id = ?"
        for side in ("before", "after"):
            changes = self._execute(
                f"SELECT id, {side} FROM journal_change WHERE {mine} AND {side} IS NOT NULL",
                (self._table, row_id),
            )
            for change, text in changes.fetchall():
                values = json.loads(text)
                fresh = {**values, **self._fresh(row_id, values)}
                if fresh != values:
                    self._execute(
                        f"UPDATE journal_change SET {side} = ? WHERE id = ?",
                        (json.dumps(fresh, ensure_ascii=False), change),
                    )

    def _rename(self, row_id: int) -> None:
        gestures = self._execute(_GESTURES, (self._table, row_id)).fetchall()
        for gesture, args in gestures:
            if (neutral := json_text(self._renamed(json.loads(args)))) != args:
                self._execute("UPDATE gesture SET args = ? WHERE id = ?", (neutral, gesture))

    def _renamed(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._renamed(one) for key, one in value.items()}
        return ERASED_WORD if isinstance(value, str) and self._names(value) else value
