"""The cell formats of a workbook, collected while its columns are declared."""

from __future__ import annotations

from dataclasses import replace

from crm_desktop.exchange.writing.table import Column, ColumnType

HEADER = 1
_TEXT, _INTEGER, _FIRST_OWN = 49, 1, 164  # built in: @ and 0; ours begin at 164
_LINK_FONT = 2
_FONT = '<name val="Calibri"/><family val="2"/>'
_FONTS = (
    f'<font><sz val="11"/>{_FONT}</font>'
    f'<font><b/><sz val="11"/><color rgb="FF1F2937"/>{_FONT}</font>'
    f'<font><u/><sz val="11"/><color rgb="FF1D4ED8"/>{_FONT}</font>'
)
_FILLS = (
    '<fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE5EAF2"/><bgColor indexed="64"/>'
    "</patternFill></fill>"
)
_NO_BORDER = "<border><left/><right/><top/><bottom/><diagonal/></border>"
_BORDERS = _NO_BORDER + (
    '<border><left/><right/><top/><bottom style="thin"><color rgb="FF94A3B8"/></bottom>'
    "<diagonal/></border>"
)


class Styles:
    """Number formats by column; `xml` is the part of the workbook that declares them."""

    def __init__(self) -> None:
        self._formats: dict[str, int] = {}
        self._cells = [
            '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
            '<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1"'
            ' applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            '<alignment vertical="center" wrapText="1"/></xf>',
        ]

    def of(self, column: Column) -> int:
        """The number of the cell format for a column."""
        if column.type is ColumnType.WHEN:
            self.days(column)  # there from the beginning, in whatever order rows are made
        font = _LINK_FONT if column.type is ColumnType.LINK_MAIL else 0
        cell = (
            f'<xf numFmtId="{self._format(column)}" fontId="{font}" fillId="0" borderId="0"'
            ' xfId="0" applyNumberFormat="1" applyFont="1"/>'
        )
        if cell not in self._cells:
            self._cells.append(cell)
        return self._cells.index(cell)

    def days(self, column: Column) -> int:
        """The same of the cells that hold a day alone."""
        return self.of(
            replace(column, type=ColumnType.DATE) if column.type is ColumnType.WHEN else column
        )

    def _format(self, column: Column) -> int:
        decimals = "." + "00"[: column.scale] + "#" * (column.scale - 2) if column.scale else ""
        match column.type:
            case ColumnType.TEXT | ColumnType.LINK_MAIL:
                return _TEXT
            case ColumnType.INTEGER:
                return _INTEGER
            case ColumnType.BOOL:
                return 0
            case ColumnType.DATE:
                code = "yyyy-mm-dd"
            case ColumnType.DATETIME | ColumnType.WHEN:
                code = "yyyy-mm-dd hh:mm"
            case ColumnType.PERCENT:
                code = f"0{decimals}%"
            case ColumnType.DECIMAL | ColumnType.MONEY:
                code = f"#,##0{decimals}"
        return self._formats.setdefault(code, _FIRST_OWN + len(self._formats))

    def xml(self) -> str:
        """styles.xml."""
        formats = "".join(
            f'<numFmt numFmtId="{number}" formatCode="{code}"/>'
            for code, number in self._formats.items()
        )
        if formats:
            formats = f'<numFmts count="{len(self._formats)}">{formats}</numFmts>'
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f'{formats}<fonts count="3">{_FONTS}</fonts><fills count="3">{_FILLS}</fills>'
            f'<borders count="2">{_BORDERS}</borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
            f'</cellStyleXfs><cellXfs count="{len(self._cells)}">{"".join(self._cells)}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        )
