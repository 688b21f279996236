"""The kinds of record, and a reference to one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a record is. The value is stored and exported: never change one."""

    PERSON = "person"
    COMPANY = "company"
    ACTIVITY = "activity"
    OPPORTUNITY = "opportunity"
    PRODUCT = "product"
    QUOTE = "quote"
    CONTRACT = "contract"
    TICKET = "ticket"
    RECEIPT = "receipt"
    EXPENSE = "expense"
    STAFF = "staff"
    # Rows that hang on a record, see OWNERS:
    PAYMENT_STAGE = "payment_stage"
    ANNIVERSARY = "anniversary"
    GIFT = "gift"
    # Not listed as records of their own, but announced when they change:
    LIST = "list"
    TAG = "tag"
    ATTACHMENT = "attachment"
    NOTICE = "notice"
    VIEW = "view"
    SETTINGS = "settings"

    __hash__ = str.__hash__  # what Enum brings is Python, and kinds are keys everywhere


RECORD_KINDS = (
    Kind.PERSON,
    Kind.COMPANY,
    Kind.ACTIVITY,
    Kind.OPPORTUNITY,
    Kind.PRODUCT,
    Kind.QUOTE,
    Kind.CONTRACT,
    Kind.TICKET,
    Kind.RECEIPT,
    Kind.EXPENSE,
    Kind.STAFF,
)

KINDS_OF_CUSTOMERS = (
    Kind.ACTIVITY,
    Kind.OPPORTUNITY,
    Kind.QUOTE,
    Kind.CONTRACT,
    Kind.TICKET,
    Kind.RECEIPT,
    Kind.EXPENSE,
)
"""What belongs to a person or a company: it names them, and goes to the trash with them."""

OWNERS = {
    Kind.PAYMENT_STAGE: Kind.CONTRACT,
    Kind.ANNIVERSARY: Kind.PERSON,
    Kind.GIFT: Kind.PERSON,
}
"""Kinds of rows that hang on a record and are shown on its page: they are found, changed, exported
and imported like records, and go to the trash with their owner."""

PLURALS = {
    Kind.PERSON: "people",
    Kind.COMPANY: "companies",
    Kind.ACTIVITY: "activities",
    Kind.OPPORTUNITY: "opportunities",
    Kind.PRODUCT: "products",
    Kind.QUOTE: "quotes",
    Kind.CONTRACT: "contracts",
    Kind.TICKET: "tickets",
    Kind.RECEIPT: "receipts",
    Kind.EXPENSE: "expenses",
    Kind.STAFF: "staff",
    Kind.PAYMENT_STAGE: "payment_plans",
    Kind.ANNIVERSARY: "anniversaries",
    Kind.GIFT: "gifts",
}
"""The words the command line and files use for many records of a kind."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A record pointed to: enough to show it and to go there."""

    kind: Kind
    id: int
    title: str = ""
