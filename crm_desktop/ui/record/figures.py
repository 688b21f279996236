"""The row of figures of a record; each opens the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from crm_desktop.domain.figures import Part
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import in_days, money, number
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.places import rows_place


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name; `place` holds the rows behind it."""

    key: str
    value: str
    place: Place | None = None

    @property
    def name(self) -> str:
        """What it counts."""
        return tr(f"record_page.figure.{self.key}")


def sums_text(sums: Mapping[str, Decimal]) -> str:
    """Amounts by currency: ¥86,400 + $1,200."""
    shown = [money(amount, currency) for currency, amount in sums.items() if amount]
    return " + ".join(shown) if shown else money(0)


def read_customer(context: Context, ref: Ref) -> tuple[Figure, ...]:
    """The figures of a person or a company; runs in a reader thread."""
    found = context.services.figures.of(ref)
    trade, contact = found.trade, found.contact
    parts = trade.parts
    bought = _place(parts[0]) if len(parts) == 1 else None
    last = contact.last_contact
    today = context.clock.today()
    return (
        *_with_branches(context, ref),
        Figure("bought", sums_text(trade.sums), bought),
        Figure("offered", sums_text(found.money.offered.sums), _place(found.money.offered)),
        Figure(
            "open_deals",
            number(contact.open_opportunities.count),
            _place(contact.open_opportunities),
        ),
        Figure("open_tickets", number(contact.open_tickets.count), _place(contact.open_tickets)),
        Figure(
            "last_contact",
            in_days(last, today) if last else tr("common.none"),
            _place(contact.activities),
        ),
    )


def _with_branches(context: Context, ref: Ref) -> tuple[Figure, ...]:
    """What a company bought together with those below it."""
    whole = context.services.figures.rolled_up(ref.id) if ref.kind is Kind.COMPANY else None
    if whole is None:
        return ()
    parts = [one for one in (whole.contracts, whole.quotes, whole.opportunities) if one.count]
    place = _place(parts[0]) if len(parts) == 1 else None
    return (Figure("group", sums_text(whole.sums), place),)


def of_card(editing: Editing) -> tuple[Figure, ...]:
    """The figures of the other kinds, from their own fields."""
    value, shown = editing.value, editing.shown
    match editing.kind:
        case Kind.OPPORTUNITY:
            close = value("expected_close")
            return (
                Figure("amount", money(value("amount") or 0, editing.currency)),
                Figure("weighted", money(value("weighted") or 0, editing.currency)),
                Figure("probability", f"{value('probability') or 0}%"),
                Figure("stage_days", number(value("stage_days") or 0)),
                Figure("close", in_days(close, shown.today) if close else tr("common.none")),
            )
        case Kind.PRODUCT:
            price = value("price")
            cost = value("cost")
            shown_price = money(price, editing.currency) if price is not None else tr("common.none")
            shown_cost = money(cost, editing.currency) if cost is not None else tr("common.none")
            return (
                Figure("price", shown_price),
                Figure("cost", shown_cost),
                Figure("quoted", number(value("quoted_count") or 0)),
            )
    return ()


def _place(part: Part) -> Place:
    return rows_place(part.rows.kind, part.rows.query)
