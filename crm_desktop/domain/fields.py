"""Fields of records, declared once: for lists, forms, checks, import, export, command line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from crm_desktop.domain.belonging import Limits
from crm_desktop.domain.kinds import Kind

_CHINESE = re.compile("[\u4e00-\u9fff]")


class FieldType(StrEnum):
    """How a value is held (in brackets the Python type; None is empty everywhere)."""

    TEXT = "text"  # str, one line
    LONG_TEXT = "long_text"  # str, several lines
    INTEGER = "integer"  # int
    NUMBER = "number"  # Decimal, 4 decimals
    MONEY = "money"  # Decimal, 2 decimals, in the record's currency
    UNIT_PRICE = "unit_price"  # Decimal, 4 decimals, in the record's currency
    PERCENT = "percent"  # Decimal, 4 decimals; 13 means 13 %
    CURRENCY = "currency"  # str, ISO 4217 code
    DATE = "date"  # date
    STAMP = "stamp"  # datetime, aware, UTC
    DUE = "due"  # domain.due.Due: a day, perhaps a time, a zone
    BOOLEAN = "boolean"  # bool
    CHOICE = "choice"  # int, id of an item of the list `list_key`
    CHOICES = "choices"  # tuple[int, ...], several of them
    STATE = "state"  # str, one of the closed set `states`
    LINK = "link"  # Ref to a record of kind `link` (an id is accepted when writing)
    POINTS = "points"  # tuple[str, ...], phones, e-mails or handles of kind `point`, first = main
    ADDRESSES = "addresses"  # tuple[Address, ...], first = main
    TAGS = "tags"  # tuple[str, ...]
    BIRTHDAY = "birthday"  # domain.birthdays.Birthday
    PARTS = "parts"  # tuple[domain.parts.Part, ...], small rows of the sort `part`
    NEXT_STEP = "next_step"  # NextStep, the earliest open follow-up


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind. Its name is the words "field.KIND.KEY"."""

    key: str
    type: FieldType
    group: str = "main"
    list_key: str = ""
    link: Kind | None = None
    point: str = ""
    part: str = ""
    states: tuple[str, ...] = ()
    required: bool = False
    editable: bool = True  # by the user, directly; False where a service method is the way
    computed: bool = False  # worked out when read, never stored
    default_column: bool = False
    folded: bool = False  # rarely used: hidden behind "more" in forms while empty
    summed: bool = False  # lists show its sum
    width: int = 120  # of a list column, in pixels at 100 %
    list_only: bool = False  # worked out over the whole book: lists show it, cards do not
    custom: bool = False  # defined by the user; the key is "custom.NAME"
    name: str = ""  # what the user calls it; shipped fields have words instead
    only_for: Limits = ()  # where a field of the user's own belongs

    @property
    def writable(self) -> bool:
        """Whether a form, an inline edit or an import may set it."""
        return self.editable and not self.computed


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `line` holds the street, or everything when it was not split."""

    line: str = ""
    district: str = ""
    city: str = ""
    province: str = ""
    postcode: str = ""
    country: str = ""
    label: str = ""

    def __reduce__(self) -> tuple[type[Address], tuple[str, ...]]:
        """For another process: what dataclasses do themselves takes five times as long."""
        parts = (self.line, self.district, self.city, self.province, self.postcode, self.country)
        return Address, (*parts, self.label)

    def text(self) -> str:
        """On one line: Chinese addresses run from large to small, others from small to large."""
        return address_text(
            self.line, self.district, self.city, self.province, self.postcode, self.country
        )


def address_text(
    line: str, district: str, city: str, province: str, postcode: str, country: str
) -> str:
    """The same for what is stored, without making an address of it."""
    if _CHINESE.search(f"{line}{city}{province}"):
        return province + city + district + line
    town = " ".join(part for part in (postcode, city) if part)
    return ", ".join(part for part in (line, district, town, province, country) if part)
