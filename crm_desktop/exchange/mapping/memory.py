"""What was decided about the columns of a file: kept, and used for the next one like it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.mapping.header import read_header
from crm_desktop.exchange.mapping.plan import (
    COLUMN_POLICIES,
    ColumnPlan,
    Existing,
    ImportPlan,
    fingerprint,
)
from crm_desktop.exchange.mapping.targets import IMPORT_KINDS, MATCH_KEYS, targets
from crm_desktop.exchange.reading.facts import Row

Decided = dict[str, Any]
"""Plain JSON, columns by header; without a word of any row but the values it replaces."""

_ROWS_LOOKED_AT = 25


def decisions(plan: ImportPlan) -> Decided:
    """All that a user can decide about a file with these headers."""
    return {
        "kind": plan.kind,
        "existing": plan.existing.value,
        "match": list(plan.match),
        "columns": {column.header: _wish(column) for column in plan.columns if column.header},
    }


def _wish(column: ColumnPlan) -> dict[str, Any]:
    parts = {
        "target": column.target,
        "options": dict(column.options),
        "values": dict(column.values),
        "existing": column.existing,
    }
    return {name: part for name, part in parts.items() if part or name == "target"}


def find_header_row(rows: Sequence[Row], known: Collection[str]) -> int | None:
    """The row (from 1) whose names have one of the fingerprints; None where no row has."""
    for number in range(1, min(len(rows), _ROWS_LOOKED_AT) + 1):
        if fingerprint(read_header(rows, number).names) in known:
            return number
    return None


def recall(
    plan: ImportPlan, decided: Mapping[str, Any], custom: tuple[tuple[Kind, Field], ...] = ()
) -> int:
    """Give the columns of `plan` what was decided for columns called so; how many there were.

    A field that is no more is left to the guess. Raises ValueError where `decided` is nothing
    that `decisions` made, or is about another kind.
    """
    columns = decided.get("columns")
    if decided.get("kind") != plan.kind or not isinstance(columns, dict):
        raise ValueError("decisions about something else")
    allowed = {place.key for place in targets(plan.kind, custom)}
    recalled = 0
    for column in plan.columns:
        wish = columns.get(column.header) if column.header else None
        if not isinstance(wish, dict) or wish.get("target", "") not in (None, *allowed):
            continue
        recalled += 1
        column.target, column.sure = wish["target"], True
        column.options = _texts(wish.get("options"))
        column.values = _texts(wish.get("values"))
        policy = wish.get("existing", "")
        column.existing = policy if policy in COLUMN_POLICIES else ""
    plan.kind_open = False  # it was decided
    plan.existing = Existing(decided.get("existing", plan.existing))
    usable = MATCH_KEYS[IMPORT_KINDS[plan.kind][0]]
    plan.match = [key for key in decided.get("match", ()) if key in usable]
    return recalled


def _texts(plain: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in plain.items()} if plain else {}
