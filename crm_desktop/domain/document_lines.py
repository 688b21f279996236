"""Lines of quotes and contracts: as typed, as read back, and worked out by the one calculation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Protocol

from crm_desktop.domain import totals
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.money import LARGEST, currency
from crm_desktop.domain.parts import Proposal
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.domain.values import WrongValue, accept

ZERO = Decimal(0)

LINE_FIELDS: tuple[Field, ...] = (
    Field("product", FieldType.LINK, link=Kind.PRODUCT, width=200),
    Field("name", FieldType.TEXT, required=True, width=240),
    Field("description", FieldType.LONG_TEXT, folded=True),
    Field("quantity", FieldType.NUMBER, width=80),
    Field("unit", FieldType.TEXT, width=60),
    Field("price", FieldType.UNIT_PRICE, width=110),
    Field("discount_percent", FieldType.PERCENT, width=80),
    Field("discount_amount", FieldType.MONEY, folded=True, width=100),
    Field("tax_rate", FieldType.PERCENT, width=80),
)
"""Fields of a line, in the order an editor shows them; words "document.line.KEY"."""

LINE_COLUMNS: tuple[Field, ...] = (
    *(replace(field, key=f"line.{field.key}") for field in LINE_FIELDS),
    Field("line.amount", FieldType.MONEY),
)
"""The same as columns of a sheet that holds documents line by line; words "field.KIND.line.KEY"."""

_BY_KEY = {field.key: field for field in LINE_FIELDS}
_NEVER_EMPTY = ("quantity", "price", "tax_rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """A line to be added. What is None is taken from the product, or from the firm's defaults."""

    product: Ref | int | None = None
    name: str | None = None
    description: str | None = None
    quantity: Decimal = Decimal(1)
    unit: str | None = None
    price: Decimal | None = None
    discount_percent: Decimal | None = None
    discount_amount: Decimal | None = None
    tax_rate: Decimal | None = None

    @classmethod
    def proposed(cls, part: Proposal) -> LineDraft:
        """The line of a product that an opportunity is about."""
        return cls(product=part.what, quantity=part.quantity or Decimal(1), price=part.price)

    def values(self) -> dict[str, Any]:
        """The values given, by field key."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {key: value for key, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCard:
    """A line as it stands in a document; `amount` is after its own discount."""

    id: int
    position: int
    product: Ref | None
    name: str
    description: str
    quantity: Decimal
    unit: str
    price: Decimal
    discount_percent: Decimal | None
    discount_amount: Decimal | None
    tax_rate: Decimal
    amount: Decimal


class Calculable(Protocol):
    """What of a line the sums depend on."""

    @property
    def quantity(self) -> Decimal: ...
    @property
    def price(self) -> Decimal: ...
    @property
    def discount_percent(self) -> Decimal | None: ...
    @property
    def discount_amount(self) -> Decimal | None: ...
    @property
    def tax_rate(self) -> Decimal: ...


def accept_line(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a line in the form its fields hold.

    Raises Refused("record.check", problems=…). Setting one sort of discount clears the other.
    """
    accepted: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in values.items():
        try:
            accepted[key] = accept(_BY_KEY[key], value)
        except WrongValue as wrong:
            problems.append(replace(wrong.problem, field=key))
        else:
            if key in _NEVER_EMPTY and accepted[key] is None:
                accepted[key] = ZERO
            elif key == "name" and accepted[key] is None:
                problems.append(Problem("problem.required", key))
    if problems:
        raise Refused("record.check", kind="line", problems=problems)
    return one_discount(accepted)


def one_discount(values: dict[str, Any]) -> dict[str, Any]:
    """The values with the other sort of discount cleared; Refused where both are given."""
    percent, amount = values.get("discount_percent"), values.get("discount_amount")
    if percent and amount:
        raise Refused("money.two_discounts")
    if percent is not None and not 0 <= percent <= 100:
        raise Refused("money.percent_out_of_range", percent=str(percent))
    if percent:
        values["discount_amount"] = None
    elif amount:
        values["discount_percent"] = None
    return values


def require_currency(code: str) -> None:
    """Refused where documents in this currency cannot be kept exactly."""
    if currency(code).digits > 2:
        raise Refused("document.currency_digits", currency=code)


def worked_out(
    lines: Sequence[Calculable],
    code: str,
    *,
    tax_included: bool,
    discount_percent: Decimal | None = None,
    discount_amount: Decimal | None = None,
) -> totals.Totals:
    """The sums of a document. Its discount waits while there is no line yet."""
    found = totals.totals(
        [
            totals.Line(
                quantity=line.quantity,
                unit_price=line.price,
                discount_percent=line.discount_percent or ZERO,
                discount_amount=line.discount_amount or ZERO,
                tax_rate=line.tax_rate,
            )
            for line in lines
        ],
        code,
        tax_included=tax_included,
        discount_percent=(discount_percent or ZERO) if lines else ZERO,
        discount_amount=(discount_amount or ZERO) if lines else ZERO,
    )
    largest = max(map(abs, (found.total, found.subtotal, *(one.gross for one in found.lines))))
    if largest > LARGEST:
        raise Refused("money.too_large", text=f"{largest:f}")
    return found
