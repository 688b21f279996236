"""Tables of staff."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Text

from crm_desktop.data.tables.base import Base, Held, Record, column
from crm_desktop.data.types import Day


class Staff(Record, Base):
    """One of our people."""

    __tablename__ = "staff"
    name: Held[str] = column(Text)
    team: Held[str | None] = column(Text)
    branch: Held[str | None] = column(Text)
    phone_text: Held[str | None] = column(Text)
    email_text: Held[str | None] = column(Text)
    active_from: Held[date | None] = column(Day)
    active_to: Held[date | None] = column(Day)
    notes: Held[str | None] = column(Text)
