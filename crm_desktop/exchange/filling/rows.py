"""A row of a sheet repeated: what lies below moves down and keeps its looks.

openpyxl's own insertion moves the cells alone: heights, merged cells, pictures, print areas,
rules and formulas are moved here.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from crm_desktop.exchange.filling.references import Insertion, moved_formula, moved_range

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
    _move_rules(sheet, insertion)
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
    for other in book.worksheets:
        for row in other.iter_rows():
            for cell in row:
                if cell.data_type == "f" and isinstance(cell.value, str):
                    cell.value = moved_formula(cell.value, other.title, insertion)


def _copy_cells(sheet: Any, insertion: Insertion) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.formula.translate import Translator

    for column in range(1, sheet.max_column + 1):
        source = sheet.cell(insertion.row, column)
        for number in range(insertion.row + 1, insertion.row + insertion.count + 1):
            if isinstance(source, MergedCell):
                sheet._cells[number, column] = MergedCell(sheet, number, column)
                continue
            target = sheet.cell(number, column)
            if source.has_style:
                target._style = copy(source._style)
            if source.data_type == "f":
                translator = Translator(str(source.value), origin=source.coordinate)
                target.value = translator.translate_formula(target.coordinate)
            else:
                target.value = source.value


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


def _move_rules(sheet: Worksheet, insertion: Insertion) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList

    moved = ConditionalFormattingList()
    for group in sheet.conditional_formatting:
        for rule in group.rules:
            rule.formula = [
                moved_formula(f"={formula}", sheet.title, insertion)[1:] for formula in rule.formula
            ]
            moved.add(moved_range(str(group.sqref), insertion), rule)
    sheet.conditional_formatting = moved
    for validation in sheet.data_validations.dataValidation:
        validation.sqref = type(validation.sqref)(moved_range(str(validation.sqref), insertion))


def _move_print(book: Workbook, sheet: Worksheet, insertion: Insertion) -> None:
    if sheet.print_area:
        area = sheet.print_area
        sheet.print_area = [
            moved_range(part.rpartition("!")[2].replace("$", ""), insertion)
            for part in area.split(",")
        ]
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = moved_range(sheet.auto_filter.ref, insertion)
    for table in sheet.tables.values():
        table.ref = moved_range(table.ref, insertion)
        if table.autoFilter is not None:
            table.autoFilter.ref = moved_range(table.autoFilter.ref, insertion)
    for row_break in sheet.row_breaks.brk:
        row_break.id = insertion.moved(row_break.id)
    for names in (book.defined_names, sheet.defined_names):
        for name in names.values():
            if name.attr_text and not name.attr_text.startswith('"'):
                name.attr_text = moved_formula(f"={name.attr_text}", "", insertion)[1:]


def _move_pictures(sheet: Any, insertion: Insertion) -> None:
    for drawing in [*sheet._images, *sheet._charts]:
        anchor = drawing.anchor
        for corner in (getattr(anchor, "_from", None), getattr(anchor, "to", None)):
            if corner is not None:  # corners count rows from 0
                corner.row = insertion.moved(corner.row + 1) - 1
