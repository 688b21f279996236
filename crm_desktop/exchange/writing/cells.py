"""Cells of a workbook, a column of a batch at a time: fast where all values are plain.

Every cell is an inline string, a number or a truth value; an inline string cannot become a
formula, whatever it begins with. A batch that holds anything unusual (control characters,
very long texts, values of another type) goes through the careful path, cell by cell. A column
in which every row has a plain value is not made into cells at all: `Filled` says what stands
around its values, and the sheet puts whole rows together at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from crm_desktop.domain.plain_texts import LONGEST, PlainTexts
from crm_desktop.exchange.writing.clean import CELL_LIMIT, cleaned, escaped, units
from crm_desktop.exchange.writing.table import ColumnType

# Excel keeps 15 significant digits; a longer number stays exact as text.
_DIGITS = 15
_LONGEST_PLAIN = _DIGITS + 1  # with a point or a sign
# Day 1 of Excel is 1900-01-01, and it counts a 29 February 1900 that never was;
# programs differ before that, so days before 1901 stand as text.
_DAY_ZERO = date(1899, 12, 30).toordinal()
_SURE = date(1901, 1, 1)
_DAY_SECONDS = 86_400
_END, _TEXT_END = b"</v></c>", b"</t></is></c>"

# (row number, whole text) -> what stands in the cell instead
Shorten = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Filled:
    """A column without an empty cell: in each row opening + row number + middle + text + end."""

    opening: bytes
    middle: bytes
    texts: list[bytes]
    end: bytes


Cells = Filled | list[bytes] | None
"""A column of a batch; a list has b"" for an empty cell, None is a column of empty ones."""


class CellColumn:
    """One column of a sheet: turns values into cells."""

    def __init__(
        self, letter: str, kind: ColumnType, style: int, *, days: int, shorten: Shorten
    ) -> None:
        self._kind = kind
        self._start = f'<c r="{letter}'.encode()
        self._text = f'" s="{style}" t="inlineStr"><is><t>'.encode()
        self._kept = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">'.encode()
        self._number = f'" s="{style}"><v>'.encode()
        self._day = f'" s="{days}"><v>'.encode()
        self._bool = f'" s="{style}" t="b"><v>'.encode()
        self._ends = {self._text: _TEXT_END, self._number: _END, self._bool: _END}
        self._shorten = shorten

    def cells(self, numbers: list[bytes], values: Sequence[Any]) -> Cells:
        """The cells for `values` in the rows called `numbers`.

        Raises ValueError where there are not as many values as rows.
        """
        if len(values) != len(numbers):
            raise ValueError(f"{len(values)} values for {len(numbers)} rows")
        if values.count(None) == len(values):
            return None
        plain = self._plain(values)
        if plain is None:
            return [self._careful(n, v) for n, v in zip(numbers, values, strict=True)]
        around, texts = plain
        if b"" not in texts:
            return Filled(self._start, around, texts, self._ends[around])
        start, end = self._start, self._ends[around]
        return [
            b"".join((start, number, around, text, end)) if text else b""
            for number, text in zip(numbers, texts, strict=True)
        ]

    def _plain(self, values: Sequence[Any]) -> tuple[bytes, list[bytes]] | None:
        """What stands before the texts of the cells, and these; None where care is needed."""
        if isinstance(values, PlainTexts):
            return self._text, _spelled_in_xml(values) if values.marked else values.encoded
        types = set(map(type, values))
        types.discard(type(None))
        match self._kind:
            case ColumnType.TEXT | ColumnType.LINK_MAIL if types <= {str}:
                texts = _plain_texts(values)
                return None if texts is None else (self._text, texts)
            case ColumnType.INTEGER | ColumnType.DECIMAL | ColumnType.MONEY if types <= _NUMERIC:
                return self._figures(_each(str, values))
            case ColumnType.PERCENT if types <= {Decimal}:
                return self._figures(_each(lambda share: str(share.scaleb(-2)), values))
            case ColumnType.DATE if types <= {date}:
                if min(filter(None, values), default=_SURE) >= _SURE:
                    return self._figures(_each(_day, values))
            case ColumnType.DATETIME if types <= {datetime}:
                if all([v is None or v.year >= _SURE.year for v in values]):
                    return self._figures(_each(_moment, values))
            case ColumnType.BOOL if types <= {bool}:
                return self._bool, list(map(_TRUTH.__getitem__, values))
        return None

    def _figures(self, figures: list[str]) -> tuple[bytes, list[bytes]] | None:
        if max(map(len, figures)) > _LONGEST_PLAIN or not _FIGURES.issuperset("".join(figures)):
            return None
        return self._number, _encoded(figures)

    def _careful(self, number: bytes, value: Any) -> bytes:
        if value is None or value == "":
            return b""
        if self._kind is ColumnType.BOOL and isinstance(value, bool):
            return b"".join((self._start, number, self._bool, _TRUTH[value], _END))
        figure = _figure(self._kind, value)
        if figure is not None:
            alone = self._kind is ColumnType.WHEN and not isinstance(value, datetime)
            before = self._day if alone else self._number
            return b"".join((self._start, number, before, figure.encode(), _END))
        text = cleaned(value if isinstance(value, str) else _spelled(value))
        if not text:
            return b""
        if len(text) > LONGEST and units(text) > CELL_LIMIT:
            text = self._shorten(number.decode(), text)
        plain = text.isprintable() and text == text.strip()
        before = self._text if plain else self._kept
        return b"".join((self._start, number, before, escaped(text).encode(), _TEXT_END))


_NUMERIC = {int, Decimal}
_FIGURES = frozenset("0123456789.-")
_TRUTH = {None: b"", False: b"0", True: b"1"}


def _each(spell: Callable[[Any], str], values: Sequence[Any]) -> list[str]:
    """Every value spelled, of many that are alike once; "" for None."""
    distinct = set(values)
    if 2 * len(distinct) > len(values):
        return ["" if value is None else spell(value) for value in values]
    known = {value: "" if value is None else spell(value) for value in distinct}
    return list(map(known.__getitem__, values))


def _day(value: date) -> str:
    return str(value.toordinal() - _DAY_ZERO)


def _encoded(texts: Sequence[str]) -> list[bytes]:
    """Texts without line ends, all at once."""
    return "\n".join(texts).encode().split(b"\n")


def _spelled_in_xml(texts: PlainTexts) -> list[bytes]:
    return escaped(b"\n".join(texts.encoded).decode()).encode().split(b"\n")


def _plain_texts(values: Sequence[Any]) -> list[bytes] | None:
    """The texts of a column, escaped all at once; None where any needs the careful path."""
    texts = [value or "" for value in values] if None in values else values
    flat = "".join(texts)
    if not flat:
        return [b""] * len(texts)
    # isprintable is false for every control character, line end, surrogate and odd blank.
    if not flat.isprintable() or "_x" in flat or max(map(len, texts)) > LONGEST:
        return None
    joined = "\n".join(texts)
    if joined[0] == " " or joined[-1] == " " or "\n " in joined or " \n" in joined:
        return None
    if "&" in flat or "<" in flat or ">" in flat:
        joined = escaped(joined)
    return joined.encode().split(b"\n")


def _figure(kind: ColumnType, value: Any) -> str | None:
    """`value` as the number that stands in the file; None where it has to be text."""
    if kind is ColumnType.WHEN and isinstance(value, datetime) and value.time() == time():
        return None  # as a number it would be the day alone
    if kind in (ColumnType.DATE, ColumnType.DATETIME, ColumnType.WHEN):
        return _serial(kind, value) if isinstance(value, date) else None
    if kind in _COUNTED and isinstance(value, int | float | Decimal) and value is not True:
        if value is False:
            return None
        exact = value if isinstance(value, Decimal) else Decimal(repr(value))
        if not exact.is_finite():
            return None
        if kind is ColumnType.PERCENT:
            exact = exact.scaleb(-2)
        figure = f"{exact:f}"
        if len(figure.lstrip("-0.").replace(".", "")) > _DIGITS and not isinstance(value, float):
            return None
        return figure
    return None


_COUNTED = {ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.MONEY, ColumnType.PERCENT}


def _serial(kind: ColumnType, value: date) -> str | None:
    if value.year < _SURE.year:
        return None
    if kind is ColumnType.DATE or not isinstance(value, datetime):
        return str(value.toordinal() - _DAY_ZERO)
    return _moment(value)


def _moment(value: datetime) -> str:
    """Days with a fraction, exact to the second."""
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return f"{value.toordinal() - _DAY_ZERO + seconds / _DAY_SECONDS:.10f}"


def _spelled(value: Any) -> str:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)
