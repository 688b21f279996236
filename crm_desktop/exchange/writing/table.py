"""What is written: a table of plain values with typed columns, a batch of columns at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

Batch = Sequence[Sequence[Any]]
"""Some rows of a table, by column: the values of each, all equally many."""

_ROWS_PER_BATCH = 1_000


class ColumnType(StrEnum):
    """How the values of a column stand in the file. None and "" are empty in every column.

    A value that is not of its column's type (a birthday without a year in a date column) is
    written as the text it prints as, never lost.
    """

    TEXT = "text"  # str; also phones, numbers of documents and IDs: stays text in Excel
    INTEGER = "integer"  # int
    DECIMAL = "decimal"  # Decimal; of `scale` decimals those beyond two only where there are any
    MONEY = "money"  # Decimal in major units, decimals as above
    PERCENT = "percent"  # Decimal; 13 means 13 %
    DATE = "date"  # date
    DATETIME = "datetime"  # datetime as its reader's clock shows it; a zone is not written
    WHEN = "when"  # date, or datetime where a time of day was said; each cell shows which
    BOOL = "bool"  # bool
    LINK_MAIL = "link_mail"  # str, an e-mail address: text with a link in workbooks


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` is in characters; 0 lets the first rows decide.

    Workbooks offer `choices` in a list to drop down, and any other word may be typed; `hidden`
    columns are there and not seen.
    """

    header: str
    type: ColumnType = ColumnType.TEXT
    scale: int = 2
    width: int = 0
    choices: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class TableOut:
    """A table to write. `batches` are read once, as they come: 100,000 rows never stand in memory.

    `words` gives the few words the writer adds itself, in the reader's language
    (`Words(language).text`). `count` is the number of rows where it is known, for progress.
    A workbook keeps `facts` (name and value: what the table is, and of when) on a hidden sheet.
    """

    title: str
    columns: tuple[Column, ...]
    batches: Iterable[Batch]
    words: Callable[..., str]
    count: int = 0
    facts: tuple[tuple[str, str], ...] = ()


def own_header(kind: str, name: str) -> str:
    """What a hidden column is called that a workbook carries for its way back: uid, version."""
    return f"crm_{kind}_{name}"


def in_batches(rows: Iterable[tuple[Any, ...]], size: int = _ROWS_PER_BATCH) -> Iterator[Batch]:
    """Rows by column. Raises ValueError where one has another length than the others."""
    waiting = iter(rows)
    while some := list(islice(waiting, size)):
        yield list(zip(*some, strict=True))
