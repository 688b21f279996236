"""Workbooks of Excel 5.0 and 95 (BIFF5): the fast parser takes each byte of a Chinese code page
for a letter of its own, so these are read by xlrd. The same face as that parser's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from crm_desktop.domain.problems import Refused

_NEW, _OLD = ((name + "\0").encode("utf-16-le") for name in ("Workbook", "Book"))


def is_old(path: Path) -> bool:
    """Whether a compound file holds the stream of these versions and not that of later ones."""
    data = path.read_bytes()
    return _OLD in data and _NEW not in data


@dataclass(frozen=True, slots=True)
class OldSheetFacts:
    """What there is to know of a sheet before it is read; `visible` is 0 for a shown one."""

    name: str
    visible: int


class OldSheet:
    """The cells of one sheet."""

    merged_cell_ranges = None  # told by the later versions only
    start = (0, 0)

    def __init__(self, sheet: Any, date_mode: int) -> None:
        self._sheet = sheet
        self._date_mode = date_mode
        self.height, self.width = sheet.nrows, sheet.ncols
        self.end = (sheet.nrows - 1, sheet.ncols - 1) if sheet.nrows else None

    def iter_rows(self) -> Iterator[list[Any]]:
        """The rows from the first on, all as wide."""
        for number in range(self.height):
            row = [self._value(cell) for cell in self._sheet.row(number)]
            yield row + [""] * (self.width - len(row))

    def _value(self, cell: Any) -> Any:
        import xlrd

        match cell.ctype:
            case xlrd.XL_CELL_TEXT:
                return cell.value
            case xlrd.XL_CELL_BOOLEAN:
                return bool(cell.value)
            case xlrd.XL_CELL_DATE:
                return self._moment(cell.value)
            case xlrd.XL_CELL_NUMBER:
                return int(cell.value) if cell.value.is_integer() else cell.value
        return ""  # nothing, or an error

    def _moment(self, days: float) -> datetime | date | time | float:
        import xlrd

        try:
            moment: datetime = xlrd.xldate.xldate_as_datetime(days, self._date_mode)
        except (xlrd.xldate.XLDateError, ValueError, OverflowError):
            return days
        if 0 <= days < 1:
            return moment.time()
        return moment.date() if moment.time() == time() else moment


class OldBook:
    """A workbook read as a whole. Refused where it cannot be."""

    def __init__(self, path: Path) -> None:
        import xlrd

        with open(os.devnull, "w", encoding="utf-8") as silence:
            try:
                self._book = xlrd.open_workbook(str(path), logfile=silence, ragged_rows=True)
            except xlrd.XLRDError as error:
                key = "password" if "encrypted" in str(error) else "damaged"
                raise Refused(f"reading.{key}") from error
            except Exception as error:  # it trusts what lengths and places a file names
                raise Refused("reading.damaged") from error
        sheets = self._book.sheets()
        self.sheets_metadata = [OldSheetFacts(sheet.name, sheet.visibility) for sheet in sheets]

    def get_sheet_by_index(self, index: int) -> OldSheet:
        """The sheet with this number."""
        return OldSheet(self._book.sheet_by_index(index), self._book.datemode)
