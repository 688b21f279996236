"""The form of money spent on a customer: how much, when, on what, by whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.ui.contacts.form_popover import FormPopover
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import day_input, money, sign
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.shown import Shown
from crm_desktop.ui.record.typed import Typed
from crm_desktop.ui.widgets import ChoiceField, DateField, MoneyField, Option

_CATEGORIES = "expense_category"


class ExpenseForm(FormPopover):
    """Records an expense for a customer, in the currency of the firm."""

    def __init__(
        self, context: Context, owner: QWidget, customer: Mapping[str, int | None]
    ) -> None:
        super().__init__(context, owner, tr("keys.new_expense"))
        self._customer = {key: value for key, value in customer.items() if value is not None}
        self._currency = context.services.business.trade().currency
        typed, shown = Typed(context.clock), Shown(context)
        self.amount = MoneyField(typed.amount, placeholder=sign(self._currency))
        self.dated = DateField(
            typed.date, day_input, today=context.clock.today, value=context.clock.today()
        )
        self.add_pair((_name("amount"), self.amount), (_name("dated"), self.dated))
        items = context.services.lists.items(_CATEGORIES)
        self.category = ChoiceField([Option(one.id, shown.item_text(one.id)) for one in items])
        self.purpose = QLineEdit()
        self.add_pair((_name("category"), self.category), (_name("purpose"), self.purpose))
        self.reimbursed = QCheckBox(_name("reimbursed"))
        self.add_plain(self.reimbursed)

    def store(self) -> Callable[[], Any]:
        records = self.context.services.records
        if not self.amount.value():
            raise Refused("payment.no_amount")
        values: dict[str, Any] = {
            **self._customer,
            "amount": self.amount.value(),
            "dated": self.dated.value(),
            "category": self.category.value(),
            "purpose": self.purpose.text(),
            "reimbursed": self.reimbursed.isChecked(),
        }
        return lambda: records.create(Kind.EXPENSE, values)

    def run(self, work: Callable[[], Any], told: str = "") -> None:
        amount = money(self.amount.value() or 0, self._currency)
        super().run(work, told or tr("payment.expense_recorded", amount=amount))


def _name(key: str) -> str:
    return tr(f"field.expense.{key}")
