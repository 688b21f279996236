"""A template to start from: every mark once, with its meaning beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crm_desktop.exchange.writing.package import sheet_name
from crm_desktop.exchange.writing.whole import whole_file

_HEAD = "FFE8EEF7"


def example_workbook(target: Path, title: str, marks: Sequence[tuple[str, str]]) -> None:
    """Write a workbook with `marks` ((as written, name), …); those of lines in one row below."""
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_name(title)
    sheet["A1"] = title
    sheet["A1"].font = Font(size=16, bold=True)
    single = [mark for mark, name in marks if not name.startswith("line.")]
    of_lines = [mark for mark, name in marks if name.startswith("line.")]
    for row, mark in enumerate(single, 3):
        sheet.cell(row, 1, mark.strip("{}"))
        sheet.cell(row, 2, mark)
    head = len(single) + 4
    for column, mark in enumerate(of_lines, 1):
        cell = sheet.cell(head, column, mark.strip("{}").rpartition(".")[2])
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=_HEAD)
        sheet.cell(head + 1, column, mark)
        sheet.column_dimensions[get_column_letter(column)].width = 20
    with whole_file(target) as file:
        book.save(file)
