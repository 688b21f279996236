"""Payments on the page of a contract: a plan is made, money is recorded, what is late is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.payments import ContractMoney, Stage, StageState
from crm_desktop.ui.contacts.form_popover import FormPopover
from crm_desktop.ui.papers.contract_page import ContractPage
from crm_desktop.ui.papers.list_page import PapersPage
from crm_desktop.ui.papers.stage_form import StageForm
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.receipt_form import ReceiptForm
from crm_desktop.ui.table.new_popover import NewPopover
from crm_desktop.ui.widgets import Chip
from tests.ui.papers.conftest import Desk

LATE, LATER = date(2026, 11, 10), date(2027, 2, 1)


@pytest.fixture
def page(desk: Desk) -> ContractPage:
    """A signed contract of ¥28,800."""
    contracts = desk.services.contracts
    line = LineDraft(product=desk.product, tax_rate=Decimal(0))
    contract = contracts.create({"company": desk.company, "body": "一"}, [line])
    contracts.advance(contract, "signed", date(2026, 10, 1))
    return desk.open_contract(contract)


def form(page: ContractPage) -> FormPopover:
    (found,) = [one for one in page.window().findChildren(FormPopover) if one.isVisible()]
    return found


def write(line: QLineEdit, text: str) -> None:
    """Type over what a line holds."""
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, text)


def money(desk: Desk, page: ContractPage) -> ContractMoney:
    return desk.services.payments.of_contract(page.record_id or 0)


def test_a_plan_is_typed_and_a_payment_recorded_by_keyboard(desk: Desk, page: ContractPage) -> None:
    page.payments.add_stage.setFocus()
    desk.press(Qt.Key.Key_Space)
    for text in ("预付款", "30", "", "2026-11-10"):
        desk.say(text)
        desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    found = money(desk, page)
    assert [one.stage.share for one in found.stages] == [Decimal(8640)]
    assert found.stages[0].stage.due == LATE
    assert found.stages[0].state is StageState.OVERDUE
    (row,) = page.payments.stages
    assert row.chip._colour == "red"
    assert row.chip.accessibleName() or "¥8,640" in row.findChildren(Chip)[0].text()
    page.payments.record.setFocus()
    desk.press(Qt.Key.Key_Space)
    opened = form(page)
    assert isinstance(opened, ReceiptForm)
    assert opened.amount.value() == Decimal(8640)  # what is due is proposed
    opened.amount.selectAll()
    desk.say("5000")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    assert [one.amount for one in money(desk, page).receipts] == [Decimal(5000)]
    assert page.payments.said == [
        "Received: ¥5,000 · 17%", "Owed: ¥23,800", "¥3,640 overdue"
    ]  # fmt: skip
    assert len(page.payments.receipts) == 1


def test_a_stage_is_changed_and_taken_out(desk: Desk, page: ContractPage) -> None:
    payments = desk.services.payments
    payments.add_stage(page.record_id or 0, Stage("尾款", LATER, amount=Decimal(100)))
    desk.rest()
    (row,) = page.payments.stages
    row.edit.click()
    opened = form(page)
    assert isinstance(opened, StageForm)
    write(opened.percent, "50%")
    opened.save()
    desk.rest()
    assert "one of the two" in opened._problem.text()
    write(opened.amount, "")
    opened.save()
    desk.rest()
    assert [one.stage.percent for one in money(desk, page).stages] == [Decimal(50)]
    page.payments.stages[0].edit.click()
    form(page).remove_button.click()
    desk.rest()
    assert money(desk, page).stages == ()
    desk.services.history.undo()
    desk.rest()
    assert len(page.payments.stages) == 1


def test_a_payment_opens_and_more_than_the_total_is_named(desk: Desk, page: ContractPage) -> None:
    receipt = desk.services.payments.record(
        {"contract": page.record_id, "amount": Decimal(30_000), "dated": LATE}
    )
    desk.rest()
    assert page.payments.said == ["Received: ¥30,000 · 104%", "¥1,200 overpaid"]
    page.payments.receipts[0].opened.emit()
    desk.rest()
    here = desk.window.navigator.here
    assert here is not None
    assert (here.page, here.id) == ("receipt", receipt)
    shown = desk.window.area.page
    assert shown is not None
    assert shown.title() == "R-2026-0001"


def test_the_command_records_for_the_contract_shown(desk: Desk, page: ContractPage) -> None:
    desk.window.commands.run("new_receipt")
    assert isinstance(form(page), ReceiptForm)
    form(page).dismiss()
    desk.open(Place.to("today"))
    desk.window.commands.run("new_receipt")
    desk.rest()
    shown = desk.window.area.page
    assert isinstance(shown, PapersPage)
    assert shown.pane.spec.kind is Kind.RECEIPT
    assert [one for one in desk.window.findChildren(NewPopover) if one.isVisible()]


def test_nothing_is_recorded_without_an_amount(desk: Desk, page: ContractPage) -> None:
    page.do_new_receipt()
    opened = form(page)
    assert isinstance(opened, ReceiptForm)
    write(opened.amount, "")
    opened.save()
    desk.rest()
    assert "other than 0" in opened._problem.text()
    assert desk.services.records.count(Kind.RECEIPT) == 0
    opened.dismiss()
    assert desk.services.figures.of(Ref(Kind.COMPANY, desk.company)).money.received.count == 0
