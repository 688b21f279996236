"""Marks in the header and the footer of the printed page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.filling.marks import MARK, Filling, Value
from crm_desktop.exchange.writing.clean import cleaned

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADS = (
    "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter",
)  # fmt: skip
_LONGEST = 255  # characters Excel takes for one of them, its own codes included


def check_heads(sheet: Worksheet, filling: Filling) -> int:
    """How many marks there are. Raises Refused("filling.head_unknown") for one that is not known
    or belongs to the lines."""
    count = 0
    for _, part in _marked(sheet):
        found = MARK.findall(part.text)
        wrong = [f"{{{{{name}}}}}" for name in found if filling.name_of(name) not in filling.values]
        rest = MARK.sub("", part.text)
        if "{{" in rest or "}}" in rest:
            wrong.append(part.text)
        if wrong:
            raise Refused("filling.head_unknown", sheet=sheet.title, marks=", ".join(wrong))
        count += len(found)
    return count


def fill_heads(sheet: Worksheet, filling: Filling, spelled: Callable[[Value], str]) -> None:
    """Put the values in. Raises Refused("filling.head_too_long") where Excel could not take it."""
    values: Mapping[str, Value] = filling.values
    for head, part in list(_marked(sheet)):
        part.text = MARK.sub(
            # A single "&" would begin a code of Excel's.
            lambda found: cleaned(spelled(values.get(filling.name_of(found[1])))).replace(
                "&", "&&"
            ),
            part.text,
        )
        if len(head.to_tree("head").text or "") > _LONGEST:
            raise Refused("filling.head_too_long", sheet=sheet.title, limit=_LONGEST)


def _marked(sheet: Any) -> Iterator[tuple[Any, Any]]:
    for name in _HEADS:
        head = getattr(sheet, name)
        for part in (head.left, head.center, head.right):
            if part.text and ("{{" in part.text or "}}" in part.text):
                yield head, part
