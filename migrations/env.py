"""Alembic's entry: runs the migrations on the connection it is handed, inside its transaction."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

import crm_desktop.data.tables  # noqa: F401 - declares every table
from crm_desktop.data.tables.base import Base


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Leave out what is made at run time: search tables, indexes of custom fields."""
    if name is None:
        return True
    if kind == "table":
        return name in Base.metadata.tables
    return not (kind == "index" and name.startswith("ix_custom_"))


def render_item(kind: str, thing: Any, _: Any) -> str | Literal[False]:
    """Write our column types as what they are kept as: a migration outlives today's classes."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    include_name=include_name,
    render_item=render_item,
)
context.run_migrations()
