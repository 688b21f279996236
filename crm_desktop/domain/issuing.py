"""Documents that leave the house: which states are open, what was issued, cards of editors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from crm_desktop.domain.document_lines import LineCard
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.records import Card
from crm_desktop.domain.totals import Totals

DRAFT = "draft"
"""The one state in which the content of a document may change."""

PAPER_KINDS = (Kind.QUOTE, Kind.CONTRACT)

CONTENT_KEYS = frozenset(
    {
        "number",
        "title",
        "company",
        "person",
        "dated",
        "valid_until",
        "start",
        "end",
        "currency",
        "tax_included",
        "discount_percent",
        "discount_amount",
        "language",
        "terms",
        "body",
        "notes",
    }
)
"""What stands on the paper, and so is read-only once it has left the house."""

MONEY_KEYS = frozenset(("currency", "tax_included", "discount_percent", "discount_amount"))
"""Fields that the sums depend on, beside the lines."""

TRADED = frozenset(("accepted", "signed", "in_force", "completed"))
"""States that make somebody a customer."""

CONTRACT_STEPS: dict[str, tuple[str, ...]] = {
    "draft": ("reviewed", "signed"),
    "reviewed": ("draft", "signed"),
    "signed": ("in_force", "completed", "ended"),
    "in_force": ("completed", "ended"),
    "completed": (),
    "ended": (),
}
"""Where a contract may go from each state."""


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """One frozen snapshot. `withdrawn_at` is set while the sending is undone."""

    id: int
    number: str
    revision: int
    issued_at: datetime
    withdrawn_at: datetime | None
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """Everything an editor of a quote shows."""

    card: Card
    lines: tuple[LineCard, ...]
    totals: Totals
    issued: tuple[IssuedCard, ...]  # newest first
    editable: bool
    overdue: bool  # sent, and the day it was valid until has passed


@dataclass(frozen=True, slots=True)
class ContractCard:
    """Everything an editor of a contract shows."""

    card: Card
    lines: tuple[LineCard, ...]
    totals: Totals
    issued: tuple[IssuedCard, ...]  # newest first
    editable: bool
    steps: tuple[str, ...]  # the states it may go to now


@dataclass(frozen=True, slots=True)
class Blank:
    """A {{placeholder}} nothing fills yet, and where it stands in the body."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """A text of the firm's own: sort "contract" or "terms"."""

    id: int
    sort: str
    name: str
    language: str
    body: str


@dataclass(frozen=True, slots=True)
class Ending:
    """A contract that ends soon (or has ended while still in force)."""

    ref: Ref
    company: Ref | None
    person: Ref | None
    title: str
    end: date
    days: int
    total: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class ProductUse:
    """A line of a document that a product stands in."""

    ref: Ref
    state: str
    dated: date | None
    customer: Ref | None
    quantity: Decimal
    unit_price: Decimal  # after the discount of the line
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class PriceChange:
    """What a product cost from a moment on."""

    at: datetime
    price: Decimal | None
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class PriceMemory:
    """What to know while a price is typed; amounts per piece, after the line's discount."""

    list_price: Decimal | None  # None where the product is sold in another currency
    cost: Decimal | None
    last: ProductUse | None  # the newest offer to this customer
    lowest: ProductUse | None  # the lowest offer to anybody
    others: tuple[ProductUse, ...]  # in other open quotes to this customer

    def margin(self, unit_price: Decimal, tax_rate: Decimal, *, tax_included: bool) -> Decimal:
        """The margin in percent of the net price; cost is taken as net."""
        net = unit_price / (1 + tax_rate / 100) if tax_included else unit_price
        if not net or self.cost is None:
            return Decimal(0)
        return ((net - self.cost) / net * 100).quantize(Decimal("0.1"))
