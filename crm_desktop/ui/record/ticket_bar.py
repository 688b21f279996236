"""The state of a ticket as buttons: a click moves it on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.schema import find
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.header import ticket_state
from crm_desktop.ui.widgets import Button, Card, Chip, FlowLayout


class TicketBar(Card):
    """All states of a ticket, the present one marked; late ones say so."""

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._editing = editing
        bar = QWidget()
        flow = FlowLayout(bar, gap=4)
        self.buttons: dict[str, Button] = {}
        for state in find(editing.kind, "state").states:
            button = Button("", variant="segment", small=True)
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, to=state: self.move_to(to))
            self.buttons[state] = button
            flow.addWidget(button)
        self.late = Chip("", colour="red")
        flow.addWidget(self.late)
        self.body.addWidget(bar)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        for state, button in self.buttons.items():
            button.setText(tr(f"state.ticket.{state}"))
        self.show_card()

    def show_card(self) -> None:
        """Show the state the ticket is in."""
        for state, button in self.buttons.items():
            button.setChecked(state == self._editing.value("state"))
        text, colour = ticket_state(self._editing)
        self.late.setVisible(colour == "red")
        self.late.set_text(text or " ", "red")

    def move_to(self, state: str) -> None:
        """Set the state, with a way back."""
        ref = self._editing.ref
        self.show_card()
        if ref is None or state == self._editing.value("state"):
            return
        services, window = self._editing.context.services, self._editing.context.window
        told = tr("record_page.moved", name=ref.title, stage=tr(f"state.ticket.{state}"))
        self._editing.write(
            lambda: services.tickets.set_state(ref.id, state),
            lambda: window.toast(told, undo=True),
        )
