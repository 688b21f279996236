"""What a row tells of a line, completed by its product and by the firm's defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace
from typing import Any

from crm_desktop.data import lines as line_rows
from crm_desktop.data.session import Session
from crm_desktop.domain.document_lines import ZERO, accept_line, worked_out
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.totals import Totals
from crm_desktop.services.business import Trade
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.services.imports.links import Named

_HUNDRED, _CENT, _PRICE = Decimal(100), Decimal("0.01"), Decimal("0.0001")
_CALCULATED = ("quantity", "price", "discount_percent", "discount_amount", "tax_rate")


@dataclass(frozen=True, slots=True)
class ReadLine:
    """The values of a line; `differs` is its amount where the file says another one."""

    values: dict[str, Any]
    differs: Decimal | None = None


class LineReader:
    """Reads lines by the same rules as those typed into a quote."""

    def __init__(self, session: Session, choices: Choices, trade: Trade) -> None:
        self._session = session
        self._choices = choices
        self._trade = trade
        self._products: dict[int, dict[str, Any]] = {}

    def read(
        self, given: Mapping[str, Any], currency: str, *, tax_included: bool
    ) -> ReadLine | None:
        """The line a row tells; None where it tells none. Refused where it cannot be kept."""
        told = {key: value for key, value in given.items() if value is not None}
        if not told.keys() & {"product", "name", "price", "amount", "description"}:
            return None
        amount = told.pop("amount", None)
        values = {**self._filled(told, currency), **told}
        values.setdefault("quantity", Decimal(1))
        values.setdefault("tax_rate", self._trade.tax_rate)
        values.setdefault("name", None)
        product = values.pop("product", None)
        _mend_discount(values, amount)
        if "price" not in told and amount is not None:
            values["price"] = _price_of(values, amount)
        accepted = accept_line(values)
        if product is not None:
            accepted["product"] = product
        worked = _worked(accepted, currency, tax_included=tax_included).lines[0].amount
        differs = amount is not None and abs(worked - amount) > _CENT
        return ReadLine(accepted, worked if differs else None)

    def _filled(self, told: dict[str, Any], currency: str) -> dict[str, Any]:
        """What the product says, which is found by its name too; its price in its currency."""
        if "product" not in told and told.get("name"):
            found = self._choices.linked(Kind.PRODUCT, told["name"])
            if found is not None:
                told["product"] = found
        product = told.get("product")
        if isinstance(product, Named):
            return {"name": product.name}
        if not isinstance(product, int):
            return {}
        if product not in self._products:
            self._products[product] = line_rows.product_values(self._session, product) or {}
        known = self._products[product]
        keys = ("name", "description", "unit", "tax_rate")
        filled = {key: known[key] for key in keys if known.get(key) is not None}
        if known.get("price") is not None and known["currency"] == currency:
            filled["price"] = known["price"]
        return filled


def sums_of(lines: Sequence[Mapping[str, Any]], head: Mapping[str, Any], trade: Trade) -> Totals:
    """The sums of a paper to be made. Refused where they cannot be worked out."""
    return worked_out(
        [_calculable(line) for line in lines],
        head.get("currency") or trade.currency,
        tax_included=head.get("tax_included", trade.tax_included),
        discount_percent=head.get("discount_percent"),
        discount_amount=head.get("discount_amount"),
    )


def _worked(line: Mapping[str, Any], currency: str, *, tax_included: bool) -> Totals:
    return worked_out([_calculable(line)], currency, tax_included=tax_included)


def _calculable(line: Mapping[str, Any]) -> Any:
    """A line as the one calculation takes it."""
    return SimpleNamespace(**{key: line.get(key) or ZERO for key in _CALCULATED})


def _mend_discount(values: dict[str, Any], amount: Decimal | None) -> None:
    """折扣 90 may mean 90 % of the price: the amount of the line decides, where there is one."""
    percent, price = values.get("discount_percent"), values.get("price")
    if percent is None or amount is None or price is None:
        return
    gross = values["quantity"] * price
    if (
        abs(gross * percent / _HUNDRED - amount)
        <= _CENT
        < abs(gross * (_HUNDRED - percent) / _HUNDRED - amount)
    ):
        values["discount_percent"] = _HUNDRED - percent


def _price_of(values: Mapping[str, Any], amount: Decimal) -> Decimal:
    """The price of one, where the file tells only the amount of the line."""
    quantity: Decimal = values["quantity"]
    rest: Decimal = _HUNDRED - (values.get("discount_percent") or ZERO)
    if not quantity or not rest:
        raise Refused("money.not_an_amount", text=f"{amount} / {quantity}")
    gross: Decimal = (amount + (values.get("discount_amount") or ZERO)) * _HUNDRED / rest
    return (gross / quantity).quantize(_PRICE, rounding=ROUND_HALF_UP)
