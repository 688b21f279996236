"""How the cells of a column become values of its field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from crm_desktop.domain.dates import parse_birthday, parse_date
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.domain.written_amounts import Mark
from crm_desktop.domain.written_dates import Order
from crm_desktop.exchange.cells import (
    Convert,
    accounts,
    address,
    amount,
    boolean,
    code_text,
    currency,
    emails,
    handles,
    integer,
    is_blank,
    long_text,
    mobile_numbers,
    names,
    number,
    percent,
    phone_numbers,
    text,
    websites,
)
from crm_desktop.exchange.due_cells import due
from crm_desktop.exchange.reading.facts import Value

MARKS: dict[str, Mark] = {"comma": ",", "point": "."}
"""Values of the option `decimal`: what stands before a fraction."""
_ONE = Decimal(1)
# What counts as a part of one: in a column of fractions the whole too, in our own every number.
_RATES = {"fraction": Decimal("1.0000001"), "own": Decimal("Infinity")}


def converter(
    field: Field, *, options: dict[str, str], today: date | None = None, zone: str = "UTC"
) -> Convert:
    """How cells of a column become values of this field.

    Choices and links stay text: only the book knows what they stand for.
    """
    order = _order(options.get("date_order", ""))
    match field.type:
        case FieldType.DATE:
            return _refusing(lambda value: parse_date(value, order, today))
        case FieldType.BIRTHDAY:
            lunar = {"lunar": True, "solar": False}.get(options.get("calendar", ""))
            return _refusing(lambda value: parse_birthday(value, order, today, lunar=lunar))
        case FieldType.DUE:
            return _refusing(lambda value: due(value, order, today, zone))
        case FieldType.NUMBER if (mark := MARKS.get(options.get("decimal", ""))) is not None:
            return partial(number, mark=mark)
        case FieldType.PERCENT if "rate" in options:
            return partial(percent, below=_RATES.get(options["rate"], _ONE))
        case FieldType.INTEGER if "rate" in options:
            return partial(integer, below=_RATES.get(options["rate"], _ONE))
        case FieldType.POINTS if field.point == "mobile":
            return mobile_numbers
        case FieldType.POINTS if field.point in ("phone", "fax"):
            return phone_numbers
        case FieldType.POINTS if field.point == "email":
            return emails
        case FieldType.POINTS if field.point == "website":
            return websites
        case FieldType.POINTS if field.point == "handle":
            return accounts
        case FieldType.TEXT if field.key in ("bank_account", "tax_number", "code", "serial"):
            return code_text
    return _PLAIN.get(field.type, text)


_PLAIN: dict[FieldType, Convert] = {
    FieldType.TEXT: text,
    FieldType.LONG_TEXT: long_text,
    FieldType.INTEGER: integer,
    FieldType.NUMBER: number,
    FieldType.MONEY: amount,
    FieldType.UNIT_PRICE: amount,
    FieldType.PERCENT: percent,
    FieldType.CURRENCY: currency,
    FieldType.BOOLEAN: boolean,
    FieldType.CHOICES: names,
    FieldType.TAGS: names,
    FieldType.POINTS: handles,
    FieldType.ADDRESSES: address,
}


def _order(written: str) -> Order | None:
    if written == "ymd":
        return "ymd"
    if written == "dmy":
        return "dmy"
    return "mdy" if written == "mdy" else None


def _refusing(parse: Callable[[Value], Any]) -> Convert:
    def convert(value: Value, problems: list[Problem]) -> Any:
        if is_blank(value):
            return None
        try:
            return parse(value)
        except Refused as refused:
            problems.append(Problem(refused.code, args=refused.args_for_words))
            return None

    return convert
