"""Tables of what the user defines: list items, custom fields, saved views."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.data.tables.base import Base, Record
from crm_desktop.data.types import JsonText


class ListItem(Record, Base):
    """One value of a list the user edits (a stage, a level, a source …)."""

    __tablename__ = "list_items"
    __table_args__ = (Index(None, "list_key", "position"),)

    list_key: Mapped[str] = mapped_column(String(32))
    code: Mapped[str | None] = mapped_column(Text)  # of shipped items: its words "list.LIST.CODE"
    name: Mapped[str | None] = mapped_column(Text)  # the user's own words; win over the code's
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    color: Mapped[str] = mapped_column(String(8), default="grey")
    position: Mapped[int] = mapped_column(Integer, default=0)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    # What its list needs to know: a stage's probability, stale days and state.
    data: Mapped[dict[str, Any] | None] = mapped_column(JsonText)


class CustomField(Record, Base):
    """A field the user added to a kind of record."""

    __tablename__ = "custom_fields"
    __table_args__ = (Index(None, "kind", "position"),)

    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(String(16))
    list_key: Mapped[str | None] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(String(16))
    searchable: Mapped[bool] = mapped_column(Boolean, default=False)
    position: Mapped[int] = mapped_column(Integer, default=0)


class SavedView(Record, Base):
    """A list with its columns, filters and order, kept under a name."""

    __tablename__ = "saved_views"

    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Text)
    query: Mapped[dict[str, Any]] = mapped_column(JsonText)
    position: Mapped[int] = mapped_column(Integer, default=0)
