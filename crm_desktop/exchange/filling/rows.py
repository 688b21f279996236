"""A row of a sheet repeated: what lies below moves down and keeps its looks.

openpyxl's own insertion moves the cells alone: heights, merged cells, pictures, print areas,
links and formulas are moved here, rules and charts in `pointers`.
"""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING, Any

from crm_desktop.exchange.filling.pointers import move_charts, move_rules
from crm_desktop.exchange.filling.references import (
    Insertion,
    moved_cells,
    moved_formula,
    moved_range,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def repeat_row(book: Workbook, sheet: Worksheet, row: int, times: int) -> None:
    """Have `row` stand `times` times; formulas of the whole workbook follow."""
    insertion = Insertion(sheet.title, row, times - 1)
    if insertion.count <= 0:
        return
    sheet.insert_rows(row + 1, insertion.count)
    _move_heights(sheet, insertion)
    _move_formulas(book, insertion)
    _copy_cells(sheet, insertion)
    _move_merges(sheet, insertion)
    _move_links(book, insertion)
    move_rules(book, insertion)
    move_charts(book, insertion)
    _move_print(book, sheet, insertion)
    _move_pictures(sheet, insertion)


def _move_heights(sheet: Worksheet, insertion: Insertion) -> None:
    present = dict(sheet.row_dimensions.items())
    for number in [number for number in present if number > insertion.row]:
        del sheet.row_dimensions[number]
    for number, dimension in sorted(present.items()):
        if number > insertion.row:
            _set_height(sheet, insertion.moved(number), dimension)
    if insertion.row in present:
        for number in range(insertion.row + 1, insertion.row + insertion.count + 1):
            _set_height(sheet, number, present[insertion.row])


def _set_height(sheet: Worksheet, number: int, source: Any) -> None:
    dimension = copy(source)
    dimension.index = number
    sheet.row_dimensions[number] = dimension


def _move_formulas(book: Workbook, insertion: Insertion) -> None:
    from openpyxl.worksheet.formula import ArrayFormula

    for other in book.worksheets:
        for row in other.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                value: Any = cell.value
                in_line = other.title == insertion.sheet and cell.row == insertion.row
                if isinstance(value, str):
                    cell.value = moved_formula(value, other.title, insertion, in_line=in_line)
                elif isinstance(value, ArrayFormula):
                    text = f"={(value.text or '').removeprefix('=')}"
                    value.text = moved_formula(text, other.title, insertion, in_line=in_line)
                    if other.title == insertion.sheet and not in_line:
                        value.ref = moved_range(value.ref, insertion)


def _copy_cells(sheet: Any, insertion: Insertion) -> None:
    from openpyxl.cell.cell import MergedCell

    tall = [one for one in sheet.merged_cells.ranges if one.min_row <= insertion.row < one.max_row]
    for column in range(1, sheet.max_column + 1):
        source = sheet.cell(insertion.row, column)
        merged = isinstance(source, MergedCell) or any(
            one.min_col <= column <= one.max_col for one in tall
        )
        for number in range(insertion.row + 1, insertion.row + insertion.count + 1):
            if merged:
                sheet._cells[number, column] = MergedCell(sheet, number, column)
            target = sheet.cell(number, column)
            if source.has_style:
                target._style = copy(source._style)
            if not merged:
                _copy_value(source, target)


def _copy_value(source: Any, target: Any) -> None:
    from openpyxl.formula.translate import Translator
    from openpyxl.worksheet.formula import ArrayFormula

    def translated(text: str, origin: str = source.coordinate) -> str:
        return str(Translator(text, origin=origin).translate_formula(target.coordinate))

    if isinstance(source.value, ArrayFormula):
        text = translated(source.value.text or "=")
        first, _, last = source.value.ref.partition(":")
        cells = [translated(f"={corner}")[1:] for corner in (first, last) if corner]
        target.value = ArrayFormula(":".join(cells), text)
    elif source.data_type == "f" and isinstance(source.value, str):
        target.value = translated(source.value)
    else:
        target.value = source.value
        target.data_type = source.data_type
    if source.hyperlink is not None:
        target._hyperlink = copy(source.hyperlink)


def _move_links(book: Workbook, insertion: Insertion) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                link = getattr(cell, "hyperlink", None)
                if link is None:
                    continue
                link.ref = cell.coordinate
                if link.location:
                    place = moved_formula(f"={link.location}", sheet.title, insertion)
                    link.location = place.removeprefix("=")


def _move_merges(sheet: Worksheet, insertion: Insertion) -> None:
    from openpyxl.worksheet.cell_range import CellRange

    for merged in list(sheet.merged_cells.ranges):
        within_row = merged.min_row == merged.max_row == insertion.row
        if within_row:
            for down in range(1, insertion.count + 1):
                copied = CellRange(merged.coord)
                copied.shift(row_shift=down)
                sheet.merged_cells.add(copied.coord)
        else:
            # The bottom first: a range must never lie upside down.
            top, bottom = insertion.span(merged.min_row, merged.max_row)
            merged.max_row, merged.min_row = bottom, top


def _move_print(book: Workbook, sheet: Worksheet, insertion: Insertion) -> None:
    if sheet.print_area:
        # Of several areas each has the name of the sheet before it, which may hold a comma.
        areas = re.findall(r"!([$A-Za-z0-9:]+)(?=,|$)", sheet.print_area)
        sheet.print_area = [moved_range(area.replace("$", ""), insertion) for area in areas]
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = moved_range(sheet.auto_filter.ref, insertion)
    for table in sheet.tables.values():
        table.ref = moved_range(table.ref, insertion)
        if table.autoFilter is not None:
            table.autoFilter.ref = moved_range(table.autoFilter.ref, insertion)
    for row_break in sheet.row_breaks.brk:
        row_break.id = insertion.span(1, row_break.id)[1]
    for names in (book.defined_names, sheet.defined_names):
        for name in names.values():
            if name.attr_text and not name.attr_text.startswith('"'):
                name.attr_text = moved_cells(name.attr_text, "", insertion)


def _move_pictures(sheet: Any, insertion: Insertion) -> None:
    for drawing in [*sheet._images, *sheet._charts]:
        anchor = drawing.anchor
        for corner in (getattr(anchor, "_from", None), getattr(anchor, "to", None)):
            if corner is not None:  # corners count rows from 0
                corner.row = insertion.moved(corner.row + 1) - 1
