"""Payments of a contract: how much is in, the plan with what is late, and the receipts."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm_desktop.domain.payments import ContractMoney, CoveredStage, ReceiptRow, Stage, StageState
from crm_desktop.ui.formats import day_text, money, number
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.panel import LinkRow
from crm_desktop.ui.record.shown import Shown
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import (
    Button,
    Card,
    Chip,
    ElidedLabel,
    FlowLayout,
    IconButton,
    PlainLabel,
    SectionHeader,
)

_COLOURS = {
    StageState.PAID: "green",
    StageState.PARTIAL: "blue",
    StageState.OPEN: "grey",
    StageState.OVERDUE: "red",
}


class StageRow(QWidget):
    """One stage: what for, until when, how much, and how far it is paid."""

    edit_wanted = Signal()

    def __init__(self, one: CoveredStage, currency: str, today: date) -> None:
        super().__init__()
        stage = one.stage
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(ElidedLabel(stage.name), 0, 0)
        amount = PlainLabel(amount_text(stage, currency), role="number")
        grid.addWidget(amount, 0, 1, right)
        due = day_text(stage.due, today) if stage.due is not None else ""
        about = " · ".join(part for part in (due, stage.note) if part)
        grid.addWidget(ElidedLabel(about, role="small", tone="muted"), 1, 0)
        self.chip = Chip(state_text(one, currency), colour=_COLOURS[one.state])
        grid.addWidget(self.chip, 1, 1, right)
        self.edit = IconButton("pencil", tr("payment.edit_stage_of", name=stage.name), small=True)
        self.edit.clicked.connect(self.edit_wanted)
        grid.addWidget(self.edit, 0, 2, 2, 1)


class PaymentsCard(Card):
    """Says what is received and late; a stage or a payment more is a form away."""

    stage_wanted = Signal(object)  # the Stage to change; None for one more
    receipt_wanted = Signal()
    opened = Signal(object)  # the Ref of a receipt

    def __init__(self, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._shown = shown
        self._found: ContractMoney | None = None
        self.head = SectionHeader("")
        self.body.addWidget(self.head)
        self.record = Button(icon_name="banknote")
        self.record.clicked.connect(self.receipt_wanted)
        self.add_stage = Button(icon_name="plus", variant="quiet")
        self.add_stage.clicked.connect(lambda: self.stage_wanted.emit(None))
        self.head.buttons.addWidget(self.add_stage)
        self.head.buttons.addWidget(self.record)
        self.summary = QWidget()
        self._chips = FlowLayout(self.summary, gap=8)
        self.body.addWidget(self.summary)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(2)
        self.body.addLayout(self.rows)
        self.stages: list[StageRow] = []
        self.receipts: list[LinkRow] = []
        self.said: list[str] = []

    def show_money(self, found: ContractMoney) -> None:
        """Show what was read."""
        self._found = found
        self.retranslate()

    def retranslate(self) -> None:
        """Show the same in the language of now."""
        self.head.set_title(tr("payment.title"))
        self.record.setText(tr("keys.new_receipt"))
        self.add_stage.setText(tr("payment.add_stage"))
        found = self._found
        if found is None:
            return
        _clear(self._chips)
        self.said.clear()
        for text, colour in _summary(found):
            self._chips.addWidget(Chip(text, colour=colour))
            self.said.append(text)
        self.summary.setVisible(bool(self.said))
        _clear(self.rows)
        self.stages, self.receipts = [], []
        self._show_plan(found)
        self._show_receipts(found)
        if found.days is not None:
            self._say(tr("payment.days", days=found.days, count=found.counted))

    def _show_plan(self, found: ContractMoney) -> None:
        self._heading(tr("payment.plan"))
        for one in found.stages:
            row = StageRow(one, found.currency, self._shown.today)
            row.edit_wanted.connect(lambda stage=one.stage: self.stage_wanted.emit(stage))
            self.stages.append(row)
            self.rows.addWidget(row)
        if not found.stages:
            self._say(tr("payment.no_plan"))
        elif found.unplanned > 0:
            self._say(tr("payment.unplanned", amount=money(found.unplanned, found.currency)))
        elif found.unplanned < 0:
            self._say(tr("payment.overplanned", amount=money(-found.unplanned, found.currency)))

    def _show_receipts(self, found: ContractMoney) -> None:
        self._heading(tr("payment.received"))
        for one in found.receipts:
            row = LinkRow(money(one.amount, found.currency), self._about(one))
            row.opened.connect(lambda ref=one.ref: self.opened.emit(ref))
            self.receipts.append(row)
            self.rows.addWidget(row)
        if not found.receipts:
            self._say(tr("payment.no_receipts"))

    def _about(self, one: ReceiptRow) -> str:
        day = day_text(one.dated, self._shown.today)
        method = self._shown.item_text(one.method_id)
        return " · ".join(part for part in (day, method, one.reference, one.ref.title) if part)

    def _heading(self, words: str) -> None:
        if self.rows.count():
            self.rows.addSpacing(theme().px(6))
        self.rows.addWidget(PlainLabel(words, role="strong"))

    def _say(self, words: str) -> None:
        self.rows.addWidget(PlainLabel(words, role="small", tone="muted", wrap=True))


def state_text(one: CoveredStage, currency: str) -> str:
    """How far a stage is paid, in words."""
    match one.state:
        case StageState.OVERDUE:
            return tr(
                "payment.state.overdue", amount=money(one.rest, currency), count=one.days_late
            )
        case StageState.PARTIAL:
            return tr("payment.state.partial", amount=money(one.paid, currency))
    return tr(f"payment.state.{one.state.value}")


def amount_text(stage: Stage, currency: str) -> str:
    """What a stage asks for, with its percentage."""
    amount = money(stage.share, currency)
    return amount if stage.percent is None else f"{number(stage.percent)}% · {amount}"


def _summary(found: ContractMoney) -> list[tuple[str, str]]:
    """Received, owed, overdue, overpaid: those there are, with the colour of their chip."""
    code = found.currency
    received = money(found.received, code)
    if found.percent is not None:
        received = tr("payment.received_of", amount=received, percent=found.percent)
    said = [(tr("format.colon", name=tr("payment.received"), value=received), "green")]
    if found.owed:
        owed = tr("format.colon", name=tr("payment.owed"), value=money(found.owed, code))
        said.append((owed, "grey"))
    if found.overdue:
        said.append((tr("payment.overdue_amount", amount=money(found.overdue, code)), "red"))
    if found.over:
        said.append((tr("payment.over_amount", amount=money(found.over, code)), "blue"))
    return said


def _clear(layout: FlowLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
