"""Tables of phones, e-mails, handles and addresses, of people and companies alike."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text

from crm_desktop.data.tables.base import Base, Held, Journalled, column

ONE_OWNER = "(person_id IS NULL) <> (company_id IS NULL)"


class Point(Journalled, Base):
    """A phone number, e-mail address, handle or website, as it was typed and as it is compared."""

    __tablename__ = "points"
    __table_args__ = (
        CheckConstraint(ONE_OWNER, name="one_owner"),
        # Cover the first number or address of a kind, which lists show.
        Index(None, "person_id", "kind", "position", "id", "value"),
        Index(None, "company_id", "kind", "position", "id", "value"),
        Index(None, "norm"),
        {"info": {"touches": ("person_id", "company_id")}},
    )

    person_id: Held[int | None] = column(ForeignKey("people.id"))
    company_id: Held[int | None] = column(ForeignKey("companies.id"))
    kind: Held[str] = column(String(16))  # mobile, phone, email, wechat, qq, handle, fax …
    value: Held[str] = column(Text)
    norm: Held[str] = column(Text)  # E.164 or lower case: equal for equal points
    label: Held[str | None] = column(Text)
    position: Held[int] = column(Integer, default=0)


class PostalAddress(Journalled, Base):
    """Where somebody is found."""

    __tablename__ = "addresses"
    __table_args__ = (
        CheckConstraint(ONE_OWNER, name="one_owner"),
        Index(None, "person_id", "position"),
        Index(None, "company_id", "position"),
        {"info": {"touches": ("person_id", "company_id")}},
    )

    person_id: Held[int | None] = column(ForeignKey("people.id"))
    company_id: Held[int | None] = column(ForeignKey("companies.id"))
    line: Held[str] = column(Text, default="")
    district: Held[str] = column(Text, default="")
    city: Held[str] = column(Text, default="")
    province: Held[str] = column(Text, default="")
    postcode: Held[str] = column(Text, default="")
    country: Held[str] = column(Text, default="")
    label: Held[str] = column(Text, default="")
    position: Held[int] = column(Integer, default=0)
