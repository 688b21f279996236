"""Tables beside the records: tags, notices, stage log, settings of the book, reminders, recents."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import DDL, ForeignKey, Index, Integer, String, Text, UniqueConstraint, event

from crm_desktop.data.tables.base import Base, Derived, Held, Journalled, Outside, Record, column
from crm_desktop.data.types import Day, JsonText, UtcStamp


class Tag(Record, Base):
    """A word the user puts on records."""

    __tablename__ = "tags"
    __table_args__ = (Index(None, "name"),)

    name: Held[str] = column(Text)
    color: Held[str] = column(String(8), default="teal")


class TagLink(Journalled, Base):
    """A tag on a record."""

    __tablename__ = "tag_links"
    __table_args__ = (Index(None, "owner_kind", "owner_id"), Index(None, "tag_id"))

    tag_id: Held[int] = column(ForeignKey("tags.id"))
    owner_kind: Held[str] = column(String(16))
    owner_id: Held[int] = column(Integer)


class Notice(Record, Base):
    """A note on the firm's own notice board on Today."""

    __tablename__ = "notices"

    text: Held[str] = column(Text)
    until: Held[date | None] = column(Day)


class StageLog(Journalled, Base):
    """When an opportunity moved from one stage to another."""

    __tablename__ = "stage_log"
    __table_args__ = (Index(None, "opportunity_id", "at", "to_id"),)

    opportunity_id: Held[int] = column(ForeignKey("opportunities.id"))
    from_id: Held[int | None] = column(ForeignKey("list_items.id"))
    to_id: Held[int] = column(ForeignKey("list_items.id"))
    at: Held[datetime] = column(UtcStamp)


class BookSetting(Journalled, Base):
    """A setting of the firm: own company, numbering, rules; travels with the book."""

    __tablename__ = "book_settings"
    __table_args__ = (UniqueConstraint("key"),)

    key: Held[str] = column(Text)
    value: Held[Any] = column(JsonText)


class ImportOrigin(Journalled, Base):
    """Where a record came from: file, sheet and row of an import."""

    __tablename__ = "import_origins"
    __table_args__ = (Index(None, "kind", "record_id"),)

    kind: Held[str] = column(String(16))
    record_id: Held[int] = column(Integer)
    file: Held[str] = column(Text)
    sheet: Held[str] = column(Text)
    row: Held[int] = column(Integer)
    imported_at: Held[datetime] = column(UtcStamp)


class NotTheSame(Journalled, Base):
    """The user's word that two records look alike and are two all the same; `first` < `second`."""

    __tablename__ = "not_the_same"
    __table_args__ = (Index(None, "kind", "first_id"), Index(None, "kind", "second_id"))

    kind: Held[str] = column(String(16))
    first_id: Held[int] = column(Integer)
    second_id: Held[int] = column(Integer)


class Reminder(Outside, Base):
    """The reminder ledger: each occurrence once, with what became of it. Never undone."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("source", "source_id", "occurrence"),
        Index(None, "state", "due_at"),
    )

    id: Held[int] = column(Integer, primary_key=True)
    source: Held[str] = column(String(16))  # activity, birthday, attachment, contract
    source_id: Held[int] = column(Integer)
    occurrence: Held[str] = column(Text)  # which one: the promised day, the year
    due_at: Held[datetime] = column(UtcStamp)
    state: Held[str] = column(String(10), default="pending")
    changed_at: Held[datetime] = column(UtcStamp)


class RecentlySeen(Outside, Base):
    """The records the user opened, newest first."""

    __tablename__ = "recently_seen"
    __table_args__ = (UniqueConstraint("kind", "record_id"), Index(None, "seen_at"))

    id: Held[int] = column(Integer, primary_key=True)
    kind: Held[str] = column(String(16))
    record_id: Held[int] = column(Integer)
    seen_at: Held[datetime] = column(UtcStamp)


class SearchEntry(Derived, Base):
    """Which record a row of the full-text index stands for; newer entries rank higher."""

    __tablename__ = "search_entries"
    __table_args__ = (UniqueConstraint("kind", "record_id"), {"sqlite_autoincrement": True})

    id: Held[int] = column(Integer, primary_key=True)
    kind: Held[str] = column(String(16))
    record_id: Held[int] = column(Integer)
    # What was found in the record, so that a match is verified without reading ten tables.
    texts: Held[str] = column(Text)


# Contentless, without positions: it only proposes records (see domain/search_terms.py).
SEARCH_INDEX = (
    "CREATE VIRTUAL TABLE search_index USING fts5"
    "(tokens, content='', detail=none, columnsize=0, tokenize='ascii')"
)
event.listen(SearchEntry.__table__, "after_create", DDL(SEARCH_INDEX))  # type: ignore[no-untyped-call]
