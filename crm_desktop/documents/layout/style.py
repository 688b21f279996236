"""How the paper looks: sizes, colours, measures. One calm look for every document."""

from __future__ import annotations

from dataclasses import dataclass, replace

Colour = tuple[float, float, float]


def _rgb(value: int) -> Colour:
    return (value >> 16) / 255, (value >> 8 & 255) / 255, (value & 255) / 255


INK = _rgb(0x1B2430)
SOFT = _rgb(0x5B6675)
ACCENT = _rgb(0x1D4E6B)
HAIRLINE = _rgb(0xD9DFE6)
TINT = _rgb(0xF1F5F8)
WATERMARK = _rgb(0xECEFF3)

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
MARGIN = 51.0
CONTENT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TOP_FIRST = 46.0
TOP_NEXT = 74.0
BOTTOM = 62.0
TABLE_EDGE = 8.0


@dataclass(frozen=True, slots=True)
class Style:
    """Size, weight, colour and side of one kind of text."""

    size: float = 9.5
    leading: float = 14.5
    bold: bool = False
    colour: Colour = INK
    align: str = "left"

    def right(self) -> Style:
        """The same, set against the right edge."""
        return replace(self, align="right")

    def centre(self) -> Style:
        """The same, centred."""
        return replace(self, align="centre")


BODY = Style()
BODY_BOLD = Style(bold=True)
CLAUSE = Style(size=10, leading=17)
CLAUSE_HEADING = Style(size=10.5, leading=18, bold=True, colour=ACCENT)
CELL = Style(size=9, leading=13)
CELL_BOLD = Style(size=9, leading=13, bold=True)
SMALL = Style(size=8, leading=11.5, colour=SOFT)
DETAIL = Style(size=8.5, leading=12.5, colour=SOFT)
LABEL = Style(size=8, leading=11.5, colour=SOFT)
FACT = Style(size=8, leading=13, colour=SOFT)
FACT_VALUE = Style(size=8.5, leading=13)
SUM_LABEL = Style(size=8.5, leading=13, colour=SOFT)
TOTAL_LABEL = Style(size=9.5, leading=18, bold=True, colour=ACCENT)
HEADING = Style(size=9.5, leading=14, bold=True, colour=ACCENT)
TITLE = Style(size=22, leading=28, bold=True, colour=ACCENT)
PAGE_TITLE = Style(size=17, leading=23, bold=True, colour=ACCENT)
SUBTITLE = Style(size=10, leading=14, colour=SOFT)
COMPANY = Style(size=13, leading=18, bold=True)
TOTAL = Style(size=12, leading=18, bold=True, colour=ACCENT)
FIGURE = Style(size=11.5, leading=16, bold=True)
