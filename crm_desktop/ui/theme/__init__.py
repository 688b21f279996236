"""How the window looks: colours, measures, fonts, icons and the style that draws controls."""

from crm_desktop.ui.theme.icons import icon, paint_icon, pixmap
from crm_desktop.ui.theme.theme import Theme, theme, tokens

__all__ = ["Theme", "icon", "paint_icon", "pixmap", "theme", "tokens"]
