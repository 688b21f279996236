"""How buttons are drawn: their ground, what stands in them, the ring of the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionButton, QWidget

from crm_desktop.ui.theme.parts import DANGER, LINK, PRIMARY, QUIET, SEGMENT, outline, variant
from crm_desktop.ui.theme.theme import tokens
from crm_desktop.ui.theme.tokens import FOCUS_RING

ICON_GAP = 6
QT_ICON_GAP = 4  # what QPushButton reckons with
_State = QStyle.StateFlag


def button(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """A push button: outlined, or filled with the accent when it is the primary one."""
    look = tokens()
    state = option.state
    enabled = bool(state & _State.State_Enabled)
    down = bool(state & (_State.State_Sunken | _State.State_On))
    hover = enabled and bool(state & _State.State_MouseOver)
    kind = variant(widget)
    if kind == LINK:
        return
    if kind == SEGMENT:
        if down or hover:
            inner = option.rect.adjusted(1, 1, -1, -1)
            outline(painter, inner, look.selection if down else look.subtle, None)
        return
    fill: str | None = look.surface
    line: str | None = look.border_strong
    if not enabled:
        fill, line = (look.subtle if kind == PRIMARY else None), look.border
        if kind == QUIET:
            line = None
    elif kind == PRIMARY:
        fill = look.accent_pressed if down else look.accent_hover if hover else look.accent
        line = None
    elif kind == QUIET:
        fill, line = (look.subtle if down or hover else None), None
    elif kind == DANGER:
        fill, line = (look.red.fill if down or hover else look.surface), look.danger
    elif down:
        fill = look.selection
    elif hover:
        fill = look.subtle
    outline(painter, option.rect, fill, line)


def icon_and_words(style: QStyle, option: QStyleOptionButton, painter: QPainter) -> None:
    """The label of a button with both, centred; Qt's own gap lets them touch."""
    box = QRect(option.rect)
    if option.features & QStyleOptionButton.ButtonFeature.HasMenu:
        box.setRight(box.right() - style.pixelMetric(QStyle.PixelMetric.PM_MenuButtonIndicator))
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    flags |= int(Qt.TextFlag.TextShowMnemonic | Qt.TextFlag.TextSingleLine)
    if not style.styleHint(QStyle.StyleHint.SH_UnderlineShortcut, option):
        flags |= int(Qt.TextFlag.TextHideMnemonic)
    side = option.iconSize.width()
    words = option.fontMetrics.size(Qt.TextFlag.TextShowMnemonic, option.text).width()
    left = box.left() + max(0, (box.width() - side - ICON_GAP - words) // 2)
    enabled = bool(option.state & _State.State_Enabled)
    mark = QRect(left, box.center().y() - option.iconSize.height() // 2 + 1, side, side)
    option.icon.paint(
        painter,
        mark,
        Qt.AlignmentFlag.AlignCenter,
        QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled,
        QIcon.State.On if option.state & _State.State_On else QIcon.State.Off,
    )
    box.setLeft(mark.right() + 1 + ICON_GAP)
    style.drawItemText(
        painter, box, flags, option.palette, enabled, option.text, QPalette.ColorRole.ButtonText
    )


def tool_button(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """A tool button: nothing until the pointer is over it."""
    state = option.state
    if not state & _State.State_Enabled:
        return
    if state & (_State.State_Sunken | _State.State_On):
        outline(painter, option.rect, tokens().selection, None)
    elif state & _State.State_MouseOver:
        outline(painter, option.rect, tokens().subtle, None)


def button_focus(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The ring of a button the keyboard is on; Fusion itself draws none."""
    wanted = _State.State_HasFocus | _State.State_KeyboardFocusChange
    if widget is None or option.state & wanted != wanted:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if variant(widget) == PRIMARY:
        # Accent on accent would not be seen.
        inner = widget.rect().adjusted(2, 2, -2, -2)
        outline(painter, inner, None, tokens().on_accent, FOCUS_RING)
    else:
        outline(painter, widget.rect(), None, tokens().accent, FOCUS_RING)
    painter.restore()
