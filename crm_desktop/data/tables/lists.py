"""Tables of what the user defines: list items, custom fields, saved views."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text

from crm_desktop.data.tables.base import Base, Held, Record, column
from crm_desktop.data.types import JsonText


class ListItem(Record, Base):
    """One value of a list the user edits (a stage, a level, a source …)."""

    __tablename__ = "list_items"
    __table_args__ = (Index(None, "list_key", "position"),)

    list_key: Held[str] = column(String(32))
    code: Held[str | None] = column(Text)  # of shipped items: its words "list.LIST.CODE"
    name: Held[str | None] = column(Text)  # the user's own words; win over the code's
    parent_id: Held[int | None] = column(ForeignKey("list_items.id"))
    color: Held[str] = column(String(8), default="grey")
    position: Held[int] = column(Integer, default=0)
    active: Held[bool] = column(Boolean, default=True)
    # What its list needs to know: a stage's probability, stale days and state.
    data: Held[dict[str, Any] | None] = column(JsonText)


class CustomField(Record, Base):
    """A field the user added to a kind of record."""

    __tablename__ = "custom_fields"
    __table_args__ = (Index(None, "kind", "position"),)

    kind: Held[str] = column(String(16))
    key: Held[str] = column(Text)
    name: Held[str] = column(Text)
    type: Held[str] = column(String(16))
    list_key: Held[str | None] = column(Text)
    link: Held[str | None] = column(String(16))
    searchable: Held[bool] = column(Boolean, default=False)
    position: Held[int] = column(Integer, default=0)
    # Ids of the list items it belongs to; None where it belongs to every record.
    only_for: Held[list[int] | None] = column(JsonText)


class SavedView(Record, Base):
    """A list with its columns, filters and order, kept under a name."""

    __tablename__ = "saved_views"

    kind: Held[str] = column(String(16))
    name: Held[str] = column(Text)
    query: Held[dict[str, Any]] = column(JsonText)
    position: Held[int] = column(Integer, default=0)
