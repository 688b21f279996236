"""The state of a list as JSON, and back, whatever became of its fields meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from typing import Any

from crm_desktop.domain.queries import Condition, Group, Query, from_plain, to_plain
from crm_desktop.ui.table.header import Order


def to_state(
    columns: tuple[str, ...],
    widths: Mapping[str, int],
    order: Order,
    filtered: Query,
    current: int | None,
) -> dict[str, Any]:
    """Everything a list takes up again after a restart."""
    return {
        "columns": list(columns),
        "widths": dict(widths),
        "query": to_plain(replace(filtered, order=order)),
        "current": current,
    }


def columns_from(
    state: Mapping[str, Any], known: Set[str]
) -> tuple[tuple[str, ...], dict[str, int]]:
    """The columns and widths of a state."""
    columns = state.get("columns")
    widths = state.get("widths")
    shown = [str(key) for key in columns] if isinstance(columns, list) else []
    sizes = widths if isinstance(widths, dict) else {}
    return (
        tuple(key for key in shown if key in known),
        {key: int(size) for key, size in sizes.items() if key in known},
    )


def query_from(state: Mapping[str, Any], known: Set[str]) -> tuple[Query, int | None]:
    """The filter with its order, and the current record, of a state."""
    current = state.get("current")
    try:
        query = from_plain(state["query"])
    except (KeyError, ValueError, TypeError):
        query = Query()
    order = tuple(each for each in query.order if each[0] in known)
    where = Group(
        tuple(part for part in query.where.conditions if _is_known(part, known)),
        query.where.any_of,
    )
    record_id = current if isinstance(current, int) else None
    return replace(query, where=where, order=order), record_id


def _is_known(part: Condition | Group, known: Set[str]) -> bool:
    if isinstance(part, Group):
        return all(_is_known(each, known) for each in part.conditions)
    return part.key in known
