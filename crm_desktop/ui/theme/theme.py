"""The look in force: colours, text size and fonts, changed while the window is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from crm_desktop.ui.language import language
from crm_desktop.ui.theme import fonts
from crm_desktop.ui.theme.tokens import (
    DARK,
    LIGHT,
    ROW_HEIGHT,
    ROW_HEIGHT_COMPACT,
    SCALES,
    Tokens,
)

MODES = ("system", "light", "dark")
DENSITIES = ("roomy", "compact")


def palette(tokens: Tokens) -> QPalette:
    """A palette with every role set: one left out keeps a colour of the other theme."""
    role = QPalette.ColorRole
    plain = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.subtle,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.danger,
        role.Light: tokens.surface,
        role.Midlight: tokens.subtle,
        role.Mid: tokens.border,
        role.Dark: tokens.border_strong,
        role.Shadow: tokens.shadow,
        role.Highlight: tokens.selection,
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Link: tokens.link,
        role.LinkVisited: tokens.link,
        role.ToolTipBase: tokens.tip,
        role.ToolTipText: tokens.on_tip,
    }
    greyed = {role.WindowText, role.Text, role.ButtonText, role.HighlightedText}
    greyed |= {role.PlaceholderText, role.Link, role.LinkVisited}
    result = QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        for each, colour in plain.items():
            result.setColor(group, each, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for each, colour in plain.items():
        result.setColor(disabled, each, QColor(tokens.disabled if each in greyed else colour))
    result.setColor(disabled, role.Accent, QColor(tokens.border_strong))
    result.setColor(disabled, role.Base, QColor(tokens.window))
    result.setColor(disabled, role.Button, QColor(tokens.window))
    return result


class Theme(QObject):
    """The theme in force. `changed` is told once after colours, size or fonts changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens: Tokens = LIGHT
        self.mode = "system"
        self.percent = 100
        self.compact = False  # low rows in lists; told by the next `apply`
        self._fonts: dict[str, QFont] = {}
        self._listening = False

    def begin(self, app: QApplication, mode: str, *, percent: int) -> None:
        """Colours and fonts for the first picture of the window; `apply` is to follow.

        What the system wants is read off its palette here: asking it in so many words makes
        PySide build the hundred enums of the namespace Qt, which cost more than the picture.
        """
        if mode == "system":
            self.mode, self.percent = mode, percent
            ground = app.palette().color(QPalette.ColorRole.Window)
            self._show(app, dark=ground.lightness() < 128)
        else:
            # Title bars follow, where the platform lets them, and must not change colour later.
            self.apply(app, mode, percent=percent)

    def apply(
        self,
        app: QApplication,
        mode: str = "system",
        *,
        percent: int = 100,
    ) -> None:
        """Put colours and fonts into `mode` ("system", "light", "dark") at a text size.

        To be called again after `set_language`: the fonts of the two languages differ.
        """
        if mode not in MODES or percent not in SCALES:
            raise ValueError(f"no such look: {mode} {percent}")
        # Imported here, as the import of PySide's largest namespace can wait for the first picture.
        from PySide6.QtCore import Qt

        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        hints = app.styleHints()
        if not self._listening:
            self._listening = True
            hints.colorSchemeChanged.connect(self._system_changed)
        self.mode, self.percent = mode, percent
        # A courtesy for title bars and native dialogs; not every platform follows it.
        hints.setColorScheme(schemes.get(mode, Qt.ColorScheme.Unknown))
        self._show(app, dark=hints.colorScheme() == Qt.ColorScheme.Dark)

    def px(self, pixels: float) -> int:
        """A measure that follows the text size."""
        return round(pixels * self.percent / 100)

    def row(self) -> int:
        """The height of a row of a list: follows the text size and the density."""
        return self.px(ROW_HEIGHT_COMPACT if self.compact else ROW_HEIGHT)

    def font(self, role: str = "body") -> QFont:
        """The font of a type role: title, record, body, strong, small, caption, number, kpi."""
        if role not in self._fonts:
            self._fonts[role] = fonts.font(role, language(), self.percent)
        return QFont(self._fonts[role])

    def colour(self, token: str) -> QColor:
        """The colour of a token, or of "chip.red" (its text) and "fill.red" (its ground)."""
        return QColor(self.tokens.colour(token))

    def _show(self, app: QApplication, *, dark: bool) -> None:
        """`dark`: what the system wants; it counts where the mode is to follow it."""
        if self.mode != "system":
            dark = self.mode == "dark"
        self.tokens = DARK if dark else LIGHT
        self._fonts.clear()
        fonts.ensure_chinese()
        colours = palette(self.tokens)
        app.setPalette(colours)
        app.setFont(self.font("body"))
        self.changed.emit()

    def _system_changed(self) -> None:
        from PySide6.QtCore import Qt  # heard only after `apply`, which has imported it

        app = QApplication.instance()
        if self.mode == "system" and isinstance(app, QApplication):
            dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            if dark != self.tokens.dark:
                self._show(app, dark=dark)


_theme: Theme | None = None


def theme() -> Theme:
    """The one theme of this process; there is only one application to dress."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def tokens() -> Tokens:
    """The colours in force."""
    return theme().tokens
