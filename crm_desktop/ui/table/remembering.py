"""The state of a list as JSON, and back, whatever became of its fields meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from typing import Any

from crm_desktop.domain.queries import Query, from_plain, only_known, to_plain
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
    record_id = current if isinstance(current, int) else None
    return only_known(query, known), record_id
