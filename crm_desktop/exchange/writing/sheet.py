"""One sheet of a workbook as XML, streamed: header, rows, then filter, links and print set-up."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from crm_desktop.exchange.writing.cells import CellColumn, Cells, Shorten
from crm_desktop.exchange.writing.clean import cleaned, escaped, pieces
from crm_desktop.exchange.writing.links import Links
from crm_desktop.exchange.writing.rows import numbered
from crm_desktop.exchange.writing.styles import HEADER, Styles
from crm_desktop.exchange.writing.table import Batch, Column, ColumnType

Put = Callable[[bytes], None]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NARROWEST, _WIDEST = 8, 60
_SAMPLE = 200  # rows that decide how wide a column is
_LAST_ROW = 1_048_576
_HIDDEN = ' hidden="1"'
_FOOTER_TITLE = 100  # a footer holds 255 characters, an & counts twice
_WIDTHS = {  # characters that a value of the type takes
    ColumnType.DATE: 12,
    ColumnType.DATETIME: 17,
    ColumnType.WHEN: 17,
    ColumnType.MONEY: 14,
    ColumnType.DECIMAL: 12,
    ColumnType.PERCENT: 9,
    ColumnType.INTEGER: 10,
    ColumnType.BOOL: 8,
}


def letters(index: int) -> str:
    """The name of a column, from 0: A, B, … Z, AA, …"""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def widths(columns: tuple[Column, ...], sample: Batch | None) -> list[float]:
    """Column widths in characters, from hints, headers and the first rows; Chinese is wide."""
    found: list[float] = []
    for column, values in zip(columns, sample or [()] * len(columns), strict=True):
        width = column.width
        if not width:
            taken = [_room(column.header) + 3, _WIDTHS.get(column.type, 0)]  # 3: the filter button
            if column.type in (ColumnType.TEXT, ColumnType.LINK_MAIL):
                first = [value for value in values[:_SAMPLE] if value is not None]
                taken += [_room(str(value)) + 1 for value in first]
            width = max(taken)
        found.append(min(max(width, _NARROWEST), _WIDEST) + 0.71)  # Excel's own margin
    return found


def _room(text: str) -> int:
    first_line = text[: _WIDEST * 2].partition("\n")[0]
    if first_line.isascii():
        return len(first_line)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in first_line)


def cell_columns(
    columns: Sequence[Column], styles: Styles, shorten: Callable[[Column], Shorten]
) -> list[CellColumn]:
    """What makes the cells of each column; `shorten` says what stands for texts too long."""
    return [
        CellColumn(
            letters(place),
            column.type,
            styles.of(column),
            days=styles.days(column),
            shorten=shorten(column),
        )
        for place, column in enumerate(columns)
    ]


class Sheet:
    """Writes one sheet through `put`; `rows` may be called any number of times."""

    def __init__(self, put: Put, columns: tuple[Column, ...], styles: Styles) -> None:
        self._put = put
        self._columns = columns
        self._formats = styles
        self._styles = [styles.of(column) for column in columns]
        self._next = 1
        self.links = Links()
        self.size = 0  # bytes of XML so far

    def begin(
        self,
        sizes: list[float],
        title: str,
        shorten: Callable[[Column], Shorten],
        offered: Mapping[int, str],
    ) -> None:
        """The top of the sheet and its header row.

        `offered` names for some columns, by place, the cells that hold what they offer.
        """
        self._title = title
        self._offered = offered
        self._cells = cell_columns(self._columns, self._formats, shorten)
        places = "".join(
            f'<col min="{place}" max="{place}" width="{size:.2f}" style="{style}"'
            f'{_HIDDEN if column.hidden else ""} customWidth="1"/>'
            for place, (size, style, column) in enumerate(
                zip(sizes, self._styles, self._columns, strict=True), start=1
            )
        )
        header = "".join(
            f'<c r="{letters(place)}1" s="{HEADER}" t="inlineStr"><is><t xml:space="preserve">'
            f"{escaped(cleaned(column.header))}</t></is></c>"
            for place, column in enumerate(self._columns)
        )
        self._write(
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
            ' activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView>'
            f'</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{places}</cols><sheetData>'
            f'<row r="1">{header}</row>'
        )

    @property
    def area(self) -> str:
        """The cells of header and rows, as in A1:T100."""
        return f"A1:{letters(len(self._columns) - 1)}{self._next}"

    @property
    def count(self) -> int:
        """Rows so far, without the header."""
        return self._next - 1

    def rows(self, batch: Batch) -> None:
        """Add rows. Raises ValueError where there are not as many values as columns or rows."""
        if len(batch) != len(self._columns):
            raise ValueError(f"{len(batch)} values for {len(self._columns)} columns")
        first = self._next + 1
        self._next += len(batch[0])
        numbers = [b"%d" % number for number in range(first, self._next + 1)]
        columns: list[Cells] = []
        for place, values in enumerate(batch):
            columns.append(self._cells[place].cells(numbers, values))
            if self._columns[place].type is ColumnType.LINK_MAIL:
                self.links.add(letters(place), first, values)
        self._put_xml(numbered(numbers, columns))

    def end(self) -> None:
        """The bottom of the sheet: filter, links, print set-up."""
        area = self.area
        self._write(f'</sheetData><autoFilter ref="{area}"/>{"".join(self._lists())}')
        if self.links:
            for part in self.links.places():
                self._put(part)
        self._write("".join(self._bottom(area)))

    def _lists(self) -> Iterator[str]:
        """Lists to drop down, in empty rows too; other words may be typed all the same."""
        if self._offered:
            yield f'<dataValidations count="{len(self._offered)}">'
        for place, cells in self._offered.items():
            letter = letters(place)
            yield '<dataValidation type="list" allowBlank="1" showErrorMessage="0"'
            yield f' sqref="{letter}2:{letter}{_LAST_ROW}"><formula1>{escaped(cells)}</formula1>'
            yield "</dataValidation>"
        if self._offered:
            yield "</dataValidations>"

    def _bottom(self, area: str) -> Iterator[str]:
        yield '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6"'
        yield ' header="0.3" footer="0.3"/>'
        yield '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        title = escaped(pieces(cleaned(self._title), _FOOTER_TITLE)[0].replace("&", "&&"))
        yield f"<headerFooter><oddFooter>&amp;L{title}&amp;R&amp;P / &amp;N"
        yield "</oddFooter></headerFooter>"
        # No green corners on telephone numbers: they are text on purpose.
        yield f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/>'
        yield "</ignoredErrors>"
        yield "</worksheet>"

    def _write(self, text: str) -> None:
        self._put_xml(text.encode())

    def _put_xml(self, data: bytes) -> None:
        self.size += len(data)
        self._put(data)
