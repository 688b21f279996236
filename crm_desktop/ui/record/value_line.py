"""A value at rest: text that is edited by a click, with what can be done with it beside."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.domain.fields import Field
from crm_desktop.domain.phones import normalise
from crm_desktop.ui.file_dialogs import open_address
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme, tokens
from crm_desktop.ui.theme.tokens import FOCUS_RING
from crm_desktop.ui.widgets import (
    AllLinesLabel,
    Chip,
    ElidedLabel,
    FewLinesLabel,
    FlowLayout,
    IconButton,
)
from crm_desktop.ui.widgets.keyboard import tab_from


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a value: a line, or a chip of a colour; `copy` and `url` make buttons."""

    text: str
    chip: str = ""
    copy: str = ""
    url: str = ""
    opens: bool = False  # a link to a record: its own click goes there


def url_of(field: Field, value: str) -> str:
    """What the system opens for a phone, a mail address or a website; "" for others."""
    match field.point:
        case "mobile" | "phone":
            return f"tel:{normalise(value).number or value}"
        case "email":
            return f"mailto:{value}"
        case "website":
            return value if "://" in value else f"https://{value}"
    return ""


INSET = 6  # pixels from the edge to where the value begins
_URL_ICONS = {"tel": ("phone", "call"), "mailto": ("mail", "write_mail")}


class ValueLine(QWidget):
    """Shows pieces; a click, Enter, F2 or typing asks to edit, buttons copy, call and open."""

    edit_wanted = Signal(object)  # the global point clicked, or None for the keyboard
    opened = Signal()
    copied = Signal(str)

    def __init__(self, name: str, *, editable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._editable = name, editable
        self._pieces: tuple[Piece, ...] = ()
        self._pressed: QPoint | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(INSET, 3, 2, 3)
        self._column.setSpacing(2)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if editable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.IBeamCursor)
        self.show_pieces((), "")

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), theme().px(28)))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), theme().px(28)))

    def text(self) -> str:
        """All that is shown, line by line."""
        return "\n".join(piece.text for piece in self._pieces)

    def show_pieces(self, pieces: tuple[Piece, ...], empty: str, *, wrap: bool = False) -> None:
        """Show other pieces; `empty` stands there when there is none."""
        self._pieces = pieces
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        chips = [piece for piece in pieces if piece.chip]
        shown = [_chips(chips)] if chips else []
        shown += [self._row(piece, wrap) for piece in pieces if not piece.chip]
        if not pieces:
            shown.append(ElidedLabel(empty, tone="muted"))
        for widget in shown:
            self._column.addWidget(widget)
        tab_from(self, shown)
        self.setAccessibleName(tr("format.colon", name=self._name, value=self.text() or empty))

    def _row(self, piece: Piece, wrap: bool) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        tone = "link" if piece.opens else "text"
        label = AllLinesLabel(piece.text) if wrap else FewLinesLabel(piece.text, tone=tone)
        layout.addWidget(label, 1)
        if piece.opens:
            go = IconButton("arrow-right", tr("common.link_of", name=piece.text), small=True)
            go.clicked.connect(self.opened)
            layout.addWidget(go)
        if piece.url:
            scheme = piece.url.partition(":")[0]
            icon_name, verb = _URL_ICONS.get(scheme, ("external-link", "open_url"))
            call = IconButton(icon_name, tr(f"field_editor.{verb}", to=piece.text), small=True)
            call.clicked.connect(lambda: open_address(QUrl(piece.url), piece.text))
            layout.addWidget(call)
        if piece.copy:
            copy = IconButton("copy", tr("field_editor.copy", what=piece.text), small=True)
            copy.clicked.connect(lambda: self._copy(piece.copy))
            layout.addWidget(copy)
        return row

    def _copy(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.copied.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._editable:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_wanted.emit(None)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif event.key() == Qt.Key.Key_Space:
            self.edit_wanted.emit(None)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.globalPosition().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at, pressed = event.globalPosition().toPoint(), self._pressed
        if event.button() != Qt.MouseButton.LeftButton or pressed is None or not self._editable:
            return
        self._pressed = None
        # The press closed the input of another field; the line may lie elsewhere by now.
        moved = (at - pressed).manhattanLength() >= QApplication.startDragDistance()
        if not moved or self.rect().contains(event.position().toPoint()):
            self.edit_wanted.emit(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        hot = self._editable and self.underMouse()
        if not hot and not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(QColor(tokens().accent), FOCUS_RING) if self.hasFocus() else Qt.PenStyle.NoPen
        )
        painter.setBrush(QColor(tokens().subtle) if hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 5, 5)


def _chips(pieces: list[Piece]) -> QWidget:
    box = QWidget()
    flow = FlowLayout(box, gap=4)
    for piece in pieces:
        flow.addWidget(Chip(piece.text, colour=piece.chip))
    return box
