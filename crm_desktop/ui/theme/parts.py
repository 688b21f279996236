"""How single controls are drawn; `CrmStyle` says which of them is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyleOption,
    QStyleOptionFrame,
    QStyleOptionHeader,
    QStyleOptionTab,
    QTableView,
    QWidget,
)

from crm_desktop.ui.theme.icons import paint_icon
from crm_desktop.ui.theme.theme import theme, tokens
from crm_desktop.ui.theme.tokens import CHECK, FOCUS_RING, RADIUS_CONTROL

PRIMARY = "primary"
QUIET = "quiet"
DANGER = "danger"
LINK = "link"
SEGMENT = "segment"
_State = QStyle.StateFlag
_SC = QStyle.SubControl
_SE = QStyle.SubElement
_PE = QStyle.PrimitiveElement
_CE = QStyle.ControlElement
# What is ticked: where its square and its words are, how both are drawn.
TICKABLE = {
    _CE.CE_CheckBox: (
        _SE.SE_CheckBoxIndicator,
        _SE.SE_CheckBoxContents,
        _PE.PE_IndicatorCheckBox,
        _CE.CE_CheckBoxLabel,
    ),
    _CE.CE_RadioButton: (
        _SE.SE_RadioButtonIndicator,
        _SE.SE_RadioButtonContents,
        _PE.PE_IndicatorRadioButton,
        _CE.CE_RadioButtonLabel,
    ),
}
TICKED = frozenset(part for parts in TICKABLE.values() for part in parts[:2])
TICK_GAP = 6  # between the square and its words


def variant(widget: QWidget | None) -> str:
    """The look a button asked for through its property "variant"."""
    found = widget.property("variant") if widget is not None else None
    return found if isinstance(found, str) else ""


def paint(painter: QPainter, name: str, rect: QRectF, token: str) -> None:
    """Draw an icon, sharp."""
    paint_icon(painter, name, rect, token=token)


def nothing(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw nothing where Fusion draws a line we do not want."""


