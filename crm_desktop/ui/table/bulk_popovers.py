"""What is asked before many records are changed at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import is_names
from crm_desktop.ui.context import Context
from crm_desktop.ui.followups.quick import QuickLine
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.cells import field_label
from crm_desktop.ui.table.editors import Editors
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import (
    ButtonRow,
    ChoiceField,
    FieldRow,
    LinksField,
    Option,
    ParsedField,
    PlainLabel,
    Popover,
    PrimaryButton,
    Segmented,
)
from crm_desktop.ui.widgets.keyboard import tab_from

# The same value for many makes no sense for what tells records apart.
_NEVER = (
    FieldType.POINTS,
    FieldType.BIRTHDAY,
    FieldType.ADDRESSES,
    FieldType.TAGS,
    FieldType.CHOICES,
    FieldType.PARTS,
    FieldType.DUE,
)


def _for_many(field: Field) -> bool:
    return field.type not in _NEVER or is_names(field)


def _buttons(popover: Popover, words: str) -> PrimaryButton:
    apply = PrimaryButton(words)
    popover.body.addLayout(ButtonRow(apply, on_cancel=popover.dismiss))
    return apply


class BulkEditPopover(Popover):
    """A field and the value all selected records get; an empty value empties it."""

    chosen = Signal(str, object)
    added = Signal(str, object)  # several, to be put beside those each record has

    def __init__(
        self,
        kind: Kind,
        fields: Sequence[Field],
        editors: Editors,
        count: int,
        owner: QWidget,
    ) -> None:
        super().__init__(owner)
        self._editors = editors
        self._fields = {
            field.key: field
            for field in fields
            if field.writable and not field.required and _for_many(field)
        }
        self.body.addWidget(PlainLabel(tr("table.edit_many", count=count), role="strong"))
        names = [Option(key, field_label(kind, field)) for key, field in self._fields.items()]
        first = next(
            (
                key
                for key, f in self._fields.items()
                if f.type is FieldType.CHOICE and f.default_column
            ),
            names[0].value,
        )
        self._field = ChoiceField(names, value=first, required=True, searchable=True)
        self._field.setMinimumWidth(theme().px(280))
        self._field.changed.connect(lambda _key: self._offer())
        self.body.addWidget(FieldRow(tr("table.field"), self._field))
        self._place = QVBoxLayout()
        self.body.addLayout(self._place)
        self._input: Any = None
        ways = [("add", tr("table.beside")), ("replace", tr("table.instead"))]
        self.way = Segmented(ways, name=tr("table.way"))
        self.body.addWidget(self.way)
        self.apply = _buttons(self, tr("table.change", count=count))
        self.apply.clicked.connect(self._apply)
        self._offer()

    def set_field(self, key: str) -> None:
        """Choose the field."""
        self._field.set_value(key)
        self._offer()

    def value_input(self) -> Any:
        """The input of the new value."""
        return self._input

    def _offer(self) -> None:
        while (item := self._place.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        field = self._fields[self._field.value()]
        self._input = self._editors.make(field)
        row = FieldRow(tr("table.new_value"), self._input)
        self._place.addWidget(row)
        self.way.setVisible(field.type is FieldType.PARTS)
        row.show()  # at once: a row still hidden is not counted in the size
        tab_from(self._field, [self._input, self.way])
        if self.isVisible():
            self.adjustSize()

    def _apply(self) -> None:
        if isinstance(self._input, ParsedField) and not self._input.read():
            return
        if isinstance(self._input, LinksField) and self._input.unread_text():
            self._input.setFocus()
            return
        adds = not self.way.isHidden() and self.way.current() == "add"
        (self.added if adds else self.chosen).emit(self._field.value(), self._input.value())
        self._input = None
        self._settle()

    def _settle(self) -> None:
        for line in self.findChildren(QLineEdit):
            line.setModified(False)
        self.dismiss()


class FollowupPopover(Popover):
    """One line plans the same follow-up for each selected record."""

    chosen = Signal(str)

    def __init__(self, context: Context, count: int, owner: QWidget) -> None:
        super().__init__(owner)
        self.body.addWidget(PlainLabel(tr("table.followup_many", count=count), role="strong"))
        self.quick = QuickLine(context, planner=self._plan)
        self.quick.setMinimumWidth(theme().px(320))
        self.body.addWidget(self.quick)
        _buttons(self, tr("table.bulk.followup")).clicked.connect(self.quick.plan)

    def _plan(self, text: str) -> None:
        self.chosen.emit(text)
        self.dismiss()


class TagPopover(Popover):
    """A tag for all selected records."""

    chosen = Signal(str)

    def __init__(self, known: Sequence[str], count: int, owner: QWidget) -> None:
        super().__init__(owner)
        self.body.addWidget(PlainLabel(tr("table.tag_many", count=count), role="strong"))
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("common.add_tag"))
        self.line.setAccessibleName(tr("common.add_tag"))
        self.line.setMinimumWidth(theme().px(240))
        completer = QCompleter(QStringListModel(list(known), self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.line.setCompleter(completer)
        self.line.returnPressed.connect(self._apply)
        self.body.addWidget(self.line)
        _buttons(self, tr("table.bulk.tag")).clicked.connect(self._apply)

    def _apply(self) -> None:
        name = self.line.text().strip()
        if not name:
            return
        self.chosen.emit(name)
        self.line.setModified(False)
        self.dismiss()
