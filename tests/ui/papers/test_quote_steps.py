"""The steps of a quote: sent, revised, accepted, made a contract."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt

from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.papers.contract_page import ContractPage
from crm_desktop.ui.places import Place
from tests.ui.papers.conftest import Desk, written

Key, Held = Qt.Key, Qt.KeyboardModifier


def test_sending_locks_and_revising_opens(desk: Desk) -> None:
    page = written(desk)
    quote = page.record_id or 0
    page.act("send")
    desk.rest()
    card = desk.services.quotes.card(quote)
    assert card.card.values["state"] == "sent"
    assert page.lines.rows[0].cells["price"].isReadOnly()
    assert page.lines._open is None
    assert page.terms.area.isReadOnly()
    assert not page.header.buttons["send"].isVisible()
    assert page.header.buttons["accept"].isVisible()
    desk.preview_text(page)
    assert page.preview.pdf == desk.services.quotes.issued_pdf(card.issued[0].id)
    page.act("revise")
    desk.rest()
    assert not page.lines.rows[0].cells["price"].isReadOnly()
    assert page.header.number.text() == "Q-2026-0001 · version 2"


def test_sending_without_a_customer_says_so_and_leads_there(desk: Desk) -> None:
    quote = desk.services.quotes.create({}, [LineDraft(name="安装")])
    page = desk.open_quote(quote)
    page.act("send")
    desk.rest()
    assert "customer" in page.notes.text("refused")


def test_the_keyboard_goes_on_to_the_next_step(desk: Desk) -> None:
    page = written(desk)
    buttons = page.header.buttons
    buttons["send"].setFocus()
    buttons["send"].click()
    desk.rest()
    assert buttons["accept"].hasFocus()
    buttons["accept"].click()
    desk.rest()
    assert buttons["save_pdf"].hasFocus()


def test_a_follow_up_is_offered_after_sending(desk: Desk) -> None:
    page = written(desk)
    page.act("send")
    desk.rest()
    toasts = desk.window.toasts
    assert "Q-2026-0001" in toasts.text
    button = next(b for b in toasts._buttons if "3 days" in b.text())
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.rest()
    card = desk.services.records.card(Kind.QUOTE, page.record_id or 0)
    assert card.values["next_step"].day.isoformat() == "2026-11-23"


def test_a_contract_from_the_quote(desk: Desk) -> None:
    page = written(desk)
    page.act("make_contract")
    desk.rest()
    contract = desk.window.area.page
    assert isinstance(contract, ContractPage)
    assert [row.item.text() for row in contract.lines.rows] == ["数控改造套件", "安装"]


def test_accepting_offers_to_win_the_opportunity(desk: Desk) -> None:
    services = desk.services
    deal = services.records.create(Kind.OPPORTUNITY, {"title": "二号产线", "company": desk.company})
    quote = services.quotes.from_opportunity(deal)
    services.quotes.set_lines(quote, [LineDraft(name="安装", price=Decimal(900))])
    page = desk.open_quote(quote)
    page.act("send")
    desk.rest()
    page.act("accept")
    desk.rest()
    offers = {button.text(): button for button in desk.window.toasts.buttons}
    assert "Make contract" in offers
    offers["Win the opportunity"].click()
    desk.rest()
    assert services.records.card(Kind.OPPORTUNITY, deal).values["state"] == "won"
    assert "二号产线" in desk.window.toasts.text
    services.history.undo()
    assert services.records.card(Kind.OPPORTUNITY, deal).values["state"] == "open"
    assert services.records.card(Kind.QUOTE, quote).values["state"] == "accepted"


def test_nothing_is_offered_to_win_where_it_is_won(desk: Desk) -> None:
    services = desk.services
    deal = services.records.create(Kind.OPPORTUNITY, {"title": "二号产线", "company": desk.company})
    quote = services.quotes.from_opportunity(deal)
    services.quotes.set_lines(quote, [LineDraft(name="安装", price=Decimal(900))])
    services.opportunities.win(deal)
    page = desk.open_quote(quote)
    page.act("send")
    desk.rest()
    page.act("accept")
    desk.rest()
    assert "Win the opportunity" not in [b.text() for b in desk.window.toasts.buttons]


def test_until_a_quote_is_read_nothing_can_be_done_with_it(desk: Desk) -> None:
    page = written(desk)
    quote = desk.services.quotes.create({}, [LineDraft(name="安装")])
    desk.window.navigator.go(Place.record(Kind.QUOTE, quote))
    assert not any(button.isVisible() for button in page.header.buttons.values())
    assert not page.header.chip.isVisible()
    page.do_delete()
    desk.rest()
    assert page.header.buttons["send"].isVisible()
    assert page.header.chip.isVisible()
    assert desk.services.records.trashed() == []
