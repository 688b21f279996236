"""A table over pages: its heading comes again, its rows stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.documents import fonts
from crm_desktop.documents.layout.blocks import Block
from crm_desktop.documents.layout.lines import break_lines
from crm_desktop.documents.layout.pen import Pen
from crm_desktop.documents.layout.style import (
    ACCENT,
    CELL,
    DETAIL,
    HAIRLINE,
    LABEL,
    SMALL,
    TABLE_EDGE,
    TINT,
    Style,
)

_PAD = 6.0
_BETWEEN = 12.0
_TALL = 180.0  # a row higher than this may be divided between pages


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading lines (one per language), side, and room it needs at least."""

    heading: tuple[str, ...]
    align: str = "left"
    flexible: bool = False
    least: float = 0.0
    most: float = 130.0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a text per column, and a detail that runs below them over the whole width."""

    cells: tuple[str, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Strip:
    """One printed line of a row."""

    cells: tuple[tuple[int, str], ...]
    style: Style


class _LaidRow:
    __slots__ = ("height", "strips")

    def __init__(self, strips: list[_Strip]) -> None:
        self.strips = strips
        self.height = sum(strip.style.leading for strip in strips) + 2 * _PAD


class _Grid:
    """Where the columns lie, at one width."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], width: float) -> None:
        self.columns = columns
        self.widths = [
            0.0 if column.flexible else self._needed(column, [row.cells[i] for row in rows])
            for i, column in enumerate(columns)
        ]
        free = width - 2 * TABLE_EDGE - _BETWEEN * (len(columns) - 1) - sum(self.widths)
        flexible = [i for i, column in enumerate(columns) if column.flexible]
        for i in flexible:
            self.widths[i] = max(free / len(flexible), columns[i].least)
        self.lefts: list[float] = []
        x = TABLE_EDGE
        for wide in self.widths:
            self.lefts.append(x)
            x += wide + _BETWEEN
        self.flexible = flexible[0] if flexible else 0
        self.detail_width = width - TABLE_EDGE - self.lefts[self.flexible]

    @staticmethod
    def _needed(column: Column, texts: Sequence[str]) -> float:
        heading = max(fonts.widest(line, LABEL.size, bold=True) for line in column.heading)
        body = max((fonts.widest(text, CELL.size) for text in set(texts)), default=0.0)
        return min(max(column.least, heading, body) + 0.1, column.most)

    def lay(self, row: Row) -> _LaidRow:
        """The row as printed lines."""
        broken = [
            break_lines(text, wide, CELL.size) if text else []
            for text, wide in zip(row.cells, self.widths, strict=True)
        ]
        strips = [
            _Strip(tuple((i, lines[n]) for i, lines in enumerate(broken) if n < len(lines)), CELL)
            for n in range(max(map(len, broken)))
        ]
        if row.detail:
            lines = break_lines(row.detail, self.detail_width, DETAIL.size)
            strips += [_Strip(((self.flexible, line),), DETAIL) for line in lines]
        return _LaidRow(strips)

    def x(self, index: int, align: str) -> float:
        """Where text in this column begins, or ends where it is set to the right."""
        left = self.lefts[index]
        return left + self.widths[index] if align == "right" else left


class Table:
    """A table of text; columns take the width they need, flexible ones what is left.

    `tail`, as the sums, follows the last row and never comes to a page without it.
    """

    def __init__(
        self, columns: Sequence[Column], rows: Sequence[Row], tail: Block | None = None
    ) -> None:
        self._columns, self._rows = columns, rows
        self._tail = tail
        self._grid: _Grid | None = None
        self._laid: list[_LaidRow] = []

    @classmethod
    def _continued(cls, table: Table, rows: list[_LaidRow], tail: Block | None) -> Table:
        part = cls(table._columns, (), tail)
        part._grid, part._laid = table._grid, rows
        return part

    def _lay(self, width: float) -> _Grid:
        if self._grid is None:
            self._grid = _Grid(self._columns, self._rows, width)
            self._laid = [self._grid.lay(row) for row in self._rows]
        return self._grid

    def _heading_height(self) -> float:
        lines = max(len(column.heading) for column in self._columns)
        return LABEL.leading + (lines - 1) * (SMALL.leading - 2) + 11

    def height(self, width: float) -> float:
        self._lay(width)
        tail = self._tail.height(width) if self._tail else 0.0
        return self._heading_height() + sum(row.height for row in self._laid) + tail

    def split(self, width: float, room: float, fresh: bool) -> tuple[Block | None, Block | None]:
        self._lay(width)
        room -= self._heading_height()
        count = 0
        while count < len(self._laid) and self._laid[count].height <= room:
            room -= self._laid[count].height
            count += 1
        if count == len(self._laid):
            # Only the tail has no room: the last row goes over with it.
            if count < 2:
                return (
                    (self._continued(self, self._laid, None), self._tail) if fresh else (None, self)
                )
            count -= 1
        before, after = self._laid[:count], self._laid[count:]
        if after[0].height > _TALL or (fresh and not before):
            first, rest = _divide(after[0], room, force=fresh and not before)
            if first:
                before, after = [*before, first], [rest, *after[1:]]
        if not before:
            return None, self
        return self._continued(self, before, None), self._continued(self, after, self._tail)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        grid = self._lay(width)
        top = self._draw_heading(pen, grid, x, top, width)
        styles = {
            style: [_aligned(style, column.align) for column in self._columns]
            for style in (CELL, DETAIL)
        }
        places = [x + grid.x(i, column.align) for i, column in enumerate(self._columns)]
        for row in self._laid:
            y = top + _PAD
            for strip in row.strips:
                by_column = styles[strip.style]
                for index, text in strip.cells:
                    pen.text(places[index], y, text, by_column[index])
                y += strip.style.leading
            top += row.height
            pen.rule(x, top, width, HAIRLINE, 0.5)
        if self._tail:
            self._tail.draw(pen, x, top, width)

    def _draw_heading(self, pen: Pen, grid: _Grid, x: float, top: float, width: float) -> float:
        high = self._heading_height()
        pen.fill(x, top, width, high, TINT)
        first = Style(size=LABEL.size, leading=LABEL.leading, bold=True, colour=ACCENT)
        second = Style(size=7, leading=SMALL.leading - 2, colour=SMALL.colour)
        for index, column in enumerate(self._columns):
            y = top + 5.5
            for number, line in enumerate(column.heading):
                style = _aligned(second if number else first, column.align)
                text = fonts.printable(line).replace("\n", " ")
                pen.text(x + grid.x(index, column.align), y, text, style)
                y += style.leading
        return top + high


def _aligned(style: Style, align: str) -> Style:
    return style.right() if align == "right" else style


def _divide(row: _LaidRow, room: float, force: bool) -> tuple[_LaidRow | None, _LaidRow]:
    """The lines of a tall row that fit, and the others."""
    room -= 2 * _PAD
    count = 0
    for strip in row.strips:
        room -= strip.style.leading
        if room < 0:
            break
        count += 1
    if force:
        count = max(count, 1)
    if count < (1 if force else 3) or count >= len(row.strips):
        return None, row
    return _LaidRow(row.strips[:count]), _LaidRow(row.strips[count:])
