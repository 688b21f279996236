"""Step 2: where each column goes, and what happens to records that are already here."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm_desktop.domain.lists import item_name
from crm_desktop.services.imports import FileWord, Target, is_worded
from crm_desktop.ui.context import Context
from crm_desktop.ui.imports.column_details import ColumnDetails
from crm_desktop.ui.imports.column_row import ColumnRow
from crm_desktop.ui.imports.draft import Draft
from crm_desktop.ui.imports.layouts_popover import LayoutsPopover
from crm_desktop.ui.imports.naming import place_words
from crm_desktop.ui.imports.policies_bar import PoliciesBar
from crm_desktop.ui.language import has_words, tr, words
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD
from crm_desktop.ui.widgets import Banner, Card, ElidedLabel, Option, PlainLabel

_WITH_SAMPLES = 560  # pixels at 100 %
_FEW = 200  # records a menu still shows; of more one types the name into the check
_AT_ONCE, _AT_A_TIME = 6, 2  # rows of choices: most of those in sight, then between events
_HEADS = ("column", "samples", "target", "filled", "state")


class ColumnsStep(QWidget):
    """A table of columns with a choice in each row; edits the plan in place."""

    changed = Signal()
    anew_wished = Signal()  # forget what was decided last time

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._draft: Draft | None = None
        self.details: ColumnDetails | None = None
        self.layouts: LayoutsPopover | None = None
        self._rows: list[ColumnRow] = []
        self._options: list[Option] = []
        self._places: dict[str, Target] = {}
        self._later = QTimer(self, interval=0)
        self._later.timeout.connect(self._make_some)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GAP_CARD)
        self.last_time = Banner("")
        self.last_time.acted.connect(lambda _key: self.anew_wished.emit())
        outer.addWidget(self.last_time)
        self._summary = PlainLabel(role="strong", wrap=True)
        self._match = PlainLabel(role="small", tone="muted", wrap=True)
        self.bar = PoliciesBar()
        self.existing = self.bar.existing
        self.bar.changed.connect(self._policies_changed)
        self.bar.layouts_wished.connect(self._open_layouts)
        for part in (self._summary, self._match, self.bar):
            outer.addWidget(part)
        card = Card()
        self._body = card.body
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._body.addWidget(self._table)
        outer.addWidget(card)
        outer.addStretch(1)
        self._heads: list[ElidedLabel] = []

    @property
    def rows(self) -> list[ColumnRow]:
        """The rows of all columns; those not yet made are made now."""
        if self._later.isActive() and self._draft is not None:
            self._make(len(self._draft.plan.columns))
        return self._rows

    @property
    def complete(self) -> bool:
        """Whether every column has its row."""
        return not self._later.isActive()

    def show_draft(self, draft: Draft) -> None:
        """Show the columns of a plan: the first at once, the others as the window has time."""
        if self._draft is draft and [row.column for row in self.rows] == draft.plan.columns:
            self._tell_words()
            return
        self._draft = draft
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, GAP, 0)
        grid.setHorizontalSpacing(GAP_CARD)
        grid.setVerticalSpacing(6)
        self._heads = [ElidedLabel("", role="caption", tone="muted") for _ in _HEADS]
        for column, head in enumerate(self._heads):
            grid.addWidget(head, 0, column)
        self._body.replaceWidget(self._table, inner)
        self._table.hide()
        self._table.deleteLater()
        self._table, self._grid, self._rows = inner, grid, []
        self._later.start()
        self._tell_words()
        self._make(_AT_ONCE)
        height = min((row.height for row in self._rows), default=0)
        for number in range(len(self._rows), len(draft.plan.columns)):
            # What is to come moves nothing; Qt spaces no empty rows.
            grid.setRowMinimumHeight(number + 1, height + grid.verticalSpacing())
        grid.setRowStretch(len(draft.plan.columns) + 1, 1)
        self._fit()

    def _make_some(self) -> None:
        self._make(len(self._rows) + _AT_A_TIME)

    def _make(self, count: int) -> None:
        """Make the rows of the first `count` columns."""
        draft = self._draft
        assert draft is not None
        columns, twice, wide = draft.plan.columns, draft.taken_twice(), self._wide
        for number in range(len(self._rows), min(count, len(columns))):
            row = ColumnRow(columns[number], draft.cells(columns[number].index), self._table)
            before = self._rows[-1].more if self._rows else self.bar.layouts
            self._rows.append(row)
            self._grid.setRowMinimumHeight(number + 1, 0)
            row.place(self._grid, number + 1, after=before)
            row.show_words(self._options, self._places)
            row.show_state(twice=row.column.index in twice)
            row.show_samples(wide)
            row.changed.connect(self._row_changed)
            row.details_wished.connect(partial(self.open_details, row))
        if self._later.isActive() and len(self._rows) == len(columns):
            self._later.stop()
            self._read_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where it is narrow the choices need the room of the samples."""
        wide = self._wide
        for column, stretch in enumerate((3, 4, 5) if wide else (2, 0, 5)):
            self._grid.setColumnStretch(column, stretch)
        for row in self._rows:
            row.show_samples(wide)
        for head, key in zip(self._heads, _HEADS, strict=False):
            head.setVisible(wide or key != "samples")

    @property
    def _wide(self) -> bool:
        return self.width() >= theme().px(_WITH_SAMPLES)

    def retranslate(self) -> None:
        """All words again."""
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
        places = self._places = {place.key: place for place in draft.places()}
        names = draft.own_names
        self._options = [
            Option("", tr("import_page.do_not_import")),
            *(Option(key, place_words(place, names)) for key, place in places.items()),
        ]
        self.bar.show_plan(draft.plan)
        self.last_time.setVisible(draft.as_last_time)
        self.last_time.set_text(
            tr("import_page.as_last_time"), actions=[("anew", tr("import_page.guess_anew"))]
        )
        for head, key in zip(self._heads, _HEADS, strict=True):
            head.setText(tr(f"import_page.head.{key}"))
        for row in self._rows:
            row.show_words(self._options, places)
        self._show_match()
        self._show_states()
        if self.complete:
            self._read_words()

    def _read_words(self) -> None:
        """The words of columns that go to a list: what they become is offered at once."""
        draft, imports = self._draft, self._context.services.imports
        assert draft is not None
        wanted = {row.column.index: row for row in self._rows if row.has_list}
        if not wanted:
            return
        targets = {index: row.column.target for index, row in wanted.items()}
        columns = [replace(row.column) for row in wanted.values()]
        rows, said = draft.preview.head[draft.plan.header_row :], words()

        def read(found: dict[int, list[FileWord]]) -> None:
            for index, row in wanted.items():
                if row in self._rows and row.column.target == targets[index]:
                    row.show_found(found[index])

        self._context.jobs.run_reader(lambda: imports.words_among(rows, columns, said), read)

    def _show_match(self) -> None:
        """How records are known where the user chose no keys, and what was counted."""
        draft = self._draft
        assert draft is not None
        kind = draft.plan.kind
        own = f"import_page.match_{kind}"
        usual = tr(own if has_words(own) else "import_page.match_other")
        said = [] if draft.plan.match else [usual]
        if draft.sheet.rows > len(draft.preview.head):
            said.append(tr("import_page.counted_first", count=draft.rows_seen))
        self._match.setText("\n".join(said))
        self._match.setVisible(bool(said))

    def _show_states(self) -> None:
        draft = self._draft
        assert draft is not None
        twice = draft.taken_twice()
        for row in self._rows:
            row.show_state(twice=row.column.index in twice)
        columns, count = draft.plan.columns, len(draft.plan.mapped)
        look = sum(map(draft.to_look_at, columns))
        words = tr("import_page.mapped", count=count, total=len(columns))
        if look:
            words = tr("import_page.and", first=words, second=tr("import_page.to_look", count=look))
        self._summary.setText(words)

    def _row_changed(self) -> None:
        assert self._draft is not None
        self._draft.forget_decisions()
        self._show_states()
        if self.complete:
            self._read_words()
        self.changed.emit()

    def _policies_changed(self) -> None:
        assert self._draft is not None
        self._draft.report = None
        self._show_match()
        self.changed.emit()

    def open_details(self, row: ColumnRow) -> None:
        """What one column may do to records that are here, and what its words become."""
        draft, column = self._draft, row.column
        assert draft is not None
        place = next(one for one in draft.places() if one.key == column.target)
        services = self._context.services
        items = services.lists.items(place.field.list_key) if place.field.list_key else ()
        names = [item_name(item, tr) for item in items]
        if place.field.link is not None and services.records.count(place.field.link) <= _FEW:
            found = services.records.find_links(place.field.link, "", _FEW)
            names = sorted({one.ref.title for one in found})
        panel = ColumnDetails(self, column, place, names)
        panel.changed.connect(self._row_changed)
        panel.changed.connect(row.show_details)
        panel.closed.connect(partial(self._details_closed, panel))
        self.details = panel
        panel.open_at(row.more)
        if not is_worded(place):
            return
        path, plan, said = draft.path, draft.plan, words()

        def read(found: list[FileWord]) -> None:
            if self.details is panel:
                panel.show_words(found)
                panel.open_at(row.more)

        self._context.jobs.run_long_reader(
            lambda progress: services.imports.words_of(path, plan, column, said, progress=progress),
            read,
        )

    def _details_closed(self, panel: ColumnDetails) -> None:
        if self.details is panel:
            self.details = None
        panel.deleteLater()

    def _open_layouts(self) -> None:
        draft, mappings = self._draft, self._context.services.imports.mappings
        assert draft is not None
        panel = LayoutsPopover(self, mappings.layouts(draft.plan.kind))
        panel.chosen.connect(self.use_layout)
        panel.saved.connect(self.save_layout)
        panel.removed.connect(self.remove_layout)
        panel.closed.connect(panel.deleteLater)
        self.layouts = panel
        panel.open_at(self.bar.layouts)

    def name_layout(self, anchor: QWidget) -> None:
        """Ask beside `anchor` for a name under which the columns are kept as they are assigned."""
        panel = LayoutsPopover(self, ())
        panel.saved.connect(self.save_layout)
        panel.closed.connect(panel.deleteLater)
        self.layouts = panel
        panel.open_at(anchor)

    def use_layout(self, name: str) -> None:
        """Assign the columns as a layout says."""
        draft = self._draft
        assert draft is not None
        count = self._context.services.imports.mappings.use_layout(name, draft.plan, draft.custom)
        draft.as_last_time = False
        draft.forget_decisions()
        self._tell_words()
        self.changed.emit()
        self._done_with_layouts(tr("import_page.layout_used", count=count, name=name))

    def save_layout(self, name: str) -> None:
        """Keep how the columns are assigned now, under a name."""
        draft, mappings = self._draft, self._context.services.imports.mappings
        assert draft is not None
        self._context.jobs.run_writer(
            lambda _progress: mappings.save_layout(name, draft.plan),
            lambda kept: self._done_with_layouts(tr("import_page.layout_saved", name=kept)),
        )

    def remove_layout(self, name: str) -> None:
        """Forget a layout."""
        mappings = self._context.services.imports.mappings
        self._context.jobs.run_writer(
            lambda _progress: mappings.remove_layout(name),
            lambda _none: self._done_with_layouts(
                tr("import_page.layout_removed", name=name), undo=True
            ),
        )

    def _done_with_layouts(self, told: str, *, undo: bool = False) -> None:
        panel, self.layouts = self.layouts, None
        if panel is not None:
            panel.finish()
        self._context.window.toast(told, undo=undo)

    def first_focus(self) -> QWidget:
        """Where the keyboard goes when the step opens: the first column to look at."""
        draft = self._draft
        for number, column in enumerate(draft.plan.columns if draft is not None else ()):
            if draft is not None and draft.to_look_at(column):
                self._make(number + 1)
                row = self._rows[number]
                return row.asking
        return self.existing
