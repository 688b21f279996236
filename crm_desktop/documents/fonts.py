"""The fonts of the paper: loaded once per process, measured, and chosen character by character."""

from __future__ import annotations

import gc
import re
import threading
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from crm_desktop import paths

REGULAR, BOLD = "Paper-Regular", "Paper-Bold"
NARROW_REGULAR, NARROW_BOLD = "PaperNarrow-Regular", "PaperNarrow-Bold"
# Printed where the fonts lack a character: the geta mark, which Chinese and Japanese printers
# set for a missing type. `coverage` names such characters before a document is issued.
SUBSTITUTE = "〓"

_SHARED = re.compile("[‘’“”…·—–]")
_WIDE_FROM = "⺀"  # U+2E80: from here on characters are as wide as they are high
_OPENING = "‘“"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_ODD_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_lock = threading.Lock()
_faces: dict[str, dict[int, float]] = {}


class PaperFont(TTFont):
    """A TrueType font whose text can be copied out again, beyond the BMP too."""

    def addObjects(self, doc: object) -> None:  # noqa: N802 - reportlab's name
        """Write the font, then replace reportlab's ToUnicode map, which is wrong above U+FFFF."""
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = _subset_name(number) + "+" + self.face.name.decode("ascii")
            stream = doc.idToObject["toUnicodeCMap:" + name]  # type: ignore[attr-defined]
            stream.content = to_unicode_map(name, subset)


def _subset_name(number: int) -> str:
    # As reportlab names its subsets: six digits written with letters.
    return f"{number:06d}".translate(str.maketrans("0123456789", "ABCDEFGIJK"))


def to_unicode_map(name: str, subset: list[int]) -> str:
    """The ToUnicode map of one subset: code to UTF-16, in blocks of a hundred as PDF asks."""
    pairs = [
        f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>"
        for code, char in enumerate(subset)
        if char
    ]
    blocks = []
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def register() -> None:
    """Load the fonts, once per process; safe to call from any thread, again and again."""
    with _lock:
        if _faces:
            return
        folder = paths.shipped("resources") / "fonts"
        collecting = gc.isenabled()
        gc.disable()  # 130,000 small objects that all stay: collecting between them takes as long
        try:
            loaded = {}
            for name in (REGULAR, BOLD, NARROW_REGULAR, NARROW_BOLD):
                file = str(folder / f"{name}.ttf")
                font = PaperFont(name, file, asciiReadable=True, shapable=False)
                pdfmetrics.registerFont(font)
                loaded[name] = font.face.charWidths
            _faces.update(loaded)
        finally:
            if collecting:
                gc.enable()


@cache
def widths(font: str) -> dict[int, float]:
    """The width of every character of this font, in thousandths of its size."""
    register()
    return _faces[font]


def covers(char: str) -> bool:
    """Whether the paper can print this character (it need not leave a mark)."""
    return ord(char) in widths(REGULAR) or char == "\n" or not printable(char).strip()


def printable(text: str) -> str:
    """The text as it goes to paper: odd spaces plain, what leaves no mark removed."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text)
    return _INVISIBLE.sub("", _ODD_SPACES.sub(" ", text))


def runs(text: str, bold: bool) -> list[tuple[str, str]]:
    """The text in pieces of one font each, as (font, piece).

    Quotes, dashes and dots share a code point between Latin and Chinese but not a width: they
    follow the letters beside them.
    """
    wide, narrow = (BOLD, NARROW_BOLD) if bold else (REGULAR, NARROW_REGULAR)
    if not text.isascii():
        known = widths(wide)
        if any(ord(char) not in known for char in text):
            text = "".join(char if ord(char) in known else SUBSTITUTE for char in text)
        if _SHARED.search(text):
            return _split(text, wide, narrow)
    return [(wide, text)] if text else []


def _split(text: str, wide: str, narrow: str) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    start, font = 0, wide
    for index, char in enumerate(text):
        chosen = narrow if _SHARED.match(char) and _is_latin(text, index) else wide
        if chosen != font:
            if index > start:
                pieces.append((font, text[start:index]))
            start, font = index, chosen
    pieces.append((font, text[start:]))
    return pieces


def _is_latin(text: str, index: int) -> bool:
    before = _letter(reversed(text[:index]))
    after = _letter(iter(text[index + 1 :]))
    first, second = (after, before) if text[index] in _OPENING else (before, after)
    beside = first or second
    return bool(beside) and beside < _WIDE_FROM


def _letter(chars: object) -> str:
    for char in chars:  # type: ignore[attr-defined]
        if not char.isspace() and not _SHARED.match(char):
            return str(char)
    return ""


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide the text prints, in points."""
    total = 0.0
    for font, piece in runs(text, bold):
        total += sum(map(widths(font).__getitem__, map(ord, piece)))
    return total * size / 1000


def widest(text: str, size: float, bold: bool = False) -> float:
    """How wide the widest line of any text prints, in points."""
    return max(width(line, size, bold) for line in printable(text).split("\n"))
