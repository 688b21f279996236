"""Numbers whose sort stands in the column beside them: "Phone 1 - Label" says Mobile."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_desktop.exchange.cells import as_text
from crm_desktop.exchange.mapping.plan import ColumnPlan
from crm_desktop.exchange.mapping.targets import Target
from crm_desktop.exchange.reading.facts import Value

SORTED = ("phone", "mobile", "fax")
"""What a number may be; the first where a label says nothing."""
_VALUE, _LABELS = " - value", (" - label", " - type")
_MOBILE = re.compile(r"mobil|\bcell|iphone|手机|手機|移动|移動|行动|行動|携帯", re.IGNORECASE)
_FAX = re.compile(r"fax|传真|傳真", re.IGNORECASE)


def sort_of(label: Value) -> str:
    """What a label says of its number: Work Fax is one for fax, Home and Main are phones."""
    said = as_text(label)
    if _FAX.search(said):
        return "fax"
    return "mobile" if _MOBILE.search(said) else "phone"


def label_beside(names: Sequence[str], index: int) -> int | None:
    """The column that labels the values of this one."""
    name = names[index].strip().lower() if index < len(names) else ""
    if not name.endswith(_VALUE):
        return None
    wanted = {name.removesuffix(_VALUE) + ending for ending in _LABELS}
    places = (at for at, one in enumerate(names) if one.strip().lower() in wanted)
    return next(places, None)


def by_label(
    column: ColumnPlan, target: Target, known: dict[str, Target]
) -> list[tuple[Target, int, str]]:
    """The places that cells of a column go to, by the sort their label says; none where the
    column has no label, or its values no sorts.
    """
    label = column.options.get("label", "")
    if not label.isdecimal() or target.field.point != SORTED[0]:
        return []
    kind = target.kind.value
    return [(known[key], int(label), sort) for sort in SORTED if (key := f"{kind}.{sort}") in known]


def of_sort(cells: Sequence[Value], labels: Sequence[Value], sort: str) -> list[Value]:
    """The cells whose label says this sort; None in the place of others."""
    return [
        cell if cell is not None and sort_of(label) == sort else None
        for cell, label in zip(cells, labels, strict=True)
    ]
