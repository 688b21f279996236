"""What tests of the import page do by hand: sheets made, entries picked, lines selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from crm_desktop.ui.imports.column_row import ColumnRow
from crm_desktop.ui.imports.lines import TEXT
from crm_desktop.ui.imports.page import ImportPage
from crm_desktop.ui.widgets import ChoiceField

Press = Callable[[QAbstractButton], None]


def sheet(path: Path, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    table = book.active
    assert table is not None
    for row in (header, *rows):
        table.append(list(row))
    book.save(path)
    return path


def row_of(page: ImportPage, header: str) -> ColumnRow:
    return next(row for row in page.columns_step.rows if row.column.header == header)


def pick(field: ChoiceField, value: Any) -> None:
    """An entry of a list that drops down, by keys."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    wanted = next(i for i, option in enumerate(field._options) if option.value == value)
    while field.currentIndex() != wanted:
        down = field.currentIndex() < wanted
        QTest.keyClick(field, Qt.Key.Key_Down if down else Qt.Key.Key_Up)


def select(page: ImportPage, row: int) -> None:
    """A click on the line of a row."""
    table, model = page.check_step.table, page.check_step.model
    at = next(i for i, line in enumerate(model.lines) if line.row == row)
    spot = table.visualRect(model.index(at, TEXT)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def dated(tmp_path: Path) -> Path:
    """Nothing says whether 03/04 is in March or in April."""
    rows = [(f"公司{n}", f"人{n}", f"0{n + 1}/0{n + 3}/1985") for n in range(4)]
    return sheet(tmp_path / "生日.xlsx", ("公司", "联系人", "生日"), rows)
