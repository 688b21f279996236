"""Rows of a sheet read by a plan: values by kind and field, problems by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Problem
from crm_desktop.exchange import cells
from crm_desktop.exchange.cells import Convert, as_text, is_blank
from crm_desktop.exchange.mapping.own import state_of
from crm_desktop.exchange.mapping.plan import ColumnPlan, ImportPlan
from crm_desktop.exchange.mapping.synonyms import state_code
from crm_desktop.exchange.mapping.targets import IMPORT_KINDS, Target, targets
from crm_desktop.exchange.reading.facts import Row, Value

_TOTAL_WORDS = "合计 总计 小计 总和 共计 total totals sum subtotal grandtotal"
_TOTALS = frozenset(_TOTAL_WORDS.split())
_LONGEST_TOTAL = 16
_REPEATING = (FieldType.TEXT, FieldType.CHOICE, FieldType.DATE, FieldType.BIRTHDAY)
_REMEMBERED = 20_000
# Where the row names no company, these values are the person's own.
_MOVED = (
    "phone mobile email website fax address province city district lifecycle level source "
    "in_charge tags important important_reason code notes"
)
_COMPANY_TO_PERSON = tuple(_MOVED.split())


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing that could not be used: `code` and `args` name its sentence."""

    column: int
    code: str
    target: str
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class SheetRow:
    """What one row holds. `skip` says why it is none: "blank" or "totals"."""

    number: int
    values: dict[Kind, dict[str, Any]] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    skip: str = ""


class RowReader:
    """Reads rows by one plan. `custom` are the user's own fields with their kinds."""

    def __init__(
        self,
        plan: ImportPlan,
        *,
        today: date | None = None,
        zone: str = "UTC",
        custom: tuple[tuple[Kind, Field], ...] = (),
    ) -> None:
        self._kinds = IMPORT_KINDS[plan.kind]
        known = {target.key: target for target in targets(plan.kind, custom)}
        self._columns: list[tuple[ColumnPlan, Target, Convert]] = []
        for column in plan.mapped:
            target = known.get(column.target or "")
            if target is None:
                raise ValueError(f"{column.target!r} is no target of {plan.kind}")
            convert = _part if target.part else _converter(target, column, today, zone)
            if target.part or (target.field.type in _REPEATING and target.field.key != "name"):
                convert = _remembering(convert)
            self._columns.append((column, target, convert))
        self._two_kinds = plan.kind == "people"

    def read(self, number: int, row: Row) -> SheetRow:
        """The values of one row; `number` counts from 1 as spreadsheets do."""
        result = SheetRow(number)
        values: dict[Kind, dict[str, Any]] = {kind: {} for kind in self._kinds}
        found: list[Problem] = []
        width = len(row)
        for column, target, convert in self._columns:
            cell = row[column.index] if column.index < width else None
            if cell is None:
                continue
            if column.values:
                cell = column.values.get(as_text(cell).strip(), cell)
            value = convert(cell, found)
            if found:
                result.problems += [
                    RowProblem(column.index, one.code, target.key, one.args) for one in found
                ]
                found.clear()
            if value is not None:
                _put(values[target.kind], target, value)
        self._finish(values)
        result.values = {kind: own for kind, own in values.items() if own}
        if not result.values and not result.problems:
            result.skip = "blank"
        elif is_totals(row):
            result.skip = "totals"
        return result

    def _finish(self, values: dict[Kind, dict[str, Any]]) -> None:
        for own in values.values():
            _join_address(own)
        if not self._two_kinds:
            return
        person, company = values[Kind.PERSON], values[Kind.COMPANY]
        if "name" not in person and ("family_name" in person or "given_name" in person):
            person["name"] = full_name(person.get("family_name", ""), person.get("given_name", ""))
        if company and "name" not in company:
            for key in _COMPANY_TO_PERSON:
                if key in company:
                    _merge(person, key, company.pop(key))


def is_totals(row: Row) -> bool:
    """Whether a row sums up the table: its first filled cell says so and names nobody."""
    first = next((value for value in row if value is not None), None)
    if not isinstance(first, str) or len(first) > _LONGEST_TOTAL:
        return False
    if first.lower().replace(" ", "").rstrip(":：") not in _TOTALS:
        return False
    return sum(isinstance(value, str) and not is_blank(value) for value in row) <= 2


def full_name(family: str, given: str) -> str:
    """Chinese names run family first and together, others given first with a blank."""
    if any("\u4e00" <= letter <= "\u9fff" for letter in family + given):
        return family + given
    return f"{given} {family}".strip()


def _converter(target: Target, column: ColumnPlan, today: date | None, zone: str) -> Convert:
    field_ = target.field
    if field_.type is FieldType.STATE:
        states: Sequence[str] = field_.states

        def state(value: Any, problems: list[Problem]) -> str | None:
            written = cells.text(value, problems)
            if written is None:
                return None
            for code in (written, state_of(target.kind, states, written), state_code(written)):
                if code in states:
                    return code
            problems.append(Problem("reading.cell_not_a_state", args={"value": written[:60]}))
            return None

        return state
    return cells.converter(field_, options=column.options, today=today, zone=zone)


def _remembering(convert: Convert) -> Convert:
    """Towns, levels and dates repeat: each is worked out once."""
    known: dict[Value, Any] = {}

    def remembered(value: Value, problems: list[Problem]) -> Any:
        # Equal numbers of other types (1, 1.0, True) would be mixed up.
        if type(value) not in (str, date):
            return convert(value, problems)
        if value in known:
            return known[value]
        before = len(problems)
        result = convert(value, problems)
        if len(problems) == before and len(known) < _REMEMBERED:
            known[value] = result
        return result

    return remembered


def _part(value: Any, problems: list[Problem]) -> str | None:
    return cells.text(value, problems)


def _put(own: dict[str, Any], target: Target, value: Any) -> None:
    if target.part:
        own.setdefault("address.parts", {})[target.part] = value
    else:
        _merge(own, target.field.key, value)


def _merge(own: dict[str, Any], key: str, value: Any) -> None:
    """Several columns for one field add up; of single values the first stays."""
    before = own.get(key)
    if before is None:
        own[key] = value
    elif isinstance(before, tuple):
        own[key] = tuple(dict.fromkeys((*before, *value)))
    elif isinstance(before, str) and key == "notes" and value not in before:
        own[key] = f"{before}\n{value}"


def _join_address(own: dict[str, Any]) -> None:
    """City, postcode and the others complete the first address of the row."""
    parts = own.pop("address.parts", None)
    if parts is None:
        return
    first, *others = own.get("address") or (Address(),)
    own["address"] = (replace(first, **parts), *others)
