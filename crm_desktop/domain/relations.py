"""How relations between people are called from either side."""

from __future__ import annotations

from collections.abc import Callable

from crm_desktop.domain.lists import Item, item_name

DIRECTED = frozenset({"assistant", "manager", "introduced", "parent"})
"""Shipped relations with another name from the other side: "list.relation.CODE.inverse"."""


def sides(item: Item, text: Callable[[str], str]) -> tuple[str, str]:
    """What the other person is to the one it was recorded at, and the other way round.

    A type of the user's own names both sides with a stroke between them: 师傅/徒弟.
    """
    name = item_name(item, text)
    if item.name:
        first, _, second = name.replace("／", "/").partition("/")
        return (first.strip(), second.strip() or first.strip()) if first.strip() else (name, name)
    if item.code in DIRECTED:
        return name, text(f"list.relation.{item.code}.inverse")
    return name, name


def relation_name(item: Item | None, text: Callable[[str], str], *, outgoing: bool) -> str:
    """What the other person is called; "" where no type was chosen."""
    return sides(item, text)[0 if outgoing else 1] if item is not None else ""
