"""The whole look of the application: our style, and the theme upon it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QProxyStyle, QToolTip

from crm_desktop.ui.theme.style import CrmStyle
from crm_desktop.ui.theme.theme import palette, theme


def apply_look(app: QApplication, mode: str = "system", *, percent: int = 100) -> None:
    """Set the style once, and colours and fonts for `mode` at a text size.

    To be called again after `set_language`: the fonts of the two languages differ.
    """
    if not isinstance(app.style(), QProxyStyle):
        app.setStyle(CrmStyle())
        theme().changed.connect(_dress_tooltips)
    theme().apply(app, mode, percent=percent)


def _dress_tooltips() -> None:
    """Tooltips keep a palette and a font of their own."""
    QToolTip.setPalette(palette(theme().tokens))
    QToolTip.setFont(theme().font("small"))
