"""Names of keys in Chinese: arrows are signs, as on the keyboard, where Qt spells them out."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


class KeyNames(QTranslator):
    """Asked before Qt's own words; knows the arrows only."""

    def translate(  # None: the next translator is asked
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return _ARROWS.get(text) if context == "QShortcut" else None

    def isEmpty(self) -> bool:
        return False
