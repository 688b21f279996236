"""The head of a record: who it is, how it stands, and what can be done with it at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.ui.formats import money
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.link_label import LinkLabel
from crm_desktop.ui.states import state_colour
from crm_desktop.ui.theme import icon, theme
from crm_desktop.ui.widgets import (
    Avatar,
    Button,
    Chip,
    ElidedLabel,
    FlowLayout,
    IconButton,
    PrimaryButton,
    StatusText,
)

# key, icon; the words are "record_page.action.KEY".
Action = tuple[str, str]
ACTIONS: dict[Kind, tuple[Action, ...]] = {
    Kind.PERSON: (
        ("log", "notebook-pen"),
        ("followup", "calendar-plus"),
        ("opportunity", "kanban"),
        ("quote", "file-text"),
    ),
    Kind.OPPORTUNITY: (
        ("log", "notebook-pen"),
        ("followup", "calendar-plus"),
        ("quote", "file-text"),
    ),
    Kind.TICKET: (("log", "notebook-pen"), ("followup", "calendar-plus")),
    Kind.PRODUCT: (),
    Kind.RECEIPT: (),
    Kind.EXPENSE: (),
}
ACTIONS[Kind.COMPANY] = ACTIONS[Kind.PERSON]
_ABOUT_ROOM = 112


class RecordHeader(QWidget):
    """Avatar, name, subtitle, status, star; the actions below."""

    acted = Signal(str)
    opened = Signal(object)

    def __init__(
        self,
        editing: Editing,
        actions: Sequence[Action],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editing = editing
        self._company: Ref | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(12)
        # Chinese given names stand at the end, the telling part of other names at the start.
        self.avatar = Avatar("", size=48, long=editing.kind is Kind.PERSON)
        top.addWidget(self.avatar)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        name_row = QHBoxLayout()
        name_row.setSpacing(8)
        self.name = ElidedLabel("", role="record")
        self.star = IconButton("star", "", small=True)
        self.star.clicked.connect(self._toggle_star)
        self.status = StatusText()
        name_row.addWidget(self.name)
        self.chip = Chip("")
        name_row.addWidget(self.chip)
        name_row.addWidget(self.star)
        name_row.addWidget(self.status)
        name_row.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(8)
        self.subtitle = ElidedLabel("", tone="muted")
        self.link = LinkLabel()
        self.link.clicked.connect(lambda: self._company and self.opened.emit(self._company))
        below.addWidget(self.subtitle)
        below.addWidget(self.link)
        below.addStretch(1)
        texts.addLayout(name_row)
        texts.addLayout(below)
        top.addLayout(texts, 1)
        column.addLayout(top)
        self._bar = QWidget()
        flow = FlowLayout(self._bar, gap=8)
        self.buttons: dict[str, Button] = {}
        for index, (key, icon_name) in enumerate(actions):
            button: Button = (
                PrimaryButton(icon_name=icon_name) if index == 0 else Button(icon_name=icon_name)
            )
            button.clicked.connect(lambda _on=False, key=key: self.acted.emit(key))
            self.buttons[key] = button
            flow.addWidget(button)
        self._top, self._column = top, column
        self._beside = False
        column.addWidget(self._bar)
        self._bar.setVisible(bool(actions))
        self.retranslate()

    def add_button(self, button: QWidget) -> None:
        """One more button in the upper right corner."""
        self._top.addWidget(button)

    def add_action(self, button: QWidget) -> None:
        """One more button behind the actions."""
        layout = self._bar.layout()
        assert layout is not None
        layout.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # With room enough the actions stand beside the name.
        beside = self.width() >= self._bar.sizeHint().width() + theme().px(420)
        if beside != self._beside:
            self._beside = beside
            if beside:  # what stands in the corner stays there
                self._top.insertWidget(2, self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
            else:
                self._column.addWidget(self._bar)

    def retranslate(self) -> None:
        """Set every word again."""
        for key, button in self.buttons.items():
            button.setText(tr(f"record_page.action.{key}"))
        self.status.retranslate()
        self.show_card()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def show_card(self) -> None:
        """Show the record as it is stored now."""
        card = self._editing.card
        if card is None:
            return
        self.avatar.set_name(card.ref.title)
        self.name.setText(card.ref.title)
        self._company, before = self._about()
        self.subtitle.setText(before)
        # A long name of a company leaves room to read what somebody is there.
        wide = self.subtitle.fontMetrics().horizontalAdvance(before) + 2
        self.subtitle.setMinimumWidth(min(wide, theme().px(_ABOUT_ROOM)))
        self.subtitle.setVisible(bool(before))
        self.link.setVisible(self._company is not None)
        if self._company is not None:
            self.link.set_target(self._company.title)
        text, colour = self._state()
        self.chip.setVisible(bool(text))
        self.chip.set_text(text, colour)
        self.chip.setMinimumWidth(self.chip.sizeHint().width())
        has_star = "important" in card.values
        self.star.setVisible(has_star)
        important = bool(self._editing.value("important"))
        self.star.setProperty("checked", important)
        self.star.setIcon(icon("star-filled", "star") if important else icon("star", "muted"))
        words = "record_page.unmark_important" if important else "record_page.mark_important"
        self.star.set_name(tr(words))

    def about(self) -> str:
        """What stands beside and below the name, on one line."""
        company, before = self._about()
        texts = (before, company.title if company is not None else "", self._state()[0])
        return " · ".join(text for text in texts if text)

    def _about(self) -> tuple[Ref | None, str]:
        """The record the subtitle leads to, and the words before it."""
        value = self._editing.value
        shown = self._editing.shown
        match self._editing.kind:
            case Kind.PERSON:
                return value("company"), value("title") or ""
            case Kind.COMPANY:
                parts = [value("city") or "", shown.item_text(value("industry"))]
                return value("parent"), " · ".join(part for part in parts if part)
            case Kind.OPPORTUNITY:
                return value("company") or value("person"), ""
            case Kind.TICKET:
                parts = [value("number") or "", shown.item_text(value("type"))]
                return (
                    value("company") or value("person"),
                    " · ".join(part for part in parts if part),
                )
            case Kind.RECEIPT | Kind.EXPENSE:
                amount = money(value("amount") or 0, self._editing.currency)
                return value("company") or value("person"), amount
            case Kind.PRODUCT:
                parts = [value("code") or "", value("spec") or ""]
                return None, " · ".join(part for part in parts if part)
        return None, ""

    def _state(self) -> tuple[str, str]:
        value, shown = self._editing.value, self._editing.shown
        key = {Kind.OPPORTUNITY: "stage"}.get(self._editing.kind, "lifecycle")
        item = shown.item(value(key))
        if item is not None:
            return shown.item_text(item.id), item.color or "grey"
        if self._editing.kind is Kind.TICKET:
            return ticket_state(self._editing)
        if self._editing.kind is Kind.PRODUCT and value("active") is False:
            return tr("record_page.inactive"), "grey"
        return "", "grey"

    def _toggle_star(self) -> None:
        self._editing.save("important", not self._editing.value("important"))


def ticket_state(editing: Editing) -> tuple[str, str]:
    """The state of a ticket as a chip: late ones say so."""
    state = editing.value("state")
    promised = editing.value("promised_by")
    over = state in ("solved", "fed_back", "closed")
    if promised is not None and promised < editing.shown.today and not over:
        return tr("record_page.late"), "red"
    return (tr(f"state.ticket.{state}"), state_colour(state)) if state else ("", "grey")
