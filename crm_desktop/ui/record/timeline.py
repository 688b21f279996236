"""The timeline of a record: filter chips, days, entries, and a way to older ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.timeline import TimelineEntry
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.activity_popover import ActivityPopover
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.timeline_rows import FILTERS, TimelineWords
from crm_desktop.ui.record.timeline_view import TimelineView
from crm_desktop.ui.widgets import Button, Card, FlowLayout, LinkButton, PlainLabel


class Timeline(Card):
    """Shows entries; `older_wanted` asks for the next hundred."""

    opened = Signal(object)
    older_wanted = Signal()

    def __init__(
        self, editing: Editing, *, chips: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._context = editing.context
        self._words = TimelineWords(editing.shown, editing.kind)
        self.popover: ActivityPopover | None = None
        self._entries: tuple[TimelineEntry, ...] = ()
        self._wanted = "all"
        self._more = False
        self._chips: dict[str, Button] = {}
        bar = QWidget()
        flow = FlowLayout(bar, gap=4)
        for key in FILTERS:
            chip = Button("", variant="segment", small=True)
            chip.setCheckable(True)
            chip.clicked.connect(lambda _on=False, key=key: self.filter_by(key))
            self._chips[key] = chip
            flow.addWidget(chip)
        self.body.addWidget(bar)
        bar.setVisible(chips)
        self.view = TimelineView()
        self.view.opened.connect(self._open)
        self.body.addWidget(self.view)
        self._nothing = PlainLabel("", tone="muted", wrap=True)
        self.body.addWidget(self._nothing)
        self._older = LinkButton()
        self._older.clicked.connect(self.older_wanted)
        self.body.addWidget(self._older)
        self.retranslate()

    def show_entries(self, entries: Sequence[TimelineEntry], *, more: bool) -> None:
        """Show these; `more` says there are older ones."""
        self._entries, self._more = tuple(entries), more
        self._fill()

    @property
    def wanted(self) -> str:
        """The chip that is pressed."""
        return self._wanted

    def filter_by(self, wanted: str) -> None:
        """Show only what the chip `wanted` stands for."""
        self._wanted = wanted
        self._fill()

    def retranslate(self) -> None:
        """Set every word again."""
        for key, chip in self._chips.items():
            chip.setText(tr(f"timeline.filter.{key}"))
        self.view.setAccessibleName(tr("timeline.name"))
        self._older.setText(tr("timeline.older"))
        self._fill()

    def _open(self, ref: Ref) -> None:
        if ref.kind is not Kind.ACTIVITY:
            self.opened.emit(ref)
            return
        self.close_popover()
        self.popover = ActivityPopover(self._context, ref, self)
        box = self.view.visualRect(self.view.currentIndex())
        self.popover.open_at(self.view, box.bottomLeft())

    def close_popover(self) -> None:
        """Another record comes."""
        if self.popover is not None:
            self.popover.dismiss()
            self.popover.deleteLater()
            self.popover = None

    def _fill(self) -> None:
        for key, chip in self._chips.items():
            chip.setChecked(key == self._wanted)
        rows = self._words.rows(self._entries, self._wanted)
        self.view.show_rows(rows)
        self.view.setVisible(bool(rows))
        key = "timeline.nothing" if self._wanted == "all" else "timeline.nothing_of_this"
        self._nothing.setText(tr(key))
        self._nothing.setVisible(not rows)
        self._older.setVisible(self._more)
