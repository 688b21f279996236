"""A small set of tables that has every trait the journal must cope with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from crm_desktop.data.tables.base import (
    DERIVED,
    NAMES,
    Derived,
    Journalled,
    Outside,
    Record,
    WithRole,
)
from crm_desktop.data.tables.journal import BookFact, Gesture, JournalChange
from crm_desktop.data.types import Amount, JsonText

METADATA = MetaData(naming_convention=NAMES)


class TrialBase(WithRole, DeclarativeBase):
    """Like the product's base, on other metadata."""

    metadata = METADATA


for _table in (Gesture, JournalChange, BookFact):
    _table.__table__.to_metadata(METADATA)  # type: ignore[attr-defined]


class Firm(Record, TrialBase):
    """Has a unique name, money, a derived key and a column that ignores case."""

    __tablename__ = "firm"

    name: Mapped[str | None] = mapped_column(String, unique=True)
    city: Mapped[str | None] = mapped_column(String(collation="NOCASE"))
    worth: Mapped[Decimal | None] = mapped_column(Amount)
    extra: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    sort_key: Mapped[str | None] = mapped_column(String, info=DERIVED)
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("firm.id", ondelete="SET NULL"), index=True
    )


class Phone(Journalled, TrialBase):
    """Goes with its firm, and lends it its changes."""

    __tablename__ = "phone"
    __table_args__ = {"info": {"touches": ("firm_id",)}}  # noqa: RUF012

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    number: Mapped[str]


class Tagging(Journalled, TrialBase):
    """Unique over two columns, one of them without cascade."""

    __tablename__ = "tagging"
    __table_args__ = (UniqueConstraint("firm_id", "word"),)

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    word: Mapped[str]


class FirmCount(Derived, TrialBase):
    """A summary the book's hook keeps."""

    __tablename__ = "firm_count"

    id: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]


class Note(Outside, TrialBase):
    """Never journalled."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
