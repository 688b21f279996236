"""Values of several columns go back whole or not at all: half a birthday is no day.

A table names them in `info["together"]`, each as a tuple of columns.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import MetaData

from crm_desktop.data.many_rows import Key, quoted, quoted_list
from crm_desktop.data.net import Values

_EDITS = (
    "SELECT DISTINCT c.table_name, c.row_id, field.key FROM json_each(?) AS one"
    " CROSS JOIN journal_change AS c"
    " ON c.table_name = (one.value ->> 0) AND c.row_id = (one.value ->> 1)"
    " JOIN gesture AS g ON g.id = c.gesture_id JOIN json_each(c.after) AS field"
    " WHERE c.gesture_id > ? AND c.kind = 'U' AND g.reversed_by IS NULL"
    " AND g.origin NOT IN ('undo', 'redo')"
)


def edited_since(
    execute: Callable[..., Any], gesture_id: int, rows: Sequence[Key]
) -> list[tuple[str, int, str]]:
    """Table, row and column the user has edited after a gesture, of these rows."""
    found = execute(_EDITS, (json.dumps(rows), gesture_id))
    return [(table, row, column) for table, row, column in found]


def torn(
    execute: Callable[..., Any],
    gesture_id: int,
    wished: Mapping[Key, Values],
    metadata: MetaData,
) -> list[tuple[Key, str, Any]]:
    """Columns that must stay since the rest of their value was edited, and what they hold now."""
    parts = [
        (key, group)
        for key, values in wished.items()
        for group in metadata.tables[key[0]].info.get("together", ())
        if not values.keys().isdisjoint(group)
    ]
    if not parts:
        return []
    found: list[tuple[Key, str, Any]] = []
    edits = set(edited_since(execute, gesture_id, [key for key, _ in parts]))
    for key, group in parts:
        if any((*key, column) in edits for column in group):
            columns = [column for column in group if column in wished[key]]
            now = execute(
                f"SELECT {quoted_list(columns)} FROM {quoted(key[0])} WHERE id = ?", (key[1],)
            ).fetchone()
            found += [(key, column, value) for column, value in zip(columns, now, strict=True)]
    return found
