"""Companies: customers, prospects, suppliers and others."""

from __future__ import annotations

from crm_desktop.domain import standing
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import DEMAND

FIELDS: tuple[Field, ...] = (
    Field("name", FieldType.TEXT, group="main", required=True, default_column=True, width=240),
    Field("short_name", FieldType.TEXT, group="main"),
    Field("code", FieldType.TEXT, group="main", folded=True),
    Field("kinds", FieldType.CHOICES, group="main", list_key="company_kind"),
    Field("industry", FieldType.CHOICE, group="main", default_column=True, list_key="industry"),
    Field("org_type", FieldType.CHOICE, group="main", folded=True, list_key="org_type"),
    Field("size", FieldType.CHOICE, group="main", folded=True, list_key="company_size"),
    Field("parent", FieldType.LINK, group="main", folded=True, link=Kind.COMPANY),
    Field(
        "phone", FieldType.POINTS, group="contact", default_column=True, point="phone", width=140
    ),
    Field("mobile", FieldType.POINTS, group="contact", folded=True, point="mobile"),
    Field("email", FieldType.POINTS, group="contact", point="email", width=200),
    Field("website", FieldType.POINTS, group="contact", point="website", width=180),
    Field("fax", FieldType.POINTS, group="contact", folded=True, point="fax"),
    Field("address", FieldType.ADDRESSES, group="contact", width=260),
    Field("province", FieldType.TEXT, group="contact"),
    Field("city", FieldType.TEXT, group="contact", default_column=True),
    Field("district", FieldType.TEXT, group="contact", folded=True),
    Field("area", FieldType.CHOICE, group="contact", folded=True, list_key="sales_area"),
    Field(
        "lifecycle", FieldType.CHOICE, group="customer", default_column=True, list_key="lifecycle"
    ),
    Field(
        "level", FieldType.CHOICE, group="customer", default_column=True, list_key="level", width=90
    ),
    Field("source", FieldType.CHOICE, group="customer", list_key="source"),
    Field("in_charge", FieldType.LINK, group="customer", link=Kind.STAFF),
    Field("recorded_by", FieldType.LINK, group="customer", folded=True, link=Kind.STAFF),
    Field(
        "product_lines", FieldType.CHOICES, group="customer", folded=True, list_key="product_line"
    ),
    Field("tags", FieldType.TAGS, group="customer"),
    Field("important", FieldType.BOOLEAN, group="customer"),
    Field("important_reason", FieldType.TEXT, group="customer", folded=True),
    Field("credit_grade", FieldType.CHOICE, group="money", folded=True, list_key="credit_grade"),
    Field("credit_limit", FieldType.MONEY, group="money", folded=True),
    Field("risk_grade", FieldType.CHOICE, group="money", folded=True, list_key="risk_grade"),
    Field("turnover", FieldType.MONEY, group="money", folded=True),
    Field(
        "demand",
        FieldType.PARTS,
        group="money",
        folded=True,
        list_key="product_category",
        part=DEMAND,
        width=200,
    ),
    Field("current_suppliers", FieldType.TEXT, group="money", folded=True),
    Field("tax_number", FieldType.TEXT, group="invoice"),
    Field("bank_name", FieldType.TEXT, group="invoice", folded=True),
    Field("bank_account", FieldType.TEXT, group="invoice", folded=True),
    *standing.FIELDS,
    Field("notes", FieldType.LONG_TEXT, group="more"),
    Field(
        "people_count",
        FieldType.INTEGER,
        group="more",
        computed=True,
        default_column=True,
        width=80,
    ),
    Field(
        "next_step",
        FieldType.NEXT_STEP,
        group="more",
        computed=True,
        default_column=True,
        width=170,
    ),
    Field("last_contact", FieldType.DATE, group="more", computed=True),
    Field("open_opportunities", FieldType.INTEGER, group="more", computed=True),
    Field("won_amount", FieldType.MONEY, group="more", computed=True, summed=True),
    Field("year_amount", FieldType.MONEY, group="more", computed=True, summed=True),
    Field(
        "money_received",
        FieldType.MONEY,
        group="more",
        computed=True,
        list_only=True,
        summed=True,
    ),
    Field("owed", FieldType.MONEY, group="more", computed=True, list_only=True, summed=True),
    Field("payment_days", FieldType.INTEGER, group="more", computed=True, list_only=True),
    Field(
        "revenue_share", FieldType.NUMBER, group="more", computed=True, list_only=True, width=110
    ),
    Field("demand_share", FieldType.NUMBER, group="more", computed=True, list_only=True, width=110),
    Field("complaints", FieldType.INTEGER, group="more", computed=True),
    Field("completeness", FieldType.INTEGER, group="more", computed=True, width=90),
    Field("created_at", FieldType.STAMP, group="more", editable=False, folded=True),
    Field("changed_at", FieldType.STAMP, group="more", editable=False, folded=True),
)
