"""The panel beside lists: one record in short, to read, to note and to go on."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import RECORD_KINDS, Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.field_row import FieldRow
from crm_desktop.ui.record.figure_row import FigureRow
from crm_desktop.ui.record.figures import of_card
from crm_desktop.ui.record.header import ACTIONS, RecordHeader
from crm_desktop.ui.record.loading import Loaded, load_record
from crm_desktop.ui.record.making import quote_maker
from crm_desktop.ui.record.next_step import NextStepBar
from crm_desktop.ui.record.note_box import NoteBox
from crm_desktop.ui.record.timeline import Timeline
from crm_desktop.ui.record.zones import Column
from crm_desktop.ui.theme import tokens
from crm_desktop.ui.theme.tokens import GAP_CARD, GAP_PAGE
from crm_desktop.ui.widgets import Card, EmptyState, IconButton

_ENTRIES = 20
_SETTLE = 60  # ms: running through a list with the arrow keys reads only where it stops
ICONS = {
    "mobile": "phone",
    "phone": "phone",
    "email": "mail",
    "wechat": "message-circle",
    "website": "globe",
    "birthday": "cake",
    "address": "map-pin",
}
KEYS: dict[Kind, tuple[str, ...]] = {
    Kind.PERSON: ("mobile", "phone", "email", "wechat", "birthday", "address"),
    Kind.COMPANY: ("phone", "email", "website", "address", "industry", "level", "tags"),
    Kind.OPPORTUNITY: ("stage", "amount", "expected_close", "company", "person", "needs"),
    Kind.TICKET: ("state", "priority", "promised_by", "company", "person", "said", "result"),
    Kind.PRODUCT: ("price", "unit", "category", "tax_rate", "active", "description"),
}


class RecordPeek(QWidget):
    """Follows the current row of a list through `show_record`."""

    kind: ClassVar[Kind]
    loaded = Signal()  # another record, or the same one anew

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted: int | None = None
        self._reads = 0
        self._stale = False
        self.editing = Editing(context, self.kind, self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP_PAGE, GAP_CARD, 8, 0)
        self._nobody = EmptyState("panel-right", "")
        outer.addWidget(self._nobody, 1)
        self.column = Column("peek")
        outer.addWidget(self.column, 1)
        follows = self.kind is not Kind.PRODUCT
        actions = [a for a in ACTIONS[self.kind] if a[0] != "opportunity"]
        self.header = RecordHeader(self.editing, actions)
        self.header.acted.connect(self._act)
        self.header.opened.connect(self._open)
        self.open_button = IconButton("external-link", "")
        self.open_button.clicked.connect(self._open_full)
        self.header.add_button(self.open_button)
        self.next_step = NextStepBar(self.editing)
        self.next_step.opened.connect(lambda i: self._open(Ref(Kind.ACTIVITY, i)))
        self.figures = FigureRow(brief=True)
        self.figures.opened.connect(context.navigator.go)
        self._facts = Card()
        self._facts.body.setSpacing(0)
        self.rows: list[FieldRow] = []
        self.note = NoteBox(self.editing)
        self.timeline = Timeline(self.editing, chips=False)
        self.timeline.opened.connect(self._open)
        self.timeline.older_wanted.connect(self._open_full)
        parts = [self.header, self.next_step, self.figures, self._facts, self.note, self.timeline]
        for part in parts:
            self.column.column.addWidget(part)
        self.column.column.addStretch(1)
        self.next_step.setVisible(follows)
        self.note.setVisible(follows)
        self.editing.saving.connect(self.header.status.show_saving)
        self.editing.saved.connect(self._saved)
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE)
        self._timer.timeout.connect(self._read)
        context.notifier.changed.connect(self._changed)
        self.retranslate()
        self._show_nobody(True)

    def show_record(self, record_id: int | None) -> None:
        """Show this record; None where no row is current."""
        if record_id == self._wanted:
            return
        self._leave()
        self._wanted = record_id
        self._reads += 1  # what is on its way belongs to the record before
        if record_id is None:
            self.editing.card = None
            self._show_nobody(True)
        else:
            self._timer.start()

    def has_unsaved_text(self) -> bool:
        """Whether something is typed here that is not stored."""
        typed = any(row.has_unsaved_text() for row in self.rows)
        return typed or self.note.text.has_unread_text()

    def can(self, command: str) -> bool:
        """Whether a command of the keymap would do something with the record shown."""
        card = self.editing.card
        if card is None or card.ref.id != self._wanted or self.kind is Kind.PRODUCT:
            return False
        if command in ("done", "later"):
            return self.editing.value("next_step") is not None
        return command in ("log", "new_followup")

    def run(self, command: str) -> None:
        """Run one of the commands that `can` knows."""
        {
            "log": self.start_log,
            "new_followup": self.start_plan,
            "done": self.next_step.done,
            "later": self.next_step.later,
        }[command]()

    def start_log(self) -> None:
        """Write down a call (Ctrl+L)."""
        self.note.start("call")

    def start_plan(self) -> None:
        """Plan a follow-up (Ctrl+T)."""
        self.next_step.start_plan()

    def retranslate(self) -> None:
        """Set every word again; what is typed stays."""
        self._nobody.set_texts(tr("record_page.nobody"))
        self.open_button.set_name(tr("record_page.open_full"))
        for part in (self.header, self.next_step, self.note, self.timeline):
            part.retranslate()
        if not any(row.is_editing for row in self.rows):
            self._make_rows()
            self._show_card()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._read()  # names of states and days come with what is read

    def paintEvent(self, event: QPaintEvent) -> None:
        # Cards stand out from the ground of a page, not from that of the list.
        QPainter(self).fillRect(self.rect(), QColor(tokens().window))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    # ---- how it comes about

    def _make_rows(self) -> None:
        for row in self.rows:
            self._facts.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        fields = {f.key: f for f in self._context.services.records.fields(self.kind)}
        self.rows = [
            FieldRow(self.editing, fields[key], icon_name=ICONS.get(key, ""))
            for key in KEYS[self.kind]
        ]
        for row in self.rows:
            self._facts.body.addWidget(row)

    def _read(self) -> None:
        record_id = self._wanted
        if record_id is None:
            return
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        self._reads += 1
        number = self._reads

        def gone(_trouble: Refused) -> None:
            if number == self._reads:
                self._show_nobody(True)

        self._context.jobs.run_reader(
            lambda: load_record(self._context, self.kind, record_id, entries=_ENTRIES),
            lambda loaded: self._show(loaded) if number == self._reads else None,
            refused=gone,
        )

    def _show(self, loaded: Loaded) -> None:
        before = self.editing.card
        self.editing.card = loaded.card
        another = before is None or before.ref != loaded.card.ref
        if another:
            for row in self.rows:
                row.forget()
            self.next_step.forget()
            self.header.status.setText("")
            self.note.show_record()
            self.column.verticalScrollBar().setValue(0)
        self._show_card()
        self.figures.show_figures(loaded.figures or of_card(self.editing))
        self.timeline.show_entries(loaded.entries, more=loaded.more)
        self._show_nobody(False)
        self.loaded.emit()

    def _show_card(self) -> None:
        if self.editing.card is None:
            return
        self.header.show_card()
        self.next_step.show_step(self.editing.value("next_step"))
        for row in self.rows:
            row.set_value(self.editing.value(row.field.key))
        contacts = [row for row in self.rows if row.field.type in _CONTACT]
        for row in contacts:
            row.setVisible(row.filled or row.is_editing)
        if contacts and not any(row.filled for row in contacts):
            contacts[0].show()

    def _show_nobody(self, nobody: bool) -> None:
        self._nobody.setVisible(nobody)
        self.column.setVisible(not nobody)

    def _leave(self) -> None:
        for row in self.rows:
            row.leave()
        self.note.leave_record()
        self.timeline.close_popover()

    def _changed(self, kinds: frozenset[Any], _gesture: Any) -> None:
        if kinds & _SHOWS and self._wanted is not None:
            self._read()

    def _act(self, key: str) -> None:
        if key == "log":
            self.start_log()
        elif key == "followup":
            self.start_plan()
        else:
            self._make_quote()

    def _make_quote(self) -> None:
        make, go = quote_maker(self.editing), self._context.navigator.go
        if make is not None:
            self._context.jobs.run_writer(
                lambda _progress: make(), lambda made: go(Place.record(Kind.QUOTE, made))
            )

    def _open(self, ref: Ref) -> None:
        if ref.kind is not Kind.ATTACHMENT:
            self._context.navigator.go(Place.record(ref.kind, ref.id))

    def _open_full(self) -> None:
        if self._wanted is not None:
            # The list, where it has opened a record before, is known by this name.
            place = Place.record(self.kind, self._wanted, trail=f"list/{self.kind.value}")
            self._context.navigator.go(place)

    def _saved(self) -> None:
        self.header.status.show_saved(self.editing.shown.local(self._context.clock.now()))


_CONTACT = (FieldType.POINTS, FieldType.ADDRESSES, FieldType.BIRTHDAY)
_SHOWS = frozenset({*RECORD_KINDS, Kind.LIST, Kind.TAG, Kind.SETTINGS})


class PersonPeek(RecordPeek):
    """A contact in short."""

    kind = Kind.PERSON


class CompanyPeek(RecordPeek):
    """A company in short."""

    kind = Kind.COMPANY


class OpportunityPeek(RecordPeek):
    """An opportunity in short."""

    kind = Kind.OPPORTUNITY


class TicketPeek(RecordPeek):
    """A ticket in short."""

    kind = Kind.TICKET


class ProductPeek(RecordPeek):
    """A product in short."""

    kind = Kind.PRODUCT
