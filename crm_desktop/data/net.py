"""The net effect of a gesture: each row as it was before and as the gesture left it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crm_desktop.data.journal import RowChange

Values = dict[str, Any]


@dataclass(slots=True)
class Net:
    """One row. None: it was not there. Otherwise the same columns on both sides, or all of them."""

    before: Values | None
    after: Values | None

    def changed(self) -> list[str]:
        """The columns that differ, of a row that was there on both sides."""
        assert self.before is not None
        assert self.after is not None
        return [c for c, value in self.after.items() if self.before.get(c, value) != value]


def fold(changes: Iterable[RowChange]) -> dict[str, dict[int, Net]]:
    """Table → row → net effect of the changes, which come in order."""
    tables: dict[str, dict[int, Net]] = {}
    for change in changes:
        rows = tables.setdefault(change.table, {})
        net = rows.get(change.row_id)
        if net is None:
            rows[change.row_id] = Net(change.before, change.after)
        elif change.kind == "I":
            net.after = change.after
        elif change.kind == "U":
            assert net.after is not None
            if net.before is not None:
                net.before = {**(change.before or {}), **net.before}
            net.after.update(change.after or {})
        elif net.before is None:
            del rows[change.row_id]
        else:
            net.before = {**(change.before or {}), **net.before}
            net.after = None
    return tables
