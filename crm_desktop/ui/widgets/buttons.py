"""Buttons: plain, primary, icon only, link, and a row of which one is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QToolButton, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import icon, theme, tokens
from crm_desktop.ui.theme.tokens import CONTROL_HEIGHT, ICON, RADIUS_CONTROL, SMALL_CONTROL_HEIGHT

_ICON_TOKENS = {"primary": "on_accent", "quiet": "muted", "link": "link", "danger": "danger"}


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

    def set_icon(self, icon_name: str) -> None:
        """Show another icon."""
        self.setIcon(icon(icon_name, self._token))

    def set_name(self, name: str) -> None:
        """Say what the button does: accessible name and tooltip."""
        self.setAccessibleName(name)
        self.setToolTip(name)

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


class Segmented(QWidget):
    """A row of choices of which one is taken: Board | List | Funnel."""

    changed = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str] | tuple[str, str, str]],
        *,
        current: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for key, text, *icons in choices:
            button = Button(
                text, icon_name=icons[0] if icons else "", variant="segment", small=True
            )
            button.setCheckable(True)
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, key=key: self._chosen(key))
        self.setAccessibleName(name)
        self._current = ""
        self.set_current(current or next(iter(self._buttons)))

    def current(self) -> str:
        """The key of the choice taken."""
        return self._current

    def set_current(self, key: str) -> None:
        """Take a choice without telling anyone."""
        self._current = key
        self._buttons[key].setChecked(True)

    def set_texts(self, texts: Iterable[tuple[str, str]]) -> None:
        """Other words for the choices, after a change of language."""
        for key, text in texts:
            self._buttons[key].setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = list(self._buttons)
        key = keys[(keys.index(self._current) + step) % len(keys)]
        self._buttons[key].setFocus(Qt.FocusReason.TabFocusReason)
        self._buttons[key].setChecked(True)
        self._chosen(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().border_strong), 1))
        painter.setBrush(QColor(tokens().surface))
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)

    def _chosen(self, key: str) -> None:
        if key != self._current:
            self._current = key
            self.changed.emit(key)
