"""Amounts with the currency their cell or their header names, and what becomes of it in the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from crm_desktop.domain import schema
from crm_desktop.domain.currency_signs import are_loose, may_mean, meant
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.parts import sort_of
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.domain.text import clean
from crm_desktop.domain.written_amounts import (
    Mark,
    Written,
    decimal_mark,
    is_mark_open,
    written_amount,
)
from crm_desktop.exchange.cells import Convert, as_text, is_blank
from crm_desktop.exchange.converters import MARKS
from crm_desktop.exchange.mapping.header_units import header_unit
from crm_desktop.exchange.mapping.plan import ColumnPlan
from crm_desktop.exchange.mapping.targets import Target
from crm_desktop.exchange.reading.facts import Value

MONEY = frozenset({FieldType.MONEY, FieldType.UNIT_PRICE})
MARKED = MONEY | {FieldType.NUMBER}
"""What is written with a mark before the fraction, which may be a comma."""
STAGE_CURRENCY = "stage_currency"
"""Of a stage of payment it is that of its contract: what a file says is compared with it."""
_CURRENCY_OF = {
    kind: field.key
    for kind, fields in schema.FIELDS.items()
    for field in fields
    if field.key in ("currency", STAGE_CURRENCY)
}
"""Where a kind keeps the currency of its amounts; others have those of the firm's own."""
_FULL_PRICES = (10_000, 100_000_000)


@dataclass(frozen=True, slots=True)
class InCurrency:
    """An amount, with the signs of the currency it is in."""

    amount: Decimal
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Where a row names a currency: its column, the place the amount goes to, and the signs."""

    column: int
    target: Target
    signs: tuple[str, ...]


def money_of(target: Target) -> Field:
    """The field whose form cells of this place have: of a part the piece."""
    if target.part and target.field.type is FieldType.PARTS:
        return next(one for one in sort_of(target.field).fields if one.key == target.part)
    return target.field


def money_options(target: Target, header: str, cells: Sequence[Value]) -> dict[str, str]:
    """What header and cells say of how the numbers of a column are to be read."""
    kind = money_of(target).type
    options: dict[str, str] = {}
    if kind in MARKED and (mark := decimal_mark(cells)):
        options["decimal"] = next(name for name, one in MARKS.items() if one == mark)
    unit = header_unit(header) if kind in MONEY else None
    if unit is not None and not unit[1].sign and kind is FieldType.UNIT_PRICE:
        # 单价(万) is a price, 单价(千) that of a thousand of them.
        unit = unit if unit[1].scale in _FULL_PRICES else None
    if unit is not None:
        if unit[1].scale != 1:
            options["scale"] = str(unit[1].scale)
        if unit[1].sign:
            options["currency"] = unit[1].sign
    return options


def told_options(column: ColumnPlan, target: Target) -> dict[str, str]:
    """The options of a column of amounts, with what its header says where they say nothing: the
    place may have been chosen by hand, or remembered from when headers were not asked.
    """
    if target.field.custom:  # its own name says the unit of what it holds
        return column.options
    return money_options(target, column.header, ()) | column.options


def mark_is_open(target: Target, options: Mapping[str, str], cells: Sequence[Value]) -> bool:
    """Whether 1.234 may be a thousand and more, and nobody said so."""
    money = money_of(target).type in MONEY
    return money and "decimal" not in options and is_mark_open(cells)


def amounts(options: Mapping[str, str], *, cents: bool) -> Convert:
    """Reads amounts of a column: Decimal, or InCurrency where a currency is named. `cents` says
    that they have two digits after the mark, so that 12,000 has none.
    """
    mark = MARKS.get(options.get("decimal", ""))
    scale = _scale(options.get("scale", ""))
    sign = options.get("currency", "")

    def read(value: Value, problems: list[Problem]) -> Decimal | InCurrency | None:
        if is_blank(value):
            return None
        try:
            found = _written(value, mark)
            if found.open and (cents or mark is None):
                problems.append(Problem("money.open_mark", args={"value": as_text(value)[:40]}))
                return None
            amount = found.amount if found.whole or scale == 1 else found.amount * scale
            if scale != 1:
                amount = written_amount(amount).amount  # it may be too large now
        except Refused as refused:
            problems.append(Problem(refused.code, args=refused.args_for_words))
            return None
        signs = found.signs
        if sign and not signs:
            signs = (sign,)
        elif sign and set(may_mean(signs)) & set(may_mean((sign,))):
            signs = (*signs, sign)  # "$" below "Amount (HKD)"
        return InCurrency(amount, signs) if signs else amount

    return read


def _written(value: Value, mark: Mark | None) -> Written:
    if isinstance(value, int | float) and not isinstance(value, bool):
        # Spreadsheets hold 15 digits; what lies behind them is noise.
        return written_amount(Decimal(f"{value:.15g}"))
    return written_amount(clean(as_text(value)), mark)


def _scale(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) <= 10**9 else 1


def bare(values: list[Any]) -> tuple[list[Any], dict[int, tuple[str, ...]]]:
    """The amounts of a column alone, and by place the signs that stood with them."""
    signs = {place: value.signs for place, value in enumerate(values) if type(value) is InCurrency}
    if not signs:
        return values, signs
    return [one.amount if type(one) is InCurrency else one for one in values], signs


def settle(own: dict[str, Any], named: Sequence[Named], book: str) -> list[tuple[Named, Problem]]:
    """Bring the currencies a row names to its values; an amount that cannot be kept in its own is
    taken out and told. `book` is the currency of the firm.
    """
    troubles: list[tuple[Named, Problem]] = []
    for one in named:
        held = _CURRENCY_OF.get(one.target.kind, "")
        told = str(own.get(held) or "")
        code = meant(one.signs, book, told)
        kept = told or ("" if held else book)
        if not code or code == kept:
            continue
        if not kept:
            if code != book or not are_loose(one.signs):
                own[held] = code
            continue
        key = one.target.field.key
        if key not in own:  # a column before it has filled the field
            continue
        if one.target.part:
            own[key] = tuple(replace(part, **{one.target.part: None}) for part in own[key])
        else:
            own.pop(key, None)
        said = "import.two_currencies" if held else "import.other_than_own"
        troubles.append((one, Problem(said, args={"currency": code, "kept": kept})))
    return troubles
