"""Fills a template and writes the result; the template itself is only read."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.filling.heads import check_heads, fill_heads
from crm_desktop.exchange.filling.marks import LINE, LOGO, MARK, Filling, Value, marked_sheets
from crm_desktop.exchange.filling.rows import repeat_row
from crm_desktop.exchange.reading.facts import Limits
from crm_desktop.exchange.reading.guard import Guard
from crm_desktop.exchange.writing.clean import CELL_LIMIT, cleaned, units
from crm_desktop.exchange.writing.whole import whole_file

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_DATE_FORMAT = "yyyy-mm-dd"
_LOGO_HEIGHT = 60  # pixels, as the row leaves it


def open_template(source: Path) -> Workbook:
    """The template as openpyxl sees it. Raises Refused where it is no safe workbook."""
    import openpyxl

    try:
        _guard(source)
        book = openpyxl.load_workbook(source, keep_links=False)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # nine kinds of it leak for damaged files
        raise Refused("reading.damaged", name=source.name) from error
    if not book.worksheets:
        raise Refused("reading.damaged", name=source.name)
    return book


def check_template(source: Path, filling: Filling) -> None:
    """Refuse what `fill_workbook` would refuse, without writing."""
    _checked(open_template(source), filling)


def fill_workbook(
    source: Path, target: Path, filling: Filling, spelled: Callable[[Value], str]
) -> None:
    """Write `target` from the template `source`.

    A cell that is a mark alone takes the value with its type and keeps its own number format; a
    mark within a text takes it as `spelled`. User text never becomes a formula.
    Raises Refused: those of `marked_sheets` and `check_heads`, of a damaged file and of writing.
    """
    book = open_template(source)
    for marked in _checked(book, filling):
        sheet = book[marked.title]
        first = marked.line_row
        if first is not None:
            repeat_row(book, sheet, first, max(1, len(filling.lines)))
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "{{" in cell.value:
                    place = cell.row - first if first is not None else -1
                    line = filling.lines[place] if 0 <= place < len(filling.lines) else {}
                    _fill_cell(sheet, cell, filling, line, spelled)
        fill_heads(sheet, filling, spelled)
    book.template = False  # an .xltx is written as a workbook: its name ends in .xlsx
    # The values of formulas are those of the empty template: the reader has to count anew.
    book.calculation.fullCalcOnLoad = True
    with whole_file(target) as file:
        book.save(file)


def _checked(book: Workbook, filling: Filling) -> Any:
    columns = {name for line in filling.lines for name in line}

    def known(name: str) -> bool:
        if name.startswith(LINE):
            # Without any line nobody can say which columns there would be.
            return not filling.lines or name.removeprefix(LINE) in columns
        return name in filling.values or name == LOGO

    in_heads = sum(check_heads(sheet, filling) for sheet in book.worksheets)
    return marked_sheets(book, filling.name_of, known, others=in_heads > 0)


def _guard(source: Path) -> None:
    if not source.is_file():
        raise Refused("reading.missing", name=source.name)
    with source.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            raise Refused("filling.not_xlsx", name=source.name)
    Guard(source, Limits()).walk(lambda name: None, lambda done, total: None)


def _fill_cell(
    sheet: Worksheet,
    cell: Any,
    filling: Filling,
    line: Mapping[str, Value],
    spelled: Callable[[Value], str],
) -> None:
    def value_of(written: str) -> Value:
        name = filling.name_of(written)
        if name.startswith(LINE):
            return line.get(name.removeprefix(LINE))
        return filling.values.get(name)

    text = cell.value
    alone = MARK.fullmatch(text.strip())
    if alone is None:
        _put(cell, MARK.sub(lambda found: spelled(value_of(found[1])), text))
    elif filling.name_of(alone[1]) == LOGO:
        cell.value = None
        _put_logo(sheet, cell.coordinate, filling.logo)
    else:
        _put(cell, value_of(alone[1]))


def _put(cell: Any, value: Value) -> None:
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date | datetime) and cell.number_format == "General":
            cell.number_format = _DATE_FORMAT
        elif isinstance(value, Decimal) and not value.is_finite():
            cell.value = None
        return
    text = cleaned(value)
    if units(text) > CELL_LIMIT:
        raise Refused("filling.too_long", cell=cell.coordinate, limit=CELL_LIMIT)
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[:1] in "=+-@"


def _put_logo(sheet: Worksheet, coordinate: str, logo: bytes) -> None:
    from openpyxl.drawing.image import Image

    if not logo:
        return
    picture = Image(io.BytesIO(logo))
    scale = _LOGO_HEIGHT / picture.height
    picture.width, picture.height = round(picture.width * scale), _LOGO_HEIGHT
    sheet.add_image(picture, coordinate)
