"""Cells of one column as values of its field, a batch at a time: equal cells are read once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.problems import Problem
from crm_desktop.exchange import cells, part_cells
from crm_desktop.exchange.cells import Convert, as_text
from crm_desktop.exchange.converters import converter
from crm_desktop.exchange.mapping.currencies import MONEY, amounts, money_of, told_options
from crm_desktop.exchange.mapping.damaged import undamaged
from crm_desktop.exchange.mapping.own import state_of
from crm_desktop.exchange.mapping.plan import ColumnPlan
from crm_desktop.exchange.mapping.synonyms import state_code
from crm_desktop.exchange.mapping.targets import Target
from crm_desktop.exchange.reading.facts import Value

_REMEMBERED = 4_000  # a column of names or numbers has a new one in every row
_DAYS = 40_000  # of a hundred years: each takes as long to read as ten other cells
_PLAIN_CELLS = frozenset({str, type(None)})


class ColumnReader:
    """Reads the cells of one column of the plan."""

    def __init__(
        self, column: ColumnPlan, target: Target, *, today: date | None, zone: str
    ) -> None:
        self.index = column.index
        self.target = target
        convert = _converter(target, column, today, zone)
        if separator := column.options.get("separator", ""):
            convert = _parted(convert, separator, column.options.get("own_mark", ""), target)
        convert = undamaged(convert, target.field.type)
        parts = target.field.type is FieldType.PARTS  # their names are replaced one by one
        self._known = _Known(convert, {} if parts else column.values)
        days = target.field.type in (FieldType.BIRTHDAY, FieldType.DATE)
        self._remembered = _DAYS if days else _REMEMBERED

    def read(self, batch: Sequence[Value]) -> tuple[list[Any], dict[int, list[Problem]]]:
        """The values, None where there is none, and what was wrong by place in the batch."""
        known = self._known
        if len(known) > self._remembered:
            known.forget()
        keys: Sequence[Any] = batch
        if not _PLAIN_CELLS.issuperset(map(type, batch)):
            # Equal numbers of other types (1, 1.0, True) would be mixed up.
            keys = [
                cell if cell is None or type(cell) is str else (type(cell), cell) for cell in batch
            ]
        values = list(map(known.__getitem__, keys))
        if not known.troubled:
            return values, {}
        troubled = known.troubled
        return values, {place: troubled[key] for place, key in enumerate(keys) if key in troubled}


class _Known(dict[Any, Any]):
    """Value by text, by type and value for other cells; filled as cells turn up."""

    def __init__(self, convert: Convert, replaced: dict[str, str]) -> None:
        super().__init__({None: None})
        self._convert = convert
        self._replaced = replaced
        self.troubled: dict[Any, list[Problem]] = {}

    def __missing__(self, key: Any) -> Any:
        cell: Value = key if type(key) is str else key[1]
        if self._replaced:
            cell = self._replaced.get(as_text(cell).strip(), cell)
        problems: list[Problem] = []
        value = self[key] = self._convert(cell, problems)
        if problems:
            self.troubled[key] = problems
        return value

    def forget(self) -> None:
        """Begin anew."""
        self.clear()
        self.troubled.clear()
        self[None] = None


def _parted(convert: Convert, separator: str, own_mark: str, target: Target) -> Convert:
    """Reads cells whose values stand apart by a sign of another program's."""
    usual = "\n" if target.field.type is FieldType.LONG_TEXT else "; "

    def parted(value: Any, problems: list[Problem]) -> Any:
        if type(value) is not str or not (separator in value or value.startswith(own_mark)):
            return convert(value, problems)
        parts = (part.strip() for part in value.split(separator))
        kept = [one for one in parts if one and not (own_mark and one.startswith(own_mark))]
        return convert(usual.join(kept), problems)

    return parted


def _converter(target: Target, column: ColumnPlan, today: date | None, zone: str) -> Convert:
    field_ = target.field
    if field_.type is FieldType.PARTS:
        if target.part:
            if money_of(target).type in MONEY:
                return amounts(told_options(column, target), cents=False)
            return part_cells.piece_reader(field_, target.part, options=column.options)
        return part_cells.reader(field_, column.values)
    if target.part:
        return cells.text
    if field_.type is FieldType.STATE:
        states: Sequence[str] = field_.states

        def state(value: Any, problems: list[Problem]) -> str | None:
            written = cells.text(value, problems)
            if written is None:
                return None
            for code in (
                written,
                state_of(target.kind, states, written),
                state_code(target.kind.value, written),
            ):
                if code in states:
                    return code
            problems.append(Problem("reading.cell_not_a_state", args={"value": written[:60]}))
            return None

        return state
    if field_.type in MONEY:
        return amounts(told_options(column, target), cents=field_.type is FieldType.MONEY)
    return converter(field_, options=column.options, today=today, zone=zone)
