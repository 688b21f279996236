"""Step 3: what would happen, row by row; problems are mended here."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.imports import ImportProblem, Outcome
from crm_desktop.services.imports import MADE_BY_NAME
from crm_desktop.ui.formats import number
from crm_desktop.ui.imports.draft import Draft
from crm_desktop.ui.imports.lines import COLUMNS, GROUPS, NO_LINES, TEXT, Line, Lines, LinesModel
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD, ICON, ROW_HEIGHT
from crm_desktop.ui.widgets import Button, PlainLabel
from crm_desktop.ui.widgets.layouts import FlowLayout

_WIDTHS = {"row": 72, "name": 120, "column": 150, "text": 160}
_NARROW_WIDTHS = {"row": 60, "name": 84, "column": 72, "text": 92}
_ROOMY = 640  # pixels at 100 %: below that what to know would lie out of sight

_OPEN_ORDERS = ("dmy", "mdy")
_MISSING = ("import.no_such", "import.no_such_near")


def _alike(lines: Sequence[Line]) -> bool:
    """Whether lines tell the same problem of the same text of one column."""
    first = lines[0].told if lines else None
    return first is not None and all(line.told == first for line in lines)


class _Table(QTableView):
    """The lines; Del leaves rows out."""

    left_out = Signal()
    edit_wished = Signal()  # of the line, whichever of its columns is current

    def keyPressEvent(self, event: QKeyEvent) -> None:
        idle = self.state() != QAbstractItemView.State.EditingState
        if idle and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.left_out.emit()
        elif idle and event.key() == Qt.Key.Key_F2:
            self.edit_wished.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fill_width()

    def fill_width(self) -> None:
        """The last column takes what is left, but never less than its name needs."""
        head = self.horizontalHeader()
        last = head.count() - 1
        rest = self.viewport().width() - head.sectionPosition(last)
        head.resizeSection(last, max(rest, head.sectionSizeHint(last)))


class CheckStep(QWidget):
    """Counts as filters, and the lines of the chosen group."""

    check_wished = Signal()  # something was mended: check again
    save_wished = Signal()  # the problem rows, as a workbook

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._lines = NO_LINES
        self.counts: Counter[str] = Counter()
        self.group = "problems"
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GAP_CARD)
        chips = QWidget()
        flow = FlowLayout(chips)
        flow.setSpacing(GAP)
        self.filters: dict[str, Button] = {}
        for key in ("problems", *GROUPS, "all"):
            button = Button(small=True, variant="segment")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, key=key: self.show_group(key))
            self.filters[key] = button
            flow.addWidget(button)
        outer.addWidget(chips)
        self.notes = PlainLabel(role="small", tone="muted", wrap=True)
        outer.addWidget(self.notes)
        self.model = LinesModel()
        self.model.fixed.connect(self._fixed)
        self.table = _Table()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.edit_wished.connect(self._edit)
        self.table.doubleClicked.connect(lambda _index: self._edit())
        self.table.verticalHeader().hide()
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.left_out.connect(self.leave_out)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_actions())
        outer.addWidget(self.table, 1)
        self._nothing = PlainLabel(tone="muted", wrap=True)
        outer.addWidget(self._nothing)
        self._whole = PlainLabel(wrap=True)
        outer.addWidget(self._whole)
        buttons = QWidget()
        actions = FlowLayout(buttons)
        actions.setSpacing(GAP)
        self.edit = Button(icon_name="pencil", small=True)
        self.edit.clicked.connect(self._edit)
        self.leave = Button(icon_name="eye-off", small=True)
        self.leave.clicked.connect(self.leave_out)
        self.take_back = Button(icon_name="undo-2", small=True)
        self.take_back.clicked.connect(self._take_back)
        self.save = Button(icon_name="file-down", small=True)
        self.save.clicked.connect(self.save_wished)
        self._hint = PlainLabel(role="small", tone="muted", wrap=True)
        self.near = Button(icon_name="link", small=True)
        self.near.clicked.connect(lambda: self._say_of_word("near"))
        self.make = Button(icon_name="plus", small=True)
        self.make.clicked.connect(lambda: self._say_of_word("value"))
        self.alike = Button(icon_name="list-checks", small=True)
        self.alike.clicked.connect(self.select_alike)
        self.orders = {order: Button(icon_name="calendar", small=True) for order in _OPEN_ORDERS}
        for order, button in self.orders.items():
            button.clicked.connect(lambda _checked=False, order=order: self._say_order(order))
            actions.addWidget(button)
        for button in (self.near, self.make, self.alike, self.edit, self.leave, self.take_back,
                       self.save):  # fmt: skip
            actions.addWidget(button)
        outer.addWidget(buttons)
        outer.addWidget(self._hint)
        theme().changed.connect(self._remeasure)
        self._remeasure()
        self.retranslate()

    def show_lines(self, draft: Draft, lines: Lines) -> None:
        """Show what a check found."""
        first = self._draft is not draft
        self._draft = draft
        self._lines, self.counts = lines, lines.counts
        if first or (self.group != "all" and not self._in_group(self.group)):
            self.group = "problems" if self._in_group("problems") else "all"
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (self.width() >= theme().px(_ROOMY)) != self._roomy:
            self._remeasure()

    def show_group(self, group: str) -> None:
        """Show only the lines of one group."""
        self.group = group
        self._show()

    def to_import(self) -> int:
        """How many rows would change the book."""
        report = self._draft.report if self._draft is not None else None
        if report is None:
            return 0
        return report.count(Outcome.CREATED) + report.count(Outcome.UPDATED)

    def leave_out(self) -> None:
        """Do not import the selected rows."""
        assert self._draft is not None
        rows = {self.model.lines[i].row for i in self._selected()}
        if rows:
            self._draft.wishes.left_out |= rows
            self.check_wished.emit()

    def retranslate(self) -> None:
        """All words again."""
        self.edit.setText(tr("import_page.fix"))
        self.leave.setText(tr("import_page.leave_out"))
        self.take_back.setText(tr("import_page.take_back"))
        self.save.setText(tr("import_page.save_problems"))
        self._hint.setText(tr("import_page.fix_hint"))
        self.table.setAccessibleName(tr("import_page.step.check"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self.table.fill_width()
        if self._draft is not None:
            self._show()

    def _in_group(self, group: str) -> int:
        if group == "all":
            return sum(self.counts.values())
        if group == "problems":
            return self.counts["note"] + self.counts["fix"]
        return self.counts[group]

    def _show(self) -> None:
        for key, button in self.filters.items():
            count = self._in_group(key)
            words = tr(f"import_page.group.{key}", count=count, number=number(count))
            button.setText(words)
            button.setChecked(key == self.group)
            button.setVisible(key not in ("skipped", "out", "fix") or bool(count))
        report = self._draft.report if self._draft is not None else None
        notes = report.notes.items() if report is not None else ()
        self.notes.setText("\n".join(tr(key, count=count) for key, count in notes))
        self.notes.setVisible(bool(notes))
        lines = self._lines.shown[self.group]
        kept = self._current_line()
        self.model.set_lines(lines)
        self._nothing.setVisible(not lines)
        self.table.setVisible(bool(lines))
        key = "import_page.no_problems" if self.group == "problems" else "import_page.no_lines"
        self._nothing.setText(tr(key))
        if lines:
            at = bisect_left(lines, kept, key=lambda line: line.row)
            at = min(at, len(lines) - 1)
            index = self.model.index(at, TEXT)
            self.table.setCurrentIndex(index)
            self.table.selectionModel().select(
                index,
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows,
            )
            self.table.horizontalScrollBar().setValue(0)
        self._show_actions()

    def _current_line(self) -> int:
        index = self.table.currentIndex()
        inside = 0 <= index.row() < len(self.model.lines)
        return self.model.lines[index.row()].row if inside else 0

    def _selected(self) -> list[int]:
        return [index.row() for index in self.table.selectionModel().selectedRows()]

    def _show_actions(self) -> None:
        rows = [self.model.lines[i] for i in self._selected() if i < len(self.model.lines)]
        whole = rows[0].what() if len(rows) == 1 and rows[0].problem is not None else ""
        self._whole.setText(whole)
        self._whole.setVisible(bool(whole))
        self.edit.setEnabled(bool(rows) and _alike(rows) and rows[0].editable)
        self._show_offers(rows[0] if rows and _alike(rows) else None)
        self.leave.setEnabled(any(line.group != "out" for line in rows))
        self.take_back.setVisible(any(line.group == "out" for line in rows))
        self.save.setVisible(self._lines.to_save)

    def _edit(self) -> None:
        rows = self._selected()
        if not rows:
            return
        here = self.table.currentIndex().row()
        at = here if here in rows else rows[0]
        if self.model.lines[at].editable:
            self.table.setFocus()
            self.table.edit(self.model.index(at, TEXT))

    def _show_offers(self, line: Line | None) -> None:
        """What may be said of all rows with the same word at once."""
        problem = line.problem if line is not None else None
        near = problem is not None and problem.code == "import.no_such_near"
        makes = problem is not None and problem.code in _MISSING and self._makes(problem)
        for order, button in self.orders.items():
            button.setVisible(problem is not None and problem.code == "dates.ambiguous")
            button.setText(tr(f"import_page.column_order.{order}"))
        self.near.setVisible(near)
        self.make.setVisible(makes)
        if problem is not None:
            self.near.setText(tr("import_page.use_near", name=problem.args.get("near", "")))
            self.make.setText(tr("import_page.make_missing", name=problem.args.get("value", "")))
        count = self._lines.alike[self.group][line.told] if line is not None else 0
        self.alike.setVisible(problem is not None and count > max(1, len(self._selected())))
        self.alike.setText(tr("import_page.select_alike", count=count))

    def _makes(self, problem: ImportProblem) -> bool:
        """Whether a record can be made of a word: its column links to a kind with a name alone."""
        assert self._draft is not None
        targets = {column.index: column.target for column in self._draft.plan.columns}
        target = targets.get(problem.column_index)
        places = {place.key: place for place in self._draft.places()}
        return target in places and places[target].field.link in MADE_BY_NAME

    def _say_of_word(self, what: str) -> None:
        """Take the word of the selected line for another record, or make it one."""
        assert self._draft is not None
        lines = [self.model.lines[i] for i in self._selected()]
        problem = lines[0].problem if lines else None
        assert problem is not None
        for column in self._draft.plan.columns:
            if column.index == problem.column_index:
                column.values[problem.args["value"]] = problem.args[what]
        self.check_wished.emit()

    def _say_order(self, order: str) -> None:
        """How the dates are written in the column of the selected line."""
        assert self._draft is not None
        problem = self.model.lines[self._selected()[0]].problem
        assert problem is not None
        for column in self._draft.plan.columns:
            if column.index == problem.column_index:
                column.options["date_order"] = order
        self.check_wished.emit()

    def select_alike(self) -> None:
        """Select all lines with the same problem of the same text."""
        first = self.model.lines[self._selected()[0]]
        selection = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        chosen = QItemSelection()
        for place, line in enumerate(self.model.lines):
            if _alike([first, line]):
                index = self.model.index(place, 0)
                chosen.select(index, index)
        selection.select(chosen, flags.ClearAndSelect | flags.Rows)
        self.table.setFocus()

    def _take_back(self) -> None:
        assert self._draft is not None
        rows = {self.model.lines[i].row for i in self._selected()}
        self._draft.wishes.left_out -= rows
        self.check_wished.emit()

    def _fixed(self, line: Line, text: str) -> None:
        assert self._draft is not None
        assert line.problem is not None
        chosen = [self.model.lines[i] for i in self._selected()]
        # Mending one of several that are selected and alike mends all of them.
        for one in chosen if line in chosen and _alike(chosen) else [line]:
            self._draft.wishes.fixes[one.row, line.problem.column_index] = text
        self.check_wished.emit()

    def _remeasure(self) -> None:
        look = theme()
        self.table.setMinimumHeight(look.px(150))
        self.table.setIconSize(QSize(look.px(ICON), look.px(ICON)))
        self.table.verticalHeader().setDefaultSectionSize(look.px(ROW_HEIGHT))
        self._roomy = self.width() >= look.px(_ROOMY)
        widths = _WIDTHS if self._roomy else _NARROW_WIDTHS
        for column, key in enumerate(COLUMNS[:-1]):
            self.table.setColumnWidth(column, look.px(widths[key]))
        self.table.fill_width()
