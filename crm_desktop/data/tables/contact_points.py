"""Tables of phones, e-mails, handles and addresses, of people and companies alike."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.data.tables.base import Base, Journalled

ONE_OWNER = "(person_id IS NULL) <> (company_id IS NULL)"


class Point(Journalled, Base):
    """A phone number, e-mail address, handle or website, as it was typed and as it is compared."""

    __tablename__ = "points"
    __table_args__ = (
        CheckConstraint(ONE_OWNER, name="one_owner"),
        Index(None, "person_id", "kind", "position"),
        Index(None, "company_id", "kind", "position"),
        Index(None, "norm"),
        {"info": {"touches": ("person_id", "company_id")}},
    )

    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"))
    kind: Mapped[str] = mapped_column(String(16))  # mobile, phone, email, wechat, qq, fax, website
    value: Mapped[str] = mapped_column(Text)
    norm: Mapped[str] = mapped_column(Text)  # E.164 or lower case: equal for equal points
    label: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int] = mapped_column(Integer, default=0)


class PostalAddress(Journalled, Base):
    """Where somebody is found."""

    __tablename__ = "addresses"
    __table_args__ = (
        CheckConstraint(ONE_OWNER, name="one_owner"),
        Index(None, "person_id", "position"),
        Index(None, "company_id", "position"),
        {"info": {"touches": ("person_id", "company_id")}},
    )

    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"))
    line: Mapped[str] = mapped_column(Text, default="")
    district: Mapped[str] = mapped_column(Text, default="")
    city: Mapped[str] = mapped_column(Text, default="")
    province: Mapped[str] = mapped_column(Text, default="")
    postcode: Mapped[str] = mapped_column(Text, default="")
    country: Mapped[str] = mapped_column(Text, default="")
    label: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(Integer, default=0)
