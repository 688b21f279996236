"""Step 2: where each column goes, and what happens to records that are already here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.services.imports import Existing
from crm_desktop.ui.imports.column_row import ColumnRow
from crm_desktop.ui.imports.draft import Draft
from crm_desktop.ui.imports.naming import place_words
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD
from crm_desktop.ui.widgets import Card, ChoiceField, FieldRow, Option, PlainLabel

_HEADS = ("column", "samples", "target", "filled", "state")


class ColumnsStep(QWidget):
    """A table of columns with a choice in each row; edits the plan in place."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self.rows: list[ColumnRow] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GAP_CARD)
        top = QHBoxLayout()
        top.setSpacing(GAP_CARD)
        self.existing = ChoiceField(required=True)
        self.existing.changed.connect(self._existing_changed)
        self._existing_row = FieldRow("", self.existing)
        self._summary = PlainLabel(role="strong", wrap=True)
        self._match = PlainLabel(role="small", tone="muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._summary)
        words.addWidget(self._match)
        words.addStretch(1)
        top.addLayout(words, 1)
        top.addWidget(self._existing_row)
        outer.addLayout(top)
        card = Card()
        self._body = card.body
        self._table = QWidget()
        self._body.addWidget(self._table)
        outer.addWidget(card)
        outer.addStretch(1)
        self._heads: list[PlainLabel] = []
        self.retranslate()

    def show_draft(self, draft: Draft) -> None:
        """Show the columns of a plan."""
        if self._draft is draft and [row.column for row in self.rows] == draft.plan.columns:
            self._tell_words()
            return
        self._draft = draft
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, GAP, 0)
        grid.setHorizontalSpacing(GAP_CARD)
        grid.setVerticalSpacing(6)
        self._heads = [PlainLabel(role="caption", tone="muted") for _ in _HEADS]
        for column, head in enumerate(self._heads):
            grid.addWidget(head, 0, column)
        seen = draft.rows_seen
        self.rows = [ColumnRow(column, seen, inner) for column in draft.plan.columns]
        for number, row in enumerate(self.rows):
            row.place(grid, number + 1)
            row.changed.connect(self._row_changed)
        grid.setRowStretch(len(self.rows) + 1, 1)
        for column, stretch in enumerate((3, 4, 5, 0, 0)):
            grid.setColumnStretch(column, stretch)
        self._body.replaceWidget(self._table, inner)
        self._table.hide()
        self._table.deleteLater()
        self._table = inner
        self._tell_words()

    def retranslate(self) -> None:
        """All words again."""
        self._existing_row.set_label(tr("import_page.existing"))
        self.existing.setAccessibleName(tr("import_page.existing"))
        self.existing.set_options(
            [Option(each, tr(f"import_page.existing.{each.value}")) for each in Existing]
        )
        self._existing_row.setFixedWidth(theme().px(280))
        if self._draft is not None:
            self._tell_words()

    def trouble(self) -> str:
        """Why one cannot go on, as a sentence; "" when one can."""
        if self._draft is None or self._draft.taken_twice():
            return tr("import_page.twice")
        if not self._draft.has_name():
            return tr(f"import_page.no_name.{self._draft.plan.kind}")
        return ""

    def _tell_words(self) -> None:
        draft = self._draft
        assert draft is not None
        places = {place.key: place for place in draft.places()}
        options = [Option("", tr("import_page.do_not_import"))]
        names = draft.own_names
        options += [Option(key, place_words(place, names)) for key, place in places.items()]
        self.existing.set_value(draft.plan.existing)
        for head, key in zip(self._heads, _HEADS, strict=True):
            head.setText(tr(f"import_page.head.{key}"))
        for row in self.rows:
            row.show_words(options, places)
        kind = draft.plan.kind
        match = tr("import_page.match_people" if kind == "people" else "import_page.match_other")
        if draft.sheet.rows > len(draft.preview.head):
            match = f"{match}\n{tr('import_page.counted_first', count=draft.rows_seen)}"
        self._match.setText(match)
        self._show_states()

    def _show_states(self) -> None:
        draft = self._draft
        assert draft is not None
        twice = draft.taken_twice()
        for row in self.rows:
            row.show_state(twice=row.column.index in twice)
        count = len(draft.plan.mapped)
        look = sum(not column.sure for column in draft.plan.mapped)
        words = tr("import_page.mapped", count=count, total=len(self.rows))
        if look:
            words = tr("import_page.and", first=words, second=tr("import_page.to_look", count=look))
        self._summary.setText(words)

    def _row_changed(self) -> None:
        assert self._draft is not None
        self._draft.forget_decisions()
        self._show_states()
        self.changed.emit()

    def _existing_changed(self, value: Existing) -> None:
        assert self._draft is not None
        self._draft.plan.existing = value
        self._draft.report = None
        self.changed.emit()

    def first_focus(self) -> QWidget:
        """Where the keyboard goes when the step opens: the first column to look at."""
        for row in self.rows:
            if row.column.target and not row.column.sure:
                return row.target
        return self.existing
