"""Items of the lists the user edits, and how they are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a list: a level, a source, a stage."""

    id: int
    list_key: str
    code: str | None
    name: str | None
    color: str
    parent_id: int | None
    position: int
    active: bool
    data: Mapping[str, Any]


def item_name(item: Item, text: Callable[[str], str]) -> str:
    """The user's own name, else the shipped words through `text` (a catalogue look-up)."""
    if item.name:
        return item.name
    return text(f"list.{item.list_key}.{item.code}") if item.code else "?"
