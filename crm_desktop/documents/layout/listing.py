"""A list as a table over the whole width: narrow columns get their need, wide ones share."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.documents import fonts
from crm_desktop.documents.layout import style
from crm_desktop.documents.layout.table import Column, Row, Table

_BETWEEN = 12.0  # as wide as the table keeps its columns apart


def listing(
    headings: Sequence[str],
    numeric: Sequence[bool],
    rows: Sequence[tuple[str, ...]],
    *,
    measured: Sequence[tuple[str, ...]] | None = None,
) -> Table:
    """The table; `numeric` says which columns stand against their right edge.

    `measured` are the rows of all tables of the page whose columns are to lie alike.
    """
    widths = _widths(headings, rows if measured is None else measured)
    columns = [
        Column((heading,), align="right" if number else "left", least=wide, most=wide)
        for heading, number, wide in zip(headings, numeric, widths, strict=True)
    ]
    return Table(columns, [Row(row) for row in rows])


def _widths(headings: Sequence[str], rows: Sequence[tuple[str, ...]]) -> list[float]:
    """What each column gets: narrow ones what they need, wide ones equal parts of the rest."""
    needs = [
        max(
            fonts.widest(heading, style.LABEL.size, bold=True),
            *(fonts.widest(text, style.CELL.size) for text in {row[at] for row in rows} | {""}),
        )
        + 0.5
        for at, heading in enumerate(headings)
    ]
    count = len(needs)
    room = style.CONTENT_WIDTH - 2 * style.TABLE_EDGE - _BETWEEN * (count - 1)
    widths = [0.0] * count
    for done, at in enumerate(sorted(range(count), key=needs.__getitem__)):
        widths[at] = min(needs[at], room / (count - done))
        room -= widths[at]
    return [wide + room / count for wide in widths]
