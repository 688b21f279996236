"""The user's words in lines: where they are broken, how high a line is, what ends in …"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

from crm_desktop.ui.theme import theme

_LONGEST = 2_000  # characters of one line that are looked at
_MENU = 320  # pixels of an entry at 100 % text size


def line_height(font: QFont) -> int:
    """Pixels from line to line as Qt lays them: its metrics round them down."""
    return _first_line("国", font, 1_000)[1]


def few_lines(text: str, font: QFont, width: int, most: int) -> list[str]:
    """`text` in lines of `width` pixels; where `most` are too few, the last ends in …"""
    metrics = QFontMetrics(font)
    lines: list[str] = []
    paragraphs = text.split("\n")
    for number, paragraph in enumerate(paragraphs, 1):
        rest = paragraph
        while len(lines) < most - 1:
            length = _fitting(rest, font, width)
            lines.append(rest[:length].rstrip())
            rest = rest[length:]
            if not rest:
                break
        else:
            more = any(paragraphs[number:])
            shown = f"{rest[:_LONGEST]}…" if more else rest[:_LONGEST]
            return [*lines, metrics.elidedText(shown, Qt.TextElideMode.ElideRight, width)]
    return lines


def menu_words(name: str) -> str:
    """A name the user gave, as an entry of a menu: not as wide as the screen, "&" no sign."""
    metrics, width = QFontMetrics(theme().font("body")), theme().px(_MENU)
    return metrics.elidedText(name, Qt.TextElideMode.ElideRight, width).replace("&", "&&")


def _fitting(text: str, font: QFont, width: int) -> int:
    """How much fits: up to a word, else, in an address, up to one of its signs."""
    length = _first_line(text[:_LONGEST], font, width)[0] or len(text)
    within = text[length - 1 : length + 1]
    if len(within) == 2 and within.isascii() and not any(map(str.isspace, within)):
        signs = (text.rfind(sign, 0, length) + 1 for sign in "./_-")
        length = max(*signs, text.rfind("@", 0, length)) or length
    return length


def _first_line(text: str, font: QFont, width: int) -> tuple[int, int]:
    """How many characters stand in the first line, and how high it is."""
    layout, option = QTextLayout(text, font), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    return line.textLength(), round(line.height())
