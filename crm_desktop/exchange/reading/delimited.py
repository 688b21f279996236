"""Rows out of delimited text: encoding and separator found by looking at the whole of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Literal, Protocol

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.injection import unguarded
from crm_desktop.exchange.reading.aligned import Cut, cut_at_blanks, cut_between, is_rule
from crm_desktop.exchange.reading.charset import Charset, detect, unreadable
from crm_desktop.exchange.reading.facts import Limits, Row, SheetFacts
from crm_desktop.exchange.reading.separators import (
    ALIGNED,
    USUAL_SEPARATORS,
    find_separator,
    usual_width,
)

Quoting = Literal[0, 3]
"""csv.QUOTE_MINIMAL or csv.QUOTE_NONE."""
_SAMPLE_LINES = 100
_LONGEST_RECORD_LINES = 200
_LONGEST_FIELD = 1_000_000


class _Records(Protocol):
    """What a reader of csv gives."""

    @property
    def line_num(self) -> int:
        """The number of the last line read."""

    def __iter__(self) -> Iterator[list[str]]: ...


class _CutLines:
    """The same out of columns set under each other."""

    def __init__(self, lines: Iterator[str], cut: Cut) -> None:
        self._lines = lines
        self._cut = cut
        self.line_num = 0

    def __iter__(self) -> Iterator[list[str]]:
        for line in self._lines:
            self.line_num += 1
            yield self._cut(line) if line.strip() and not is_rule(line) else []


class DelimitedText:
    """One text file as one sheet."""

    def __init__(self, path: Path, limits: Limits, encoding: str = "", delimiter: str = "") -> None:
        self._limits = limits
        self._name = path.stem
        self._data = path.read_bytes()
        if not self._data.strip(b" \t\r\n\0\x1a\xef\xbb\xbf\xff\xfe"):
            raise Refused("reading.empty")
        self.charset = Charset(encoding, whole=False) if encoding else detect(self._data)
        self._skip_lines = 0
        self._quoting: Quoting = csv.QUOTE_MINIMAL
        self.damaged_characters = self.rejoined_rows = 0
        csv.field_size_limit(_LONGEST_FIELD)
        self.delimiter = delimiter or self._find_delimiter()
        self._cut: Cut | None = None
        if self.delimiter == ALIGNED:
            self._cut = cut_between(list(self._lines())) or cut_at_blanks
        self._usual = 0
        self._usual = self._usual_width()
        self.facts = self._measure()

    def rows(self) -> Iterator[Row]:
        """All records; a blank line is an empty row, so that numbers agree with spreadsheets."""
        usual = self._usual
        for record in self._records(self._quoting):
            if len(record) > usual > 1:
                record = self._rejoined(record)
            yield tuple([_value(text) for text in record])

    def _lines(self) -> Iterator[str]:
        text = io.TextIOWrapper(
            io.BytesIO(self._data), self.charset.name, errors="replace", newline=""
        )
        for number, line in enumerate(text):
            if number >= self._skip_lines:
                yield line.replace("\0", "") if "\0" in line else line

    def _records(self, quoting: Quoting) -> _Records:
        """Records as they stand."""
        if self._cut is not None:
            return _CutLines(self._lines(), self._cut)
        return csv.reader(self._lines(), delimiter=self.delimiter, quoting=quoting)

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
        filled = (line for line in self._lines() if line.strip())
        found = find_separator(list(islice(filled, _SAMPLE_LINES)))
        # A less usual sign has to cut all lines alike, not just the first ones.
        return found if found in USUAL_SEPARATORS else find_separator(list(self._lines()))

    def _usual_width(self) -> int:
        """The number of columns of most of the first rows."""
        widths: list[int] = []
        try:
            filled = filter(any, self._records(csv.QUOTE_MINIMAL))
            widths = [len(record) for record in islice(filled, _SAMPLE_LINES)]
        except csv.Error:
            return 0
        return usual_width(widths)

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
        records = self._records(quoting)
        try:
            for record in records:
                rows += 1
                if records.line_num - before > _LONGEST_RECORD_LINES:
                    return None
                before = records.line_num
                if any(record):
                    last = rows
                    if len(record) > self._usual > 1:
                        joined = self._rejoined(record)
                        rejoined += joined is not record
                        record = joined
                    columns = max(columns, len(record))
        except csv.Error:
            return None
        if not self.charset.whole:
            self.damaged_characters = unreadable(self._data, self.charset.name)
        self.rejoined_rows = rejoined
        large = last > self._limits.rows or columns > self._limits.columns
        return SheetFacts(self._name, last, columns, too_large=large)


def _value(text: str) -> str | None:
    """A field; without the ' that keeps a spreadsheet from calculating it."""
    if text[:1] == "'":
        return unguarded(text)
    return text if text != "" else None
