"""The fields of records that are merged: side by side, or in a narrow window below each other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.merging import How, MergedField, MergePreview
from crm_desktop.domain.records import Card as Record
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.link_label import LinkLabel
from crm_desktop.ui.record.shown import Shown
from crm_desktop.ui.table.cells import field_label
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD
from crm_desktop.ui.widgets import AllLinesLabel, Button, Card, Chip, ElidedLabel, PlainLabel
from crm_desktop.ui.widgets.layouts import FlowLayout

_COLUMN = 112  # pixels at 100 % below which a column is not squeezed
_WHOSE = 90  # pixels at 100 % of the names beside their values
_TOP = Qt.AlignmentFlag.AlignTop
_OPEN, _KEEP, _LEAVE_OUT = "@open", "@keep", "@leave_out"  # no keys of fields

Part = tuple[str, int]
"""What can have the keyboard: the key of a field or what is done, and the id of a record."""


class _Choice(QWidget):
    """A whole value with the button that takes it; a click on the text counts too."""

    def __init__(self, text: str, *, checked: bool, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.button = QRadioButton()
        self.button.setChecked(checked)
        self.button.setAccessibleName(name)
        row.addWidget(self.button, 0, _TOP)
        row.addWidget(AllLinesLabel(text), 1, _TOP)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.button.click()


def _shared(part: QWidget) -> QWidget:
    """A part of the table that takes the room it gets: long values do not decide the columns."""
    part.setSizePolicy(QSizePolicy.Policy.Ignored, part.sizePolicy().verticalPolicy())
    return part


class MergeTable(Card):
    """What each record says of each field, which of it is taken, and what comes of it."""

    taken = Signal(str, int)  # the value of a field from a record
    kept = Signal(int)
    left_out = Signal(int)
    opened = Signal(object)  # a Ref

    def __init__(
        self, context: Context, preview: MergePreview, *, stacked: bool, equal_too: bool
    ) -> None:
        super().__init__()
        self._shown = Shown(context)
        self._preview = preview
        self.stacked = stacked
        self._parts: dict[Part, QWidget] = {}
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP_CARD)
        self._grid.setVerticalSpacing(GAP)
        fields = _worth(preview, equal_too)
        if stacked:
            self._fill_stacked(fields)
        else:
            self._fill_columns(fields)
        self.body.addWidget(holder)

    @staticmethod
    def width_of_columns(preview: MergePreview, *, equal_too: bool) -> int:
        """Pixels the records need beside each other."""
        kind = preview.cards[0].ref.kind
        labels = [field_label(kind, one.field) for one in _worth(preview, equal_too)]
        names = max((PlainLabel(label).sizeHint().width() for label in labels), default=0)
        button = Button(tr("duplicates.keep"), small=True).sizeHint().width()
        column = max(theme().px(_COLUMN), button) + GAP_CARD
        return names + (len(preview.cards) + 1) * column + 3 * GAP_CARD

    def holding(self) -> Part | None:
        """What has the keyboard."""
        return next((part for part, widget in self._parts.items() if widget.hasFocus()), None)

    def give_keyboard(self, part: Part) -> None:
        """To the same part as before, or to its record where there is no such part any more."""
        widget = self._parts.get(part) or self._parts.get((_OPEN, part[1]))
        if widget is not None:
            widget.setFocus()

    # ---- beside each other

    def _fill_columns(self, fields: list[MergedField]) -> None:
        last = len(self._preview.cards) + 1
        for column in range(1, last + 1):
            self._grid.setColumnStretch(column, 4 if column == last else 3)
            self._grid.setColumnMinimumWidth(column, theme().px(_COLUMN))
        for number, card in enumerate(self._preview.cards, start=1):
            box = QVBoxLayout()
            box.setSpacing(2)
            box.addWidget(self._link(card, card.ref.title))
            for answer in self._answers(card):
                box.addWidget(answer, 0, Qt.AlignmentFlag.AlignLeft)
            box.addStretch(1)
            self._grid.addLayout(box, 0, number)
        result = PlainLabel(tr("duplicates.result"), role="strong")
        self._grid.addWidget(result, 0, last, _TOP)
        for row, one in enumerate(fields, start=1):
            label = PlainLabel(self._name(one), tone="muted")
            self._grid.addWidget(label, row, 0, _TOP)
            for column, value in enumerate(self._values(one), start=1):
                self._grid.addWidget(_shared(value), row, column, _TOP)
            self._grid.addWidget(_shared(self._result(one)), row, last, _TOP)

    # ---- below each other

    def _fill_stacked(self, fields: list[MergedField]) -> None:
        titles = [card.ref.title for card in self._preview.cards]
        alike = len(set(titles)) < len(titles)
        names = [f"{n} · {title}" if alike else title for n, title in enumerate(titles, start=1)]
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, theme().px(_WHOSE))
        row = 0
        for card, name in zip(self._preview.cards, names, strict=True):
            box, answers = QVBoxLayout(), FlowLayout(gap=GAP)
            box.setSpacing(2)
            box.addWidget(self._link(card, name))
            for answer in self._answers(card):
                answers.addWidget(answer)
            box.addLayout(answers)
            self._grid.addLayout(box, row, 0, 1, 2)
            row += 1
        for one in fields:
            self._grid.addItem(QSpacerItem(0, 1), row, 0)
            heading = ElidedLabel(self._name(one), role="strong")
            self._grid.addWidget(_shared(heading), row + 1, 0, 1, 2)
            row += 2
            for name, text, value in zip(names, self._texts(one), self._values(one), strict=True):
                if text:
                    self._below(row, name, value)
                    row += 1
                else:
                    value.deleteLater()
            self._below(row, tr("duplicates.result"), self._result(one))
            row += 1

    def _below(self, row: int, whose: str, value: QWidget) -> None:
        label = AllLinesLabel(whose, role="small", tone="muted")
        self._grid.addWidget(label, row, 0, _TOP)
        self._grid.addWidget(_shared(value), row, 1, _TOP)

    # ---- what stands in it

    def _name(self, one: MergedField) -> str:
        return field_label(self._kind, one.field)

    @property
    def _kind(self) -> Kind:
        return self._preview.cards[0].ref.kind

    def _link(self, card: Record, name: str) -> QWidget:
        link = LinkLabel()
        link.set_target(name)
        link.clicked.connect(partial(self.opened.emit, card.ref))
        self._parts[_OPEN, card.id] = link
        return _shared(link)

    def _answers(self, card: Record) -> list[QWidget]:
        """That it is kept, or buttons that keep it or leave it out."""
        if card is self._preview.cards[0]:
            return [Chip(tr("duplicates.kept"), colour="green")]
        keep = Button(tr("duplicates.keep"), small=True)
        keep.clicked.connect(lambda _=False, i=card.id: self.kept.emit(i))
        self._parts[_KEEP, card.id] = keep
        if len(self._preview.cards) == 2:
            return [keep]
        out = Button(tr("duplicates.leave_out"), variant="quiet", small=True)
        out.clicked.connect(lambda _=False, i=card.id: self.left_out.emit(i))
        self._parts[_LEAVE_OUT, card.id] = out
        return [keep, out]

    def _texts(self, one: MergedField) -> list[str]:
        return [self._shown.text(self._kind, one.field, value) for value in one.values]

    def _values(self, one: MergedField) -> list[QWidget]:
        """What each record says, with a button that takes it where there is a choice."""
        name, texts = self._name(one), self._texts(one)
        group = QButtonGroup(self)
        found: list[QWidget] = []
        for card, text in zip(self._preview.cards, texts, strict=True):
            if one.choosable and text and len({*texts} - {""}) > 1:
                choice = _Choice(text, checked=one.source == card.id, name=f"{name} {text}")
                group.addButton(choice.button)
                choice.button.clicked.connect(
                    lambda _=False, key=one.field.key, i=card.id: self.taken.emit(key, i)
                )
                self._parts[one.field.key, card.id] = choice.button
                found.append(choice)
            else:
                found.append(AllLinesLabel(text))
        return found

    def _result(self, one: MergedField) -> QWidget:
        box = QWidget()
        line = QVBoxLayout(box) if self.stacked else QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        text = self._shown.text(self._kind, one.field, one.result)
        line.addWidget(AllLinesLabel(text, role="strong"), 1)
        if one.how is not How.SAME:
            corner = _TOP | Qt.AlignmentFlag.AlignLeft
            tone = "amber" if one.conflict else "grey"
            line.addWidget(Chip(tr(f"duplicates.how.{one.how.value}"), colour=tone), 0, corner)
        return box


def _worth(preview: MergePreview, equal_too: bool) -> list[MergedField]:
    """The fields that are shown: filled in, and different unless equal ones are asked for."""
    return [
        one
        for one in preview.fields
        if any(value not in (None, "", (), False) for value in one.values)
        and (one.how is not How.SAME or one.field.key == "name" or equal_too)
    ]
