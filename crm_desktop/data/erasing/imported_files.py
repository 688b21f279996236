"""What imports left in the settings of the book: files and values called after the erased."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from crm_desktop.data.left_over import LEFT_OVER
from crm_desktop.data.session import Session
from crm_desktop.data.types import json_text
from crm_desktop.domain.erasing import ERASED_WORD

MAPPINGS, LAYOUTS = "import_mapping:", "import_layouts"
_SHORTEST = 2  # a single character is part of too many other words
_OURS = f"(key IN ('{LEFT_OVER}', '{LAYOUTS}') OR substr(key, 1, {len(MAPPINGS)}) = '{MAPPINGS}')"
_ROWS = (
    f"SELECT id, key FROM book_settings WHERE {_OURS} UNION"
    " SELECT row_id, key FROM (SELECT row_id, coalesce(after, before) ->> 'key' AS key"
    f" FROM journal_change WHERE table_name = 'book_settings') WHERE {_OURS}"
)
_GESTURES = (
    "SELECT id, args FROM gesture WHERE id IN (SELECT gesture_id FROM journal_change"
    " WHERE table_name = 'book_settings' AND row_id = ?)"
)


class ImportedFiles:
    """Forgets them in the settings, in the journal of these and in the names of gestures."""

    def __init__(self, session: Session, names: Iterable[str]) -> None:
        self._execute = session.connection().exec_driver_sql
        self._names = {name for name in names if len(name) >= _SHORTEST}

    def take_out(self) -> None:
        """Of the settings as they are; the book is told of it like of any change."""
        for row_id, key in self._settings():
            held = self._execute("SELECT value FROM book_settings WHERE id = ?", (row_id,))
            for (value,) in held.fetchall():
                if (fresh := self._without(key, value)) != value:
                    told = (fresh, row_id)
                    self._execute("UPDATE book_settings SET value = ? WHERE id = ?", told)

    def forget(self) -> None:
        """At the end of the gesture: of what the settings were."""
        for row_id, key in self._settings():
            self._rewrite(key, row_id)
            self._rename(row_id)

    def _settings(self) -> list[tuple[int, str]]:
        return [(row[0], row[1]) for row in self._execute(_ROWS)] if self._names else []

    def _rewrite(self, key: str, row_id: int) -> None:
        mine = "table_name = 'book_settings' AND row_id = ?"
        for side in ("before", "after"):
            changes = self._execute(
                f"SELECT id, {side} FROM journal_change WHERE {mine} AND {side} IS NOT NULL",
                (row_id,),
            )
            for change, text in changes.fetchall():
                values = json.loads(text)
                fresh = self._without(key, values.get("value"))
                if fresh != values.get("value"):
                    values["value"] = fresh
                    self._execute(
                        f"UPDATE journal_change SET {side} = ? WHERE id = ?",
                        (json.dumps(values, ensure_ascii=False), change),
                    )

    def _rename(self, row_id: int) -> None:
        """Imports are named by their files."""
        gestures = self._execute(_GESTURES, (row_id,)).fetchall()
        for gesture, args in gestures:
            if (neutral := json_text(self._renamed(json.loads(args)))) != args:
                self._execute("UPDATE gesture SET args = ? WHERE id = ?", (neutral, gesture))

    def _without(self, key: str, text: str | None) -> str | None:
        """The JSON of a setting without what tells of the erased."""
        if text is None:
            return None
        held = json.loads(text)
        kept = self._untold(held) if key == LEFT_OVER else self._pruned(held)
        return text if kept == held else json_text(kept)

    def _pruned(self, value: Any) -> Any:
        """Decisions about columns, but for the values of cells that tell."""
        if not isinstance(value, dict):
            return value
        return {
            key: self._untold(one) if key == "values" else self._pruned(one)
            for key, one in value.items()
        }

    def _untold(self, pairs: Any) -> Any:
        if not isinstance(pairs, dict):
            return pairs
        return {k: v for k, v in pairs.items() if not (self._tells(k) or self._tells(v))}

    def _renamed(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._renamed(one) for key, one in value.items()}
        return ERASED_WORD if self._tells(value) else value

    def _tells(self, value: Any) -> bool:
        return isinstance(value, str) and any(name in value for name in self._names)
