"""Which fonts the window uses, by language."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from crm_desktop import paths
from crm_desktop.ui.theme.tokens import TYPE

BUNDLED_FAMILY = "CRM Paper"
# Only quotes, dashes, dots and … in their Latin width, for English among Chinese glyphs.
_NARROW_FAMILY = "CRM Paper Narrow"
_SHIPPED = "Paper*.ttf"
# A Chinese font first would make the quotes and dots of English text full-width.
_FAMILIES = {
    "en": (
        "Segoe UI Variable Text",
        "Segoe UI",
        "SF Pro Text",
        ".AppleSystemUIFont",
        "Noto Sans",
        "Microsoft YaHei UI",
        "PingFang SC",
        "Noto Sans CJK SC",
        _NARROW_FAMILY,
        BUNDLED_FAMILY,
    ),
    "zh": (
        "Microsoft YaHei UI",
        "PingFang SC",
        "Noto Sans CJK SC",
        BUNDLED_FAMILY,
        "Segoe UI",
    ),
}
_CHINESE = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", BUNDLED_FAMILY)
_loaded: dict[Path, int] = {}


@cache
def _installed() -> frozenset[str]:
    """The families there are, those we loaded among them."""
    return frozenset(QFontDatabase.families())


def families(language: str) -> list[str]:
    """The families for `language`, best first, without those this system lacks."""
    wanted = _FAMILIES[language]
    if sys.platform in ("win32", "darwin"):
        return list(wanted)
    # Qt warns about and searches long for each family it does not find.
    have = _installed()
    return [name for name in wanted if name in have] or list(wanted[-2:])


def load_bundled(folder: Path | None = None) -> bool:
    """Load the fonts the program ships; whether there are some now. Pictures always use them."""
    for file in sorted((folder or paths.shipped("resources") / "fonts").glob(_SHIPPED)):
        if file not in _loaded:
            _installed.cache_clear()
            _loaded[file] = QFontDatabase.addApplicationFont(str(file))
    return any(number >= 0 for number in _loaded.values())


def ensure_chinese() -> None:
    """Load the shipped font where the system has no Chinese one; costs nothing elsewhere."""
    if sys.platform in ("win32", "darwin"):
        return
    have = _installed()
    if not any(name in have for name in _CHINESE):
        load_bundled()


def font(role: str, language: str, percent: int) -> QFont:
    """The font for a type role such as "title" at a text size in percent."""
    pixels, weight, tabular = TYPE[role]
    result = QFont(families(language))
    result.setPixelSize(round(pixels * percent / 100))
    result.setWeight(QFont.Weight(weight))
    if tabular:
        result.setFeature(QFont.Tag("tnum"), 1)
    return result