def outline(
    painter: QPainter, rect: QRect, fill: str | None, line: str | None, width: float = 1
) -> None:
    inset = width / 2
    radius = RADIUS_CONTROL - inset
    painter.setPen(QPen(QColor(line), width) if line else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


def _square(option: QStyleOption) -> QRectF:
    side = min(theme().px(CHECK), option.rect.width(), option.rect.height())
    left = option.rect.x() + (option.rect.width() - side) // 2
    return QRectF(left, option.rect.y() + (option.rect.height() - side) // 2, side, side)


def ticked_rect(element: QStyle.SubElement, option: QStyleOption) -> QRect:
    """Where the square and the words of a check box are; Fusion's square ignores the text size."""
    rect, side = option.rect, theme().px(CHECK)
    if element in (_SE.SE_CheckBoxIndicator, _SE.SE_RadioButtonIndicator):
        return QRect(rect.x() + 1, rect.y() + (rect.height() - side) // 2, side, side)
    return rect.adjusted(side + TICK_GAP, 0, 0, 0)


def ticked_item(element: QStyle.SubElement, rect: QRect, usual: int) -> QRect:
    """The same for a row of a list; `usual` is the side of Fusion's square."""
    side = theme().px(CHECK)
    if element == _SE.SE_ItemViewItemCheckIndicator:
        return QRect(rect.x(), rect.center().y() - side // 2, side, side)
    if element == _SE.SE_ItemViewItemText:
        return rect.adjusted(side - usual, 0, 0, 0)
    return rect


def _indicator_colours(option: QStyleOption, filled: bool) -> tuple[QColor, QColor]:
    look = tokens()
    enabled = bool(option.state & _State.State_Enabled)
    if filled:
        colour = QColor(look.accent if enabled else look.border_strong)
        return colour, colour
    line = look.border_strong if enabled else look.border
    if enabled and option.state & (_State.State_MouseOver | _State.State_HasFocus):
        line = look.accent
    return QColor(look.surface if enabled else look.window), QColor(line)


def check(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """A check box: a strong outline when empty, filled with the accent when ticked."""
    on = bool(option.state & _State.State_On)
    half = bool(option.state & _State.State_NoChange)
    fill, line = _indicator_colours(option, on or half)
    box = _square(option)
    painter.setPen(QPen(line, 1.5))
    painter.setBrush(fill)
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 3.5, 3.5)
    pen = QPen(QColor(tokens().on_accent), max(1.8, box.width() / 8.5))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    x, y, side = box.x(), box.y(), box.width()
    if on:
        painter.drawPolyline(
            [
                QPointF(x + side * 0.25, y + side * 0.53),
                QPointF(x + side * 0.43, y + side * 0.70),
                QPointF(x + side * 0.76, y + side * 0.32),
            ]
        )
    elif half:
        painter.drawLine(
            QPointF(x + side * 0.28, y + side / 2),
            QPointF(x + side * 0.72, y + side / 2),
        )


def radio(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """A radio button."""
    on = bool(option.state & _State.State_On)
    fill, line = _indicator_colours(option, on)
    box = _square(option)
    painter.setPen(QPen(line, 1.5))
    painter.setBrush(fill)
    painter.drawEllipse(box.adjusted(0.75, 0.75, -0.75, -0.75))
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().on_accent))
        inset = box.width() * 0.31
        painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))


def line_edit(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The ground and frame of a line edit; a bare one (in a cell) has no frame."""
    inner = widget.parentWidget() if widget is not None else None
    if isinstance(inner, (QComboBox, QAbstractSpinBox)):
        return
    if isinstance(option, QStyleOptionFrame) and option.lineWidth <= 0:
        painter.fillRect(option.rect, option.palette.base())
        return
    field(option, painter, wrong=widget is not None and bool(widget.property("wrong")))


def field(option: QStyleOption, painter: QPainter, *, wrong: bool = False) -> None:
    """The box of any input: surface, strong border, 2 px accent while it has the focus."""
    colours = tokens()
    enabled = bool(option.state & _State.State_Enabled)
    focus = enabled and bool(option.state & _State.State_HasFocus)
    read_only = bool(option.state & _State.State_ReadOnly)
    line = colours.border_strong
    if wrong:
        line = colours.danger
    elif focus:
        line = colours.accent
    elif not enabled or read_only:
        line = colours.border
    fill = colours.surface if enabled and not read_only else colours.window
    outline(painter, option.rect, fill, line, FOCUS_RING if focus or wrong else 1)


def focus_ring(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Two pixels of accent around what the keyboard is on."""
    if not option.state & _State.State_KeyboardFocusChange:
        return
    rect = option.rect
    if isinstance(widget, QPushButton):
        # The whole button, not only its text.
        rect = widget.rect()
    elif isinstance(widget, QListView | QTableView):
        # The whole row or cell, also its icon.
        rect = widget.visualRect(widget.currentIndex())
    outline(painter, rect, None, tokens().accent, FOCUS_RING)


def tip(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The ground of a tooltip."""
    painter.fillRect(option.rect, QColor(tokens().tip))


def menu(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The ground and edge of a menu."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QColor(tokens().border_strong if tokens().dark else tokens().border))
    painter.setBrush(QColor(tokens().surface))
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


def frame(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The frame of text areas, lists and tables."""
    if isinstance(widget, QMenu):
        return
    look = tokens()
    focus = bool(option.state & _State.State_HasFocus)
    if widget is not None and widget.property("field"):
        line = look.danger if widget.property("wrong") else look.border_strong
        width = 1
        if focus and option.state & _State.State_Enabled:
            line, width = look.accent, FOCUS_RING
        outline(painter, option.rect, None, line, width)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QColor(look.border))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


def tab_base(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The line below a row of tabs."""
    painter.fillRect(
        QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
        QColor(tokens().border),
    )


def tab(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """A tab: the chosen one has an accent line below."""
    rect = option.rect
    look = tokens()
    if option.state & _State.State_Selected:
        painter.fillRect(
            QRect(rect.left() + 6, rect.bottom() - 1, rect.width() - 12, 2), QColor(look.accent)
        )
    elif option.state & _State.State_MouseOver:
        outline(painter, rect.adjusted(2, 2, -2, -4), look.subtle, None)
    if option.state & _State.State_HasFocus and isinstance(option, QStyleOptionTab):
        focus_ring(option, painter, None)


def arrow(name: str) -> Callable[[QStyleOption, QPainter, QWidget | None], None]:
    """A drawer of one chevron."""

    def draw(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        token = "muted" if option.state & _State.State_Enabled else "disabled"
        if variant(widget) == PRIMARY:
            token = "on_accent"
        side = min(theme().px(14), option.rect.width() + 6, option.rect.height() + 6)
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(option.rect).center())
        paint(painter, name, box, token)

    return draw


def sort_arrow(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The arrow of a sorted column; Qt points it down for ascending, we point it up."""
    if not isinstance(option, QStyleOptionHeader):
        return
    if option.sortIndicator == QStyleOptionHeader.SortIndicator.None_:
        return
    up = option.sortIndicator == QStyleOptionHeader.SortIndicator.SortDown
    side = theme().px(12)
    box = QRectF(0, 0, side, side)
    box.moveCenter(QRectF(option.rect).center())
    paint(painter, "arrow-up" if up else "arrow-down", box, "accent")


def menu_check(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The tick of a menu entry."""
    side = theme().px(14)
    box = QRectF(0, 0, side, side)
    box.moveCenter(QRectF(option.rect).center())
    paint(painter, "check", box, "text")


def header(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """A section of a table header: flat, one line below."""
    look = tokens()
    fill = look.surface
    if option.state & _State.State_MouseOver and option.state & _State.State_Enabled:
        fill = look.subtle
    painter.fillRect(option.rect, QColor(fill))
    rect = option.rect
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(look.border))
    if option.state & _State.State_MouseOver:
        painter.fillRect(
            QRect(rect.right(), rect.top() + 8, 1, rect.height() - 16), QColor(look.border)
        )


def splitter(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The handle between two panes: one line, an accent one under the pointer."""
    look = tokens()
    rect = option.rect
    over = option.state & (_State.State_MouseOver | _State.State_Sunken)
    colour = QColor(look.accent if over else look.border)
    if rect.width() < rect.height():
        painter.fillRect(QRect(rect.center().x(), rect.top(), 1, rect.height()), colour)
    else:
        painter.fillRect(QRect(rect.left(), rect.center().y(), rect.width(), 1), colour)


def list_item(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The ground of a line of a list: rounded, as the lines of the sidebar are."""
    if option.state & _State.State_Selected:
        outline(painter, option.rect, tokens().selection, None)
    elif option.state & _State.State_MouseOver and option.state & _State.State_Enabled:
        outline(painter, option.rect, tokens().subtle, None)


def rubber_band(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The rectangle of a drag selection or of a moved column."""
    fill = QColor(tokens().accent)
    fill.setAlpha(40)
    painter.setPen(QColor(tokens().accent))
    painter.setBrush(fill)
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


def combo_box(option: QStyleOption, painter: QPainter, arrow_rect: QRect) -> None:
    """A combo box looks like an input with a chevron."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    field(option, painter)
    side = theme().px(14)
    box = QRectF(0, 0, side, side)
    box.moveCenter(QRectF(arrow_rect).center())
    enabled = option.state & _State.State_Enabled
    paint(painter, "chevron-down", box, "muted" if enabled else "disabled")
    painter.restore()


def spin_box(option: QStyleOption, painter: QPainter, up: QRect, down: QRect) -> None:
    """A number input with two small chevrons."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    field(option, painter)
    side = theme().px(11)
    enabled = option.state & _State.State_Enabled
    for rect, name in ((up, "chevron-up"), (down, "chevron-down")):
        if rect.isValid():
            box = QRectF(0, 0, side, side)
            box.moveCenter(QRectF(rect).center())
            paint(painter, name, box, "muted" if enabled else "disabled")
    painter.restore()
