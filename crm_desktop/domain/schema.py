"""Every field of every kind, looked up by kind and key."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from types import MappingProxyType

from crm_desktop.domain import (
    activities,
    anniversaries,
    companies,
    contracts,
    expenses,
    gifts,
    opportunities,
    payments,
    people,
    products,
    quotes,
    receipts,
    staff,
    tickets,
)
from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind

FIELDS: Mapping[Kind, tuple[Field, ...]] = MappingProxyType(
    {
        Kind.PERSON: people.FIELDS,
        Kind.COMPANY: companies.FIELDS,
        Kind.ACTIVITY: activities.FIELDS,
        Kind.OPPORTUNITY: opportunities.FIELDS,
        Kind.PRODUCT: products.FIELDS,
        Kind.QUOTE: quotes.FIELDS,
        Kind.CONTRACT: contracts.FIELDS,
        Kind.TICKET: tickets.FIELDS,
        Kind.RECEIPT: receipts.FIELDS,
        Kind.EXPENSE: expenses.FIELDS,
        Kind.STAFF: staff.FIELDS,
        Kind.PAYMENT_STAGE: payments.FIELDS,
        Kind.ANNIVERSARY: anniversaries.FIELDS,
        Kind.GIFT: gifts.FIELDS,
    }
)

TITLE_KEYS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.PERSON: "name",
        Kind.COMPANY: "name",
        Kind.ACTIVITY: "subject",
        Kind.OPPORTUNITY: "title",
        Kind.PRODUCT: "name",
        Kind.QUOTE: "number",
        Kind.CONTRACT: "number",
        Kind.TICKET: "subject",
        Kind.RECEIPT: "number",
        Kind.EXPENSE: "number",
        Kind.STAFF: "name",
        Kind.PAYMENT_STAGE: "name",
        Kind.ANNIVERSARY: "name",
        Kind.GIFT: "what",
    }
)
"""The field that names a record in a list, a link or a sentence."""

_BY_KEY = {kind: {field.key: field for field in fields} for kind, fields in FIELDS.items()}


def keys(kind: Kind) -> Container[str]:
    """The keys of the kind's own fields."""
    return _BY_KEY[kind]


def find(kind: Kind, key: str, custom: Iterable[Field] = ()) -> Field:
    """The field `key` of `kind`, its own or one of `custom`. Raises KeyError if unknown."""
    found = _BY_KEY[kind].get(key)
    if found is None:
        found = next((field for field in custom if field.key == key), None)
    if found is None:
        raise KeyError(f"{kind} has no field {key!r}")
    return found


def default_columns(kind: Kind) -> tuple[str, ...]:
    """The keys a fresh list of this kind shows, in order."""
    return tuple(field.key for field in FIELDS[kind] if field.default_column)
