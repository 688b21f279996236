"""The row of figures of a record; each opens the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm_desktop.domain.figures import MoneyFigures, Part, TradeFigures
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.money import rounded
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import in_days, money, number
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.places import rows_place

_WHOLE = 10  # percent, from which on no more is told


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows of one kind behind a number, and where they are."""

    kind: Kind
    count: int
    value: str
    place: Place

    @property
    def words(self) -> str:
        """What a choice between several says."""
        counted = tr(f"kind.{self.kind.value}.count", count=self.count)
        return tr("format.colon", name=counted, value=self.value) if self.value else counted


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name, and the rows behind it: none, one kind of them, or several."""

    key: str
    value: str
    rows: tuple[Behind, ...] = ()
    block: str = ""  # what it belongs to: trade, money, contact
    brief: bool = True  # shown beside a list too
    label: str = ""  # of one that is called by what the user recorded

    @property
    def name(self) -> str:
        """What it counts."""
        return self.label or tr(f"record_page.figure.{self.key}")


def sums_text(sums: Mapping[str, Decimal]) -> str:
    """Amounts by currency: ¥86,400 + $1,200."""
    shown = [money(amount, currency) for currency, amount in sums.items() if amount]
    return " + ".join(shown) if shown else money(0)


def read_customer(context: Context, ref: Ref) -> tuple[Figure, ...]:
    """The figures of a person or a company; runs in a reader thread."""
    found = context.services.figures.of(ref)
    money_of, contact = found.money, found.contact
    today = context.clock.today()
    return (
        *_trade(found.trade, _with_branches(context, ref), today),
        *(
            Figure(key, sums_text(part.sums), _rows(part), "trade", key == "offered")
            for key, part in (
                ("offered", money_of.offered),
                ("hoped", money_of.hoped),
            )
        ),
        *(
            Figure(key, sums_text(part.sums), _rows(part), "money", key == "owed")
            for key, part in (
                ("received", money_of.received),
                ("owed", money_of.owed),
                ("overdue", money_of.overdue),
                ("expenses", money_of.expenses),
            )
        ),
        *_payment_days(money_of),
        Figure("open_deals", _count(contact.open_opportunities),
               _rows(contact.open_opportunities), "contact"),
        Figure("open_tickets", _count(contact.open_tickets),
               _rows(contact.open_tickets), "contact"),
        Figure("activities", _count(contact.activities),
               _rows(contact.activities), "contact", brief=False),
        Figure("last_contact", _ago(contact.last_contact, today),
               _rows(contact.activities), "contact"),
        *_demand(context, ref),
    )  # fmt: skip


def _trade(trade: TradeFigures, group: tuple[Figure, ...], today: date) -> tuple[Figure, ...]:
    behind = _rows(*trade.parts)
    return (
        *group,
        Figure("bought", sums_text(trade.sums), behind, "trade"),
        Figure("sales", number(trade.count), behind, "trade", brief=False),
        Figure("last_sale", _ago(trade.last, today), behind, "trade", brief=False),
    )


def _payment_days(found: MoneyFigures) -> tuple[Figure, ...]:
    """How late they pay, and of how many payments that is known; nothing where of none."""
    if found.days is None:
        return ()
    how = "late" if found.days > 0 else "early" if found.days < 0 else "on_time"
    paid = tr(f"record_page.paid_{how}", count=abs(found.days))
    text = tr("record_page.paid_of", when=paid, count=found.counted.count)
    return (Figure("payment_days", text, _rows(found.counted), "money", brief=False),)


def _with_branches(context: Context, ref: Ref) -> tuple[Figure, ...]:
    """What a company bought together with those below it."""
    whole = context.services.figures.rolled_up(ref.id) if ref.kind is Kind.COMPANY else None
    if whole is None:
        return ()
    behind = _rows(whole.contracts, whole.quotes, whole.opportunities)
    return (Figure("group", sums_text(whole.sums), behind, "trade"),)


def _demand(context: Context, ref: Ref) -> tuple[Figure, ...]:
    """How much of its yearly demand a company covers with us, group by group."""
    if ref.kind is not Kind.COMPANY:
        return ()
    found = []
    for place, share in enumerate(context.services.figures.demand(ref.id)):
        if share.percent is None:
            continue
        item = context.services.lists.item(share.what)
        group = item_name(item, tr) if item is not None else ""
        text = tr(
            "record_page.demand_share",
            percent=number(rounded(share.percent, 0 if share.percent >= _WHOLE else 1)),
            bought=number(share.bought),
            amount=number(share.amount),
            unit=share.unit,
        )
        if share.others:
            text = tr("record_page.demand_others", share=text)
        label = tr("record_page.demand_of", group=group, year=share.year)
        figure = Figure(f"demand{place}", text, _rows(*share.parts), "demand", False, label)
        found.append(figure)
    return tuple(found)


def _count(part: Part) -> str:
    return number(part.count)


def _ago(day: date | None, today: date) -> str:
    return in_days(day, today) if day else tr("common.none")


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


def _rows(*parts: Part) -> tuple[Behind, ...]:
    """Where the rows of a number are; nowhere for a number without any."""
    return tuple(
        Behind(
            part.kind,
            part.count,
            sums_text(part.sums) if part.sums else "",
            rows_place(part.kind, part.rows.query),
        )
        for part in parts
        if part.count
    )
