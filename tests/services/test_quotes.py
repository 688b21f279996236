"""Quotes: lines and sums, sending, revisions, price memory, undo."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.document_lines import LineDraft, worked_out
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services
from tests.services.trade import Trade, digest, quoted, redo_all, set_up, undo_all


@pytest.fixture
def trade(services: Services) -> Trade:
    return set_up(services)


def values(services: Services, quote_id: int) -> Any:
    return services.quotes.card(quote_id).card.values


def check_stored_sums(services: Services, quote_id: int) -> None:
    """What is stored is what the one calculation gives."""
    shown = services.quotes.card(quote_id)
    stored = shown.card.values
    found = worked_out(
        shown.lines,
        stored["currency"],
        tax_included=stored["tax_included"],
        discount_percent=stored["discount_percent"],
        discount_amount=stored["discount_amount"],
    )
    assert shown.totals == found
    assert (stored["subtotal"], stored["tax"], stored["total"]) == (
        found.subtotal,
        found.tax,
        found.total,
    )
    assert [line.amount for line in shown.lines] == [line.amount for line in found.lines]
    assert [line.position for line in shown.lines] == list(range(len(shown.lines)))


# Making


def test_a_new_quote_has_the_firms_defaults(services: Services, trade: Trade) -> None:
    services.business.set_trade(terms="30% 预付", valid_days=15)
    shown = services.quotes.card(quoted(services, trade))
    stored = shown.card.values
    assert stored["number"] == "Q-2026-0001"
    assert (stored["state"], stored["revision"], stored["currency"]) == ("draft", 1, "CNY")
    assert stored["dated"] == date(2026, 11, 20)
    assert stored["valid_until"] == date(2026, 12, 5)
    assert stored["terms"] == "30% 预付"
    assert stored["company"] == Ref(Kind.COMPANY, trade.company, "上海堃喆自动化")
    assert stored["total"] == Decimal("82080.00")
    assert stored["tax"] == Decimal("9442.83")
    assert shown.editable
    assert not shown.overdue


def test_a_product_fills_the_line(services: Services, trade: Trade) -> None:
    (line,) = services.quotes.card(quoted(services, trade)).lines
    assert line.name == "CNC 数控改造套件"
    assert (line.unit, line.price, line.tax_rate) == ("套", Decimal(28800), Decimal(13))
    assert line.description == "适用 C6140"
    assert line.product == Ref(Kind.PRODUCT, trade.kit, "CNC 数控改造套件")


def test_what_is_given_wins_over_the_product(services: Services, trade: Trade) -> None:
    quote = services.quotes.create({})
    line_id = services.quotes.add_line(
        quote, LineDraft(product=trade.kit, name="Kit", price=Decimal("9.9"), tax_rate=Decimal(6))
    )
    (line,) = services.quotes.card(quote).lines
    assert (line.id, line.name, line.price, line.tax_rate) == (
        line_id,
        "Kit",
        Decimal("9.9"),
        Decimal(6),
    )


def test_a_price_in_another_currency_is_not_taken_over(services: Services, trade: Trade) -> None:
    quote = services.quotes.create({}, [LineDraft(product=trade.service)])
    assert services.quotes.card(quote).lines[0].price == 0
    dollars = services.quotes.create({"currency": "USD"}, [LineDraft(product=trade.service)])
    assert services.quotes.card(dollars).lines[0].price == Decimal("120.5")
    assert [p.code for p in services.quotes.checks(quote)] == [
        "document.check_no_customer",
        "document.check_no_price",
    ]


def test_a_free_line_gets_the_usual_tax(services: Services, trade: Trade) -> None:
    quote = services.quotes.create({}, [LineDraft(name="运费", price=Decimal(300))])
    (line,) = services.quotes.card(quote).lines
    assert (line.tax_rate, line.amount, line.product) == (Decimal(13), Decimal(300), None)


def test_a_line_needs_a_name(services: Services) -> None:
    quote = services.quotes.create({})
    before = digest(services)
    with pytest.raises(Refused) as refusal:
        services.quotes.add_line(quote, LineDraft(price=Decimal(1)))
    assert refusal.value.code == "record.check"
    assert digest(services) == before


def test_from_an_opportunity_in_one_gesture(services: Services, trade: Trade) -> None:
    opportunity = services.records.create(
        Kind.OPPORTUNITY, {"title": "五轴改造", "person": trade.person, "currency": "USD"}
    )
    before = digest(services)
    quote = services.quotes.from_opportunity(opportunity)
    stored = values(services, quote)
    assert (stored["title"], stored["currency"]) == ("五轴改造", "USD")
    assert stored["opportunity"].id == opportunity
    assert (stored["company"].id, stored["person"].id) == (trade.company, trade.person)
    services.history.undo()
    assert digest(services) == before


def test_a_duplicate_has_its_own_number_and_lines(
    services: Services, trade: Trade, clock: FixedClock
) -> None:
    quote = quoted(services, trade)
    services.quotes.send(quote)
    clock.moment = datetime(2026, 12, 1, 1, tzinfo=UTC)
    copied = services.quotes.duplicate(quote)
    stored = values(services, copied)
    assert (stored["number"], stored["state"]) == ("Q-2026-0002", "draft")
    assert (stored["dated"], stored["valid_until"]) == (date(2026, 12, 1), date(2026, 12, 31))
    assert stored["total"] == Decimal("82080.00")
    assert services.quotes.card(copied).lines[0].id != services.quotes.card(quote).lines[0].id


# Lines and sums


def test_lines_move_duplicate_and_go(services: Services, trade: Trade) -> None:
    quote = services.quotes.create({})
    a, b, c = (
        services.quotes.add_line(quote, LineDraft(name=name, price=Decimal(1))) for name in "abc"
    )
    services.quotes.move_line(c, 0)
    assert [line.name for line in services.quotes.card(quote).lines] == ["c", "a", "b"]
    twin = services.quotes.duplicate_line(a)
    assert [line.id for line in services.quotes.card(quote).lines] == [c, a, twin, b]
    services.quotes.remove_line(a)
    first = services.quotes.add_line(quote, LineDraft(name="first"), position=0)
    assert [line.id for line in services.quotes.card(quote).lines] == [first, c, twin, b]
    check_stored_sums(services, quote)


def test_a_line_takes_another_product(services: Services, trade: Trade) -> None:
    quote = services.quotes.create({}, [LineDraft(name="something", quantity=Decimal(2))])
    (line,) = services.quotes.card(quote).lines
    services.quotes.update_line(line.id, {"product": trade.kit})
    (line,) = services.quotes.card(quote).lines
    assert (line.name, line.quantity, line.amount) == (
        "CNC 数控改造套件",
        Decimal(2),
        Decimal(57600),
    )


def test_one_sort_of_discount_at_a_time(services: Services, trade: Trade) -> None:
    quote = quoted(services, trade)
    (line,) = services.quotes.card(quote).lines
    services.quotes.update_line(line.id, {"discount_amount": Decimal(400)})
    (line,) = services.quotes.card(quote).lines
    assert (line.discount_percent, line.amount) == (None, Decimal(86000))
    services.records.update(Kind.QUOTE, quote, {"discount_percent": Decimal(10)})
    assert values(services, quote)["total"] == Decimal(77400)
    services.records.update(Kind.QUOTE, quote, {"discount_amount": Decimal(1000)})
    assert values(services, quote)["discount_percent"] is None
    assert values(services, quote)["total"] == Decimal(85000)
    with pytest.raises(Refused, match="two_discounts"):
        services.records.update(
            Kind.QUOTE, quote, {"discount_amount": Decimal(1), "discount_percent": Decimal(1)}
        )


def test_tax_in_and_out(services: Services, trade: Trade) -> None:
    quote = services.quotes.create({}, [LineDraft(product=trade.kit)])
    assert values(services, quote)["total"] == Decimal(28800)
    services.records.update(Kind.QUOTE, quote, {"tax_included": False})
    assert values(services, quote)["total"] == Decimal("32544.00")
    assert values(services, quote)["tax"] == Decimal("3744.00")


def test_yen_have_no_sen(services: Services) -> None:
    quote = services.quotes.create(
        {"currency": "jpy", "tax_included": False},
        [LineDraft(name="部品", price=Decimal("333.5"), tax_rate=Decimal(10))],
    )
    stored = values(services, quote)
    assert (stored["currency"], stored["subtotal"], stored["tax"]) == ("JPY", 334, 33)
    check_stored_sums(services, quote)


@pytest.mark.parametrize("code", ["KWD", "XYZ"])
def test_currencies_that_cannot_be_kept_are_refused(services: Services, code: str) -> None:
    with pytest.raises(Refused):
        services.quotes.create({"currency": code})


def test_the_largest_amount_and_one_beyond(services: Services) -> None:
    quote = services.quotes.create({}, [LineDraft(name="x", price=Decimal("999999999.99"))])
    assert values(services, quote)["total"] == Decimal("999999999.99")
    (line,) = services.quotes.card(quote).lines
    with pytest.raises(Refused, match="too_large"):
        services.quotes.update_line(line.id, {"quantity": Decimal(10**9)})
    assert values(services, quote)["total"] == Decimal("999999999.99")


def test_a_discount_larger_than_what_is_left_is_refused_whole(
    services: Services, trade: Trade
) -> None:
    quote = quoted(services, trade)
    services.quotes.add_line(quote, LineDraft(name="运费", price=Decimal(100)))
    services.records.update(Kind.QUOTE, quote, {"discount_amount": Decimal(5000)})
    kit, _ = services.quotes.card(quote).lines
    before = digest(services)
    with pytest.raises(Refused, match="discount_too_large"):
        services.quotes.remove_line(kit.id)
    assert digest(services) == before
    for line in services.quotes.card(quote).lines[::-1]:
        services.quotes.remove_line(line.id)  # no line at all: the discount waits
    assert values(services, quote)["total"] == 0


def test_an_imported_total_without_lines_stays(services: Services, trade: Trade) -> None:
    quote = services.records.create(
        Kind.QUOTE,
        {"number": "BJ-7", "company": trade.company, "total": Decimal(5000), "state": "declined"},
    )
    services.records.update(Kind.QUOTE, quote, {"opportunity": None})
    stored = values(services, quote)
    assert (stored["total"], stored["valid_until"]) == (Decimal(5000), None)


money = st.decimals(Decimal(-1000), Decimal(100_000), places=4)
rates = st.sampled_from([Decimal(0), Decimal(1), Decimal(6), Decimal(9), Decimal(13)])
changes = st.fixed_dictionaries(
    {},
    optional={
        "quantity": st.decimals(Decimal(-10), Decimal(1000), places=4),
        "price": money,
        "tax_rate": rates,
        "discount_percent": st.one_of(st.none(), st.decimals(Decimal(0), Decimal(100), places=2)),
    },
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), money, rates),
        st.tuples(st.just("change"), st.integers(0, 5), changes),
        st.tuples(st.just("remove"), st.integers(0, 5)),
        st.tuples(st.just("move"), st.integers(0, 5), st.integers(0, 5)),
        st.tuples(st.just("twin"), st.integers(0, 5)),
        st.tuples(st.just("percent"), st.decimals(Decimal(0), Decimal(100), places=2)),
        st.tuples(st.just("tax"), st.booleans()),
    ),
    min_size=1,
    max_size=8,
)


def play(services: Services, quote: int, step: tuple[Any, ...]) -> None:
    quotes, lines = services.quotes, services.quotes.card(quote).lines
    match step:
        case ("add", price, rate):
            quotes.add_line(quote, LineDraft(name="x", price=price, tax_rate=rate))
        case ("percent", percent):
            services.records.update(Kind.QUOTE, quote, {"discount_percent": percent})
        case ("tax", included):
            services.records.update(Kind.QUOTE, quote, {"tax_included": included})
        case (_, which, *_) if which >= len(lines):
            return
        case ("change", which, wanted):
            quotes.update_line(lines[which].id, wanted)
        case ("remove", which):
            quotes.remove_line(lines[which].id)
        case ("move", which, to):
            quotes.move_line(lines[which].id, to)
        case ("twin", which):
            quotes.duplicate_line(lines[which].id)


@settings(max_examples=25)  # each plays, undoes and redoes some ten gestures in a real book
@given(plan=steps)
def test_random_editing_keeps_the_sums_true_and_undo_takes_it_all_back(
    services: Services, plan: list[tuple[Any, ...]]
) -> None:
    start = services.book.last_gesture
    before = digest(services)
    quote = services.quotes.create({}, [LineDraft(name="first", price=Decimal("0.1"))])
    for step in plan:
        with contextlib.suppress(Refused):  # a step the rules do not allow changes nothing
            play(services, quote, step)
        check_stored_sums(services, quote)
    after = digest(services)
    undo_all(services, start)
    assert digest(services) == before
    redo_all(services)
    assert digest(services) == after
    undo_all(services, start)
