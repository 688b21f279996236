"""Quotes: offers with lines, from draft to accepted or declined."""

from __future__ import annotations

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind

FIELDS: tuple[Field, ...] = (
    Field("number", FieldType.TEXT, group="main", editable=False, default_column=True, width=130),
    Field("revision", FieldType.INTEGER, group="main", editable=False, folded=True),
    Field("title", FieldType.TEXT, group="main", default_column=True, width=200),
    Field(
        "state",
        FieldType.STATE,
        group="main",
        editable=False,
        default_column=True,
        states=("draft", "sent", "accepted", "declined", "expired"),
    ),
    Field(
        "company", FieldType.LINK, group="main", default_column=True, link=Kind.COMPANY, width=200
    ),
    Field("person", FieldType.LINK, group="main", link=Kind.PERSON),
    Field("opportunity", FieldType.LINK, group="main", link=Kind.OPPORTUNITY),
    Field("dated", FieldType.DATE, group="main", default_column=True),
    Field("valid_until", FieldType.DATE, group="main", default_column=True),
    Field("currency", FieldType.CURRENCY, group="money", width=80),
    Field("tax_included", FieldType.BOOLEAN, group="money"),
    Field("discount_percent", FieldType.PERCENT, group="money", folded=True),
    Field("discount_amount", FieldType.MONEY, group="money", folded=True),
    Field("subtotal", FieldType.MONEY, group="money", editable=False, folded=True),
    Field("tax", FieldType.MONEY, group="money", editable=False, folded=True),
    Field(
        "total", FieldType.MONEY, group="money", editable=False, default_column=True, summed=True
    ),
    Field("language", FieldType.STATE, group="text", states=("zh", "en", "bi")),
    Field("terms", FieldType.LONG_TEXT, group="text"),
    Field("notes", FieldType.LONG_TEXT, group="text"),
    Field("in_charge", FieldType.LINK, group="text", link=Kind.STAFF),
    Field("recorded_by", FieldType.LINK, group="text", folded=True, link=Kind.STAFF),
    Field("sent_at", FieldType.STAMP, group="text", editable=False, folded=True),
    Field("closed_at", FieldType.STAMP, group="text", editable=False, folded=True),
    Field("next_step", FieldType.NEXT_STEP, group="text", computed=True, width=170),
    Field("created_at", FieldType.STAMP, group="text", editable=False, folded=True),
    Field("changed_at", FieldType.STAMP, group="text", editable=False, folded=True),
)
