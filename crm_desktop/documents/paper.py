"""What goes on paper: plain frozen values, so that a snapshot can be printed again for ever."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Literal

from crm_desktop.domain.capitals import rmb_capitals
from crm_desktop.domain.totals import Totals

Language = Literal["zh", "en", "bi"]


@dataclass(frozen=True, slots=True)
class Party:
    """One side: a firm or a person with what the paper says about them.

    `second_name` is the name in the other language of bilingual paper, printed below the first.
    """

    name: str
    address: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    tax_number: str = ""
    representative: str = ""
    bank: str = ""
    account: str = ""
    second_name: str = ""


PARTY_PARTS = tuple(field.name for field in fields(Party) if field.name != "second_name")
"""What texts and templates may ask of a side by name."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line: `description` in its column, `detail` below over the whole width."""

    description: str
    quantity: Decimal
    price: Decimal
    amount: Decimal
    unit: str = ""
    code: str = ""
    detail: str = ""
    discount_percent: Decimal | None = None
    discount_amount: Decimal | None = None
    tax_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TaxSum:
    """The tax of one rate, in percent."""

    rate: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PaperTotals:
    """The sums, computed by the caller; the paper only prints them.

    `capitals` is the amount in Chinese capitals, empty where the currency has none.
    With `tax_included` prices carry the tax and `taxes` says how much of it is in the total.
    """

    subtotal: Decimal
    total: Decimal
    discount: Decimal = Decimal(0)
    discount_percent: Decimal | None = None
    taxes: tuple[TaxSum, ...] = ()
    tax_included: bool = False
    capitals: str = ""

    @classmethod
    def of(cls, worked_out: Totals, *, discount_percent: Decimal | None = None) -> PaperTotals:
        """The sums of a document that `domain.totals` worked out, yuan in capitals too."""
        in_yuan = worked_out.currency == "CNY"
        return cls(
            subtotal=worked_out.subtotal,
            total=worked_out.total,
            discount=worked_out.discount,
            discount_percent=discount_percent or None,
            taxes=tuple(TaxSum(part.rate, part.tax) for part in worked_out.taxes if part.rate),
            tax_included=worked_out.tax_included,
            capitals=rmb_capitals(worked_out.total) if in_yuan else "",
        )


@dataclass(frozen=True, slots=True)
class QuotePaper:
    """A quote as it is printed."""

    number: str
    dated: date
    seller: Party
    customer: Party
    lines: tuple[PaperLine, ...]
    totals: PaperTotals
    language: Language = "zh"
    currency: str = "CNY"
    title: str = ""
    revision: int = 1
    valid_until: date | None = None
    terms: str = ""
    notes: str = ""
    logo: bytes = b""
    draft: bool = True


@dataclass(frozen=True, slots=True)
class ContractPaper:
    """A contract as it is printed; 甲方 (`first`) is as a rule the buyer, 乙方 (`second`) we.

    A line of `body` beginning "# " is a heading; {{lines}} on a line of its own says where the
    table of lines stands, otherwise it follows the text.
    """

    number: str
    dated: date
    first: Party
    second: Party
    body: str
    title: str = ""
    lines: tuple[PaperLine, ...] = ()
    totals: PaperTotals | None = None
    language: Language = "zh"
    currency: str = "CNY"
    revision: int = 1
    start: date | None = None
    end: date | None = None
    notes: str = ""
    logo: bytes = b""
    draft: bool = True
