"""One line of a document in its editor: its cells, its description, what is wrong with it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from crm_desktop.domain.document_lines import LineCard
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.money import currency, rounded
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.totals import Line, line_amounts
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.papers import line_columns as columns
from crm_desktop.ui.papers.line_cells import (
    DISCOUNTS,
    Discount,
    FigureCell,
    ItemCell,
    cell_name,
    shown,
    stored,
)
from crm_desktop.ui.papers.line_shape import LineShape
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import TextArea

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_REST = 2000  # milliseconds without a key, then a long text is stored


class Handle:
    """The id of a line, known once the writer has made it; later writes ask for it then."""

    def __init__(self, line_id: int | None = None) -> None:
        self.id = line_id


class LineRow(LineShape):
    """Cells that say what was typed; what is stored comes in through `show_line`.

    Nothing comes in under the user's hands: a cell that is being typed into, or whose value is
    on its way to the book, keeps what it shows.
    """

    typed = Signal(str, object)  # field key, value
    product_chosen = Signal(object)  # the id of a product
    product_wanted = Signal(str)  # the name of one to be made
    table_pasted = Signal(str)
    stepped = Signal(str, int)  # the key of a cell; 1 next cell, -1 back, ±10 other line
    menu_wanted = Signal(QPoint)
    moved = Signal(int)  # Alt+↑/↓
    copied = Signal()
    removed = Signal()
    dragged = Signal(int, bool)  # global y, whether the button was let go
    entered = Signal(str)  # the keyboard is in the cell of this key

    def __init__(self, context: Context, handle: Handle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.handle = handle
        self._context = context
        self._line: LineCard | None = None
        self._waiting: dict[str, int] = {}  # writes on their way, by field
        self._refused: set[str] = set()
        self._grab: int | None = None
        self.gone = False  # taken out of the editor; writes on their way still end here
        self.item = ItemCell(self._search, name=cell_name("name"), placeholder="", parent=self)
        self.cells[columns.NAME] = self.item
        for key in columns.CELLS[1:]:
            cell = FigureCell(key, context.clock, name=cell_name(key), parent=self)
            cell.changed.connect(lambda value, key=key: self._take(*stored(key, value, self._line)))
            cell.refused.connect(self.show_problem)
            cell.textEdited.connect(lambda _text: self.update())
            self.cells[key] = cell
        for key, line in self.cells.items():
            line.installEventFilter(self)
            if key != columns.NAME:
                line.returnPressed.connect(lambda key=key: self._entered(key))
        self.item.changed.connect(self._choose)
        self.item.create_wanted.connect(self._create)
        self.item.text_left.connect(self._take_name)
        self.item.entered.connect(self._item_entered)
        self.item.table_pasted.connect(self.table_pasted)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self.store_description)
        self.menu_button.clicked.connect(
            lambda: self.menu_wanted.emit(
                self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height()))
            )
        )
        self.retranslate()
        self._relayout()

    # ---- what is shown

    @property
    def line(self) -> LineCard | None:
        """The line as it was read last; None for one not stored yet."""
        return self._line

    @property
    def is_open(self) -> bool:
        """Whether this is the empty line at the end that waits for an item."""
        return self._line is None and self.handle.id is None and not self._waiting

    @property
    def is_on_its_way(self) -> bool:
        """Whether it waits to hear that the book has it: no reading has shown it yet."""
        return self._line is None and bool(self._waiting)

    def show_line(self, line: LineCard, position: int, code: str) -> None:
        """Show what is stored now."""
        self._line, self._position, self._currency = line, position, code
        if not self._busy("name") and not self.item.has_unread_text():
            self.item.show_item(line.product.id if line.product else None, line.name)
        for key in columns.CELLS[1:]:
            cell = self.cells[key]
            assert isinstance(cell, FigureCell)
            value = shown(line, key)
            other = cell.value() != value or cell.currency != code
            if other and not self._busy(key) and not cell.has_unread_text():
                cell.currency = code
                cell.set_value(value)
        text = line.description
        if text and self.description is None:
            self.open_description(focus=False)
        area = self.description
        if area is not None and not self._busy("description") and not area.has_unread_text():
            if area.text() != text:
                area.set_text(text)
            if not text and not area.hasFocus():
                self._drop_description()
        self.update()

    def show_open(self, position: int) -> None:
        """Be the empty line at the end."""
        self._position = position
        self.item.setPlaceholderText(tr("line_editor.type_item"))
        self._lock_figures()

    def set_locked(self, locked: bool) -> None:
        """Only to be read."""
        self._locked = locked
        for cell in self.cells.values():
            cell.setReadOnly(locked)
        if self.description is not None:
            self.description.setReadOnly(locked)
        self.menu_button.setVisible(not locked and not self.is_open)

    def writing(self, key: str) -> None:
        """A write of this field is on its way."""
        self._waiting[key] = self._waiting.get(key, 0) + 1
        self._refused.discard(key)
        self.item.setPlaceholderText("")
        self._lock_figures()

    def written(self, key: str) -> None:
        """The write is through."""
        if self.gone:
            return
        left = self._waiting.get(key, 0) - 1
        if left > 0:
            self._waiting[key] = left
        else:
            self._waiting.pop(key, None)
        self.show_problem("")

    def failed(self, key: str, sentence: str) -> None:
        """The write was refused: what was typed stays, with the reason below."""
        self.written(key)
        self._refused.add(key)
        self.show_problem(sentence)

    # ---- what is typed

    def has_unsaved_text(self) -> bool:
        """Whether something is typed here that is not stored."""
        area = self.description
        figures = (c for c in self.cells.values() if isinstance(c, FigureCell))
        return (
            self.item.has_unread_text()
            or any(cell.has_unread_text() for cell in figures)
            or (area is not None and area.has_unread_text())
        )

    def leave(self) -> None:
        """Store what is being typed."""
        if self.item.has_unread_text():
            self._take_name(self.item.keep_text())
        for cell in self.cells.values():
            if isinstance(cell, FigureCell):
                cell.read()
        self.store_description()

    def open_description(self, *, focus: bool = True) -> None:
        """Show the room for the description below the item."""
        if self.description is None:
            area = TextArea(name=cell_name("description"), most_rows=40, parent=self)
            area.setPlaceholderText(tr("line_editor.description_hint"))
            area.setReadOnly(self._locked)
            area.setProperty("field", False)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.document().setDocumentMargin(3)
            area.document().setModified(False)  # a margin is nothing typed
            area.textChanged.connect(self._rest.start)
            area.left.connect(self._left_description)
            area.finished.connect(lambda: self.stepped.emit("description", 1))
            area.installEventFilter(self)
            area.show()
            self.description = area
            QWidget.setTabOrder(self.cells["tax_rate"], area)
            self._relayout()
        if focus:
            self.description.setFocus(Qt.FocusReason.OtherFocusReason)

    def store_description(self) -> None:
        """Store the description if it was changed."""
        self._rest.stop()
        area = self.description
        if area is not None and area.has_unread_text():
            area.document().setModified(False)
            self._take("description", area.text().strip() or None)

    def retranslate(self) -> None:
        """Set every word again."""
        for key, cell in self.cells.items():
            cell.setAccessibleName(cell_name(key))
        self.cells["discount_percent"].setToolTip(tr("line_editor.discount_hint"))
        self.menu_button.set_name(tr("line_editor.menu"))
        if self.is_open:
            self.item.setPlaceholderText(tr("line_editor.type_item"))
        if self.description is not None:
            self.description.setPlaceholderText(tr("line_editor.description_hint"))

    def amount(self) -> Decimal | None:
        """The amount of the line with what is typed at this moment."""
        line = self._line
        if line is None:
            return None
        cells = {k: c for k, c in self.cells.items() if isinstance(c, FigureCell)}
        if not any(c.has_unread_text() for c in cells.values()) and not self._waiting:
            return line.amount
        digits = currency(self._currency).digits
        try:
            given = {k: cells[k].now(getattr(line, k)) for k in ("quantity", "price")}
            less = cells["discount_percent"].now(shown(line, "discount_percent")) or Discount()
            typed = Line(
                quantity=given["quantity"] or Decimal(0),
                unit_price=given["price"] or Decimal(0),
                discount_percent=less.percent or Decimal(0),
                discount_amount=less.amount or Decimal(0),
            )
            return rounded(line_amounts(typed, digits)[2], digits)
        except Refused:
            return None

    # ---- how it comes about

    def _busy(self, key: str) -> bool:
        keys = DISCOUNTS if key in DISCOUNTS else (key,)
        return any(each in self._waiting or each in self._refused for each in keys)

    def _take(self, key: str, value: Any) -> None:
        self.show_problem("")
        self.typed.emit(key, value)

    def _take_name(self, text: str) -> None:
        """Words that are just the name of a product mean the product."""
        known = self._search(text) if text else []
        product = next((each for each, title, _ in known if title == text), None)
        present = self._line.product if self._line is not None else None
        if product is not None and (present is None or present.id != product):
            self.product_chosen.emit(product)
        else:
            self._take("name", text)

    def _choose(self, product_id: object) -> None:
        if product_id is not None:
            self.item.keep_text()
            self.product_chosen.emit(product_id)
            self.stepped.emit(columns.NAME, 1)

    def _create(self, name: str) -> None:
        self.item.keep_text()
        self.product_wanted.emit(name)
        self.stepped.emit(columns.NAME, 1)

    def _item_entered(self) -> None:
        if self.item.has_unread_text():
            self._take_name(self.item.keep_text())
        if self.item.text().strip():
            self.stepped.emit(columns.NAME, 1)

    def _entered(self, key: str) -> None:
        cell = self.cells[key]
        if isinstance(cell, FigureCell) and not cell.problem():
            self.stepped.emit(key, 1)

    def _search(self, text: str) -> list[tuple[int, str, str]]:
        found = self._context.services.records.find_links(Kind.PRODUCT, text)
        return [(one.ref.id, one.ref.title, one.subtitle) for one in found]

    def _left_description(self) -> None:
        self.store_description()
        if self.description is not None and not self.description.text().strip():
            QTimer.singleShot(0, self, self._drop_empty)

    def _drop_empty(self) -> None:
        area = self.description
        if area is not None and not area.hasFocus() and not area.text().strip():
            self._drop_description()

    def _drop_description(self) -> None:
        area, self.description = self.description, None
        if area is not None:
            area.hide()
            area.deleteLater()
            self._relayout()

    def _lock_figures(self) -> None:
        """Figures wait until there is an item: a line without a name cannot be stored."""
        for key, cell in self.cells.items():
            if key != columns.NAME:
                cell.setVisible(not self.is_open)
        self.menu_button.setVisible(not self._locked and not self.is_open)

    # ---- keys and mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self._key_of(watched))
            self.update()
        elif event.type() == QEvent.Type.FocusOut:
            self.entered.emit("")
            self.update()
        elif event.type() == QEvent.Type.Resize and watched is self.description:
            self._relayout()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(self._key_of(watched), event)
        return False

    def _key_of(self, watched: QObject) -> str:
        return next((key for key, cell in self.cells.items() if cell is watched), "description")

    def _key(self, key: str, event: QKeyEvent) -> bool:
        """Keys that mean the line, not the text in the cell."""
        if self._locked:
            return False
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
        ctrl = Qt.KeyboardModifier.ControlModifier
        if way is not None and held == alt:
            self.moved.emit(way)
        elif way == 1 and held == alt | shift:
            self.copied.emit()
        elif event.key() == Qt.Key.Key_Tab and self.is_open and self.item.text().strip():
            # The figures come up only now; the Tab key would have passed them.
            self._item_entered()
        elif event.key() == Qt.Key.Key_Delete and held == ctrl | shift:
            self.removed.emit()
        elif key != "description" and held == ctrl and event.key() in _ENTER:
            if not self.is_open:
                self.open_description()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Up: -10, Qt.Key.Key_Down: 10}.get(Qt.Key(event.key()))
        focus = QApplication.focusWidget()
        if way is not None and focus is not None:
            self.stepped.emit(self._key_of(focus), way)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self._locked and not self.is_open:
            self.menu_wanted.emit(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().x() < theme().px(28) and not self._locked and not self.is_open:
            self._grab = event.globalPosition().toPoint().y()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grab is not None:
            self.dragged.emit(event.globalPosition().toPoint().y(), False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grab is not None:
            grabbed, self._grab = self._grab, None
            self.unsetCursor()
            y = event.globalPosition().toPoint().y()
            self.dragged.emit(y if abs(y - grabbed) > 4 else -1, True)
