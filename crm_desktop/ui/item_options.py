"""The items of a list of the user as options: stages of several pipelines say whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_desktop.domain.lists import Item, item_name
from crm_desktop.ui.language import tr
from crm_desktop.ui.widgets import Option

if TYPE_CHECKING:
    from crm_desktop.services.lists import Lists


def item_text(lists: Lists, item_id: int) -> str:
    """What an item is called, active or retired, or that it is gone: its making was undone."""
    item = lists.item(item_id)
    return item_name(item, tr) if item is not None else tr("table.item_gone")


def item_options(lists: Lists, items: Sequence[Item], *, first: int | None = None) -> list[Option]:
    """One option for each item, those below the item `first` in front.

    Of items below several others each is named with what it is below, and they stand together.
    """
    above = {item.parent_id: lists.item(item.parent_id) for item in items}
    if len(above) < 2:
        return [Option(item.id, item_name(item, tr), item.color) for item in items]
    known = {item.id: place for place, item in enumerate(lists.all_items("pipeline"))}

    def place(item: Item) -> tuple[bool, int]:
        parent = item.parent_id or 0
        return parent != first, known.get(parent, len(known))

    options = []
    for item in sorted(items, key=place):
        parent, name = above[item.parent_id], item_name(item, tr)
        if parent is not None:
            name = tr("format.dot", one=item_name(parent, tr), other=name)
        options.append(Option(item.id, name, item.color))
    return options
