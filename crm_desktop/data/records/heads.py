"""What records carry besides their fields: their uid, the gesture that touched them, the trash.

Rows that hang on a record have none of this themselves: they take it over from their owner.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, String, literal, select, type_coerce

from crm_desktop.data.records.columns import column, owner_column, plain_table, table_of
from crm_desktop.domain.kinds import OWNERS, Kind

_BETWEEN = "/"  # of the uid of the owner and the id of the row


def head(kind: Kind, name: str) -> ColumnElement[Any]:
    """`uid`, `version` or `trashed_at` of the rows of a kind."""
    owner = OWNERS.get(kind)
    if owner is None:
        return column(kind, name)
    held: Column[Any] = column(owner, name)
    own = plain_table(kind)
    found: ColumnElement[Any] = (
        select(held)
        .where(column(owner, "id") == owner_column(table_of(kind), owner))
        .correlate(own)
        .scalar_subquery()
    )
    if name != "uid":
        return found
    number = type_coerce(own.c.id, String)
    return type_coerce(found, String).concat(literal(_BETWEEN)).concat(number)


def head_sql(kind: Kind, name: str) -> str:
    """The same as text, of a table that is called t."""
    owner = OWNERS.get(kind)
    if owner is None or name not in ("uid", "version"):
        return f't."{name}"'
    held = f'(SELECT o."{name}" FROM {plain_table(owner).name} o WHERE o.id = t.{owner.value}_id)'
    return f"{held} || '{_BETWEEN}' || t.id" if name == "uid" else held
