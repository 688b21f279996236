"""A card of a few fields that matter more than the others of their kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.schema import find
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.field_row import FieldRow
from crm_desktop.ui.widgets import Card

_NAME_WIDTH = 150


class FieldCard(Card):
    """Shows the shipped fields called `keys`, edited in place as everywhere."""

    def __init__(
        self, editing: Editing, keys: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._editing = editing
        self._keys = tuple(keys)
        self.rows: dict[str, FieldRow] = {}
        self.body.setSpacing(2)
        self.retranslate()

    def retranslate(self) -> None:
        """Make the rows again, in the language of now."""
        if self.has_unsaved_text():
            return
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows = {}
        for key in self._keys:
            field = find(self._editing.kind, key)
            self.rows[key] = FieldRow(self._editing, field, name_width=_NAME_WIDTH)
            self.body.addWidget(self.rows[key])
        self.show_card()

    def show_card(self) -> None:
        """Show the values as they are stored now."""
        for key, row in self.rows.items():
            row.set_value(self._editing.value(key))

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
