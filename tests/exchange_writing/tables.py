"""Tables to write and the ways to read them back."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from crm_desktop.exchange.writing import Column, TableOut, in_batches, write_table
from crm_desktop.words import Words

WORDS = Words("en").text


def table(columns: Iterable[Column], rows: Iterable[tuple[Any, ...]], title: str = "T") -> TableOut:
    return TableOut(title, tuple(columns), in_batches(rows), WORDS)


def written(
    folder: Path, columns: Iterable[Column], rows: Iterable[tuple[Any, ...]], ending: str = "xlsx"
) -> Path:
    path = folder / f"table.{ending}"
    write_table(path, table(columns, rows))
    return path


def by_openpyxl(path: Path) -> list[list[Any]]:
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert all(
        cell.data_type != "f"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    )
    return rows


def by_calamine(path: Path, sheet: int = 0) -> list[list[Any]]:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_index(sheet).to_python(skip_empty_area=False)[1:]


def by_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def formulas(path: Path) -> int:
    """How many <f> elements the sheets hold."""
    with zipfile.ZipFile(path) as package:
        return sum(
            package.read(name).count(b"<f>") + package.read(name).count(b"<f ")
            for name in package.namelist()
            if name.startswith("xl/worksheets/sheet")
        )
