"""What else points at rows: rules that colour cells or bound them, and charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from crm_desktop.exchange.filling.references import (
    Insertion,
    moved_cells,
    moved_formula,
    moved_range,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def move_rules(book: Workbook, insertion: Insertion) -> None:
    """Have conditional formats and validations of all sheets follow the insertion."""
    for sheet in book.worksheets:
        _move_colours(sheet, insertion)
        for choice in sheet.data_validations.dataValidation:
            cells = str(choice.sqref)
            for name in ("formula1", "formula2"):
                if text := getattr(choice, name):
                    setattr(choice, name, _moved(text, sheet, cells, insertion))
            choice.sqref = type(choice.sqref)(_place(sheet, cells, insertion))


def move_charts(book: Workbook, insertion: Insertion) -> None:
    """Have the charts of all sheets show what they showed, and all lines where it was one."""
    for page in (*book.worksheets, *book.chartsheets):
        home = str(page.title)
        for chart in getattr(page, "_charts", ()):
            for reference in _references(chart):
                reference.f = moved_cells(reference.f, home, insertion)
                for kept in ("numCache", "strCache", "multiLvlStrCache"):
                    if getattr(reference, kept, None) is not None:
                        setattr(reference, kept, None)  # the values of the empty template


def _move_colours(sheet: Worksheet, insertion: Insertion) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList

    moved = ConditionalFormattingList()
    for group in sheet.conditional_formatting:
        cells = str(group.sqref)
        for rule in group.rules:
            rule.formula = [_moved(text, sheet, cells, insertion) for text in rule.formula]
            for bounds in (rule.colorScale, rule.dataBar, rule.iconSet):
                for bound in bounds.cfvo if bounds is not None else ():
                    if isinstance(bound.val, str):
                        bound.val = _moved(bound.val, sheet, cells, insertion)
            moved.add(_place(sheet, cells, insertion), rule)
    sheet.conditional_formatting = moved


def _moved(text: str, sheet: Worksheet, cells: str, insertion: Insertion) -> str:
    """A formula that is written for the first row of `cells`."""
    from openpyxl.worksheet.cell_range import CellRange

    first = min(CellRange(part).min_row for part in cells.split())
    in_line = sheet.title == insertion.sheet and first == insertion.row
    return moved_formula(f"={text}", sheet.title, insertion, in_line=in_line)[1:]


def _place(sheet: Worksheet, cells: str, insertion: Insertion) -> str:
    return moved_range(cells, insertion) if sheet.title == insertion.sheet else cells


def _references(chart: Any) -> Iterator[Any]:
    """Every reference of a chart to cells."""
    sources = [getattr(chart.title, "tx", None)]
    for part in chart._charts:
        for series in part.ser:
            sources += [
                getattr(series, name, None)
                for name in ("tx", "val", "cat", "xVal", "yVal", "bubbleSize")
            ]
    for source in sources:
        for name in ("numRef", "strRef", "multiLvlStrRef"):
            reference = getattr(source, name, None)
            if reference is not None and reference.f:
                yield reference
