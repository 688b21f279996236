"""Any number of ids in one statement, and anything in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, select

Thing = TypeVar("Thing")


def in_ids(id_column: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """Membership in `ids`, handed over as one value so that no limit of variables is met."""
    text = "[" + ",".join(map(str, ids)) + "]"
    values = func.json_each(text).table_valued("value")
    condition: ColumnElement[bool] = id_column.in_(select(values.c.value))
    return condition


def batched(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """Lists of at most `size`, in order."""
    waiting = iter(things)
    while batch := list(islice(waiting, size)):
        yield batch
