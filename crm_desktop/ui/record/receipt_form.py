"""The form of money that came in: how much, when, for which contract, how."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.domain.payments import Expected
from crm_desktop.domain.problems import Refused
from crm_desktop.ui.contacts.form_popover import FormPopover
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import day_input, money, sign
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.shown import Shown
from crm_desktop.ui.record.typed import Typed
from crm_desktop.ui.widgets import ChoiceField, DateField, MoneyField, Option

_METHODS = "payment_method"


class ReceiptForm(FormPopover):
    """Records a payment of a customer, or of one contract."""

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        customer: Mapping[str, int | None],
        *,
        contracts: Sequence[Expected] = (),
        currency: str = "",
        amount: Decimal | None = None,
    ) -> None:
        """`contracts` are those it may be for, the first is proposed; `amount` is expected."""
        super().__init__(context, owner, tr("keys.new_receipt"))
        self._customer = {key: value for key, value in customer.items() if value is not None}
        self._contracts = {one.contract.id: one for one in contracts}
        self._currency = currency or context.services.business.trade().currency
        typed, shown = Typed(context.clock), Shown(context)
        self.amount = MoneyField(typed.amount, value=amount, placeholder=sign(self._currency))
        self.dated = DateField(
            typed.date, day_input, today=context.clock.today, value=context.clock.today()
        )
        self.add_pair((_name("amount"), self.amount), (_name("dated"), self.dated))
        self.contract = ChoiceField([Option(one.contract.id, _told(one)) for one in contracts])
        if contracts:
            self.contract.set_value(contracts[0].contract.id)
            self.contract.changed.connect(lambda _chosen: self._follow_contract())
            self.add_row(_name("contract"), self.contract)
            self._follow_contract()
        methods = context.services.lists.items(_METHODS)
        self.method = ChoiceField([Option(one.id, shown.item_text(one.id)) for one in methods])
        self.reference = QLineEdit()
        self.add_pair((_name("method"), self.method), (_name("reference"), self.reference))
        self.note = QLineEdit()
        self.add_row(_name("notes"), self.note)

    def store(self) -> Callable[[], Any]:
        payments = self.context.services.payments
        if not self.amount.value():
            raise Refused("payment.no_amount")
        values: dict[str, Any] = {
            **self._customer,
            "amount": self.amount.value(),
            "dated": self.dated.value(),
            "method": self.method.value(),
            "reference": self.reference.text(),
            "notes": self.note.text(),
            "currency": self._code(),
        }
        if self.contract.value() is not None:
            values["contract"] = self.contract.value()
        return lambda: payments.record(values)

    def run(self, work: Callable[[], Any], told: str = "") -> None:
        amount = money(self.amount.value() or 0, self._code())
        super().run(work, told or tr("payment.recorded", amount=amount))

    def _code(self) -> str:
        """The currency of the contract chosen, else of the firm."""
        chosen = self._contracts.get(self.contract.value())
        return chosen.currency if chosen is not None else self._currency

    def _follow_contract(self) -> None:
        self.amount.setPlaceholderText(sign(self._code()))


def _name(key: str) -> str:
    return tr(f"field.receipt.{key}")


def _told(one: Expected) -> str:
    open_amount = tr("payment.open", amount=money(one.owed, one.currency))
    return " · ".join(part for part in (one.contract.title, open_amount, one.title) if part)
