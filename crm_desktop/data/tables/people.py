"""Tables of people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text

from crm_desktop.data.tables.base import DERIVED, Base, Derived, Held, Journalled, Record, column
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
        # Covers who has birthday when: the rest of the row is read by id.
        Index(None, "birth_lunar", "birth_month", "birth_day", "birth_leap", "trashed_at"),
        Index(None, "code"),
        {
            "info": {
                "together": (
                    ("birth_year", "birth_month", "birth_day", "birth_lunar", "birth_leap"),
                )
            }
        },
    )

    name: Held[str] = column(Text)
    name_reading: Held[str | None] = column(Text)
    given_name: Held[str | None] = column(Text)
    family_name: Held[str | None] = column(Text)
    code: Held[str | None] = column(Text)
    gender_id: Held[int | None] = column(ForeignKey("list_items.id"))
    salutation: Held[str | None] = column(Text)
    lifecycle_id: Held[int | None] = column(ForeignKey("list_items.id"))
    level_id: Held[int | None] = column(ForeignKey("list_items.id"))
    source_id: Held[int | None] = column(ForeignKey("list_items.id"))
    province: Held[str | None] = column(Text)
    city: Held[str | None] = column(Text)
    district: Held[str | None] = column(Text)
    in_charge_id: Held[int | None] = column(ForeignKey("staff.id"))
    recorded_by_id: Held[int | None] = column(ForeignKey("staff.id"))
    important: Held[bool] = column(Boolean, default=False)
    important_reason: Held[str | None] = column(Text)
    do_not_contact: Held[bool] = column(Boolean, default=False)
    decision_role_id: Held[int | None] = column(ForeignKey("list_items.id"))
    influence: Held[int | None] = column(Integer)
    attitude_id: Held[int | None] = column(ForeignKey("list_items.id"))
    preferences: Held[str | None] = column(Text)
    taboos: Held[str | None] = column(Text)
    hobbies: Held[str | None] = column(Text)
    character: Held[str | None] = column(Text)
    income_band: Held[str | None] = column(Text)
    family_size: Held[int | None] = column(Integer)
    notes: Held[str | None] = column(Text)
    birth_year: Held[int | None] = column(Integer)
    birth_month: Held[int | None] = column(Integer)
    birth_day: Held[int | None] = column(Integer)
    birth_lunar: Held[bool] = column(Boolean, default=False)
    birth_leap: Held[bool] = column(Boolean, default=False)
    photo_sha256: Held[str | None] = column(String(64))
    # What the user thinks of the relationship, 1 to 5; see domain/standing.py.
    likes_product: Held[int | None] = column(Integer)
    likes_service: Held[int | None] = column(Integer)
    accepts_price: Held[int | None] = column(Integer)
    depends_on_us: Held[int | None] = column(Integer)
    esteems_us: Held[int | None] = column(Integer)
    we_depend: Held[int | None] = column(Integer)
    we_esteem: Held[int | None] = column(Integer)
    custom: Held[dict[str, Any] | None] = column(JsonText)
    # Pinyin order; derived from the name (and a person's own reading) before each commit.
    sort_key: Held[str | None] = column(Text, info=DERIVED)


class PersonFilled(Derived, Base):
    """What of a person's record is filled; see data/fullness.py."""

    __tablename__ = "people_filled"
    __table_args__ = (Index(None, "percent", "person_id"),)

    person_id: Held[int] = column(Integer, primary_key=True)
    held: Held[int] = column(Integer)  # bits of fields that other tables hold
    percent: Held[int] = column(Integer)


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

    person_id: Held[int] = column(ForeignKey("people.id"))
    company_id: Held[int | None] = column(ForeignKey("companies.id"))
    title: Held[str | None] = column(Text)
    department: Held[str | None] = column(Text)
    from_date: Held[date | None] = column(Day)
    to_date: Held[date | None] = column(Day)
    left: Held[bool] = column(Boolean, default=False)
    # The one a list shows: lowest position among those not left.
    position: Held[int] = column(Integer, default=0)
    reports_to_id: Held[int | None] = column(ForeignKey("people.id"))


class Relation(Journalled, Base):
    """How one person stands to another: spouse, assistant, introduced by."""

    __tablename__ = "relations"
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "other_id"),
        {"info": {"touches": ("person_id", "other_id")}},
    )

    person_id: Held[int] = column(ForeignKey("people.id"))
    other_id: Held[int] = column(ForeignKey("people.id"))
    type_id: Held[int | None] = column(ForeignKey("list_items.id"))
    note: Held[str | None] = column(Text)


class Anniversary(Journalled, Base):
    """A day of the year that matters to a person beside the birthday."""

    __tablename__ = "anniversaries"
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "lunar", "month", "day"),
        {
            "info": {
                "touches": ("person_id",),
                "together": (("year", "month", "day", "lunar", "leap"),),
            }
        },
    )

    person_id: Held[int] = column(ForeignKey("people.id"))
    name: Held[str] = column(Text)
    year: Held[int | None] = column(Integer)
    month: Held[int] = column(Integer)
    day: Held[int] = column(Integer)
    lunar: Held[bool] = column(Boolean, default=False)
    leap: Held[bool] = column(Boolean, default=False)


class Gift(Journalled, Base):
    """Something given to a person or received from one."""

    __tablename__ = "gifts"
    __table_args__ = (
        Index(None, "person_id"),
        {"info": {"touches": ("person_id",)}},
    )

    person_id: Held[int] = column(ForeignKey("people.id"))
    received: Held[bool] = column(Boolean, default=False)
    what: Held[str] = column(Text)
    on_date: Held[date | None] = column(Day)
    value: Held[Decimal | None] = column(Amount)
    currency: Held[str] = column(String(3), default="CNY")
    occasion: Held[str | None] = column(Text)
    note: Held[str | None] = column(Text)
