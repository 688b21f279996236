"""Contracts: agreements with lines and a text, from draft to completed."""

from __future__ import annotations

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind

SIGNED_STATES = ("signed", "in_force", "completed", "ended")
"""Both sides have agreed; an ended one was agreed as well."""

FIELDS: tuple[Field, ...] = (
    Field("number", FieldType.TEXT, group="main", editable=False, default_column=True, width=130),
    Field("revision", FieldType.INTEGER, group="main", editable=False, folded=True),
    Field("title", FieldType.TEXT, group="main", default_column=True, width=200),
    Field("kind", FieldType.CHOICE, group="main", default_column=True, list_key="contract_kind"),
    Field(
        "state",
        FieldType.STATE,
        group="main",
        editable=False,
        default_column=True,
        states=("draft", "reviewed", "signed", "in_force", "completed", "ended"),
    ),
    Field(
        "company", FieldType.LINK, group="main", default_column=True, link=Kind.COMPANY, width=200
    ),
    Field("person", FieldType.LINK, group="main", link=Kind.PERSON),
    Field("quote", FieldType.LINK, group="main", link=Kind.QUOTE),
    Field("opportunity", FieldType.LINK, group="main", folded=True, link=Kind.OPPORTUNITY),
    Field("dated", FieldType.DATE, group="main", default_column=True),
    Field("start", FieldType.DATE, group="main"),
    Field("end", FieldType.DATE, group="main", default_column=True),
    Field("signed_on", FieldType.DATE, group="main", folded=True),
    Field("currency", FieldType.CURRENCY, group="money", width=80),
    Field("tax_included", FieldType.BOOLEAN, group="money"),
    Field("discount_percent", FieldType.PERCENT, group="money", folded=True),
    Field("discount_amount", FieldType.MONEY, group="money", folded=True),
    Field("subtotal", FieldType.MONEY, group="money", editable=False, folded=True),
    Field("tax", FieldType.MONEY, group="money", editable=False, folded=True),
    Field(
        "total", FieldType.MONEY, group="money", editable=False, default_column=True, summed=True
    ),
    Field("received", FieldType.MONEY, group="money", computed=True, summed=True),
    Field("owed", FieldType.MONEY, group="money", computed=True, default_column=True, summed=True),
    Field("overdue", FieldType.MONEY, group="money", computed=True, summed=True),
    Field("language", FieldType.STATE, group="text", states=("zh", "en", "bi")),
    Field("body", FieldType.LONG_TEXT, group="text"),
    Field("notes", FieldType.LONG_TEXT, group="text"),
    Field("in_charge", FieldType.LINK, group="text", link=Kind.STAFF),
    Field("recorded_by", FieldType.LINK, group="text", folded=True, link=Kind.STAFF),
    Field("created_at", FieldType.STAMP, group="text", editable=False, folded=True),
    Field("changed_at", FieldType.STAMP, group="text", editable=False, folded=True),
)
