"""Expenses: what was spent on customers, opportunities and tickets."""

from __future__ import annotations

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind

FIELDS: tuple[Field, ...] = (
    Field("number", FieldType.TEXT, group="main", default_column=True, width=110),
    Field("dated", FieldType.DATE, group="main", default_column=True),
    Field(
        "category", FieldType.CHOICE, group="main", default_column=True, list_key="expense_category"
    ),
    Field("purpose", FieldType.TEXT, group="main", default_column=True, width=200),
    Field(
        "amount",
        FieldType.MONEY,
        group="main",
        required=True,
        default_column=True,
        summed=True,
    ),
    Field("currency", FieldType.CURRENCY, group="main", width=80),
    Field(
        "company", FieldType.LINK, group="main", default_column=True, link=Kind.COMPANY, width=200
    ),
    Field("person", FieldType.LINK, group="main", link=Kind.PERSON),
    Field("opportunity", FieldType.LINK, group="more", link=Kind.OPPORTUNITY),
    Field("ticket", FieldType.LINK, group="more", link=Kind.TICKET),
    Field("in_charge", FieldType.LINK, group="more", link=Kind.STAFF),
    Field("recorded_by", FieldType.LINK, group="more", folded=True, link=Kind.STAFF),
    Field("reimbursed", FieldType.BOOLEAN, group="more", default_column=True, width=100),
    Field("notes", FieldType.LONG_TEXT, group="more"),
    Field("created_at", FieldType.STAMP, group="more", editable=False, folded=True),
    Field("changed_at", FieldType.STAMP, group="more", editable=False, folded=True),
)
