"""The journal: what the user did (gestures) and every row it changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, text

from crm_desktop.data.tables.base import Base, Held, Outside, column
from crm_desktop.data.types import Day, JsonText, UtcStamp

USER, IMPORT, UNDO, REDO, SYSTEM = "user", "import", "undo", "redo", "system"
MIGRATED, COMPACTED, ERASED, SALVAGED = "migrated", "compacted", "erased", "salvaged"
"""Why a gesture cannot be undone any more: the words are "book.undo_sealed.CODE"."""


REMOVED_OF = (
    "coalesce(before ->> 'person_id', before ->> 'company_id', before ->> 'owner_id',"
    " before ->> 'opportunity_id', before ->> 'activity_id')"
)
"""SQL: on whom a removed row hung."""
REMOVED = (
    "kind = 'D' AND table_name IN ('points', 'addresses', 'jobs', 'relations', 'anniversaries',"
    " 'gifts', 'yearly_demand', 'tag_links', 'proposed_products', 'opportunity_helpers',"
    " 'activity_helpers')"
)
"""SQL: a row that hung on a record was removed. It has to stand in a question so."""
UNRELATED_FROM = "before ->> 'other_id'"
"""SQL: the other person of a removed relation."""
UNRELATED = "kind = 'D' AND table_name = 'relations'"
"""SQL: a relation was removed."""


class Gesture(Outside, Base):
    """One thing the user did: written whole or not at all, undone as one."""

    __tablename__ = "gesture"
    __table_args__ = (
        CheckConstraint("origin IN ('user','import','undo','redo','system')", name="origin"),
        {"sqlite_autoincrement": True},
    )

    id: Held[int] = column(Integer, primary_key=True)
    at: Held[datetime] = column(UtcStamp)
    title: Held[str] = column(String, doc="code of the words")
    args: Held[dict[str, Any]] = column(JsonText)
    origin: Held[str] = column(String)
    reverses: Held[int | None] = column(ForeignKey("gesture.id"))
    reversed_by: Held[int | None] = column(ForeignKey("gesture.id"))
    # Why it cannot be undone any more: see above.
    sealed: Held[str | None] = column(String)


class JournalChange(Outside, Base):
    """One row changed by a gesture; `id` gives the order. Written by triggers only.

    Rows made in bulk are in `JournalSpan` instead.
    """

    __tablename__ = "journal_change"
    __table_args__ = (
        CheckConstraint("kind IN ('I','U','D')", name="kind"),
        Index("ix_journal_change_row", "table_name", "row_id"),
        # Covers the questions asked before every commit: which rows of which table.
        Index("ix_journal_change_gesture", "gesture_id", "table_name", "kind", "row_id"),
        # What once hung on a record is in no table any more.
        Index("ix_journal_change_removed", text(REMOVED_OF), sqlite_where=text(REMOVED)),
        Index("ix_journal_change_unrelated", text(UNRELATED_FROM), sqlite_where=text(UNRELATED)),
    )

    id: Held[int] = column(Integer, primary_key=True)
    gesture_id: Held[int] = column(ForeignKey("gesture.id"))
    table_name: Held[str] = column(String)
    row_id: Held[int] = column(Integer)
    kind: Held[str] = column(String(1), doc="I insert, U update, D delete")
    before: Held[str | None] = column(Text, doc="JSON by column")
    after: Held[str | None] = column(Text, doc="JSON by column")


class JournalSpan(Outside, Base):
    """Rows of one table made together by a gesture, `first_row` to `last_row`: see data/spans."""

    __tablename__ = "journal_span"
    __table_args__ = (
        Index("ix_journal_span_rows", "table_name", "last_row", "first_row", "gesture_id"),
        Index("ix_journal_span_gesture", "gesture_id", "table_name"),
    )

    id: Held[int] = column(Integer, primary_key=True)
    gesture_id: Held[int] = column(ForeignKey("gesture.id"))
    table_name: Held[str] = column(String)
    first_row: Held[int] = column(Integer)
    last_row: Held[int] = column(Integer)
    behind: Held[int] = column(Integer, doc="the last change recorded before; 0: none")


class Erasure(Outside, Base):
    """The ledger of what was erased for good: no word of it, only that it is gone."""

    __tablename__ = "erasures"

    uid_hash: Held[str] = column(String(64), primary_key=True, doc="SHA-256 of the uid")
    kind: Held[str] = column(String(16))
    day: Held[date] = column(Day)
    how: Held[str] = column(String(10), doc="erased, anonymised")


class BookFact(Outside, Base):
    """A fact about the file itself: its identity, the program that shaped it last."""

    __tablename__ = "book_fact"

    name: Held[str] = column(String, primary_key=True)
    value: Held[str] = column(Text)
