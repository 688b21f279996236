"""Contracts: from quotes, blanks, states with their papers, endings, templates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.data import issued as issued_rows
from crm_desktop.documents.snapshots import from_plain
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.timeline import Sort
from crm_desktop.services.house import Services
from crm_desktop.services.papers import printed
from crm_desktop.services.templates import CONTRACT, TERMS
from tests.services.trade import Trade, digest, quoted, set_up, undo_all

BLANKS = [
    "acceptance_days",
    "delivery_date",
    "delivery_place",
    "payment_terms",
    "invoice_days",
    "warranty_months",
    "penalty_rate",
    "court",
]


@pytest.fixture
def trade(services: Services) -> Trade:
    return set_up(services)


def values(services: Services, contract_id: int) -> Any:
    return services.contracts.card(contract_id).card.values


def filled(services: Services, trade: Trade) -> int:
    contract = services.contracts.from_quote(quoted(services, trade))
    services.contracts.fill(contract, dict.fromkeys(BLANKS, "7"))
    return contract


def test_its_title_keeps_latin_and_chinese_apart(services: Services, trade: Trade) -> None:
    for title, named in (("CNC line A", "CNC line A 合同"), ("数控改造", "数控改造合同")):
        quote = services.quotes.create({"company": trade.company, "title": title})
        contract = services.contracts.from_quote(quote)
        assert services.contracts.card(contract).card.values["title"] == named


def test_from_a_quote_in_one_gesture(services: Services, trade: Trade) -> None:
    quote = quoted(services, trade, discount_amount=Decimal(80), language="bi")
    before = digest(services)
    contract = services.contracts.from_quote(quote)
    shown = services.contracts.card(contract)
    stored = shown.card.values
    assert stored["number"] == "C-2026-0001"
    assert stored["quote"] == Ref(Kind.QUOTE, quote, "Q-2026-0001")
    assert (stored["title"], stored["language"]) == ("数控改造合同", "bi")
    assert (stored["company"].id, stored["person"].id) == (trade.company, trade.person)
    assert stored["kind"] == services.lists.by_code("contract_kind", "sales").id
    assert stored["total"] == shown.totals.total == Decimal(82000)
    assert [line.name for line in shown.lines] == ["CNC 数控改造套件"]
    assert shown.steps == ("reviewed", "signed")
    services.history.undo()
    assert digest(services) == before


def test_from_an_opportunity_with_and_without_a_quote(services: Services, trade: Trade) -> None:
    opportunity = services.records.create(
        Kind.OPPORTUNITY, {"title": "五轴改造", "company": trade.company}
    )
    bare = services.contracts.from_opportunity(opportunity)
    assert values(services, bare)["opportunity"].id == opportunity
    assert services.contracts.card(bare).lines == ()
    quote = quoted(services, trade, opportunity=opportunity)
    rich = services.contracts.from_opportunity(opportunity)
    assert values(services, rich)["quote"].id == quote
    assert values(services, rich)["total"] == Decimal(82080)


def test_sums_follow_the_lines(services: Services, trade: Trade) -> None:
    contract = services.contracts.create(
        {"company": trade.company, "tax_included": False},
        [LineDraft(product=trade.kit), LineDraft(name="运费", price=Decimal(100))],
    )
    assert values(services, contract)["total"] == Decimal("32657.00")
    services.records.update(Kind.CONTRACT, contract, {"discount_percent": Decimal(10)})
    assert values(services, contract)["total"] == Decimal("29391.30")


# Blanks


def test_blanks_are_named_with_their_places(services: Services, trade: Trade) -> None:
    contract = services.contracts.from_quote(quoted(services, trade))
    missing = services.contracts.missing(contract)
    assert [blank.name for blank in missing] == BLANKS
    body = values(services, contract)["body"]
    assert body[missing[0].start : missing[0].end] == "{{acceptance_days}}"
    known = services.contracts.known(contract)
    assert known["total"] == "¥82,080.00"
    assert known["total_capitals"] == "人民币捌万贰仟零捌拾元整"
    assert known["seller_bank"] == "中国工商银行苏州园区支行"
    assert known["customer_name"] == "上海堃喆自动化"
    assert known["dated"] == "2026 年 11 月 20 日"


def test_filling_leaves_the_sums_to_follow(services: Services, trade: Trade) -> None:
    contract = services.contracts.from_quote(quoted(services, trade))
    services.contracts.fill(contract, {"court": " 上海仲裁委员会 ", "delivery_place": ""})
    body = values(services, contract)["body"]
    assert "向上海仲裁委员会提起" in body
    assert "{{delivery_place}}" in body
    assert "{{total}}" in body
    (line,) = services.contracts.card(contract).lines
    services.contracts.update_line(line.id, {"quantity": Decimal(1)})
    assert services.contracts.known(contract)["total"] == "¥27,360.00"


def test_usual_values_fill_later_contracts(services: Services, trade: Trade) -> None:
    first = services.contracts.from_quote(quoted(services, trade))
    services.contracts.fill(first, {"court": "苏州法院", "invoice_days": "5"}, remember=True)
    second = services.contracts.from_quote(quoted(services, trade))
    names = {blank.name for blank in services.contracts.missing(second)}
    assert names == set(BLANKS) - {"court", "invoice_days"}


def test_open_blanks_show_in_the_preview_and_block_the_file(
    services: Services, trade: Trade, tmp_path: Path
) -> None:
    contract = services.contracts.from_quote(quoted(services, trade))
    assert services.contracts.preview_pdf(contract).startswith(b"%PDF")
    before = digest(services)
    refusals: list[Callable[[], object]] = [
        lambda: services.contracts.save_pdf(contract, tmp_path / "c.pdf"),
        lambda: services.contracts.advance(contract, "reviewed"),
        lambda: services.contracts.advance(contract, "signed"),
    ]
    for refused in refusals:
        with pytest.raises(Refused, match="unfilled"):
            refused()
    assert digest(services) == before
    assert not (tmp_path / "c.pdf").exists()
    services.contracts.fill(contract, dict.fromkeys(BLANKS, "7"))
    services.contracts.save_pdf("C-2026-0001", tmp_path / "c.pdf")
    assert (tmp_path / "c.pdf").read_bytes() == services.contracts.preview_pdf(contract)


# States


def test_the_life_of_a_contract(services: Services, trade: Trade) -> None:
    start = services.book.last_gesture
    before = digest(services)
    contract = filled(services, trade)
    services.contracts.advance(contract, "reviewed")
    (issued,) = services.contracts.issued(contract)
    frozen = services.contracts.issued_pdf(issued.id)
    services.contracts.advance(contract, "signed", date(2026, 11, 23), "双方盖章\n原件在档案柜")
    assert len(services.contracts.issued(contract)) == 1
    assert values(services, contract)["signed_on"] == date(2026, 11, 23)
    customer = services.lists.by_code("lifecycle", "customer").id
    assert services.records.card(Kind.COMPANY, trade.company).values["lifecycle"] == customer
    services.contracts.advance(contract, "in_force", date(2026, 12, 1))
    assert values(services, contract)["start"] == date(2026, 12, 1)
    services.contracts.advance(contract, "ended", date(2027, 6, 30))
    assert values(services, contract)["end"] == date(2027, 6, 30)
    assert services.contracts.card(contract).steps == ()
    assert services.contracts.preview_pdf(contract) == frozen
    entries = services.timeline.of(Ref(Kind.CONTRACT, contract))
    notes = [e for e in entries if e.sort is Sort.ACTIVITY]
    assert [(note.title, note.text) for note in notes] == [("双方盖章", "原件在档案柜")]
    undo_all(services, start)
    assert digest(services) == before


def test_the_snapshot_prints_the_same_bytes_for_ever(services: Services, trade: Trade) -> None:
    contract = filled(services, trade)
    services.contracts.advance(contract, "signed")
    (issued,) = services.contracts.issued(contract)
    with services.book.read() as session:
        plain = issued_rows.snapshot(session, issued.id)
    assert plain is not None
    assert printed(from_plain(plain, logo=b"")) == services.contracts.issued_pdf(issued.id)


def test_a_reviewed_contract_is_read_only_until_it_is_a_draft_again(
    services: Services, trade: Trade
) -> None:
    contract = filled(services, trade)
    services.contracts.advance(contract, "reviewed")
    (line,) = services.contracts.card(contract).lines
    english = services.templates.all(CONTRACT, "en")[0].id
    refusals: list[Callable[[], object]] = [
        lambda: services.contracts.update_line(line.id, {"price": Decimal(1)}),
        lambda: services.records.update(Kind.CONTRACT, contract, {"body": "x"}),
        lambda: services.contracts.use_template(contract, english),
    ]
    for refused in refusals:
        with pytest.raises(Refused, match="contract_is_read_only"):
            refused()
    services.contracts.advance(contract, "draft")
    assert services.contracts.issued(contract)[0].withdrawn_at is not None
    services.contracts.update_line(line.id, {"price": Decimal(1)})
    services.contracts.advance(contract, "signed")
    newest, oldest = services.contracts.issued(contract)
    assert newest.withdrawn_at is None
    assert oldest.withdrawn_at is not None


@pytest.mark.parametrize("state", ["in_force", "completed", "ended", "draft"])
def test_steps_that_a_draft_has_not(services: Services, trade: Trade, state: str) -> None:
    contract = filled(services, trade)
    with pytest.raises(Refused, match="wrong_state"):
        services.contracts.advance(contract, state)


def test_a_revision_keeps_what_was_signed(services: Services, trade: Trade) -> None:
    contract = filled(services, trade)
    services.contracts.advance(contract, "signed")
    assert services.contracts.revise(contract) == 2
    stored = values(services, contract)
    assert (stored["state"], stored["revision"], stored["signed_on"]) == ("draft", 2, None)
    assert services.contracts.issued(contract)[0].withdrawn_at is None
    services.contracts.advance(contract, "signed")
    assert [one.revision for one in services.contracts.issued(contract)] == [2, 1]
    with pytest.raises(Refused, match="wrong_state"):
        services.contracts.revise(filled(services, trade))


def test_a_contract_known_by_a_scan_has_no_paper_of_ours(services: Services, trade: Trade) -> None:
    contract = services.records.create(Kind.CONTRACT, {"number": "HT-7", "company": trade.company})
    services.contracts.advance(contract, "signed")
    assert services.contracts.issued(contract) == ()
    assert services.contracts.preview_pdf(contract).startswith(b"%PDF")


# Endings


def test_contracts_that_end_soon(services: Services, trade: Trade, clock: FixedClock) -> None:
    made = {}
    for name, end in (
        ("soon", date(2026, 12, 20)),
        ("late", date(2026, 12, 21)),
        ("over", date(2026, 11, 1)),
        ("open", None),
        ("draft", date(2026, 12, 1)),
    ):
        made[name] = services.records.create(
            Kind.CONTRACT, {"title": name, "company": trade.company, "end": end}
        )
        if name != "draft":
            services.contracts.advance(made[name], "signed")
    found = services.contracts.ending(30)
    assert [(one.title, one.days) for one in found] == [("over", -19), ("soon", 30)]
    assert found[0].company == Ref(Kind.COMPANY, trade.company, "上海堃喆自动化")
    clock.moment = datetime(2026, 11, 21, 1, tzinfo=UTC)
    assert [one.title for one in services.contracts.ending(30)] == ["over", "soon", "late"]


# Templates


def test_shipped_texts_are_the_firms_own(services: Services) -> None:
    assert [card.name for card in services.templates.all(CONTRACT, "en")] == [
        "Sales contract",
        "Service contract",
        "销售合同",
        "服务合同",
    ]
    assert services.templates.all(CONTRACT, "bi")[0].name == "销售合同"
    assert len(services.templates.all(TERMS, "zh")) == 4


def test_templates_are_added_changed_and_removed(services: Services, trade: Trade) -> None:
    before = digest(services)
    template = services.templates.add(CONTRACT, " 框架协议 ", "zh", "# 一\n{{customer_name}}")
    services.templates.update(template, body="# 一\n{{customer_name}}与{{seller_name}}")
    assert services.templates.get(template).name == "框架协议"
    contract = services.contracts.create({"company": trade.company}, template_id=template)
    assert services.contracts.missing(contract) == ()
    services.templates.remove(template)
    with pytest.raises(Refused, match="gone"):
        services.templates.get(template)
    assert values(services, contract)["body"].startswith("# 一")
    for _ in range(4):
        services.history.undo()
    assert digest(services) == before
    with pytest.raises(Refused, match="template_unnamed"):
        services.templates.add(CONTRACT, " ", "zh", "")
