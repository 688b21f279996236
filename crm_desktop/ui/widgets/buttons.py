"""Buttons: plain, primary, icon only, link."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import icon, theme
from crm_desktop.ui.theme.tokens import CONTROL_HEIGHT, ICON, MENU_ARROW, SMALL_CONTROL_HEIGHT
from crm_desktop.ui.tooltips import plain_tip

_ICON_TOKENS = {"primary": "on_accent", "quiet": "muted", "link": "link", "danger": "danger"}


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press it for Enter, as for Space; Qt does so on some desktops only."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if not enter or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True


class Button(QPushButton):
    """A push button; `variant` is "", "primary", "quiet" (no frame), "danger" or "link"."""

    def __init__(
        self,
        text: str = "",
        *,
        icon_name: str = "",
        variant: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)
        self.setProperty("variant", variant)
        self.setProperty("small", small)
        self._variant = variant
        if icon_name:
            self.set_icon(icon_name)
        self._refont()
        theme().changed.connect(self._refont)

    def set_icon(self, name: str) -> None:
        """Show another icon, tinted for this kind of button."""
        self.setIcon(icon(name, _ICON_TOKENS.get(self._variant, "text")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def width_with(self, text: str) -> int:
        """How wide it would be with other words; found as Qt does for those it has."""
        if not text:
            # An icon alone stands in a square, its menu's arrow beside it.
            return self.sizeHint().height() + (theme().px(MENU_ARROW) if self.menu() else 0)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = text
        width = 0 if self.icon().isNull() else self.iconSize().width() + 4
        width += self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text).width()
        height = max(self.fontMetrics().height(), self.iconSize().height())
        if self.menu() is not None:
            arrow = QStyle.PixelMetric.PM_MenuButtonIndicator
            width += self.style().pixelMetric(arrow, option, self)
        kind = QStyle.ContentsType.CT_PushButton
        return self.style().sizeFromContents(kind, option, QSize(width, height), self).width()

    def _refont(self) -> None:
        if self._variant == "primary":
            self.setFont(theme().font("strong"))
        side = theme().px(ICON)
        self.setIconSize(QSize(side, side))
        self.updateGeometry()


class PrimaryButton(Button):
    """The one button of a pane that most people want."""

    def __init__(
        self, text: str = "", *, icon_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, icon_name=icon_name, variant="primary", parent=parent)


class LinkButton(Button):
    """A button that reads like a link."""

    def __init__(
        self, text: str = "", *, icon_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, icon_name=icon_name, variant="link", small=True, parent=parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class IconButton(QToolButton):
    """A button of an icon only; `name` is what a screen reader and the tooltip say."""

    def __init__(
        self,
        icon_name: str,
        name: str,
        *,
        token: str = "muted",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._small = small
        self._token = token
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_icon(icon_name)
        self.set_name(name)
        self._resize()
        theme().changed.connect(self._resize)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def set_icon(self, icon_name: str) -> None:
        """Show another icon."""
        self.setIcon(icon(icon_name, self._token))

    def set_name(self, name: str) -> None:
        """Say what the button does: accessible name and tooltip."""
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))

    def _resize(self) -> None:
        side = theme().px(SMALL_CONTROL_HEIGHT - 4 if self._small else CONTROL_HEIGHT)
        self.setFixedSize(side, side)
        inner = theme().px(ICON - 2 if self._small else ICON)
        self.setIconSize(QSize(inner, inner))


class CloseButton(IconButton):
    """The small cross of banners and strips."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("x", tr("common.close"), small=True, parent=parent)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.set_name(tr("common.close"))
