"""The lines of a document: typed cell by cell, moved, copied, pasted; each change is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from crm_desktop.domain.document_lines import LineCard, LineDraft
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.paper_desk import PaperDesk
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.language import tr
from crm_desktop.ui.papers import line_columns as columns
from crm_desktop.ui.papers.line_row import Handle, LineRow
from crm_desktop.ui.papers.lines_head import DropMark, LinesHead
from crm_desktop.ui.papers.pasting import PastePanel
from crm_desktop.ui.widgets import Button, Card, PlainLabel

Write = Callable[[Callable[[], Any], Callable[[Any], None] | None, Callable[[Refused], None]], None]


class LinesEditor(Card):
    """Writes go through `write(work, done, refused)` of the page, one after the other."""

    price_entered = Signal(object)  # the LineRow whose price is being typed; None when it is left

    def __init__(
        self, context: Context, desk: PaperDesk, write: Write, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._context, self._desk, self._write = context, desk, write
        self._record_id: int | None = None
        self._currency = "CNY"
        self._editable = False
        self.rows: list[LineRow] = []
        self._open: LineRow | None = None
        self._drop_at: int | None = None
        self._panel: PastePanel | None = None
        self.body.setSpacing(0)
        self.head = LinesHead()
        self.body.addWidget(self.head)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.body.addLayout(self._column)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 6, 0, 0)
        self.paste_button = Button("", icon_name="clipboard-paste", variant="quiet", small=True)
        self.paste_button.clicked.connect(
            lambda: self.paste(QApplication.clipboard().text(), self.paste_button)
        )
        self._hint = PlainLabel("", role="small", tone="muted", wrap=True)
        foot.addWidget(self.paste_button)
        foot.addWidget(self._hint, 1)
        self.body.addLayout(foot)
        self._mark = DropMark(self)
        self.retranslate()

    # ---- what is shown

    def show_document(self, record_id: int | None) -> None:
        """Another document comes: nothing of the last one stays."""
        self._record_id = record_id
        self._close_panel()
        for row in (*self.rows, *([self._open] if self._open else [])):
            self._drop(row)
        self.rows, self._open = [], None

    def show_lines(self, lines: tuple[LineCard, ...], code: str, *, editable: bool) -> None:
        """The lines as they are stored now; what is being typed stays."""
        self._currency, self._editable = code, editable
        known = {row.handle.id: row for row in self.rows if row.handle.id is not None}
        ids = {line.id for line in lines}
        rows = []
        for line in lines:
            row = known.get(line.id)
            if row is None:
                row = self._make(Handle(line.id))
            rows.append(row)
        for row in self.rows:
            if row.handle.id is None or (row.is_on_its_way and row.handle.id not in ids):
                rows.append(row)  # the lines were read before the book had it
            elif row.handle.id not in ids:
                self._drop(row)
        for position, line in enumerate(lines):
            rows[position].show_line(line, position, code)
            rows[position].set_locked(not editable)
        self._arrange(rows)

    def has_unsaved_text(self) -> bool:
        """Whether a cell holds what is not stored."""
        every = [*self.rows, *([self._open] if self._open else [])]
        return any(row.has_unsaved_text() for row in every)

    def leave(self) -> None:
        """Store what is being typed."""
        for row in list(self.rows):
            row.leave()
        if self._open is not None:
            self._open.leave()

    def focus_new(self) -> None:
        """Put the keyboard into the empty line."""
        if self._open is not None:
            self._open.item.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_line(self, line_id: int, key: str = columns.NAME) -> None:
        """Put the keyboard into a cell of a line."""
        for row in self.rows:
            if row.handle.id == line_id:
                row.cells.get(key, row.item).setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every word again."""
        self.head.update()
        self.paste_button.setText(tr("line_editor.paste"))
        self._hint.setText(tr("line_editor.hint"))
        for row in (*self.rows, *([self._open] if self._open else [])):
            row.retranslate()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._close_panel()

    # ---- rows come and go

    def _make(self, handle: Handle) -> LineRow:
        row = LineRow(self._context, handle)
        row.typed.connect(lambda key, value: self._typed(row, key, value))
        row.product_chosen.connect(lambda product: self._typed(row, "product", product))
        row.product_wanted.connect(lambda name: self._make_product(row, name))
        row.table_pasted.connect(lambda text: self.paste(text, row.item))
        row.stepped.connect(lambda key, way: self._step(row, key, way))
        row.menu_wanted.connect(lambda at: self._menu(row, at))
        row.moved.connect(lambda way: self._move(row, way))
        row.copied.connect(lambda: self._copy(row))
        row.removed.connect(lambda: self._remove(row))
        row.dragged.connect(lambda y, end: self._drag(row, y, end))
        row.entered.connect(lambda key: self.price_entered.emit(row if key == "price" else None))
        return row

    def _drop(self, row: LineRow) -> None:
        row.gone = True
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _arrange(self, rows: list[LineRow]) -> None:
        """Put the rows in order, the empty one last, and the Tab key along them."""
        if self._editable and self._open is None and self._record_id is not None:
            self._open = self._make(Handle())
        if not self._editable and self._open is not None:
            self._drop(self._open)
            self._open = None
        every = [*rows, *([self._open] if self._open else [])]
        items = (self._column.itemAt(at) for at in range(self._column.count()))
        present = [item.widget() for item in items if item is not None]
        self.rows = rows
        if self._open is not None:
            self._open.show_open(len(rows))
        if present != every:
            for at, row in enumerate(every):
                if self._column.indexOf(row) != at:
                    self._column.insertWidget(at, row)
                    row.show()
            self._chain(every)
        self.paste_button.setVisible(self._editable)
        self._hint.setVisible(self._editable)

    def _chain(self, rows: list[LineRow]) -> None:
        before: QWidget = self.head
        for row in rows:
            for cell in row.cells.values():
                QWidget.setTabOrder(before, cell)
                before = cell
            if row.description is not None:
                QWidget.setTabOrder(before, row.description)
                before = row.description
        QWidget.setTabOrder(before, self.paste_button)

    # ---- what the user does

    def _typed(self, row: LineRow, key: str, value: Any) -> None:
        if row is self._open:
            if key == "name" and not value:
                return
            self._open = None
            row.writing(key)
            self._arrange([*self.rows, row])
        else:
            row.writing(key)
        record_id, handle, desk = self._record_id, row.handle, self._desk

        def work() -> None:
            if handle.id is None:
                assert record_id is not None
                handle.id = desk.add_line(record_id, LineDraft(**{key: value}))
            else:
                desk.update_line(handle.id, {key: value})

        self._write(work, lambda _: row.written(key), lambda no: self._failed(row, key, no))

    def _make_product(self, row: LineRow, name: str) -> None:
        """A product of that name, and the line with it: what is typed next belongs to the line."""
        if row is self._open:
            self._open = None
            self._arrange([*self.rows, row])
        row.writing("product")
        self._arrange(self.rows)
        records, code = self._context.services.records, self._currency
        record_id, handle, desk = self._record_id, row.handle, self._desk
        made: list[int] = []

        def make() -> None:
            made.append(records.create(Kind.PRODUCT, {"name": name, "currency": code}))

        def use() -> None:
            # Without a product (it was refused) the words stand as they are.
            values: dict[str, Any] = {"product": made[0]} if made else {"name": name}
            if handle.id is None:
                assert record_id is not None
                handle.id = desk.add_line(record_id, LineDraft(**values))
            else:
                desk.update_line(handle.id, values)

        self._write(make, None, lambda no: self._failed(row, "name", no))
        self._write(
            use, lambda _: row.written("product"), lambda no: self._failed(row, "product", no)
        )

    def _step(self, row: LineRow, key: str, way: int) -> None:
        """The keyboard goes to the next cell, or to the same cell of another line."""
        rows = [*self.rows, *([self._open] if self._open else [])]
        if row not in rows:
            return
        at = rows.index(row)
        if abs(way) == 10:
            target = at + way // 10
            if 0 <= target < len(rows):
                cell = rows[target].cells.get(key, rows[target].item)
                cell = cell if cell.isVisible() else rows[target].item
                cell.setFocus(Qt.FocusReason.TabFocusReason)
            return
        keys = list(row.cells)
        place = keys.index(key) + way if key in keys else len(keys)
        if 0 <= place < len(keys):
            row.cells[keys[place]].setFocus(Qt.FocusReason.TabFocusReason)
        elif at + 1 < len(rows):
            rows[at + 1].item.setFocus(Qt.FocusReason.TabFocusReason)

    def _move(self, row: LineRow, way: int) -> None:
        if row in self.rows:
            self._move_to(row, self.rows.index(row) + way)

    def _move_to(self, row: LineRow, position: int) -> None:
        if row not in self.rows or not 0 <= position < len(self.rows):
            return
        focus = QApplication.focusWidget()
        rows = [one for one in self.rows if one is not row]
        rows.insert(position, row)
        self._arrange(rows)
        if focus is not None and row.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        handle, desk = row.handle, self._desk
        self._write(lambda: desk.move_line(_id(handle), position), None, self._tell)

    def _copy(self, row: LineRow) -> None:
        if row in self.rows:
            row.leave()
            handle, desk = row.handle, self._desk
            self._write(lambda: desk.duplicate_line(_id(handle)), None, self._tell)

    def _remove(self, row: LineRow) -> None:
        if row not in self.rows:
            return
        at = self.rows.index(row)
        others = [one for one in self.rows if one is not row]
        following = [*others, *([self._open] if self._open else [])]
        if following:
            following[min(at, len(following) - 1)].item.setFocus(Qt.FocusReason.OtherFocusReason)
        self._drop(row)
        self._arrange(others)
        handle, desk = row.handle, self._desk
        told = tr("line_editor.removed", name=row.item.text())
        window = self._context.window
        self._write(
            lambda: desk.remove_line(_id(handle)),
            lambda _: window.toast(told, undo=True),
            self._tell,
        )

    def _menu(self, row: LineRow, at: QPoint) -> None:
        menu = QMenu(self)
        place = self.rows.index(row) if row in self.rows else -1
        product = row.line.product if row.line is not None else None
        entries: list[tuple[str, Callable[[], object], str, bool]] = [
            ("describe", row.open_description, "Ctrl+Return", True),
            ("duplicate", lambda: self._copy(row), "Alt+Shift+Down", True),
            ("up", lambda: self._move(row, -1), "Alt+Up", place > 0),
            ("down", lambda: self._move(row, 1), "Alt+Down", place < len(self.rows) - 1),
            ("remove", lambda: self._remove(row), "Ctrl+Shift+Del", True),
        ]
        for key, run, keys, enabled in entries:
            action = QAction(tr(f"line_editor.{key}"), menu)
            action.setShortcut(keys)
            action.setShortcutVisibleInContextMenu(True)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _on=False, run=run: run())
            menu.addAction(action)
        menu.insertSeparator(menu.actions()[-1])
        if row.line is not None and product is None:
            create = menu.addAction(tr("line_editor.make_product"))
            name = row.item.text().strip()
            create.triggered.connect(lambda: self._make_product(row, name))
        elif row.line is not None and product is not None:
            keep = menu.addAction(tr("line_editor.keep_price"))
            values = {"price": row.line.price, "currency": self._currency}
            records, product_id = self._context.services.records, product.id
            keep.triggered.connect(
                lambda: self._write(
                    lambda: records.update(Kind.PRODUCT, product_id, values), None, self._tell
                )
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _drag(self, row: LineRow, y: int, let_go: bool) -> None:
        """A line is dragged by its number: a bar shows where it will stand."""
        at = self.mapFromGlobal(QPoint(0, y)).y()
        others = [one for one in self.rows if one is not row]
        place = sum(one.geometry().center().y() < at for one in others)
        self._mark.setVisible(not let_go)
        if let_go:
            if y >= 0:
                self._move_to(row, place)
            return
        edge = others[place].y() if place < len(others) else self.rows[-1].geometry().bottom()
        self._mark.setGeometry(8, edge - 2, self.width() - 16, 4)
        self._mark.raise_()

    # ---- pasting

    def paste(self, text: str, anchor: QWidget) -> None:
        """Show what rows from a sheet would become, and add them when the user says so."""
        self._close_panel()
        self._panel = PastePanel(self, text)
        self._panel.accepted.connect(self._add_all)
        self._panel.open_at(anchor)

    def _close_panel(self) -> None:
        """The panel lies over the window: it goes when its lines go."""
        panel, self._panel = self._panel, None
        if panel is not None:
            panel.dismiss()
            panel.deleteLater()

    def _add_all(self, drafts: list[LineDraft]) -> None:
        record_id, desk = self._record_id, self._desk
        if record_id is None:
            return
        window = self._context.window
        told = tr("line_editor.pasted", count=len(drafts))
        self._write(
            lambda: desk.add_lines(record_id, drafts),
            lambda _: window.toast(told, undo=True),
            self._tell,
        )
        QTimer.singleShot(0, self, self.focus_new)

    def _failed(self, row: LineRow, key: str, trouble: Refused) -> None:
        """What was typed stays with its reason; where the line is not shown any more, say it."""
        if row.gone:
            self._tell(trouble)
        else:
            row.failed(key, _why(trouble, key))

    def _tell(self, trouble: Refused) -> None:
        self._context.window.tell(trouble)


def _id(handle: Handle) -> int:
    """The id of a line when its writing comes to it; one that was refused has none."""
    if handle.id is None:
        raise Refused("record.gone")
    return handle.id


def _why(trouble: Refused, key: str) -> str:
    """The sentence about this field, else that of the whole."""
    problems = trouble.args_for_words.get("problems", [])
    mine = next((problem for problem in problems if problem.field == key), None)
    return sentence(mine if mine is not None else trouble)
