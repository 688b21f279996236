"""Any number of ids in one statement, and anything in batches.

`in_ids` is for statements made where they are asked. Those asked at every opening, saving and
page of a list are made once (`in_listed`, `@cache`) and given their ids when they run: building
and recognising a statement costs five times what SQLite takes to answer it.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, String, bindparam, func, select

Thing = TypeVar("Thing")


def in_ids(id_column: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """Membership in `ids`, handed over as one value so that no limit of variables is met."""
    return _in(id_column, _text(ids))


def in_listed(id_column: Any) -> ColumnElement[bool]:
    """The same for ids given when the statement runs: execute(statement, listed(ids))."""
    return _in(id_column, _LISTED)


def listed(ids: Iterable[int]) -> dict[str, str]:
    """The ids for a statement made with `in_listed`."""
    return {_LISTED.key: _text(ids)}


_LISTED = bindparam("listed_ids", type_=String())


def _in(id_column: Any, ids: Any) -> ColumnElement[bool]:
    values = func.json_each(ids).table_valued("value")
    condition: ColumnElement[bool] = id_column.in_(select(values.c.value))
    return condition


def _text(ids: Iterable[int]) -> str:
    return "[" + ",".join(map(str, ids)) + "]"


def numbers(text: str, *, piece: int = 1 << 14) -> array[int]:
    """The integers of a JSON text: for a million of them 8 MB, where one list of all takes 42.

    `piece`: how many characters are read at a time.
    """
    found, first, end = array("q"), 1, len(text) - 1
    while first < end:
        last = text.find(",", first + piece, end)
        last = end if last < 0 else last
        found.extend(json.loads(f"[{text[first:last]}]"))
        first = last + 1
    return found


def batched(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """Lists of at most `size`, in order."""
    waiting = iter(things)
    while batch := list(islice(waiting, size)):
        yield batch
