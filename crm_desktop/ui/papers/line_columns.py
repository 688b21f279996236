"""Where the cells of a line stand: one row where there is room, the item on its own where not."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.ui.theme import theme

NUMBER, MENU, AMOUNT, NAME = "number", "menu", "amount", "name"
NUMBERS = ("quantity", "price", "discount_percent", "tax_rate", AMOUNT)
"""Columns of figures, set to the right."""
CELLS = (NAME, "quantity", "unit", "price", "discount_percent", "tax_rate")
"""What can be typed, in the order of the Tab key."""
_WIDTHS = {
    NUMBER: 28,
    "quantity": 56,
    "unit": 46,
    "price": 88,
    "discount_percent": 60,
    "tax_rate": 48,
    AMOUNT: 112,
    MENU: 26,
}
_LEAST_NAME = 130


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of one cell in its line; `row` 1 is below the item."""

    x: int
    width: int
    row: int = 0


def cells(width: int) -> dict[str, Cell]:
    """The places of all cells in a line of this width."""
    sizes = {key: theme().px(size) for key, size in _WIDTHS.items()}
    rest = width - sum(sizes.values())
    stacked = rest < theme().px(_LEAST_NAME)
    found = {NUMBER: Cell(0, sizes[NUMBER])}
    x = sizes[NUMBER]
    if stacked:
        found[NAME] = Cell(x, max(40, width - x - sizes[MENU]))
        found[MENU] = Cell(width - sizes[MENU], sizes[MENU])
        # The figures share what the item leaves free below it.
        scale = min(1.0, (width - x) / max(1, sum(sizes[key] for key in _below())))
        for key in _below():
            each = int(sizes[key] * scale)
            found[key] = Cell(x, each, 1)
            x += each
        free = width - x
        for key in (AMOUNT,):
            found[key] = Cell(found[key].x + free, found[key].width, 1)
        return found
    found[NAME] = Cell(x, rest)
    x += rest
    for key in (*_below(), MENU):
        found[key] = Cell(x, sizes[key])
        x += sizes[key]
    return found


def is_stacked(places: dict[str, Cell]) -> bool:
    """Whether the figures stand below the item."""
    return places[AMOUNT].row == 1


def _below() -> tuple[str, ...]:
    return ("quantity", "unit", "price", "discount_percent", "tax_rate", AMOUNT)
