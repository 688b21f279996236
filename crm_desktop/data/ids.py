"""Any number of ids in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select


def in_ids(id_column: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """Membership in `ids`, handed over as one value so that no limit of variables is met."""
    text = "[" + ",".join(map(str, ids)) + "]"
    values = func.json_each(text).table_valued("value")
    condition: ColumnElement[bool] = id_column.in_(select(values.c.value))
    return condition
