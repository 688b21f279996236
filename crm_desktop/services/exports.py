"""Records as tables: workbooks, CSV files, and text for the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crm_desktop.data.errors import refusing
from crm_desktop.data.files import replace_durably
from crm_desktop.documents.list_pdf import ListPaper, list_pdf
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.next_step import NextStep
from crm_desktop.domain.queries import EVERYTHING, Query
from crm_desktop.exchange.writing import Column, ColumnType, TableOut, write_table
from crm_desktop.progress import NO_PROGRESS, Progress
from crm_desktop.services.lists import Lists
from crm_desktop.services.records import Records
from crm_desktop.words import Words

_CHUNK = 2_000
_SEVERAL = "; "
_AMOUNTS = frozenset({FieldType.MONEY, FieldType.UNIT_PRICE})
_TYPES = {
    FieldType.INTEGER: ColumnType.INTEGER,
    FieldType.NUMBER: ColumnType.DECIMAL,
    FieldType.MONEY: ColumnType.MONEY,
    FieldType.UNIT_PRICE: ColumnType.MONEY,
    FieldType.PERCENT: ColumnType.PERCENT,
    FieldType.DATE: ColumnType.DATE,
    FieldType.STAMP: ColumnType.DATETIME,
    FieldType.BOOLEAN: ColumnType.BOOL,
}
_NUMERIC = frozenset({FieldType.INTEGER, FieldType.NUMBER, FieldType.PERCENT, *_AMOUNTS})
_SCALES = {FieldType.UNIT_PRICE: 4, FieldType.NUMBER: 4}


class Exports:
    """Writes any list of any kind; an import of the file reads the same values back."""

    def __init__(self, records: Records, lists: Lists, clock: Clock) -> None:
        self._records = records
        self._lists = lists
        self._clock = clock

    def export(
        self,
        kind: Kind,
        path: Path,
        words: Words,
        *,
        query: Query = EVERYTHING,
        ids: Sequence[int] | None = None,
        columns: Sequence[str] | None = None,
        progress: Progress = NO_PROGRESS,
    ) -> int:
        """Write records to `path` (.xlsx or .csv); returns how many.

        `ids` says which ones, else `query`; `columns` are keys of fields, None means all.
        Refused where the file cannot be written, or its ending is neither of the two.
        """
        fields = self._fields(kind, columns)
        wanted = self._records.ids(kind, query) if ids is None else ids
        table = TableOut(
            title=words.text(f"kind.{kind.value}.plural"),
            columns=tuple(
                Column(
                    header(kind, field, words),
                    _TYPES.get(field.type, ColumnType.TEXT),
                    _SCALES.get(field.type, 2),
                )
                for field in fields
            ),
            rows=self._rows(kind, wanted, fields, words),
            words=words.text,
            count=len(wanted),
        )
        return write_table(path, table, progress)

    def tsv(self, kind: Kind, ids: Sequence[int], columns: Sequence[str], words: Words) -> str:
        """Records as the text spreadsheets paste: a header, then a line for each."""
        fields = self._fields(kind, columns)
        lines = ["\t".join(_flat(header(kind, field, words)) for field in fields)]
        for row in self._rows(kind, ids, fields, words):
            lines.append("\t".join(_flat(_plain(value, words)) for value in row))
        return "\n".join(lines) + "\n"

    def pdf(
        self,
        kind: Kind,
        path: Path,
        words: Words,
        *,
        query: Query = EVERYTHING,
        ids: Sequence[int] | None = None,
        columns: Sequence[str] | None = None,
        title: str = "",
        note: str = "",
        progress: Progress = NO_PROGRESS,
    ) -> int:
        """Print records on A4 into `path`; returns how many. Refused where it cannot be written.

        `title` is the name of a view, where the list is one; `note` says which rows these are.
        """
        fields = self._fields(kind, columns)
        wanted = self._records.ids(kind, query) if ids is None else ids
        count = words.text(f"kind.{kind.value}.count", count=len(wanted))
        paper = ListPaper(
            title=title or words.text(f"kind.{kind.value}.plural"),
            note=note,
            subtitle=f"{count}  ·  {self._clock.today().isoformat()}",
            headings=tuple(header(kind, field, words) for field in fields),
            numeric=tuple(field.type in _NUMERIC for field in fields),
            rows=[
                tuple(_printed(value, words) for value in row)
                for row in self._rows(kind, wanted, fields, words)
            ],
            language="en" if words.language == "en" else "zh",
        )
        part = path.with_name(path.name + ".part")
        with refusing(path):
            try:
                part.write_bytes(list_pdf(paper, progress=progress))
                replace_durably(part, path)
            finally:
                part.unlink(missing_ok=True)
        return len(wanted)

    def _fields(self, kind: Kind, columns: Sequence[str] | None) -> tuple[Field, ...]:
        known = {field.key: field for field in self._records.fields(kind)}
        if columns is None:
            return tuple(known.values())
        chosen = [known[key] for key in columns]
        # An amount without its currency is no amount.
        if "currency" in known and known["currency"] not in chosen:
            last = max((n for n, f in enumerate(chosen) if f.type in _AMOUNTS), default=-1)
            if last >= 0:
                chosen.insert(last + 1, known["currency"])
        return tuple(chosen)

    def _rows(
        self, kind: Kind, ids: Sequence[int], fields: tuple[Field, ...], words: Words
    ) -> Iterator[tuple[Any, ...]]:
        keys = [field.key for field in fields]
        makers = [self._maker(kind, field, words) for field in fields]
        for first in range(0, len(ids), _CHUNK):
            columns = self._records.columns(kind, ids[first : first + _CHUNK], keys)
            made = [_made(make, column) for make, column in zip(makers, columns, strict=True)]
            yield from zip(*made, strict=True)

    def _maker(self, kind: Kind, field: Field, words: Words) -> Callable[[Any], Any]:
        """What turns a value of the field into what its column holds."""
        zone = ZoneInfo(self._clock.zone)
        names: dict[int, str] = {}
        if field.list_key:
            items = self._lists.all_items(field.list_key)
            names = {item.id: item_name(item, words.text) for item in items}

        def several(values: Sequence[Any]) -> str:
            return _SEVERAL.join(map(str, values)) if values else ""

        def state(value: str) -> str:
            return words.text(f"state.{kind.value}.{value}")

        def local(value: datetime) -> datetime:
            return value.astimezone(zone)

        makers: dict[FieldType, Callable[[Any], Any]] = {
            FieldType.CHOICE: lambda value: names.get(value, ""),
            FieldType.CHOICES: lambda value: several([names.get(each, "") for each in value]),
            FieldType.STATE: state,
            FieldType.LINK: _title,
            FieldType.POINTS: several,
            FieldType.TAGS: several,
            FieldType.ADDRESSES: lambda value: several([_address(each) for each in value]),
            FieldType.STAMP: local,
            FieldType.BIRTHDAY: _birthday,
            FieldType.DUE: _due,
            FieldType.NEXT_STEP: _next_step,
        }
        return makers.get(field.type, _same)


def header(kind: Kind, field: Field, words: Words) -> str:
    """The name of a column, as the import knows it again."""
    key = f"field.{kind.value}.{field.key}"
    return words.text(key) if words.has(key) else field.key.removeprefix("custom.")


def _made(make: Callable[[Any], Any], values: list[Any]) -> list[Any]:
    # Of many columns few are filled.
    if make is _same or values.count(None) == len(values):
        return values
    return [None if value is None else make(value) for value in values]


def _same(value: Any) -> Any:
    return value


def _title(ref: Ref) -> str:
    return ref.title


def _address(address: Address) -> str:
    return address.text()


def _birthday(birthday: Birthday) -> str:
    return birthday.text()


def _due(due: Due) -> str:
    return due.day.isoformat() if due.time is None else f"{due.day} {due.time:%H:%M}"


def _next_step(step: NextStep) -> str:
    day = step.day.isoformat() if step.day is not None else ""
    at = f"{step.at:%H:%M}" if step.at is not None else ""
    return " ".join(part for part in (day, at, step.subject) if part)


def _plain(value: Any, words: Words) -> str:
    """A value as text on the clipboard; a spreadsheet makes dates and numbers of it again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words.text("export.yes" if value else "export.no")
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")
    return str(value)


def _flat(text: str) -> str:
    """Without what would end the cell or the line."""
    return " ".join(text.split()) if any(char in text for char in "\t\r\n") else text


def _printed(value: Any, words: Words) -> str:
    """A value as it stands on paper: amounts in groups of three digits."""
    return f"{value:,}" if isinstance(value, Decimal) else _plain(value, words)
