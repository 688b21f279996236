"""What was done, opened from the timeline: corrected in place, reopened, or taken away."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.schema import find
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.field_row import FieldRow
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import Button, Popover

_KEYS = ("type", "subject", "outcome", "done_at", "person", "opportunity", "helpers")
_WIDTH = 380


class ActivityPopover(Popover):
    """The fields of one activity."""

    def __init__(self, context: Context, ref: Ref, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._ref = context, ref
        self.editing = Editing(context, Kind.ACTIVITY, self)
        self.editing.card = context.services.records.card(Kind.ACTIVITY, ref.id)
        self.rows: dict[str, FieldRow] = {}
        for key in _KEYS:
            row = FieldRow(self.editing, find(Kind.ACTIVITY, key))
            row.set_value(self.editing.value(key))
            self.rows[key] = row
            self.body.addWidget(row)
        bar = QHBoxLayout()
        reopen = Button(tr("record_page.open_again"), icon_name="rotate-ccw", small=True)
        reopen.clicked.connect(self.reopen)
        trash = Button(tr("common.delete"), icon_name="trash-2", variant="quiet", small=True)
        trash.clicked.connect(self.trash)
        bar.addWidget(reopen)
        bar.addStretch(1)
        bar.addWidget(trash)
        self.body.addLayout(bar)
        self.setFixedWidth(theme().px(_WIDTH))

    def reopen(self) -> None:
        """It is to be done again."""
        self.dismiss()
        activities = self._context.services.activities
        self.editing.write(lambda: activities.reopen(self._ref.id))

    def trash(self) -> None:
        """To the trash, with a way back."""
        self.dismiss()
        window, records = self._context.window, self._context.services.records
        told = tr("record_page.trashed", name=self._ref.title)
        self.editing.write(
            lambda: records.trash(Kind.ACTIVITY, self._ref.id),
            lambda: window.toast(told, undo=True),
        )
