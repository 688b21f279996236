"""How the window looks: colours, measures, fonts, icons and the style that draws controls."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from crm_desktop.ui.theme.icons import paint_icon, pixmap
from crm_desktop.ui.theme.theme import Theme, theme, tokens

if TYPE_CHECKING:
    from crm_desktop.ui.theme.icon_engine import icon

__all__ = ["Theme", "icon", "paint_icon", "pixmap", "theme", "tokens"]


def __getattr__(name: str) -> Any:
    # The first picture of the window paints its icons itself and needs none of Qt's.
    if name == "icon":
        return import_module("crm_desktop.ui.theme.icon_engine").icon
    raise AttributeError(name)
