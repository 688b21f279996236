"""Quotes that were sent: frozen papers, answers, revisions, price memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from crm_desktop.data import issued as issued_rows
from crm_desktop.data.tables import Issued, Line
from crm_desktop.documents.snapshots import from_plain
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.services.papers import printed
from tests.documents.samples import text_of
from tests.services.trade import Trade, digest, quoted, set_up, undo_all


@pytest.fixture
def trade(services: Services) -> Trade:
    return set_up(services)


def values(services: Services, quote_id: int) -> Any:
    return services.quotes.card(quote_id).card.values


# Sending


def test_sending_freezes_the_paper(services: Services, trade: Trade) -> None:
    quote = quoted(services, trade)
    draft = services.quotes.preview_pdf(quote)
    services.quotes.send(quote)
    shown = services.quotes.card(quote)
    (issued,) = shown.issued
    frozen = services.quotes.issued_pdf(issued.id)
    assert (shown.card.values["state"], shown.editable) == ("sent", False)
    assert shown.card.values["sent_at"] == services.clock.now()
    assert hashlib.sha256(frozen).hexdigest() == issued.sha256
    assert (issued.number, issued.revision, issued.withdrawn_at) == ("Q-2026-0001", 1, None)
    assert issued.size == len(frozen)
    assert services.quotes.preview_pdf(quote) == frozen != draft


def test_the_snapshot_prints_the_same_bytes_for_ever(services: Services, trade: Trade) -> None:
    quote = quoted(services, trade, language="bi", terms="30% 预付", notes="现货")
    services.records.update(Kind.QUOTE, quote, {"discount_amount": Decimal("80.00")})
    services.quotes.send(quote)
    (issued,) = services.quotes.issued(quote)
    frozen = services.quotes.issued_pdf(issued.id)
    services.records.update(Kind.COMPANY, trade.company, {"name": "改名了"})
    services.records.update(Kind.PRODUCT, trade.kit, {"price": Decimal(1), "name": "别的"})
    services.business.set_own_company(name="别的公司")
    with services.book.read() as session:
        plain = issued_rows.snapshot(session, issued.id)
    assert plain is not None
    assert printed(from_plain(plain, logo=b"")) == frozen
    assert services.quotes.preview_pdf(quote) == frozen


@pytest.mark.parametrize(
    ("language", "chinese", "english"),
    [("zh", True, False), ("en", False, True), ("bi", True, True)],
)
def test_a_paper_names_us_in_its_languages(
    services: Services, trade: Trade, tmp_path: Path, language: str, chinese: bool, english: bool
) -> None:
    quote = quoted(services, trade, language=language)
    text = text_of(services.quotes.preview_pdf(quote), tmp_path)
    assert ("苏州恒远精密机械有限公司" in text) is chinese
    assert ("Suzhou Hengyuan Precision Co., Ltd." in text) is english


def test_what_was_sent_is_read_only(services: Services, trade: Trade) -> None:
    quote = quoted(services, trade)
    services.quotes.send(quote)
    (line,) = services.quotes.card(quote).lines
    before = digest(services)
    refusals: list[Callable[[], object]] = [
        lambda: services.quotes.add_line(quote, LineDraft(name="x")),
        lambda: services.quotes.set_lines(quote, []),
        lambda: services.quotes.update_line(line.id, {"price": Decimal(1)}),
        lambda: services.quotes.remove_line(line.id),
        lambda: services.quotes.move_line(line.id, 0),
        lambda: services.quotes.duplicate_line(line.id),
        lambda: services.records.update(Kind.QUOTE, quote, {"title": "other"}),
        lambda: services.records.update(Kind.QUOTE, [quote], {"discount_percent": Decimal(1)}),
    ]
    for refused in refusals:
        with pytest.raises(Refused, match="quote_is_read_only"):
            refused()
    assert digest(services) == before
    # What is not on the paper may change; the same value again is no change.
    opportunity = services.records.create(Kind.OPPORTUNITY, {"title": "x"})
    services.records.update(Kind.QUOTE, quote, {"opportunity": opportunity, "title": "数控改造"})
    assert values(services, quote)["opportunity"].id == opportunity


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda s, t: s.quotes.create({"company": t.company}), "document.no_lines"),
        (
            lambda s, t: s.quotes.create({}, [LineDraft(product=t.kit)]),
            "document.no_customer",
        ),
        (lambda s, t: quoted(s, t, title="𠮷野家"), "paper.uncovered"),
    ],
)
def test_what_cannot_be_sent(services: Services, trade: Trade, made: Any, code: str) -> None:
    quote = made(services, trade)
    before = digest(services)
    with pytest.raises(Refused) as refusal:
        services.quotes.send(quote)
    assert refusal.value.code == code
    assert digest(services) == before
    assert services.quotes.issued(quote) == ()


def test_undoing_sent_withdraws_the_snapshot(services: Services, trade: Trade) -> None:
    quote = quoted(services, trade)
    before = digest(services)
    services.quotes.send(quote)
    sent = digest(services)
    services.history.undo()
    assert digest(services) == before
    (issued,) = services.quotes.issued(quote)
    assert issued.withdrawn_at == services.clock.now()
    services.history.redo()
    assert digest(services) == sent
    assert services.quotes.issued(quote)[0].withdrawn_at is None
    services.history.undo()
    services.records.update(Kind.QUOTE, quote, {"title": "another"})
    services.quotes.send(quote)
    newest, oldest = services.quotes.issued(quote)
    assert newest.withdrawn_at is None
    assert oldest.withdrawn_at is not None
    assert services.quotes.preview_pdf(quote) == services.quotes.issued_pdf(newest.id)


def test_the_snapshot_outlives_the_quote(services: Services, trade: Trade) -> None:
    start = services.book.last_gesture
    before = digest(services)
    quote = quoted(services, trade)
    services.quotes.send(quote)
    undo_all(services, start)
    assert digest(services) == before
    with services.book.read() as session:
        (row,) = session.whole(select(Issued))
        assert row.number == "Q-2026-0001"
        assert row.withdrawn_at is not None
        assert session.scalar(select(func.count()).select_from(Line)) == 0
    assert services.quotes.next_number() == "Q-2026-0002"


def test_answers_and_customers(services: Services, trade: Trade) -> None:
    quote = quoted(services, trade)
    with pytest.raises(Refused, match="wrong_state"):
        services.quotes.accept(quote)
    services.quotes.send(quote)
    services.quotes.decline(quote)
    assert values(services, quote)["state"] == "declined"
    services.quotes.reopen(quote)
    assert values(services, quote)["closed_at"] is None
    services.quotes.accept(quote)
    customer = services.lists.by_code("lifecycle", "customer").id
    assert services.records.card(Kind.COMPANY, trade.company).values["lifecycle"] == customer
    services.history.undo()
    assert services.records.card(Kind.COMPANY, trade.company).values["lifecycle"] is None


def test_quotes_expire_the_day_after(services: Services, trade: Trade, clock: FixedClock) -> None:
    quote = quoted(services, trade)
    services.quotes.send(quote)
    draft = quoted(services, trade)
    clock.moment = datetime(2026, 12, 20, 15, 59, tzinfo=UTC)  # still the 20th in Shanghai
    assert services.quotes.expire_due() == 0
    clock.moment = datetime(2026, 12, 20, 16, 1, tzinfo=UTC)
    assert services.quotes.card(quote).overdue
    assert services.quotes.expire_due() == 1
    assert services.quotes.expire_due() == 0
    assert values(services, quote)["state"] == "expired"
    assert values(services, draft)["state"] == "draft"
    assert services.quotes.issued(quote)[0].withdrawn_at is None
    services.quotes.accept(quote)  # better late than never


def test_a_revision_keeps_what_was_issued(
    services: Services, trade: Trade, clock: FixedClock, tmp_path: Path
) -> None:
    quote = quoted(services, trade)
    services.quotes.send(quote)
    first = services.quotes.preview_pdf(quote)
    clock.moment = datetime(2026, 12, 24, 1, tzinfo=UTC)
    before = digest(services)
    assert services.quotes.revise(quote) == 2
    stored = values(services, quote)
    assert (stored["number"], stored["revision"], stored["state"]) == ("Q-2026-0001", 2, "draft")
    assert (stored["dated"], stored["valid_until"]) == (date(2026, 12, 24), date(2027, 1, 23))
    assert services.quotes.issued(quote)[0].withdrawn_at is None
    (line,) = services.quotes.card(quote).lines
    services.quotes.update_line(line.id, {"price": Decimal(28000)})
    services.quotes.send(quote)
    second, old = services.quotes.issued(quote)
    assert (second.revision, old.revision) == (2, 1)
    assert services.quotes.issued_pdf(old.id) == first
    assert services.quotes.preview_pdf(quote) == services.quotes.issued_pdf(second.id) != first
    services.quotes.save_pdf(quote, tmp_path / "v1.pdf", revision=1)
    assert (tmp_path / "v1.pdf").read_bytes() == first
    for _ in range(3):
        services.history.undo()
    assert digest(services) == before
    assert [one.withdrawn_at is None for one in services.quotes.issued(quote)] == [False, True]


def test_saving_by_number(services: Services, trade: Trade, tmp_path: Path) -> None:
    quote = quoted(services, trade)
    path = tmp_path / services.quotes.file_name(quote)
    assert path.name == "Q-2026-0001 上海堃喆自动化.pdf"
    assert services.quotes.save_pdf("Q-2026-0001", path) == path
    assert path.read_bytes() == services.quotes.preview_pdf(quote)
    services.quotes.send(quote)
    services.quotes.save_pdf(quote, path)
    (issued,) = services.quotes.issued(quote)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == issued.sha256
    with pytest.raises(Refused, match="unknown_number"):
        services.quotes.save_pdf("Q-1", path)
    with pytest.raises(Refused, match="no_revision"):
        services.quotes.save_pdf(quote, path, revision=9)
    with pytest.raises(Refused, match="no_folder"):
        services.quotes.save_pdf(quote, tmp_path / "none" / "x.pdf")


def test_names_of_files_are_fit_for_every_system(services: Services, trade: Trade) -> None:
    services.business.set_trade(quote_number="报/{year}/{number}")
    services.records.update(Kind.COMPANY, trade.company, {"name": 'A:B*"C"?'})
    assert services.quotes.file_name(quoted(services, trade)) == "报_2026_1 A_B__C__.pdf"


# Price memory


def test_price_memory(services: Services, trade: Trade, clock: FixedClock) -> None:
    other = services.records.create(Kind.COMPANY, {"name": "别家"})
    cheap = services.quotes.create(
        {"company": other}, [LineDraft(product=trade.kit, price=Decimal(21000))]
    )
    services.quotes.send(cheap)
    mine = quoted(services, trade)
    services.quotes.send(mine)
    draft = services.quotes.create(
        {"company": trade.company}, [LineDraft(product=trade.kit, price=Decimal(19000))]
    )
    memory = services.quotes.price_memory(trade.kit, draft)
    assert memory.list_price == Decimal(28800)
    assert memory.cost == Decimal(20000)
    assert memory.last is not None
    assert (memory.last.ref.id, memory.last.unit_price) == (mine, Decimal(27360))
    assert memory.lowest is not None
    assert (memory.lowest.ref.id, memory.lowest.unit_price) == (cheap, Decimal(21000))
    assert [use.ref.id for use in memory.others] == [mine]
    assert memory.margin(Decimal(28250), Decimal(13), tax_included=True) == Decimal("20.0")
    codes = [problem.code for problem in services.quotes.checks(draft)]
    assert codes == ["document.check_below_cost", "document.check_other_price"]


def test_a_firm_without_a_name_is_told(services: Services) -> None:
    quote = services.quotes.create({}, [LineDraft(name="x", price=Decimal(1))])
    assert services.quotes.checks(quote)[0].code == "document.check_no_seller"


def test_lines_that_are_gone_or_of_others(services: Services, trade: Trade) -> None:
    quote = quoted(services, trade)
    contract = services.contracts.from_quote(quote)
    (line,) = services.contracts.card(contract).lines
    with pytest.raises(Refused, match="gone"):
        services.quotes.remove_line(line.id)
    with pytest.raises(Refused, match="gone"):
        services.quotes.remove_line(999)
    with pytest.raises(Refused, match="gone"):
        services.quotes.card(999)
    with pytest.raises(Refused, match="gone"):
        services.quotes.issued_pdf(999)


def test_all_is_there_after_opening_again(services: Services, trade: Trade) -> None:
    quote = quoted(services, trade)
    services.quotes.send(quote)
    path, frozen = services.book.path, services.quotes.preview_pdf(quote)
    services.book.close()
    with open_book(path, services.clock) as book:
        again = Services(book, services.clock, Home.at(path.parent))
        assert again.quotes.preview_pdf(quote) == frozen
        again.history.undo()
        assert again.quotes.issued(quote)[0].withdrawn_at is not None
        assert again.quotes.create({}) != quote
        assert again.quotes.next_number() == "Q-2026-0003"
