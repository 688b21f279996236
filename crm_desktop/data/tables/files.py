"""Tables of attachments and the bytes behind them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, Text

from crm_desktop.data.tables.base import Base, Held, Outside, Record, column
from crm_desktop.data.types import Day


class Blob(Outside, Base):
    """Bytes under their SHA-256: written once, never changed, shared by all who point to them."""

    __tablename__ = "blobs"

    sha256: Held[str] = column(String(64), primary_key=True)
    size: Held[int] = column(Integer)
    data: Held[bytes] = column(LargeBinary)


class Attachment(Record, Base):
    """A file kept with a record."""

    __tablename__ = "attachments"
    __table_args__ = (Index(None, "owner_kind", "owner_id"), Index(None, "sha256"))

    owner_kind: Held[str] = column(String(16))
    owner_id: Held[int] = column(Integer)
    name: Held[str] = column(Text)
    type_id: Held[int | None] = column(ForeignKey("list_items.id"))
    file_version: Held[str | None] = column(Text)
    expires_on: Held[date | None] = column(Day)
    sha256: Held[str] = column(String(64))
    size: Held[int] = column(Integer)
