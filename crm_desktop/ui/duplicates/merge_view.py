"""Records side by side, field by field, with what becomes of them when they are merged."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.duplicates import Group
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.merging import How, MergedField, MergePreview
from crm_desktop.ui.context import Context
from crm_desktop.ui.duplicates.reasons import reasons_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.link_label import LinkLabel
from crm_desktop.ui.record.shown import Shown
from crm_desktop.ui.table.cells import field_label
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD
from crm_desktop.ui.widgets import Button, Card, Chip, ElidedLabel, PlainLabel, PrimaryButton
from crm_desktop.ui.widgets.layouts import FlowLayout
from crm_desktop.ui.widgets.scrolled import Scrolled

COLOURS = {"sure": "green", "likely": "blue", "possible": "grey"}
_COLUMN = 130  # pixels at 100 % below which a column is not squeezed


class _Choice(QWidget):
    """A value with the button that takes it; a click on the text counts too."""

    def __init__(self, text: str, *, checked: bool, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.button = QRadioButton()
        self.button.setChecked(checked)
        self.button.setAccessibleName(name)
        row.addWidget(self.button)
        row.addWidget(ElidedLabel(text), 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.button.click()


def _shared(part: QWidget) -> QWidget:
    """A part of the table that takes the room it gets: long values do not decide the columns."""
    part.setSizePolicy(QSizePolicy.Policy.Ignored, part.sizePolicy().verticalPolicy())
    return part


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
        self._radios: list[QButtonGroup] = []
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
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP_CARD)
        self._radios = []
        self._words = None
        if self.group is not None and self.preview is not None:
            self._words = self._head(self.group)
            column.addWidget(self._words)
            column.addWidget(self._table(self.preview))
        column.addStretch(1)
        self._scroll.show_widget(inner)
        self._fit_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """Many records side by side are wider than the window; what is said of them is not."""
        head = self._words.layout() if self._words is not None else None
        if self._words is not None and head is not None:
            width = max(1, self._scroll.viewport().width() - GAP)
            # The table may be wider: the height of what wraps follows from its own width.
            self._words.setFixedSize(width, head.heightForWidth(width))

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
        line.addWidget(PlainLabel(tr(said, count=conflicts), wrap=True), 1)
        rows.addLayout(line)
        if group.reasons:
            rows.addWidget(PlainLabel(reasons_text(group.reasons), tone="muted", wrap=True))
        if self.preview.moves:
            things = tr("duplicates.moving_gap").join(
                tr(f"duplicates.moves.{move.code}", count=move.count) for move in self.preview.moves
            )
            moving = PlainLabel(tr("duplicates.moving", things=things), tone="muted", wrap=True)
            rows.addWidget(moving)
        return head

    def _table(self, preview: MergePreview) -> QWidget:
        card = Card()
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_CARD)
        grid.setVerticalSpacing(GAP)
        last = len(preview.cards) + 1
        for column in range(1, last + 1):
            grid.setColumnStretch(column, 4 if column == last else 3)
            grid.setColumnMinimumWidth(column, theme().px(_COLUMN))
        self._columns(grid, preview)
        shown = [one for one in preview.fields if self._is_shown(one)]
        for row, one in enumerate(shown, start=1):
            self._line(grid, row, one, preview)
        card.body.addWidget(holder)
        return card

    def _is_shown(self, one: MergedField) -> bool:
        if not any(value not in (None, "", (), False) for value in one.values):
            return False
        return one.how is not How.SAME or one.field.key == "name" or self.show_equal.isChecked()

    def _columns(self, grid: QGridLayout, preview: MergePreview) -> None:
        for number, card in enumerate(preview.cards, start=1):
            box = QVBoxLayout()
            box.setSpacing(2)
            open_it = LinkLabel()
            open_it.set_target(card.ref.title)
            open_it.clicked.connect(partial(self.opened.emit, card.ref))
            box.addWidget(_shared(open_it))
            if number == 1:
                kept = Chip(tr("duplicates.kept"), colour="green")
                box.addWidget(kept, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                keep = Button(tr("duplicates.keep"), small=True)
                keep.clicked.connect(lambda _=False, i=card.id: self.keep(i))
                box.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeft)
                if len(preview.cards) > 2:
                    out = Button(tr("duplicates.leave_out"), variant="quiet", small=True)
                    out.clicked.connect(lambda _=False, i=card.id: self.leave_out(i))
                    box.addWidget(out, 0, Qt.AlignmentFlag.AlignLeft)
            box.addStretch(1)
            grid.addLayout(box, 0, number)
        result = PlainLabel(tr("duplicates.result"), role="strong")
        grid.addWidget(result, 0, len(preview.cards) + 1, Qt.AlignmentFlag.AlignTop)

    def _line(self, grid: QGridLayout, row: int, one: MergedField, preview: MergePreview) -> None:
        shown, kind = Shown(self._context), self.kind
        name = field_label(kind, one.field)
        label = PlainLabel(name, tone="muted")
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(self)
        self._radios.append(group)
        said = {shown.text(kind, one.field, value) for value in one.values} - {""}
        for column, (card, value) in enumerate(
            zip(preview.cards, one.values, strict=True), start=1
        ):
            text = shown.text(kind, one.field, value)
            if one.choosable and text and len(said) > 1:
                choice = _Choice(text, checked=one.source == card.id, name=f"{name} {text}")
                group.addButton(choice.button)
                choice.button.clicked.connect(
                    lambda _=False, key=one.field.key, i=card.id: self.take(key, i)
                )
                grid.addWidget(_shared(choice), row, column)
            else:
                grid.addWidget(_shared(ElidedLabel(text)), row, column)
        result = self._result(one, shown.text(kind, one.field, one.result))
        grid.addWidget(_shared(result), row, column + 1)

    def _result(self, one: MergedField, text: str) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(ElidedLabel(text, role="strong"), 1)
        if one.how is not How.SAME:
            tone = "amber" if one.conflict else "grey"
            line.addWidget(Chip(tr(f"duplicates.how.{one.how.value}"), colour=tone))
        return box
