"""The one calculation of quotes, orders and contracts, from the line to the total.

The rule, stated on the documents too: every line is rounded half up to the digits of the
currency, then lines are added; a discount on the whole document is dealt out to the lines
in proportion, so that nothing is lost; tax is worked out for each rate on the sum of its
lines and rounded once, and dealt out to the lines for show.

Tax excluded: tax = base x rate. Tax included: tax = amount x rate / (100 + rate).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from crm_desktop.domain.money import currency, rounded
from crm_desktop.domain.problems import Refused

ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_WIDE = Context(prec=80)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is sold: the discount is a percentage or an amount, the tax rate a percentage."""

    quantity: Decimal
    unit_price: Decimal
    discount_percent: Decimal = ZERO
    discount_amount: Decimal = ZERO
    tax_rate: Decimal = ZERO

    def __post_init__(self) -> None:
        _exact(self.quantity, self.unit_price, self.discount_percent, self.discount_amount)
        _exact(self.tax_rate)
        _percentage(self.discount_percent)
        if self.discount_percent and self.discount_amount:
            raise Refused("money.two_discounts")
        if self.tax_rate < 0:
            raise Refused("money.tax_rate_negative", rate=str(self.tax_rate))


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTotal:
    """One line worked out: `amount` is after its own discount, `final` after the document's."""

    gross: Decimal
    discount: Decimal
    amount: Decimal
    document_discount: Decimal
    final: Decimal
    tax: Decimal
    net: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxPart:
    """The tax at one rate and the net amount it is taken of."""

    rate: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """A whole document worked out; `total` is what the customer pays."""

    currency: str
    tax_included: bool
    lines: tuple[LineTotal, ...]
    subtotal: Decimal
    discount: Decimal
    net: Decimal
    tax: Decimal
    total: Decimal
    taxes: tuple[TaxPart, ...]


def line_amounts(line: Line, digits: int = 2) -> tuple[Decimal, Decimal, Decimal]:
    """Gross, discount and amount of one line, rounded; what a row shows while it is typed."""
    with localcontext(_WIDE):
        gross = rounded(line.quantity * line.unit_price, digits)
        discount = rounded(line.discount_amount, digits)
        if line.discount_percent:
            discount = rounded(gross * line.discount_percent / _HUNDRED, digits)
        if discount and not _within(discount, gross):
            raise Refused("money.discount_too_large", discount=str(discount), amount=str(gross))
        return gross, discount, gross - discount


def totals(
    lines: Sequence[Line],
    code: str = "CNY",
    *,
    tax_included: bool,
    discount_percent: Decimal = ZERO,
    discount_amount: Decimal = ZERO,
) -> Totals:
    """Everything a document shows, from its lines and its discount."""
    _exact(discount_percent, discount_amount)
    _percentage(discount_percent)
    if discount_percent and discount_amount:
        raise Refused("money.two_discounts")
    digits = currency(code).digits
    with localcontext(_WIDE):
        parts = [line_amounts(line, digits) for line in lines]
        amounts = [amount for _, _, amount in parts]
        subtotal = _sum(amounts, digits)
        discount = rounded(discount_amount, digits)
        if discount_percent:
            discount = rounded(subtotal * discount_percent / _HUNDRED, digits)
        if discount and not _within(discount, subtotal):
            raise Refused("money.discount_too_large", discount=str(discount), amount=str(subtotal))
        shares = dealt_out(discount, amounts, digits)
        finals = [amount - share for amount, share in zip(amounts, shares, strict=True)]
        rates = [line.tax_rate for line in lines]
        taxes = [rounded(ZERO, digits)] * len(lines)
        summary = []
        for rate in sorted(set(rates)):
            places = [at for at, one in enumerate(rates) if one == rate]
            of_rate = [finals[at] for at in places]
            base = _sum(of_rate, digits)
            tax = rounded(base * rate / (_HUNDRED + (rate if tax_included else ZERO)), digits)
            for at, share in zip(places, dealt_out(tax, of_rate, digits), strict=True):
                taxes[at] = share
            summary.append(TaxPart(rate=rate, net=base - tax if tax_included else base, tax=tax))
        worked = tuple(
            LineTotal(
                gross=gross,
                discount=line_discount,
                amount=amount,
                document_discount=share,
                final=final,
                tax=tax,
                net=final - tax if tax_included else final,
                total=final if tax_included else final + tax,
            )
            for (gross, line_discount, amount), share, final, tax in zip(
                parts, shares, finals, taxes, strict=True
            )
        )
        net = _sum([part.net for part in summary], digits)
        tax = _sum([part.tax for part in summary], digits)
        return Totals(
            currency=code.upper(),
            tax_included=tax_included,
            lines=worked,
            subtotal=subtotal,
            discount=discount,
            net=net,
            tax=tax,
            total=net + tax,
            taxes=tuple(summary),
        )


def dealt_out(amount: Decimal, weights: Sequence[Decimal], digits: int = 2) -> list[Decimal]:
    """Shares of an amount in proportion to the weights, whole units, adding up exactly."""
    with localcontext(_WIDE):
        whole = sum(weights, ZERO)
        if not whole:
            return [rounded(ZERO, digits)] * len(weights)
        shares, before, running = [], rounded(ZERO, digits), ZERO
        for weight in weights:
            running += weight
            now = rounded(amount * running / whole, digits)
            shares.append(now - before)
            before = now
        return shares


def _sum(amounts: Sequence[Decimal], digits: int) -> Decimal:
    return sum(amounts, rounded(ZERO, digits))


def _within(discount: Decimal, amount: Decimal) -> bool:
    return 0 <= discount <= amount or amount <= discount <= 0


def _percentage(percent: Decimal) -> None:
    if not 0 <= percent <= _HUNDRED:
        raise Refused("money.percent_out_of_range", percent=str(percent))


def _exact(*values: Decimal) -> None:
    for value in values:
        if not isinstance(value, Decimal):
            raise TypeError(f"{value!r} is not a Decimal")
        if not value.is_finite():
            raise ValueError(f"{value!r} is not a number")
