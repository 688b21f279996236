"""Rows of a sheet read by a plan: values by kind and field, problems by column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.cells import is_blank
from crm_desktop.exchange.mapping import past
from crm_desktop.exchange.mapping.columns import ColumnReader
from crm_desktop.exchange.mapping.currencies import MONEY, Named, bare, money_of, settle
from crm_desktop.exchange.mapping.damaged import DAMAGED
from crm_desktop.exchange.mapping.labels import by_label, of_sort
from crm_desktop.exchange.mapping.plan import ImportPlan
from crm_desktop.exchange.mapping.targets import IMPORT_KINDS, Target, targets
from crm_desktop.exchange.part_cells import completed
from crm_desktop.exchange.reading.facts import Row

_TOTAL_WORDS = "合计 总计 小计 总和 共计 total totals sum subtotal grandtotal"
_TOTALS = frozenset(_TOTAL_WORDS.split())
_LONGEST_TOTAL = 16
_MADE_BY = re.compile(
    r"(?:制表|制单|填表|填报|审核|审批|复核|编制|打印)(?:人|日期|时间|单位)?\s*[:：]"
    r"|(?:prepared|printed|approved|checked|exported) (?:by|on|at)\b",
    re.IGNORECASE,
)
# Where the row names no company, these values are the person's own.
_MOVED = (
    "phone mobile email website fax address province city district lifecycle level source "
    "in_charge recorded_by tags important important_reason code notes"
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
    origins: tuple[tuple[str, int, Any], ...] = ()
    """Of fields that several columns fill: the target, a column and what it gave."""

    @property
    def damaged(self) -> frozenset[str]:
        """The fields of which a cell could not be read: the row cannot be taken as it is."""
        told = (one.target for one in self.problems if one.code == DAMAGED)
        return frozenset(target.partition(".")[2] for target in told)


@dataclass(frozen=True, slots=True)
class SheetCells:
    """What the cells of some rows hold: a list for each column, and what was wrong by row."""

    numbers: tuple[int, ...]
    columns: list[list[Any]]
    problems: dict[int, list[RowProblem]]
    totals: frozenset[int]
    """The places of rows that sum up the table."""


class RowReader:
    """Reads rows by one plan. `currency` is the firm's own; `custom` are the user's own fields with
    their kinds.
    """

    def __init__(
        self,
        plan: ImportPlan,
        *,
        today: date | None = None,
        zone: str = "UTC",
        currency: str = "CNY",
        custom: tuple[tuple[Kind, Field], ...] = (),
    ) -> None:
        self._currency, self._today = currency, today
        days = plan.column("activity.due")
        self._past_is_done = days is not None and days.options.get(past.OPTION) == past.DONE
        known = {target.key: target for target in targets(plan.kind, custom)}
        columns: list[ColumnReader] = []
        labels: list[tuple[int, str] | None] = []
        for column in plan.mapped:
            target = known.get(column.target or "")
            if target is None:
                raise ValueError(f"{column.target!r} is no target of {plan.kind}")
            places: list[tuple[Target, int, str]] = by_label(column, target, known)
            labels += [(label, sort) for _, label, sort in places] or [None]
            for place in [place for place, _, _ in places] or [target]:
                columns.append(ColumnReader(column, place, today=today, zone=zone))
        self._columns = columns
        self._labels = labels
        self._money = [at for at, one in enumerate(columns) if money_of(one.target).type in MONEY]
        last = [column.index for column in columns]
        last += [label for label, _ in filter(None, labels)]
        self._width = max(last, default=-1) + 1
        self._sides = [_Side(kind, columns) for kind in IMPORT_KINDS[plan.kind]]
        self._two_kinds = plan.kind == "people"
        # Without a column of names, a company's number can only mean one that is known.
        named = plan.column("company.name") is not None
        self._moved = [key for key in _COMPANY_TO_PERSON if named or key != "code"]

    def read(self, number: int, row: Row) -> SheetRow:
        """The values of one row; `number` counts from 1 as spreadsheets do."""
        return self.read_all([number], [row])[0]

    def read_all(self, numbers: Sequence[int], rows: Sequence[Row]) -> list[SheetRow]:
        """The values of many rows, column by column."""
        return self.rows(self.cells(numbers, rows))

    def cells(self, numbers: Sequence[int], rows: Sequence[Row]) -> SheetCells:
        """The values of many cells: the first half of the work, which may be done elsewhere."""
        width = self._width
        nothing = (None,) * width
        even = [row if len(row) >= width else (*row, *nothing[len(row) :]) for row in rows]
        columns: list[list[Any]] = []
        problems: dict[int, list[RowProblem]] = {}
        for column, label in zip(self._columns, self._labels, strict=True):
            index = column.index
            batch = [row[index] for row in even]
            if label is not None:
                batch = of_sort(batch, [row[label[0]] for row in even], label[1])
            values, wrong = column.read(batch)
            columns.append(values)
            for place, ones in wrong.items():
                problems.setdefault(place, []).extend(
                    RowProblem(index, one.code, column.target.key, one.args) for one in ones
                )
        totals = frozenset(place for place, row in enumerate(rows) if is_totals(row))
        return SheetCells(tuple(numbers), columns, problems, totals)

    def rows(self, cells: SheetCells) -> list[SheetRow]:
        """The other half: values of the same row belong together."""
        numbers, problems = cells.numbers, cells.problems
        if not numbers:
            return []
        columns, named = self._bare(cells.columns)
        sides = [side.values(columns, len(numbers)) for side in self._sides]
        kinds = [side.kind for side in self._sides]
        wrong = {
            place: [
                RowProblem(one.column, trouble.code, one.target.key, trouble.args)
                for one, trouble in settle(
                    sides[kinds.index(ones[0].target.kind)][place], ones, self._currency
                )
            ]
            for place, ones in named.items()
        }
        if self._past_is_done and self._today is not None:
            for own in sides[0]:
                if (due := own.get("due")) is not None and due.day < self._today:
                    own.setdefault("state", past.DONE)
        if self._two_kinds:
            for person, company in zip(*sides, strict=True):
                _name_person(person)
                if company and "name" not in company:
                    _move_to_person(person, company, self._moved)
        shared = [position for side in self._sides for position in side.shared]
        result = []
        for place, own in enumerate(zip(*sides, strict=True)):
            values = {kind: one for kind, one in zip(kinds, own, strict=True) if one}
            told = [*problems.get(place, ()), *wrong.get(place, ())]
            row = SheetRow(numbers[place], values, told)
            if not values and not row.problems:
                row.skip = "blank"
            elif place in cells.totals:
                row.skip = "totals"
            if shared:
                row.origins = tuple(
                    (
                        self._columns[at].target.key,
                        self._columns[at].index,
                        columns[at][place],
                    )
                    for at in shared
                    if columns[at][place] is not None
                )
            result.append(row)
        return result

    def _bare(self, columns: list[list[Any]]) -> tuple[list[list[Any]], dict[int, list[Named]]]:
        """The columns with amounts alone, and the currencies that rows name, by place."""
        named: dict[int, list[Named]] = {}
        for at in self._money:
            amounts, signs = bare(columns[at])
            if signs:
                columns = [*columns[:at], amounts, *columns[at + 1 :]]
            reader = self._columns[at]
            for place, own in signs.items():
                named.setdefault(place, []).append(Named(reader.index, reader.target, own))
        return columns, named


class _Side:
    """What the columns say about one of the kinds."""

    def __init__(self, kind: Kind, columns: Sequence[ColumnReader]) -> None:
        self.kind = kind
        mine = [(n, column) for n, column in enumerate(columns) if column.target.kind is kind]
        fields = Counter(column.target.field.key for _, column in mine if not column.target.part)
        self._plain: list[tuple[int, str]] = []
        self._adding: list[tuple[int, str]] = []
        self._parts: list[tuple[int, str]] = []
        self._pieces: dict[Field, list[tuple[int, str]]] = {}
        for position, column in mine:
            key = column.target.field.key
            if column.target.part and column.target.field.type is FieldType.PARTS:
                pieces = self._pieces.setdefault(column.target.field, [])
                pieces.append((position, column.target.part))
            elif column.target.part:
                self._parts.append((position, column.target.part))
            elif fields[key] == 1:
                self._plain.append((position, key))
            else:
                self._adding.append((position, key))

    @property
    def shared(self) -> list[int]:
        """The columns that fill a field together with others."""
        pieced = {field.key for field in self._pieces}
        whole = (one for one in self._plain if one[1] in pieced)
        pieces = chain.from_iterable(self._pieces.values())
        return [position for position, _ in (*self._adding, *whole, *pieces)]

    def values(self, found: Sequence[list[Any]], count: int) -> list[dict[str, Any]]:
        """The values of each row by field; `found` has those of the columns."""
        keys = [key for _, key in self._plain]
        owns: list[dict[str, Any]]
        if keys:
            rows = zip(*(found[position] for position, _ in self._plain), strict=True)
            owns = [
                {key: value for key, value in zip(keys, row, strict=True) if value is not None}
                for row in rows
            ]
        else:
            owns = [{} for _ in range(count)]
        for position, key in self._adding:
            for own, value in zip(owns, found[position], strict=True):
                if value is not None:
                    _merge(own, key, value)
        if self._parts:
            names = tuple(part for _, part in self._parts)
            rows = zip(*(found[position] for position, _ in self._parts), strict=True)
            for own, parts in zip(owns, rows, strict=True):
                if any(parts):
                    first, *others = own.get("address") or (None,)
                    own["address"] = (_completed(first, names, parts), *others)
        for field_, columns in self._pieces.items():
            for place, own in enumerate(owns):
                told = {key: found[position][place] for position, key in columns}
                told = {key: value for key, value in told.items() if value is not None}
                if told and own.get(field_.key):
                    own[field_.key] = completed(own[field_.key], told)
        return owns


def is_totals(row: Row) -> bool:
    """Whether a row sums up the table, or says who made it: its first filled cell says so and
    names nobody.
    """
    first = next((value for value in row if value is not None), None)
    if not isinstance(first, str):
        return False
    if _MADE_BY.match(first.strip()):
        return True
    if len(first) > _LONGEST_TOTAL:
        return False
    if first.lower().replace(" ", "").rstrip(":：") not in _TOTALS:
        return False
    return sum(isinstance(value, str) and not is_blank(value) for value in row) <= 2


def full_name(family: str, given: str) -> str:
    """Chinese names run family first and together, others given first with a blank."""
    if any("\u4e00" <= letter <= "\u9fff" for letter in family + given):
        return family + given
    return f"{given} {family}".strip()


def _merge(own: dict[str, Any], key: str, value: Any) -> None:
    """Several columns for one field add up; of single values the first stays."""
    before = own.get(key)
    if before is None:
        own[key] = value
    elif isinstance(before, tuple):
        own[key] = tuple(dict.fromkeys((*before, *value)))
    elif isinstance(before, str) and key == "notes" and value not in before:
        own[key] = f"{before}\n{value}"


@lru_cache(maxsize=4096)  # the people of a firm share its address
def _completed(
    address: Address | None, names: tuple[str, ...], parts: tuple[str | None, ...]
) -> Address:
    """City, postcode and the others complete the first address of the row."""
    told = {name: part for name, part in zip(names, parts, strict=True) if part is not None}
    return replace(address or Address(), **told)


def _name_person(person: dict[str, Any]) -> None:
    if "name" not in person and ("family_name" in person or "given_name" in person):
        person["name"] = full_name(person.get("family_name", ""), person.get("given_name", ""))


def _move_to_person(person: dict[str, Any], company: dict[str, Any], keys: Sequence[str]) -> None:
    for key in keys:
        if key in company:
            _merge(person, key, company.pop(key))
