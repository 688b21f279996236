"""Records that may be one: what is said of them, their fields, and the two answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.duplicates import Group
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.merging import MergePreview
from crm_desktop.ui.context import Context
from crm_desktop.ui.duplicates.merge_table import MergeTable
from crm_desktop.ui.duplicates.reasons import reasons_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD
from crm_desktop.ui.widgets import AllLinesLabel, Button, Chip, PrimaryButton
from crm_desktop.ui.widgets.layouts import FlowLayout
from crm_desktop.ui.widgets.scrolled import Scrolled

COLOURS = {"sure": "green", "likely": "blue", "possible": "grey"}


class MergeView(QWidget):
    """One group: which record is kept, which values are taken, and the two answers."""

    changed = Signal()  # other choices: the preview is to be read again
    merge_wanted = Signal()
    apart_wanted = Signal()
    opened = Signal(object)  # a Ref

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.group: Group | None = None
        self.preview: MergePreview | None = None
        self.order: list[int] = []  # the kept one first
        self.choices: dict[str, int] = {}
        self._table: MergeTable | None = None
        self._words: QWidget | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP_CARD, 0, 0, 0)
        outer.setSpacing(GAP_CARD)
        self._scroll = Scrolled(QWidget())
        outer.addWidget(self._scroll, 1)
        foot = FlowLayout(gap=GAP, push_last=True)
        self.show_equal = QCheckBox()
        self.show_equal.toggled.connect(lambda _on: self._fill())
        self.apart_button = Button(icon_name="split")
        self.apart_button.clicked.connect(self.apart_wanted)
        self.merge_button = PrimaryButton(icon_name="merge")
        self.merge_button.clicked.connect(self.merge_wanted)
        answers = QWidget()
        line = QHBoxLayout(answers)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.apart_button)
        line.addWidget(self.merge_button)
        foot.addWidget(self.show_equal)
        foot.addWidget(answers)
        outer.addLayout(foot)
        theme().changed.connect(self._fill)

    @property
    def kind(self) -> Kind:
        """Of the records shown."""
        assert self.group is not None
        return self.group.kind

    def show_group(self, group: Group | None, keep: int | None = None) -> None:
        """Begin with a group; its preview follows."""
        self.group, self.preview = group, None
        ids = list(group.ids) if group else []
        self.order = sorted(ids, key=lambda record_id: record_id != keep)
        self.choices = {}
        self._fill()

    def show_preview(self, preview: MergePreview) -> None:
        """Show what was read for `order` and `choices`."""
        self.preview = preview
        self._fill()

    def keep(self, record_id: int) -> None:
        """Keep another one of them."""
        self.order.sort(key=lambda each: each != record_id)
        self.choices = {}
        self.changed.emit()

    def leave_out(self, record_id: int) -> None:
        """Merge the others only."""
        self.order.remove(record_id)
        self.choices = {key: each for key, each in self.choices.items() if each != record_id}
        self.changed.emit()

    def take(self, key: str, record_id: int) -> None:
        """Take a field's value from one of the records."""
        self.choices[key] = record_id
        self.changed.emit()

    def retranslate(self) -> None:
        """Set every word again."""
        self._fill()

    def _fill(self) -> None:
        self.show_equal.setText(tr("duplicates.show_all"))
        self.apart_button.setText(tr("duplicates.not_same"))
        self.merge_button.setText(tr("duplicates.merge", count=len(self.order)))
        ready = self.preview is not None
        self.merge_button.setEnabled(ready)
        self.apart_button.setEnabled(ready)
        held = self._table.holding() if self._table is not None else None
        bar = self._scroll.verticalScrollBar()
        scrolled = bar.value()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP_CARD)
        self._table = None
        self._words = None
        if self.group is not None and self.preview is not None:
            self._words = self._head(self.group)
            column.addWidget(self._words)
            self._table = self._filled_table(self.preview)
            column.addWidget(self._table)
        column.addStretch(1)
        self._scroll.show_widget(inner)
        bar.setValue(scrolled)
        if self._table is not None and held is not None:
            self._table.give_keyboard(held)

    def _filled_table(self, preview: MergePreview) -> MergeTable:
        table = MergeTable(
            self._context,
            preview,
            stacked=self._is_narrow(preview),
            equal_too=self.show_equal.isChecked(),
        )
        table.taken.connect(self.take)
        table.kept.connect(self.keep)
        table.left_out.connect(self.leave_out)
        table.opened.connect(self.opened)
        return table

    def _is_narrow(self, preview: MergePreview) -> bool:
        """Whether the records do not fit beside each other."""
        room = self._scroll.width() - self._scroll.verticalScrollBar().sizeHint().width() - GAP
        equal_too = self.show_equal.isChecked()
        return room < MergeTable.width_of_columns(preview, equal_too=equal_too)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._table is not None and self.preview is not None:
            fits = self._table.stacked == self._is_narrow(self.preview)
            if not fits:
                self._fill()

    def _head(self, group: Group) -> QWidget:
        assert self.preview is not None
        head = QWidget()
        rows = QVBoxLayout(head)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        conflicts = self.preview.conflicts
        said = "duplicates.conflicts" if conflicts else "duplicates.no_conflicts"
        line = QHBoxLayout()
        if group.reasons:
            sure = Chip(
                tr(f"duplicates.certainty.{group.certainty.value}"),
                colour=COLOURS[group.certainty.value],
            )
            sure.setMinimumWidth(sure.sizeHint().width())
            line.addWidget(sure, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(AllLinesLabel(tr(said, count=conflicts)), 1)
        rows.addLayout(line)
        if group.reasons:
            rows.addWidget(AllLinesLabel(reasons_text(group.reasons), tone="muted"))
        if self.preview.moves:
            things = tr("duplicates.moving_gap").join(
                tr(f"duplicates.moves.{move.code}", count=move.count) for move in self.preview.moves
            )
            moving = tr("duplicates.moving", things=things)
            rows.addWidget(AllLinesLabel(moving, tone="muted"))
        return head
