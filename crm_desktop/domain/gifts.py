"""Gifts given to people and received from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind

FIELDS: tuple[Field, ...] = (
    Field("person", FieldType.LINK, default_column=True, required=True, link=Kind.PERSON),
    Field("what", FieldType.TEXT, default_column=True, required=True, width=200),
    Field("received", FieldType.BOOLEAN, default_column=True),  # else given by us
    Field("on_date", FieldType.DATE, default_column=True),
    Field("value", FieldType.MONEY, default_column=True),
    Field("currency", FieldType.CURRENCY, width=80),
    Field("occasion", FieldType.TEXT, default_column=True),
    Field("note", FieldType.LONG_TEXT),
)


@dataclass(frozen=True, slots=True)
class Gift:
    """One gift; `id` is 0 for one that is not recorded yet."""

    what: str
    received: bool = False  # else given by us
    on: date | None = None
    value: Decimal | None = None
    currency: str = "CNY"
    occasion: str = ""
    note: str = ""
    id: int = 0
