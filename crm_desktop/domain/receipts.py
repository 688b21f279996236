"""Receipts: money that came in from customers, for a contract or on account."""

from __future__ import annotations

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind

FIELDS: tuple[Field, ...] = (
    Field("number", FieldType.TEXT, group="main", default_column=True, width=110),
    Field("dated", FieldType.DATE, group="main", default_column=True),
    Field(
        "amount",
        FieldType.MONEY,
        group="main",
        required=True,  # a negative one is money paid back
        default_column=True,
        summed=True,
    ),
    Field("currency", FieldType.CURRENCY, group="main", width=80),
    Field(
        "company", FieldType.LINK, group="main", default_column=True, link=Kind.COMPANY, width=200
    ),
    Field("person", FieldType.LINK, group="main", link=Kind.PERSON),
    Field("contract", FieldType.LINK, group="main", default_column=True, link=Kind.CONTRACT),
    Field("method", FieldType.CHOICE, group="main", default_column=True, list_key="payment_method"),
    # What bank, bill or cheque calls it.
    Field("reference", FieldType.TEXT, group="more", default_column=True),
    Field("in_charge", FieldType.LINK, group="more", link=Kind.STAFF),
    Field("recorded_by", FieldType.LINK, group="more", folded=True, link=Kind.STAFF),
    Field("notes", FieldType.LONG_TEXT, group="more"),
    # After the day it was due, on an average of its parts; see domain/payments.py.
    Field("days_late", FieldType.INTEGER, group="more", computed=True, width=90),
    Field("created_at", FieldType.STAMP, group="more", editable=False, folded=True),
    Field("changed_at", FieldType.STAMP, group="more", editable=False, folded=True),
)
