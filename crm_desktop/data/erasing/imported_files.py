"""What imports left in the settings of the book: files and values called after the erased."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from crm_desktop.data.erasing.without import Texts, Without
from crm_desktop.data.left_over import LEFT_OVER
from crm_desktop.data.session import Session
from crm_desktop.data.types import json_text
from crm_desktop.domain.telling import Telling

MAPPINGS, LAYOUTS = "import_mapping:", "import_layouts"
_SHORTEST = 2  # a single character is part of too many other words
_OURS = f"(key IN ('{LEFT_OVER}', '{LAYOUTS}') OR substr(key, 1, {len(MAPPINGS)}) = '{MAPPINGS}')"
_ROWS = (
    f"SELECT id, key FROM book_settings WHERE {_OURS} UNION"
    " SELECT row_id, key FROM (SELECT row_id, coalesce(after, before) ->> 'key' AS key"
    f" FROM journal_change WHERE table_name = 'book_settings') WHERE {_OURS}"
)


class ImportedFiles:
    """Forgets them in the settings, in the journal of these and in the names of gestures."""

    def __init__(self, session: Session, names: Iterable[str], telling: Telling) -> None:
        self._session = session
        self._names = {name for name in names if len(name) >= _SHORTEST}
        self._telling = telling
        self._keys: dict[int, str] = {}
        self._without = Without(session, "book_settings", self._fresh, self._tells)

    def take_out(self) -> None:
        """Of the settings as they are."""
        self._without.take_out(("value",), self._settings())

    def forget(self) -> None:
        """At the end of the gesture: of what the settings were. Imports are named by files."""
        self._without.forget(self._settings())

    def _settings(self) -> Iterable[int]:
        if self._names:
            rows = self._session.connection().exec_driver_sql(_ROWS)
            self._keys.update((row[0], row[1]) for row in rows)
        return tuple(self._keys)

    def _fresh(self, row_id: int, texts: Texts) -> dict[str, Any]:
        """The JSON of a setting without what tells of the erased."""
        text = texts.get("value")
        if text is None:
            return {}
        key, held = self._keys[row_id], json.loads(text)
        # Layouts are called by the user, columns by the file; what is decided holds words of cells.
        kept = self._untold(held) if key in (LEFT_OVER, LAYOUTS) else held
        if key != LEFT_OVER:
            kept = self._pruned(kept)
        return {} if kept == held else {"value": json_text(kept)}

    def _pruned(self, value: Any) -> Any:
        """Decisions about columns, but for names of columns and values of cells that tell."""
        if not isinstance(value, dict):
            return value
        return {
            key: self._pruned(self._untold(one) if key in ("values", "columns") else one)
            for key, one in value.items()
        }

    def _untold(self, pairs: Any) -> Any:
        if not isinstance(pairs, dict):
            return pairs
        return {k: v for k, v in pairs.items() if not (self._tells(k) or self._tells(v))}

    def _tells(self, value: Any) -> bool:
        return isinstance(value, str) and (
            any(name in value for name in self._names) or self._telling.holds(value)
        )
