"""Words to SQLite's planner, where it would choose the wrong index for want of statistics."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func


def unindexed(column: Any) -> ColumnElement[Any]:
    """The column, compared without an index of its own.

    Of a state and an owner the owner is the narrow way: a record has a handful of activities,
    while half of all there are may be done. Seen: 100,000 times every done activity.
    """
    plain: ColumnElement[Any] = func.coalesce(column, "")
    return plain
