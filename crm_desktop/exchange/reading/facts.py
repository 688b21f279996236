"""What is known about an opened file before its rows are used; plain values that cross the pipe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

Value = str | int | float | bool | date | datetime | time | None
Row = tuple[Value, ...]

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a foreign file may ask of this computer. Bytes and seconds."""

    rows: int = 200_000
    columns: int = 256
    packed_bytes: int = 256 * MB
    """The file as it lies on the disk."""
    inflated_bytes: int = 1024 * MB
    """All parts of a zipped workbook together (200,000 rows × 20 columns inflate to 228 MB)."""
    ratio: int = 100
    ratio_from_bytes: int = 1 * MB
    """Parts smaller than this may be packed tighter: they cannot do harm."""
    entries: int = 2_000
    memory_bytes: int = 512 * MB
    """Growth of the child process over what it had at its start."""
    cpu_seconds: float = 10.0
    """Work without a sign of progress."""
    silent_seconds: float = 30.0
    """Waiting without a sign of progress (a stuck network drive uses no processor)."""
    batch_rows: int = 2_000


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """One sheet: its size and what a reader of its rows must know."""

    name: str
    rows: int = 0
    """Number of the last row that holds a value, counted from 1 as spreadsheets do."""
    columns: int = 0
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] | None = None
    """Ranges as (first row, first column, last row, last column), from 0; None = not known."""
    checked: bool = False
    """Whether the three counts below were made: only workbooks of the xlsx family tell."""
    formulas_without_value: int = 0
    formula_cells: tuple[str, ...] = ()
    """Where these stand, as spreadsheets say it: C5, D2:D90. Of very many the first ones."""
    error_cells: int = 0
    hidden_rows: int = 0
    too_large: bool = False
    """Beyond the limits: listed, but its rows cannot be read."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file: its true type and its sheets, in the order of the workbook."""

    name: str
    kind: str
    """xlsx, xlsb, xls, ods, vcf or text, by content."""
    sheets: tuple[SheetFacts, ...]
    encoding: str = ""
    """Only for text: the encoding used."""
    encoding_sure: bool = True
    delimiter: str = ""
    rejoined_rows: int = 0
    """Only for text: rows whose values with commas lacked their quotation marks."""
    damaged_characters: int = 0
    """Of text and address cards: characters that could not be read, shown as U+FFFD."""
    cards_left_out: int = 0
    """Only for address cards: those that say nothing."""
    photos: int = 0
    """Only for address cards: those with a picture."""
    photos_left_out: int = 0
    """Those whose picture is a link, too large or of a format that is not known."""
    photos_left_out_of: tuple[str, ...] = ()
    """Whose these are; of very many the first ones."""


PHOTOS = -1
"""In the place of a sheet's number: the pictures of address cards as pairs of row and bytes."""
REST, WAKE = -2, -3
"""In the place of a sheet's number: wait for a limited time, in seconds; say that you are there."""
