"""A table as CSV: RFC 4180, UTF-8 with a byte order mark so that Excel reads Chinese."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from crm_desktop.exchange.injection import guarded
from crm_desktop.exchange.writing.clean import cleaned
from crm_desktop.exchange.writing.table import Batch, Column, ColumnType, TableOut
from crm_desktop.exchange.writing.whole import whole_file
from crm_desktop.progress import NO_PROGRESS, Progress


def _text(value: Any) -> str:
    return "" if value is None else guarded(cleaned(str(value)))


def _number(value: Any) -> str:
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value:f}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _text(value)


def _percent(value: Any) -> str:
    return f"{_number(value)}%" if isinstance(value, Decimal | int | float) else _text(value)


def _date(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else _text(value)


def _datetime(value: Any) -> str:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
    return _date(value)


def _when(value: Any) -> str:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")
    return _date(value)


def _bool(value: Any) -> str:
    # Excel reads these two words as truth values in every language.
    return ("TRUE" if value else "FALSE") if isinstance(value, bool) else _text(value)


_AS_FIELD: dict[ColumnType, Callable[[Any], str]] = {
    ColumnType.TEXT: _text,
    ColumnType.LINK_MAIL: _text,
    ColumnType.INTEGER: _number,
    ColumnType.DECIMAL: _number,
    ColumnType.MONEY: _number,
    ColumnType.PERCENT: _percent,
    ColumnType.DATE: _date,
    ColumnType.DATETIME: _datetime,
    ColumnType.WHEN: _when,
    ColumnType.BOOL: _bool,
}


def _fields(columns: tuple[Column, ...], batch: Batch) -> list[list[str]]:
    """The columns of a batch as fields; raises ValueError for another number of columns."""
    return [
        list(map(_AS_FIELD[column.type], values))
        for column, values in zip(columns, batch, strict=True)
    ]


def write_csv(path: Path, table: TableOut, progress: Progress = NO_PROGRESS) -> int:
    """Write `table` as a CSV file; returns the number of rows. See `write_table`."""
    done = 0
    with whole_file(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
        text.write("\ufeff")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([_text(column.header) for column in table.columns])
        for batch in table.batches:
            writer.writerows(zip(*_fields(table.columns, batch), strict=True))
            done += len(batch[0])
            progress.step(done, table.count)
        text.flush()
        text.detach()
    return done
