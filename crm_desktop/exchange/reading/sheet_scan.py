"""Looks through the raw XML of one sheet for what the fast parser does not tell, and for traps."""

from __future__ import annotations

import re

from crm_desktop.exchange.reading.facts import Limits

_LONGEST_CARRY = 8 << 20
_RANGES_TOLD = 200
_PREFIX = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?worksheet\b")
# References beyond 256 columns (IV) or 200,000 rows; the exact limits are applied to the hits.
# Nearly all are near ones: they are told first.
_FAR = re.compile(
    rb'r="(?![A-Ha-h]?[A-Za-z]?1?\d{1,5}")(?:[A-Za-z]{3,}\d|(?:[J-Zj-z][A-Za-z]|[Ii][W-Zw-z])\d'
    rb'|[A-Za-z]{0,2}(?:[2-9]\d{5}|\d{7,})")'
)
_REFERENCE = re.compile(rb'r="([A-Za-z]*)(\d+)"')


def column_number(letters: str) -> int:
    """The number of a column by its letters: A is 1, IV is 256."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class SheetScan:
    """Fed with the pieces of a sheet part; its figures are right after `finish`."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._carry = b""
        self._prepared = False
        self._prefix = b""
        self.formulas_without_value = 0
        self._formula_runs: dict[str, list[tuple[int, int]]] = {}
        """First and last row of cells below each other, by the letters of their column."""
        self.error_cells = 0
        self.hidden_rows = 0
        self.rows = 0
        self.last_row = 0
        self.last_column = 0

    @property
    def too_large(self) -> bool:
        """Whether cells with values lie beyond the limits, or there are too many rows."""
        return (
            max(self.rows, self.last_row) > self._limits.rows
            or self.last_column > self._limits.columns
        )

    @property
    def formula_cells(self) -> tuple[str, ...]:
        """Where formulas without a value stand: C5, D2:D90; by column."""
        columns = sorted(self._formula_runs, key=column_number)
        return tuple(
            f"{letters}{first}" if first == last else f"{letters}{first}:{letters}{last}"
            for letters in columns
            for first, last in self._formula_runs[letters]
        )

    def feed(self, piece: bytes) -> None:
        """Take the next bytes of the part."""
        data = self._carry + piece
        if not self._prepared:
            found = _PREFIX.search(data)
            if found is None and len(data) < 65_536:
                self._carry = data
                return
            self._prepare(found)
        # Cut between rows, so that no cell is ever seen in halves.
        cut = data.rfind(self._row_end)
        if cut < 0:
            cut = data.rfind(b">") if len(data) > _LONGEST_CARRY else -1
            if cut < 0 and len(data) <= _LONGEST_CARRY:
                self._carry = data
                return
        self._carry = data[cut + 1 :]
        self._look(data[: cut + 1])

    def finish(self) -> None:
        """Look at what is left."""
        if not self._prepared:
            self._prepare(_PREFIX.search(self._carry))
        self._look(self._carry)
        self._carry = b""

    def _prepare(self, found: re.Match[bytes] | None) -> None:
        prefix = (found.group(1) + b":") if found is not None and found.group(1) else b""
        self._prefix = prefix
        self._row_end = b"</" + prefix + b"row>"
        name = re.escape(prefix)
        self._row_start = b"<" + prefix + b"row"
        self._cell_start = b"<" + prefix + b"c "
        self._formula_start = b"<" + prefix + b"f"
        self._hidden = re.compile(rb"<" + name + rb'row\b[^>]*\bhidden="(?:1|true)"')
        self._unfilled = re.compile(
            (rb"(?:</%sf>|<%sf\b[^>]*/>)\s*(?:<%sv\s*/>|<%sv>\s*</%sv>)?\s*</%sc>")
            % ((name,) * 6)
        )  # fmt: skip
        self._prepared = True

    def _look(self, block: bytes) -> None:
        if b"'" in block and b"='" in block:  # the sign alone is found ten times as fast
            block = block.replace(b"'", b'"')
        self.rows += block.count(self._row_start)
        self.error_cells += block.count(b' t="e"')
        if b' hidden="' in block:
            self.hidden_rows += len(self._hidden.findall(block))
        if self._formula_start in block:
            self._look_at_formulas(block)
        for hit in _FAR.finditer(block):
            self._look_at_far_cell(block, hit.start())

    def _look_at_formulas(self, block: bytes) -> None:
        for found in self._unfilled.finditer(block):
            start = block.rfind(self._cell_start, 0, found.start())
            # A formula whose answer is an empty text was calculated: it says so by t="str".
            if start >= 0 and b't="str"' not in block[start : block.find(b">", start)]:
                self.formulas_without_value += 1
                place = _REFERENCE.search(block, start, block.find(b">", start))
                if place is not None and place.group(1):
                    self._note_formula(place.group(1).decode().upper(), int(place.group(2)[:12]))

    def _note_formula(self, letters: str, row: int) -> None:
        runs = self._formula_runs.setdefault(letters, [])
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        elif sum(map(len, self._formula_runs.values())) < _RANGES_TOLD:
            runs.append((row, row))

    def _look_at_far_cell(self, block: bytes, position: int) -> None:
        start = block.rfind(b"<", 0, position)
        end = block.find(b">", position)
        if start < 0 or end < 0 or not block.startswith(self._cell_start, start):
            return
        # Cells that carry only a colour or a border reach far down in many honest sheets.
        if block[end - 1 : end] == b"/" or block.startswith(b"</", end + 1):
            return
        found = _REFERENCE.match(block, position)
        if found is not None:
            self.last_column = max(self.last_column, column_number(found.group(1).decode()))
            self.last_row = max(self.last_row, int(found.group(2)[:12]))
