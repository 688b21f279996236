"""The facts of a record by groups, with what is empty folded away and a box to find a field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.belonging import Having, fits
from crm_desktop.domain.fields import Field
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.field_row import FieldRow
from crm_desktop.ui.theme.tokens import GAP_GROUP
from crm_desktop.ui.widgets import Card, LinkButton, PlainLabel, SearchBox
from crm_desktop.ui.widgets.keyboard import tab_from


class Facts(Card):
    """All fields of the kind but those in `without`; built once, filled for each record."""

    def __init__(
        self, editing: Editing, *, without: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._editing = editing
        self._without = frozenset(without)
        self._fields: tuple[Field, ...] = ()
        self._having: Having = {}
        self.rows: dict[str, FieldRow] = {}
        self._headings: dict[str, PlainLabel] = {}
        self._wanted = ""
        self._all = False
        self._old_words = False
        self.search = SearchBox(tr("record_page.find_field"))
        self.search.searched.connect(self._search)
        self.body.addWidget(self.search)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self.body.addLayout(self._column)
        self.elsewhere = PlainLabel(role="small", tone="muted", wrap=True)
        self.elsewhere.hide()
        self.body.addWidget(self.elsewhere)
        self.more = LinkButton()
        self.more.clicked.connect(self._toggle)
        self.body.addWidget(self.more)
        self.body.addStretch(1)

    def set_fields(self, fields: Sequence[Field], having: Having) -> None:
        """The fields there are now: the user may have added one. `having` says which fit."""
        self._having = having
        shown = tuple(f for f in fields if f.key not in self._without and not f.list_only)
        if shown == self._fields:
            return
        self._fields = shown
        self.rebuild()

    def retranslate(self) -> None:
        """Speak the language of now; a field that is being typed into waits until it is left."""
        self._old_words = self.has_unsaved_text()
        if not self._old_words:
            self.rebuild()

    def rebuild(self) -> None:
        """Make every row again, in the language of now."""
        self._clear()
        self.search.setPlaceholderText(tr("record_page.find_field"))
        group = ""
        for field in self._fields:
            if field.group != group:
                group = field.group
                heading = PlainLabel(tr(f"kind.group.{group}"), role="caption", tone="muted")
                heading.setContentsMargins(0, 8, 0, 2)
                self._headings[group] = heading
                self._column.addWidget(heading)
            row = FieldRow(self._editing, field)
            row.filled_changed.connect(self._arrange)
            self.rows[field.key] = row
            self._column.addWidget(row)
        tab_from(self.search, self.rows.values())
        self.show_card()

    def show_card(self) -> None:
        """Show the values of the record as they are stored now."""
        if self._old_words and not self.has_unsaved_text():
            self._old_words = False
            self.rebuild()
            return
        for key, row in self.rows.items():
            row.set_value(self._editing.value(key))
        self._arrange()

    def forget(self) -> None:
        """Another record comes: problems and what was unfolded belong to the last one."""
        self._all = False
        for row in self.rows.values():
            row.forget()

    def has_unsaved_text(self) -> bool:
        """Whether a field holds text that is not stored."""
        return any(row.has_unsaved_text() for row in self.rows.values())

    def leave(self) -> None:
        """Store what is being typed."""
        for row in self.rows.values():
            row.leave()

    def edit_first(self) -> None:
        """Open the input of the first field that can be edited (F2)."""
        for field in self._fields:
            if field.writable:
                self.rows[field.key].edit()
                return

    def edit(self, key: str) -> None:
        """Open the input of one field, unfolded where it is hidden."""
        row = self.rows.get(key)
        if row is not None:
            self.search.clear()
            self._wanted = ""
            self._all = self._all or row.isHidden()
            self._arrange()
            row.edit()
            QTimer.singleShot(0, lambda: self._show(key))  # it has its place only then

    def _show(self, key: str) -> None:
        """Scroll until a field can be seen."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None and key in self.rows:
            around.ensureWidgetVisible(self.rows[key], 0, GAP_GROUP)

    def _search(self, text: str) -> None:
        self._wanted = text.strip().casefold()
        self._arrange()

    def _toggle(self) -> None:
        self._all = not self._all
        self._arrange()

    def _arrange(self) -> None:
        """Show the rows wanted: filled ones, usual ones, or those of the search.

        A field of the user's own that belongs elsewhere is only shown while it holds a value;
        one that belongs to just such records is not folded away.
        """
        hidden = 0
        groups: set[str] = set()
        elsewhere: list[str] = []
        for field in self._fields:
            row = self.rows[field.key]
            fitting = fits(field.only_for, self._having)
            row.show_belonging("" if fitting else self._editing.shown.belonging(field.only_for))
            if not fitting and not row.held:
                shown = False
                if self._wanted and self._wanted in row.name.casefold():
                    what = self._editing.shown.belonging(field.only_for)
                    elsewhere.append(tr("record_page.elsewhere", name=row.name, what=what))
            elif self._wanted:
                shown = self._wanted in row.name.casefold() or self._wanted in _text(row)
            else:
                seldom = field.folded or field.group in ("role", "personal", "more", "money")
                empty = not row.filled and (
                    seldom or not field.writable or not (field.default_column or field.only_for)
                )
                folded = empty and not row.is_editing
                hidden += folded
                shown = not folded or self._all
            row.setVisible(shown)
            if shown:
                groups.add(field.group)
        for group, heading in self._headings.items():
            heading.setVisible(group in groups)
        self.elsewhere.setText("\n".join(elsewhere))
        self.elsewhere.setVisible(bool(elsewhere))
        self.more.setVisible(bool(hidden) and not self._wanted)
        words = "record_page.fewer_fields" if self._all else "record_page.empty_fields"
        self.more.setText(tr(words, count=hidden))

    def _clear(self) -> None:
        self.rows.clear()
        self._headings.clear()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _text(row: FieldRow) -> str:
    return row.line.text().casefold()
