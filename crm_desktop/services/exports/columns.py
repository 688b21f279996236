"""Fields as columns of a file: how they are called, and what stands in their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, Protocol

from crm_desktop.data.records.stored import each
from crm_desktop.data.records.stream import Columns
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import Item, item_name
from crm_desktop.domain.parts import named_like, parts_text
from crm_desktop.domain.plain_texts import PlainTexts, naming
from crm_desktop.exchange.cells import listed
from crm_desktop.exchange.writing import Column, ColumnType, own_header
from crm_desktop.words import Words

AMOUNTS = frozenset({FieldType.MONEY, FieldType.UNIT_PRICE})
NUMERIC = frozenset({FieldType.INTEGER, FieldType.NUMBER, FieldType.PERCENT, *AMOUNTS})
OWN_COLUMNS = ("uid", "version")
"""Columns of every record that a workbook carries hidden: it is known again by them."""
_SEVERAL = "; "
_TYPES = {
    FieldType.INTEGER: ColumnType.INTEGER,
    FieldType.NUMBER: ColumnType.DECIMAL,
    FieldType.MONEY: ColumnType.MONEY,
    FieldType.UNIT_PRICE: ColumnType.MONEY,
    FieldType.PERCENT: ColumnType.PERCENT,
    FieldType.DATE: ColumnType.DATE,
    FieldType.STAMP: ColumnType.DATETIME,
    FieldType.DUE: ColumnType.WHEN,
    FieldType.BOOLEAN: ColumnType.BOOL,
}
_LISTS = frozenset({FieldType.POINTS, FieldType.TAGS, FieldType.ADDRESSES})
_SCALES = {FieldType.UNIT_PRICE: 4, FieldType.NUMBER: 4}

Make = Callable[[Sequence[Any]], Sequence[Any]]
"""What turns a column of the stream into one of cells."""


class Items(Protocol):
    """Where the entries of lists are known."""

    def items(self, list_key: str) -> tuple[Item, ...]:
        """Those offered."""

    def all_items(self, list_key: str) -> tuple[Item, ...]:
        """All there are, retired ones too."""


def header(kind: Kind, field: Field, words: Words) -> str:
    """The name of a column, as the import knows it again."""
    key = f"field.{kind.value}.{field.key}"
    return words.text(key) if words.has(key) else field.name or field.key.removeprefix("custom.")


def hidden(kind: Kind, name: str) -> Column:
    """The column of a workbook for one of `OWN_COLUMNS`."""
    type_ = ColumnType.INTEGER if name == "version" else ColumnType.TEXT
    return Column(own_header(kind, name), type_, hidden=True)


class Cells:
    """What the fields of one kind hold in a file, in the words of one language."""

    def __init__(self, kind: Kind, fields: Sequence[Field], lists: Items, words: Words) -> None:
        self._kind = kind
        self._fields = tuple(fields)
        self._lists = lists
        self._words = words
        self._makers = [self._maker(field) for field in self._fields]

    def columns(self) -> tuple[Column, ...]:
        """The columns, typed; a field of one choice offers those there are."""
        return tuple(
            Column(
                header(self._kind, field, self._words),
                _TYPES.get(field.type, ColumnType.TEXT),
                _SCALES.get(field.type, 2),
                choices=self._choices(field),
            )
            for field in self._fields
        )

    def made(self, windows: Iterator[Columns]) -> Iterator[Columns]:
        """The values of the cells; columns behind those of the fields are left as they are."""
        behind = len(self._fields)
        for window in windows:
            made = (make(values) for make, values in zip(self._makers, window, strict=False))
            yield [*made, *window[behind:]]

    def _choices(self, field: Field) -> tuple[str, ...]:
        if field.type is FieldType.STATE and field.writable:
            return tuple(self._state(state) for state in field.states)
        if field.type is FieldType.CHOICE:
            names = [item_name(i, self._words.text) for i in self._lists.items(field.list_key)]
            return tuple(dict.fromkeys(names))
        return ()

    def _state(self, state: str) -> str:
        return self._words.text(f"state.{self._kind.value}.{state}")

    def _maker(self, field: Field) -> Make:
        names: dict[int, str] = {}
        if field.list_key:
            items = self._lists.all_items(field.list_key)
            names = {item.id: item_name(item, self._words.text) for item in items}
        if field.type is FieldType.CHOICE and (named := naming(names)):
            return named
        if field.type in _LISTS:
            return partial(_together, listed if field.type is FieldType.TAGS else _SEVERAL.join)
        makers: dict[FieldType, Callable[[Any], Any]] = {
            FieldType.CHOICE: lambda value: names.get(value, ""),
            FieldType.CHOICES: lambda value: listed([names.get(each, "") for each in value]),
            FieldType.STATE: self._state,
            FieldType.DUE: _when,
            FieldType.PARTS: lambda value: parts_text(
                field, value, lambda one: names.get(one.what) or named_like(one)
            ),
        }
        return partial(each, makers.get(field.type))


def _when(due: str) -> date | datetime:
    return datetime.fromisoformat(due) if " " in due else date.fromisoformat(due)


def _together(join: Callable[[tuple[str, ...]], str], values: Sequence[Any]) -> Sequence[Any]:
    if isinstance(values, PlainTexts) or tuple not in set(map(type, values)):
        return values  # nobody has several
    return [join(value) if isinstance(value, tuple) else value for value in values]


def plain(value: Any, words: Words) -> str:
    """A cell as text on the clipboard; a spreadsheet makes dates and numbers of it again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words.text("export.yes" if value else "export.no")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return str(value)


def printed(value: Any, words: Words) -> str:
    """A cell as it stands on paper: amounts in groups of three digits."""
    return f"{value:,}" if isinstance(value, Decimal) else plain(value, words)
