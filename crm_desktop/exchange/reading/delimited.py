"""Rows out of delimited text: encoding and separator found by looking at the whole of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.injection import unguarded
from crm_desktop.exchange.reading.charset import Charset, detect
from crm_desktop.exchange.reading.facts import Limits, Row, SheetFacts

Quoting = Literal[0, 3]
"""csv.QUOTE_MINIMAL or csv.QUOTE_NONE."""
DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 100
_LONGEST_RECORD_LINES = 200
_LONGEST_FIELD = 1_000_000


class DelimitedText:
    """One text file as one sheet."""

    def __init__(self, path: Path, limits: Limits, encoding: str = "", delimiter: str = "") -> None:
        self._limits = limits
        self._name = path.stem
        self._data = path.read_bytes()
        if not self._data.strip(b" \t\r\n\0\x1a\xef\xbb\xbf\xff\xfe"):
            raise Refused("reading.empty")
        self.charset = Charset(encoding) if encoding else detect(self._data)
        self._skip_lines = 0
        self._quoting: Quoting = csv.QUOTE_MINIMAL
        self.damaged_characters = self.rejoined_rows = 0
        csv.field_size_limit(_LONGEST_FIELD)
        self._usual = 0
        self.delimiter = delimiter or self._find_delimiter()
        self._usual = self._score(self.delimiter)[1]
        self.facts = self._measure()

    def rows(self) -> Iterator[Row]:
        """All records; a blank line is an empty row, so that numbers agree with spreadsheets."""
        return self._records(self.delimiter, self._quoting)

    def _lines(self) -> Iterator[str]:
        text = io.TextIOWrapper(
            io.BytesIO(self._data), self.charset.name, errors="replace", newline=""
        )
        for number, line in enumerate(text):
            if number >= self._skip_lines:
                yield line.replace("\0", "") if "\0" in line else line

    def _records(self, delimiter: str, quoting: Quoting) -> Iterator[Row]:
        reader = csv.reader(self._lines(), delimiter=delimiter, quoting=quoting)
        usual = self._usual
        for record in reader:
            if len(record) > usual > 1:
                record = self._rejoined(record)
            yield tuple([_value(text) for text in record])

    def _rejoined(self, record: list[str]) -> list[str]:
        """Values with a comma written without quotation marks (12, rue des Bouchers) made whole.

        Only where joining the parts that begin with a blank gives exactly the usual width.
        """
        parts: list[str] = []
        for value in record:
            if parts and value.startswith(" "):
                parts[-1] += self.delimiter + value
            else:
                parts.append(value)
        return parts if len(parts) == self._usual else record

    def _find_delimiter(self) -> str:
        first = next(self._lines(), "").strip().lower()
        if first.startswith("sep=") and len(first) <= 5:
            self._skip_lines = 1
            return first[4:] or "\t"
        best, best_score = ",", (0.0, 0)
        for delimiter in DELIMITERS:
            score = self._score(delimiter)
            if score > best_score:
                best, best_score = delimiter, score
        return best

    def _score(self, delimiter: str) -> tuple[float, int]:
        """How evenly this separator cuts the first rows: (share of even rows, width)."""
        widths: list[int] = []
        try:
            for record in self._records(delimiter, csv.QUOTE_MINIMAL):
                if any(record):
                    widths.append(len(record))
                if len(widths) >= _SAMPLE_ROWS:
                    break
        except csv.Error:
            return (0.0, 0)
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        cut = [width for width in widths if width > 1]
        if not cut:
            return (0.0, 0)
        if usual == 1:
            usual = max(set(cut), key=cut.count)
        return (widths.count(usual) / len(widths), usual)

    def _measure(self) -> SheetFacts:
        facts = self._count(csv.QUOTE_MINIMAL)
        if facts is None:
            # A quotation mark that is never closed must not swallow the rest of the file.
            self._quoting = csv.QUOTE_NONE
            facts = self._count(csv.QUOTE_NONE)
        if facts is None:
            raise Refused("reading.not_table")
        return facts

    def _count(self, quoting: Quoting) -> SheetFacts | None:
        """The size with this way of quoting; None where it cannot be the right one."""
        rows = last = columns = before = rejoined = 0
        reader = csv.reader(self._lines(), delimiter=self.delimiter, quoting=quoting)
        try:
            for record in reader:
                rows += 1
                if reader.line_num - before > _LONGEST_RECORD_LINES:
                    return None
                before = reader.line_num
                if any(record):
                    last = rows
                    if len(record) > self._usual > 1:
                        joined = self._rejoined(record)
                        rejoined += joined is not record
                        record = joined
                    columns = max(columns, len(record))
        except csv.Error:
            return None
        self.damaged_characters = self._count_damage()
        self.rejoined_rows = rejoined
        large = last > self._limits.rows or columns > self._limits.columns
        return SheetFacts(self._name, last, columns, too_large=large)

    def _count_damage(self) -> int:
        if self.charset.sure:
            return 0
        return sum(line.count("�") for line in self._lines())


def _value(text: str) -> str | None:
    """A field; without the ' that keeps a spreadsheet from calculating it."""
    if text[:1] == "'":
        return unguarded(text)
    return text if text != "" else None
