"""One line of a document in its editor: its cells, its description, what is wrong with it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QSizePolicy, QWidget

from crm_desktop.domain.document_lines import LineCard
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.money import currency, rounded
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.totals import Line, line_amounts
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import number
from crm_desktop.ui.language import tr
from crm_desktop.ui.papers import line_columns as columns
from crm_desktop.ui.papers.line_cells import FigureCell, ItemCell, cell_name
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.widgets import IconButton, PlainLabel, TextArea

_REST = 2000  # milliseconds without a key, then a long text is stored


class Handle:
    """The id of a line, known once the writer has made it; later writes ask for it then."""

    def __init__(self, line_id: int | None = None) -> None:
        self.id = line_id


class LineRow(QWidget):
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
        self._currency = "CNY"
        self._position = 0
        self._line: LineCard | None = None
        self._waiting: dict[str, int] = {}  # writes on their way, by field
        self._refused: set[str] = set()
        self._locked = False
        self._grab: int | None = None
        self.item = ItemCell(self._search, name=cell_name("name"), placeholder="", parent=self)
        self.cells: dict[str, QLineEdit] = {columns.NAME: self.item}
        for key in columns.CELLS[1:]:
            cell = FigureCell(key, context.clock, name=cell_name(key), parent=self)
            cell.changed.connect(lambda value, key=key: self._take(key, value))
            cell.refused.connect(self._show_problem)
            cell.textEdited.connect(lambda _text: self.update())
            self.cells[key] = cell
        for key, line in self.cells.items():
            line.installEventFilter(self)
            if key != columns.NAME:
                line.returnPressed.connect(lambda key=key: self._entered(key))
        self.item.changed.connect(self._choose)
        self.item.create_wanted.connect(self._create)
        self.item.text_left.connect(lambda text: self._take("name", text))
        self.item.entered.connect(self._item_entered)
        self.item.table_pasted.connect(self.table_pasted)
        self.description: TextArea | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self.store_description)
        self._menu = IconButton("ellipsis", "", small=True, parent=self)
        self._menu.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._menu.clicked.connect(
            lambda: self.menu_wanted.emit(self._menu.mapToGlobal(QPoint(0, self._menu.height())))
        )
        self._problem = PlainLabel("", role="small", tone="danger", wrap=True, parent=self)
        self._problem.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.retranslate()
        theme().changed.connect(self._relayout)
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

    def show_line(self, line: LineCard, position: int, code: str) -> None:
        """Show what is stored now."""
        self._line, self._position, self._currency = line, position, code
        if not self._busy("name") and not self.item.has_unread_text():
            self.item.show_item(line.product.id if line.product else None, line.name)
        for key in columns.CELLS[1:]:
            cell = self.cells[key]
            assert isinstance(cell, FigureCell)
            value = getattr(line, key)
            if not self._busy(key) and not cell.has_unread_text() and cell.value() != value:
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
        self._menu.setVisible(not locked and not self.is_open)

    def writing(self, key: str) -> None:
        """A write of this field is on its way."""
        self._waiting[key] = self._waiting.get(key, 0) + 1
        self._refused.discard(key)
        self.item.setPlaceholderText("")
        self._lock_figures()

    def written(self, key: str) -> None:
        """The write is through."""
        left = self._waiting.get(key, 0) - 1
        if left > 0:
            self._waiting[key] = left
        else:
            self._waiting.pop(key, None)
        self._show_problem("")

    def failed(self, key: str, sentence: str) -> None:
        """The write was refused: what was typed stays, with the reason below."""
        self.written(key)
        self._refused.add(key)
        self._show_problem(sentence)

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
            self._take("name", self.item.keep_text())
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
        self._menu.set_name(tr("line_editor.menu"))
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
            percent = cells["discount_percent"].now(line.discount_percent) or Decimal(0)
            amount = Decimal(0) if percent else line.discount_amount or Decimal(0)
            typed = Line(
                quantity=given["quantity"] or Decimal(0),
                unit_price=given["price"] or Decimal(0),
                discount_percent=percent,
                discount_amount=amount,
            )
            return rounded(line_amounts(typed, digits)[2], digits)
        except Refused:
            return None

    # ---- how it comes about

    def _busy(self, key: str) -> bool:
        return key in self._waiting or key in self._refused

    def _take(self, key: str, value: Any) -> None:
        self._show_problem("")
        self.typed.emit(key, value)

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
            self._take("name", self.item.keep_text())
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
            QTimer.singleShot(0, self._drop_empty)

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
        self._menu.setVisible(not self._locked and not self.is_open)

    def _show_problem(self, sentence: str) -> None:
        if sentence != self._problem.text():
            self._problem.setText(sentence)
            self._problem.setVisible(bool(sentence))
            self._relayout()
        self.update()

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
        elif event.key() == Qt.Key.Key_Delete and held == ctrl | shift:
            self.removed.emit()
        elif (
            key != "description"
            and held == ctrl
            and event.key()
            in (
                Qt.Key.Key_Return,
                Qt.Key.Key_Enter,
            )
        ):
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

    # ---- how it looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout()

    def _relayout(self) -> None:
        places = columns.cells(max(1, self.width()))
        height = theme().px(32)
        for key, cell in self.cells.items():
            at = places[key]
            cell.setGeometry(at.x + 2, at.row * height + 2, at.width - 4, height - 4)
        menu = places[columns.MENU]
        self._menu.move(
            menu.x + (menu.width - self._menu.width()) // 2, (height - self._menu.height()) // 2
        )
        bottom = height * (2 if columns.is_stacked(places) else 1)
        left = places[columns.NAME].x
        if self.description is not None:
            self.description.setGeometry(
                left + 2, bottom, self.width() - left - 4, self.description.height()
            )
            bottom += self.description.height() + 4
        if self._problem.text():
            wide = self.width() - left - 8
            tall = self._problem.heightForWidth(wide)
            self._problem.setGeometry(QRect(left + 6, bottom, wide, tall))
            bottom += tall + 4
        if self.height() != bottom or self.minimumHeight() != bottom:
            self.setFixedHeight(bottom)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = tokens()
        painter.setPen(QPen(QColor(look.border), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        height = theme().px(32)
        places = columns.cells(max(1, self.width()))
        at = places[columns.NUMBER]
        painter.setFont(theme().font("small"))
        painter.setPen(QColor(look.muted))
        box = QRect(at.x, 0, at.width, height)
        if self.underMouse() and not self._locked and not self.is_open:
            side = theme().px(14)
            grip = QRect(0, 0, side, side)
            grip.moveCenter(box.center())
            paint_icon(painter, "grip-vertical", grip.toRectF(), token="muted")
        else:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._position + 1))
        amount = self.amount()
        if amount is not None:
            at = places[columns.AMOUNT]
            painter.setFont(theme().font("number"))
            painter.setPen(QColor(look.text))
            box = QRect(at.x, at.row * height, at.width - 5, height)
            digits = currency(self._currency).digits
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, number(amount, digits))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells: list[QWidget] = [*self.cells.values()]
        if self.description is not None:
            cells.append(self.description)
        for cell in cells:
            wrong = bool(cell.property("wrong"))
            if wrong or (cell.hasFocus() and not self._locked):
                painter.setPen(QPen(QColor(look.danger if wrong else look.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(cell.geometry().adjusted(-1, -1, 1, 1).toRectF(), 4, 4)
