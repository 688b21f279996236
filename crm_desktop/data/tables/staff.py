"""Tables of staff."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.data.tables.base import Base, Record
from crm_desktop.data.types import Day


class Staff(Record, Base):
    """One of our people."""

    __tablename__ = "staff"
    name: Mapped[str] = mapped_column(Text)
    team: Mapped[str | None] = mapped_column(Text)
    branch: Mapped[str | None] = mapped_column(Text)
    phone_text: Mapped[str | None] = mapped_column(Text)
    email_text: Mapped[str | None] = mapped_column(Text)
    active_from: Mapped[date | None] = mapped_column(Day)
    active_to: Mapped[date | None] = mapped_column(Day)
    notes: Mapped[str | None] = mapped_column(Text)
