"""The fields in the head of a document, in two columns where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_desktop.domain.fields import Field
from crm_desktop.domain.schema import find
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.field_row import FieldRow
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import Card

_TWO_COLUMNS = 500


class HeadFields(Card):
    """Rows of fields that store themselves when they are left."""

    def __init__(
        self, editing: Editing, keys: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._editing, self._keys = editing, tuple(keys)
        self._locked: frozenset[str] | None = None
        self._columns = 0
        self.rows: dict[str, FieldRow] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self.body.addLayout(self._grid)

    def show_card(self, locked: frozenset[str]) -> None:
        """Show the record as it is stored; the fields in `locked` can only be read."""
        if locked != self._locked:
            self._locked = locked
            self.rebuild()
        for key, row in self.rows.items():
            row.set_value(self._editing.value(key))

    def rebuild(self) -> None:
        """Make the rows again: in another language, or read-only."""
        for row in self.rows.values():
            row.leave()
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows.clear()
        for key in self._keys:
            row = FieldRow(self._editing, self._field(key))
            row.set_value(self._editing.value(key))
            self.rows[key] = row
        self._columns = 0
        self._arrange()

    def forget(self) -> None:
        """Another record comes."""
        for row in self.rows.values():
            row.forget()

    def has_unsaved_text(self) -> bool:
        """Whether a field holds text that is not stored."""
        return any(row.has_unsaved_text() for row in self.rows.values())

    def leave(self) -> None:
        """Store what is being typed."""
        for row in self.rows.values():
            row.leave()

    def edit(self, key: str) -> None:
        """Open the input of a field."""
        if key in self.rows:
            self.rows[key].edit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _field(self, key: str) -> Field:
        field = find(self._editing.kind, key)
        locked = self._locked is not None and key in self._locked
        return replace(field, editable=False) if locked else field

    def _arrange(self) -> None:
        columns = 2 if self.width() >= theme().px(_TWO_COLUMNS) else 1
        if columns == self._columns or not self.rows:
            return
        self._columns = columns
        for at, row in enumerate(self.rows.values()):
            self._grid.addWidget(row, at // columns, at % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
