"""All about one follow-up in a small panel: each field is saved as it is left."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.kinds import RECORD_KINDS, Kind
from crm_desktop.domain.records import Card
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.field_row import FieldRow
from crm_desktop.ui.widgets import Button, CloseButton, PlainLabel, StatusText
from crm_desktop.ui.widgets.scrolled_popover import ScrolledPopover

KEYS = (
    "subject",
    "type",
    "due",
    "person",
    "company",
    "opportunity",
    "outcome",
    "in_charge",
    "helpers",
    "tags",
)
_WIDTH = 420


class FollowupDetails(ScrolledPopover):
    """One per page, shown for one follow-up after the other."""

    trash_wished = Signal(object)  # Ref

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner, _WIDTH)
        self._context = context
        self._wanted: int | None = None
        self._reads = 0
        self._point: QPoint | None = None  # where to open once it is read
        self._owner = owner
        self.editing = Editing(context, Kind.ACTIVITY, self)
        head = QHBoxLayout()
        self._title = PlainLabel(role="strong")
        self.status = StatusText()
        cross = CloseButton()
        cross.clicked.connect(self.dismiss)
        head.addWidget(self._title)
        head.addWidget(self.status, 1)
        head.addWidget(cross)
        self.body.addLayout(head)
        self.inside.setSpacing(0)
        self.rows: list[FieldRow] = []
        self._make_rows()
        self.add_inside()
        foot = QHBoxLayout()
        self._trash = Button(icon_name="trash-2", variant="quiet")
        self._trash.clicked.connect(self._trash_it)
        foot.addWidget(self._trash)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.editing.saving.connect(self.status.show_saving)
        self.editing.saved.connect(
            lambda: self.status.show_saved(self.editing.shown.local(context.clock.now()))
        )
        context.notifier.changed.connect(self._changed)
        context.navigator.moved.connect(self._moved)
        self._say()

    def open_for(self, activity_id: int, point: QPoint) -> None:
        """Show this follow-up at `point` of the owner as soon as it is read."""
        self._wanted, self._point = activity_id, point
        self.editing.card = None
        self.status.setText("")
        for row in self.rows:
            row.forget()
        self._read()

    def dismiss(self) -> None:
        for row in self.rows:
            row.leave()
        super().dismiss()

    def holds_unsaved_text(self) -> bool:
        return False  # leaving saves

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A field that is edited is higher than at rest.
        if event.type() == QEvent.Type.LayoutRequest and watched is self.inside.parentWidget():
            QTimer.singleShot(0, self, self.fit)
        return super().eventFilter(watched, event)

    def _first(self) -> QWidget:
        return self.rows[0].line

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        event.accept()  # keys pressed here are not meant for the list below

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._make_rows()
            self._say()
            self._read()

    # ---- how it comes about

    def _make_rows(self) -> None:
        for row in self.rows:
            self.inside.removeWidget(row)
            row.hide()
            row.deleteLater()
        fields = {f.key: f for f in self._context.services.records.fields(Kind.ACTIVITY)}
        self.rows = [FieldRow(self.editing, fields[key]) for key in KEYS]
        for place, row in enumerate(self.rows):
            row.filled_changed.connect(self.fit)
            self.inside.insertWidget(place, row)

    def _say(self) -> None:
        self._title.setText(tr("kind.activity"))
        self._trash.setText(tr("followup_page.menu_trash"))

    def _read(self) -> None:
        if self._wanted is None:
            return
        wanted, records = self._wanted, self._context.services.records
        self._reads += 1
        number = self._reads
        self._context.jobs.run_reader(
            lambda: records.card(Kind.ACTIVITY, wanted),
            lambda card: self._show(card) if number == self._reads else None,
            refused=lambda _gone: self.dismiss(),
        )

    def _show(self, card: Card) -> None:
        if card.trashed:
            self.dismiss()
            return
        self.editing.card = card
        for row in self.rows:
            row.set_value(self.editing.value(row.field.key))
        if self._point is not None:
            point, self._point = self._point, None
            self.open_at(self._owner, point)
        else:
            self.fit()

    def _changed(self, kinds: frozenset[Any], _gesture: Any) -> None:
        if self.isVisible() and kinds & _SHOWS:
            self._read()

    def _moved(self, _place: Place) -> None:
        self.dismiss()  # it lies over the page it was opened from

    def _trash_it(self) -> None:
        ref = self.editing.ref
        self.dismiss()
        if ref is not None:
            self.trash_wished.emit(ref)


_SHOWS = frozenset({*RECORD_KINDS, Kind.LIST, Kind.TAG})
