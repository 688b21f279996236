"""Money on the page of a customer: figures that open their rows, and forms to record more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtTest import QTest

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.payments import Stage
from crm_desktop.ui.record.expense_form import ExpenseForm
from crm_desktop.ui.record.panel import LinkRow
from crm_desktop.ui.record.receipt_form import ReceiptForm
from tests.ui.record.conftest import Desk


@pytest.fixture
def contract(desk: Desk) -> int:
    values = {"company": desk.company, "person": desk.person, "title": "车床"}
    with desk.services.book.write("gesture.created") as writing:
        made = desk.services.records.insert(
            writing.session, Kind.CONTRACT, {**values, "state": "signed", "total": Decimal(900)}
        )
    desk.settle()
    return made


def shown(page: Any, kind: type) -> Any:
    (found,) = [one for one in page.window().findChildren(kind) if one.isVisible()]
    return found


@pytest.mark.parametrize("kind", ["company", "person"])
def test_a_payment_is_recorded_for_the_contract_that_is_open(
    desk: Desk, contract: int, kind: str
) -> None:
    page = desk.open(kind, desk.company if kind == "company" else desk.person)
    desk.window.commands.run("new_receipt")
    form = shown(page, ReceiptForm)
    assert form.contract.value() == contract
    QTest.keyClicks(form.amount, "300")
    form.save()
    desk.settle()
    (receipt,) = desk.services.records.ids(Kind.RECEIPT)
    assert desk.value(Kind.RECEIPT, receipt, "contract").id == contract
    assert desk.value(Kind.RECEIPT, receipt, "company").id == desk.company
    found = {figure.key: figure for figure in page.figures.figures()}
    assert (found["received"].value, found["owed"].value) == ("¥300", "¥600")
    page.figures.open_figure("owed")
    desk.settle()
    assert desk.window.navigator.here.page == "documents"
    assert list(desk.window.area.page.pane.model.ids) == [contract]


@pytest.mark.parametrize(
    ("due", "said"),
    [(1, "9 days late (1)"), (10, "On time (1)"), (11, "1 day early (1)")],
)
def test_how_late_a_customer_pays_is_said_in_words(
    desk: Desk, contract: int, due: int, said: str
) -> None:
    payments = desk.services.payments
    payments.add_stage(contract, Stage("全款", date(2026, 11, due), percent=Decimal(100)))
    paid = {"contract": contract, "amount": Decimal(900), "dated": date(2026, 11, 10)}
    payments.record(paid)
    desk.settle()
    page = desk.open("company", desk.company)
    found = {figure.key: figure for figure in page.figures.figures()}
    assert found["payment_days"].value == said


def test_an_expense_is_recorded(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    desk.window.commands.run("new_expense")
    form = shown(page, ExpenseForm)
    form.save()
    assert "other than 0" in form._problem.text()
    QTest.keyClicks(form.amount, "120.5")
    form.purpose.setText("晚餐")
    form.save()
    desk.settle()
    (expense,) = desk.services.records.ids(Kind.EXPENSE)
    assert desk.value(Kind.EXPENSE, expense, "company").id == desk.company
    found = {figure.key: figure for figure in page.figures.figures()}
    assert found["expenses"].value == "¥120.50"
    (row,) = page.related.panels[Kind.EXPENSE].findChildren(LinkRow)
    assert "¥120.50 · 晚餐" in row.accessibleName()
