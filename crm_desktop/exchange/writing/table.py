"""What is written: a table of plain values with typed columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ColumnType(StrEnum):
    """How the values of a column stand in the file. None and "" are empty in every column.

    A value that is not of its column's type (a birthday without a year in a date column) is
    written as the text it prints as, never lost.
    """

    TEXT = "text"  # str; also phones, numbers of documents and IDs: stays text in Excel
    INTEGER = "integer"  # int
    DECIMAL = "decimal"  # Decimal with `scale` decimals shown
    MONEY = "money"  # Decimal in major units, `scale` decimals shown
    PERCENT = "percent"  # Decimal; 13 means 13 %
    DATE = "date"  # date
    DATETIME = "datetime"  # datetime as its reader's clock shows it; a zone is not written
    BOOL = "bool"  # bool
    LINK_MAIL = "link_mail"  # str, an e-mail address: text with a link in workbooks


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` is in characters; 0 lets the first rows decide."""

    header: str
    type: ColumnType = ColumnType.TEXT
    scale: int = 2
    width: int = 0


@dataclass(frozen=True, slots=True)
class TableOut:
    """A table to write. `rows` is read once, as it comes: 100,000 rows never stand in memory.

    `words` gives the few words the writer adds itself, in the reader's language
    (`Words(language).text`). `count` is the number of rows where it is known, for progress.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Any, ...]]
    words: Callable[..., str]
    count: int = 0
