"""A small set of tables that has every trait the journal must cope with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import ForeignKey, Integer, MetaData, String, UniqueConstraint, insert

from crm_desktop.data.session import Session
from crm_desktop.data.tables.base import (
    DERIVED,
    NAMES,
    Base,
    Derived,
    Held,
    Journalled,
    Outside,
    Record,
    column,
)
from crm_desktop.data.tables.journal import BookFact, Gesture, JournalChange, JournalSpan
from crm_desktop.data.types import Amount, JsonText

METADATA = MetaData(naming_convention=NAMES)
AnyTable = TypeVar("AnyTable", bound=Base)


class TrialBase(Base):
    """Like the product's base, on other metadata."""

    metadata = METADATA


for _table in (Gesture, JournalChange, JournalSpan, BookFact):
    _table.__table__.to_metadata(METADATA)


class Firm(Record, TrialBase):
    """Has a unique name, money, a derived key and a column that ignores case."""

    __tablename__ = "firm"

    name: Held[str | None] = column(String, unique=True)
    city: Held[str | None] = column(String(collation="NOCASE"))
    worth: Held[Decimal | None] = column(Amount)
    extra: Held[dict[str, Any] | None] = column(JsonText)
    sort_key: Held[str | None] = column(String, info=DERIVED)
    parent_id: Held[int | None] = column(ForeignKey("firm.id", ondelete="SET NULL"), index=True)


class Phone(Journalled, TrialBase):
    """Goes with its firm, and lends it its changes."""

    __tablename__ = "phone"
    __table_args__ = {"info": {"touches": ("firm_id",)}}  # noqa: RUF012

    firm_id: Held[int] = column(ForeignKey("firm.id", ondelete="CASCADE"), index=True)
    number: Held[str] = column(String)


class Tagging(Journalled, TrialBase):
    """Unique over two columns, one of them without cascade."""

    __tablename__ = "tagging"
    __table_args__ = (UniqueConstraint("firm_id", "word"),)

    firm_id: Held[int] = column(ForeignKey("firm.id"))
    word: Held[str] = column(String)


class FirmCount(Derived, TrialBase):
    """A summary the book's hook keeps."""

    __tablename__ = "firm_count"

    id: Held[int] = column(Integer, primary_key=True)
    count: Held[int] = column(Integer)


class Note(Outside, TrialBase):
    """Never journalled."""

    __tablename__ = "note"

    id: Held[int] = column(Integer, primary_key=True)
    text: Held[str] = column(String)


def put(session: Session, table: type[Base], **values: Any) -> None:
    """Insert one row."""
    session.execute(insert(table).values(**values))


def one(session: Session, table: type[AnyTable], identity: int) -> AnyTable:
    """The row of that id, which must be there."""
    found = session.get(table, identity)
    assert found is not None
    return found
