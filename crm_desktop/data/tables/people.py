"""Tables of people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.data.tables.base import DERIVED, Base, Journalled, Record
from crm_desktop.data.types import Amount, Day, JsonText


class Person(Record, Base):
    """A contact."""

    __tablename__ = "people"
    __table_args__ = (
        Index(None, "trashed_at", "sort_key", "id"),
        Index(None, "lifecycle_id", "trashed_at", "sort_key"),
        Index(None, "level_id", "trashed_at", "sort_key"),
        Index(None, "in_charge_id", "trashed_at", "sort_key"),
        Index(None, "city"),
        Index(None, "birth_lunar", "birth_month", "birth_day"),
        Index(None, "code"),
    )

    name: Mapped[str] = mapped_column(Text)
    name_reading: Mapped[str | None] = mapped_column(Text)
    given_name: Mapped[str | None] = mapped_column(Text)
    family_name: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    gender_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    salutation: Mapped[str | None] = mapped_column(Text)
    lifecycle_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    level_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    province: Mapped[str | None] = mapped_column(Text)
    city: Mapped[str | None] = mapped_column(Text)
    district: Mapped[str | None] = mapped_column(Text)
    in_charge_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    important: Mapped[bool] = mapped_column(Boolean, default=False)
    important_reason: Mapped[str | None] = mapped_column(Text)
    do_not_contact: Mapped[bool] = mapped_column(Boolean, default=False)
    decision_role_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    influence: Mapped[int | None] = mapped_column(Integer)
    attitude_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    preferences: Mapped[str | None] = mapped_column(Text)
    taboos: Mapped[str | None] = mapped_column(Text)
    hobbies: Mapped[str | None] = mapped_column(Text)
    character: Mapped[str | None] = mapped_column(Text)
    income_band: Mapped[str | None] = mapped_column(Text)
    family_size: Mapped[int | None] = mapped_column(Integer)
    notes: Mapped[str | None] = mapped_column(Text)
    birth_year: Mapped[int | None] = mapped_column(Integer)
    birth_month: Mapped[int | None] = mapped_column(Integer)
    birth_day: Mapped[int | None] = mapped_column(Integer)
    birth_lunar: Mapped[bool] = mapped_column(Boolean, default=False)
    birth_leap: Mapped[bool] = mapped_column(Boolean, default=False)
    photo_sha256: Mapped[str | None] = mapped_column(String(64))
    # What the user thinks of the relationship, 1 to 5; see domain/standing.py.
    likes_product: Mapped[int | None] = mapped_column(Integer)
    likes_service: Mapped[int | None] = mapped_column(Integer)
    accepts_price: Mapped[int | None] = mapped_column(Integer)
    depends_on_us: Mapped[int | None] = mapped_column(Integer)
    esteems_us: Mapped[int | None] = mapped_column(Integer)
    we_depend: Mapped[int | None] = mapped_column(Integer)
    we_esteem: Mapped[int | None] = mapped_column(Integer)
    custom: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    # Pinyin order; derived from the name (and a person's own reading) before each commit.
    sort_key: Mapped[str | None] = mapped_column(Text, info=DERIVED)


class Job(Journalled, Base):
    """A person's place in a company; people change jobs, the history stays."""

    __tablename__ = "jobs"
    __table_args__ = (
        # In the order in which a list looks for the job it shows.
        Index(None, "person_id", "left", "position", "company_id"),
        Index(None, "company_id"),
        Index(None, "reports_to_id"),
        {"info": {"touches": ("person_id",)}},
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"))
    title: Mapped[str | None] = mapped_column(Text)
    department: Mapped[str | None] = mapped_column(Text)
    from_date: Mapped[date | None] = mapped_column(Day)
    to_date: Mapped[date | None] = mapped_column(Day)
    left: Mapped[bool] = mapped_column(Boolean, default=False)
    # The one a list shows: lowest position among those not left.
    position: Mapped[int] = mapped_column(Integer, default=0)
    reports_to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Relation(Journalled, Base):
    """How one person stands to another: spouse, assistant, introduced by."""

    __tablename__ = "relations"
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "other_id"),
        {"info": {"touches": ("person_id", "other_id")}},
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    type_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    note: Mapped[str | None] = mapped_column(Text)


class Anniversary(Journalled, Base):
    """A day of the year that matters to a person beside the birthday."""

    __tablename__ = "anniversaries"
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "lunar", "month", "day"),
        {"info": {"touches": ("person_id",)}},
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(Text)
    year: Mapped[int | None] = mapped_column(Integer)
    month: Mapped[int] = mapped_column(Integer)
    day: Mapped[int] = mapped_column(Integer)
    lunar: Mapped[bool] = mapped_column(Boolean, default=False)
    leap: Mapped[bool] = mapped_column(Boolean, default=False)


class Gift(Journalled, Base):
    """Something given to a person or received from one."""

    __tablename__ = "gifts"
    __table_args__ = (
        Index(None, "person_id"),
        {"info": {"touches": ("person_id",)}},
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    received: Mapped[bool] = mapped_column(Boolean, default=False)
    what: Mapped[str] = mapped_column(Text)
    on_date: Mapped[date | None] = mapped_column(Day)
    value: Mapped[Decimal | None] = mapped_column(Amount)
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    occasion: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
