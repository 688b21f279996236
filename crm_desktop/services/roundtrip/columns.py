"""The columns of a sheet that came back: whose they are, and what their cells say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.due import Due, due_text
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import named_like, parts_text
from crm_desktop.domain.problems import Problem
from crm_desktop.domain.values import WrongValue, accept
from crm_desktop.exchange.cells import as_text, listed
from crm_desktop.exchange.mapping.columns import ColumnReader
from crm_desktop.exchange.mapping.plan import ColumnPlan
from crm_desktop.exchange.mapping.targets import Target
from crm_desktop.exchange.reading.facts import Value
from crm_desktop.services.exports import header
from crm_desktop.words import Words

_CELL = 32_767  # characters; of a longer text only the beginning stands in its cell
_SURELY_THERE = 30_000
_EXACT = frozenset(
    {FieldType.NUMBER, FieldType.MONEY, FieldType.UNIT_PRICE, FieldType.PERCENT, FieldType.INTEGER}
)
_NEVER_EMPTY = frozenset({FieldType.STATE, FieldType.CURRENCY})


class FieldColumn:
    """One column and its field."""

    def __init__(
        self, kind: Kind, field: Field, index: int, name: str, *, today: date, zone: str
    ) -> None:
        self.field = field
        self.index = index
        self.header = name
        options = {"rate": "own"} if field.type is FieldType.PERCENT else {}
        target = f"{kind.value}.{field.key}"
        plan = ColumnPlan(index, name, target, options=options)
        self._reader = ColumnReader(plan, Target(target, kind, field), today=today, zone=zone)

    @property
    def never_empty(self) -> bool:
        """Whether something always has to stand there."""
        return self.field.required or self.field.type in _NEVER_EMPTY

    def looks_same(self, cell: Value, written: Any) -> bool:
        """Whether a cell is as it was written, at a glance; other spellings may mean the same."""
        if cell is None or written is None:
            return cell is None and (written is None or written == "")
        if isinstance(written, str):
            if cell == written:
                return True
            return len(written) > _CELL and as_text(cell).startswith(written[:_SURELY_THERE])
        if isinstance(written, bool) or isinstance(cell, bool):
            return cell is written
        if isinstance(written, Decimal | int):
            if not isinstance(cell, int | float):
                return False
            whole = written / 100 if self.field.type is FieldType.PERCENT else written
            return cell == whole or Decimal(f"{cell:.15g}") == whole
        if isinstance(written, date) and not isinstance(written, datetime):
            return (cell.date() if isinstance(cell, datetime) else cell) == written
        return bool(cell == written)

    def read(self, cell: Value) -> tuple[Any, list[Problem]]:
        """What a cell of the sheet says."""
        values, wrong = self._reader.read([cell])
        return self._fitted(values[0], list(wrong.get(0, [])))

    def read_written(self, written: Any) -> Any:
        """What a cell of the export says; None too where it cannot be read back."""
        if isinstance(written, Decimal) and self.field.type is FieldType.PERCENT:
            written = written.scaleb(-2)
        return self.read(written or None if isinstance(written, str) else written)[0]

    def too_long(self, written: Any) -> bool:
        """Whether only the beginning of a text stood in its cell."""
        return isinstance(written, str) and len(written) > _CELL

    def shown(self, value: Any, words: Words, kind: Kind) -> str:
        """A value as the user reads it."""
        if self.field.type is FieldType.PARTS:
            return parts_text(self.field, value or (), named_like)
        if isinstance(value, tuple):
            parts = [self.shown(one, words, kind) for one in value]
            return "; ".join(parts) if self.field.type is FieldType.POINTS else listed(parts)
        if value is None:
            return ""
        if isinstance(value, bool):
            return words.text("export.yes" if value else "export.no")
        if self.field.type is FieldType.STATE:
            return words.text(f"state.{kind.value}.{value}")
        if isinstance(value, Decimal):
            return f"{value if self.field.type is FieldType.MONEY else value.normalize():,f}"
        if isinstance(value, Due):
            return due_text(value.day.isoformat(), f"{value.time:%H:%M}" if value.time else None)
        if isinstance(value, Birthday | Address):
            return value.text()
        return value.isoformat() if isinstance(value, date) else str(value)

    def _fitted(self, value: Any, problems: list[Problem]) -> tuple[Any, list[Problem]]:
        if self.field.type is FieldType.BOOLEAN and not self.field.custom and not problems:
            return bool(value), problems
        if self.field.type in _EXACT and value is not None:
            try:
                value = accept(self.field, value)
            except WrongValue as wrong:
                return None, [*problems, wrong.problem]
        return value, problems


def places(
    kind: Kind,
    headers: Sequence[str],
    keys: Sequence[str],
    fields: Mapping[str, Field],
    words: Words,
) -> tuple[dict[int, Field], tuple[str, ...]]:
    """Fields by column, and the headers that mean none.

    Columns may have been moved or deleted: they are known by their names. Where two fields are
    called alike they stand in their first order, as long as all of them are there.
    """
    called: dict[str, list[Field]] = {}
    for key in keys:
        if key in fields:
            name = " ".join(header(kind, fields[key], words).split())
            called.setdefault(name, []).append(fields[key])
    counts = Counter(headers)
    found: dict[int, Field] = {}
    unknown: list[str] = []
    for index, name in enumerate(headers):
        waiting = called.get(name, [])
        if waiting and (counts[name] == len(waiting) or index in found):
            for place, field in zip(_all(headers, name), waiting, strict=True):
                found[place] = field
        elif name and index not in found and not name.startswith(f"crm_{kind.value}_"):
            unknown.append(name)
    return found, tuple(dict.fromkeys(unknown))


def _all(headers: Sequence[str], name: str) -> list[int]:
    return [index for index, one in enumerate(headers) if one == name]
