"""Tables of attachments and the bytes behind them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.data.tables.base import Base, Outside, Record
from crm_desktop.data.types import Day


class Blob(Outside, Base):
    """Bytes under their SHA-256: written once, never changed, shared by all who point to them."""

    __tablename__ = "blobs"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(Integer)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Attachment(Record, Base):
    """A file kept with a record."""

    __tablename__ = "attachments"
    __table_args__ = (Index(None, "owner_kind", "owner_id"), Index(None, "sha256"))

    owner_kind: Mapped[str] = mapped_column(String(16))
    owner_id: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    type_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    file_version: Mapped[str | None] = mapped_column(Text)
    expires_on: Mapped[date | None] = mapped_column(Day)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(Integer)
