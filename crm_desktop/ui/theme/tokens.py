"""Colours and measures of the window, light and dark; the only file that names a colour."""

from __future__ import annotations

from typing import NamedTuple

CHIP_COLOURS = ("grey", "blue", "green", "amber", "red", "purple", "teal")


class Chip(NamedTuple):
    """The colours of a chip, an avatar or a banner; `solid` is for the bars of charts."""

    fill: str
    text: str
    solid: str


class Tokens(NamedTuple):
    """Every colour of one theme, by what it is for."""

    name: str
    window: str
    surface: str
    subtle: str
    border: str
    border_strong: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    selection: str
    link: str
    danger: str
    tip: str
    on_tip: str
    star: str
    shadow: str
    grey: Chip
    blue: Chip
    green: Chip
    amber: Chip
    red: Chip
    purple: Chip
    teal: Chip

    @property
    def dark(self) -> bool:
        """Whether this is a dark theme."""
        return self.name == "dark"

    def chip(self, colour: str) -> Chip:
        """The chip colours called `colour`; a colour a newer program wrote counts as grey."""
        return getattr(self, colour) if colour in CHIP_COLOURS else self.grey

    def colour(self, token: str) -> str:
        """The colour called `token`; "chip.red", "fill.red", "solid.red" name parts of a chip."""
        part, _, name = token.partition(".")
        if name:
            chip = self.chip(name)
            return {"chip": chip.text, "fill": chip.fill, "solid": chip.solid}[part]
        value = getattr(self, token)
        if not isinstance(value, str):
            raise KeyError(token)
        return value

    @classmethod
    def plain_names(cls) -> tuple[str, ...]:
        """The names of the single colours."""
        return tuple(f for f in cls._fields if f != "name" and f not in CHIP_COLOURS)


LIGHT = Tokens(
    name="light",
    window="#F4F5F7",
    surface="#FFFFFF",
    subtle="#ECEEF1",
    border="#D8DCE2",
    border_strong="#858E99",
    text="#1B1F24",
    muted="#565F6A",
    disabled="#8E96A0",
    accent="#1D63D8",
    accent_hover="#1857C2",
    accent_pressed="#134AA8",
    on_accent="#FFFFFF",
    selection="#DBE8FC",
    link="#1A5BC4",
    danger="#B3261E",
    tip="#2A2F36",
    on_tip="#F4F5F7",
    star="#C77700",
    shadow="#000000",
    grey=Chip("#E9ECEF", "#4A525C", "#7B8591"),
    blue=Chip("#DDEAFD", "#1550B0", "#1D63D8"),
    green=Chip("#DDF3E2", "#17632B", "#2B9149"),
    amber=Chip("#FCEBC8", "#7A4B00", "#B97A00"),
    red=Chip("#FBE0DE", "#A3201A", "#D64541"),
    purple=Chip("#ECE3FB", "#5A32A3", "#8457D6"),
    teal=Chip("#D6F1EE", "#0B5E58", "#14877F"),
)

DARK = Tokens(
    name="dark",
    window="#1A1C20",
    surface="#23262B",
    subtle="#2D3137",
    border="#3A3F47",
    border_strong="#7E8793",
    text="#E8EBEF",
    muted="#A9B2BD",
    disabled="#747C87",
    accent="#6EA8FE",
    accent_hover="#86B7FF",
    accent_pressed="#9CC4FF",
    on_accent="#0A1C38",
    selection="#294261",
    link="#8ABAFF",
    danger="#FF9D95",
    tip="#3A3F47",
    on_tip="#F1F3F6",
    star="#F2B84B",
    shadow="#000000",
    grey=Chip("#363B42", "#C3CAD3", "#8B95A1"),
    blue=Chip("#22406B", "#A9CBFF", "#6EA8FE"),
    green=Chip("#1F4A2C", "#93DBA5", "#6CC785"),
    amber=Chip("#54401A", "#F2CB80", "#E0B050"),
    red=Chip("#5C2A28", "#FFB0AA", "#F08A84"),
    purple=Chip("#43336A", "#CDB6FF", "#B093F2"),
    teal=Chip("#17484A", "#84DAD2", "#5CC4BA"),
)

# Measures in pixels at 100 % text size; `Theme.px` scales those that follow the text.
GAP_CHIP = 4
GAP = 8
GAP_CARD = 12
GAP_PAGE = 16
GAP_GROUP = 24
RADIUS_CONTROL = 6
RADIUS_CARD = 8
RADIUS_CHIP = 10
CONTROL_HEIGHT = 32
SMALL_CONTROL_HEIGHT = 28
MENU_ARROW = 12  # room for the arrow of a button that is an icon alone
ROW_HEIGHT = 36
ROW_HEIGHT_COMPACT = 28
SIDEBAR_ROW = 32
SIDEBAR_ROW_LOW = 28
SIDEBAR_WIDTH = 208
SIDEBAR_WIDTH_FOLDED = 56
TOP_BAR = 48
FOCUS_RING = 2
ICON = 16
CHECK = 16
CHIP_HEIGHT = 20

# Type roles: (pixels, weight, digits of one width).
TYPE: dict[str, tuple[int, int, bool]] = {
    "title": (16, 600, False),
    "record": (18, 600, False),
    "body": (13, 400, False),
    "strong": (13, 600, False),
    "small": (12, 400, False),
    "caption": (12, 600, False),
    "number": (13, 400, True),
    "kpi": (16, 600, True),
}
SCALES = (100, 115, 130, 150)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG counts it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
