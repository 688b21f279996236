"""Values at the border: cleaned and brought into the form their field holds, or a problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from crm_desktop.domain import schema
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import Part, bare, is_names, sort_of
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.domain.standing import JUDGED
from crm_desktop.domain.text import clean, clean_name

_DIGITS = {
    FieldType.MONEY: Decimal("0.01"),
    FieldType.NUMBER: Decimal("0.0001"),
    FieldType.UNIT_PRICE: Decimal("0.0001"),
    FieldType.PERCENT: Decimal("0.0001"),
}
LARGEST = Decimal("99999999999999")
_RANGES = {
    "influence": (1, 3),
    "satisfaction": (1, 5),
    "probability": (0, 100),
    "year": (1900, 2999),
    **dict.fromkeys(JUDGED, (1, 5)),
}
_TYPES: dict[FieldType, type | tuple[type, ...]] = {
    FieldType.BOOLEAN: bool,
    FieldType.BIRTHDAY: Birthday,
    FieldType.DUE: Due,
    FieldType.STAMP: datetime,
    FieldType.CHOICE: int,
    FieldType.LINK: (Ref, int),
}


class WrongValue(Exception):  # noqa: N818 - carried to the field it belongs to
    """A value its field cannot hold."""

    def __init__(self, code: str, **args: Any) -> None:
        super().__init__(code)
        self.problem = Problem(code, args=args)


def accept(field: Field, value: Any) -> Any:
    """The value as the field holds it (None when empty). Raises WrongValue with the problem.

    Text is cleaned; amounts are rounded half up to the digits the field keeps.
    """
    if value is None or value == "":
        return None
    match field.type:
        case FieldType.TEXT | FieldType.CURRENCY:
            return clean_name(str(value)) or None
        case FieldType.LONG_TEXT:
            return clean(str(value)) or None
        case FieldType.POINTS | FieldType.TAGS:
            several = (value,) if isinstance(value, str) else value
            return tuple(dict.fromkeys(filter(None, (clean_name(str(v)) for v in several))))
        case FieldType.ADDRESSES:
            return tuple(_address(item) for item in value)
        case FieldType.CHOICES:
            return tuple(int(item) for item in value)
        case FieldType.PARTS:
            return _parts(field, value)
        case FieldType.INTEGER:
            return _integer(field, value)
        case FieldType.MONEY | FieldType.NUMBER | FieldType.UNIT_PRICE | FieldType.PERCENT:
            return _decimal(field, value)
        case FieldType.DATE:
            if isinstance(value, datetime) or not isinstance(value, date):
                raise TypeError(f"{field.key} takes a date, not {value!r}")
            return value
        case FieldType.STATE:
            if value not in field.states:
                raise ValueError(f"{value!r} is no state of {field.key}")
            return value
    if not isinstance(value, _TYPES[field.type]):
        raise TypeError(f"{field.key} does not take {value!r}")
    return value


def accept_all(
    kind: Kind, values: Mapping[str, Any], custom: tuple[Field, ...], *, whole: bool
) -> dict[str, Any]:
    """All values in the form their fields hold.

    `whole` means a new record: its required fields must be there. Raises
    Refused("record.check", problems=…) naming every field with a problem.
    """
    accepted: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in values.items():
        field = schema.find(kind, key, custom)
        if field.computed:
            raise ValueError(f"{key} is computed")
        try:
            accepted[key] = accept(field, value)
        except WrongValue as wrong:
            problems.append(replace(wrong.problem, field=key))
    for field in schema.FIELDS[kind]:
        missing = accepted.get(field.key) is None and (whole or field.key in accepted)
        if field.required and missing and not any(p.field == field.key for p in problems):
            problems.append(Problem("problem.required", field.key))
    if problems:
        raise Refused("record.check", kind=kind.value, problems=problems)
    return accepted


def _address(item: Any) -> Address:
    if isinstance(item, str):
        return Address(line=clean_name(item))
    if not isinstance(item, Address):
        raise TypeError(f"{item!r} is no address")
    return Address(
        *(
            clean_name(part)
            for part in (
                item.line,
                item.district,
                item.city,
                item.province,
                item.postcode,
                item.country,
                item.label,
            )
        )
    )


def _parts(field: Field, value: Iterable[Any]) -> tuple[Part, ...]:
    parts = [_part(field, item) for item in value]
    if is_names(field):
        named: dict[Part, Part] = {}
        for part in parts:
            named.setdefault(bare(part), part)
        return tuple(named.values())
    return tuple(parts)


def _part(field: Field, item: Any) -> Part:
    sort = sort_of(field)
    if not isinstance(item, sort.make):
        raise TypeError(f"{item!r} is no {field.part}")
    held: dict[str, Any] = {}
    for one in sort.fields:
        given = getattr(item, one.key)
        held[one.key] = accept(one, one_if_untold(one, given))
        if one.required and held[one.key] is None:
            raise WrongValue("problem.required")
        if isinstance(held[one.key], Decimal) and held[one.key] < 0:
            raise WrongValue("problem.negative")
    return sort.make(**held)


def one_if_untold(field: Field, value: Any) -> Any:
    """How many there are of what is named without a number."""
    return Decimal(1) if field.key == "quantity" and value is None else value


def _integer(field: Field, value: Any) -> int:
    number = int(value)
    low, high = _RANGES.get(field.key, (-(2**53), 2**53))
    if not low <= number <= high:
        raise WrongValue("problem.range", low=low, high=high)
    return number


def _decimal(field: Field, value: Any) -> Decimal:
    if isinstance(value, float):
        raise TypeError(f"{field.key} takes exact numbers, not {value!r}")
    number = Decimal(value)
    if not number.is_finite() or abs(number) > LARGEST:
        raise WrongValue("problem.too_large")
    return number.quantize(_DIGITS[field.type], rounding=ROUND_HALF_UP)
