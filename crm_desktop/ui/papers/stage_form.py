"""The form of one stage of a payment plan: what for, how much, until when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.domain.payments import Stage
from crm_desktop.ui.contacts.form_popover import FormPopover
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import day_input, sign
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.typed import Typed
from crm_desktop.ui.widgets import DateField, MoneyField, PercentField


class StageForm(FormPopover):
    """Adds a stage to the plan of a contract, or changes one."""

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        contract_id: int,
        stage: Stage | None = None,
        *,
        currency: str = "CNY",
    ) -> None:
        title = tr("payment.edit_stage" if stage else "payment.add_stage")
        super().__init__(context, owner, title)
        self._contract_id = contract_id
        self._stage = stage or Stage("")
        typed = Typed(context.clock)
        self.name = QLineEdit(self._stage.name)
        self.name.setPlaceholderText(tr("payment.stage_hint"))
        self.add_row(tr("payment.stage_name"), self.name)
        self.percent = PercentField(typed.percent, value=self._stage.percent, placeholder="30%")
        self.amount = MoneyField(typed.amount, value=self._stage.amount, placeholder=sign(currency))
        self.add_pair(
            (tr("payment.stage_percent"), self.percent), (tr("payment.stage_amount"), self.amount)
        )
        self.due = DateField(
            typed.date, day_input, today=context.clock.today, value=self._stage.due
        )
        self.add_row(tr("payment.stage_due"), self.due)
        self.note = QLineEdit(self._stage.note)
        self.add_row(tr("payment.stage_note"), self.note)
        if stage is not None:
            self.remove_button.show()
            self.remove_button.clicked.connect(self._remove)

    def store(self) -> Callable[[], Any]:
        payments, contract_id = self.context.services.payments, self._contract_id
        stage = Stage(
            self.name.text(),
            self.due.value(),
            self.amount.value(),
            self.percent.value(),
            self.note.text(),
            self._stage.id,
        )
        if stage.id:
            return lambda: payments.change_stage(stage)
        return lambda: payments.add_stage(contract_id, stage)

    def _remove(self) -> None:
        payments, stage = self.context.services.payments, self._stage
        told = tr("payment.stage_removed", name=stage.name)
        self.run(lambda: payments.remove_stage(stage.id), told)
