"""People: the contacts the firm knows, with or without a company."""

from __future__ import annotations

from crm_desktop.domain import standing
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind

FIELDS: tuple[Field, ...] = (
    Field("name", FieldType.TEXT, group="main", required=True, default_column=True, width=160),
    Field("name_reading", FieldType.TEXT, group="main", folded=True),
    Field("given_name", FieldType.TEXT, group="main", folded=True),
    Field("family_name", FieldType.TEXT, group="main", folded=True),
    Field("code", FieldType.TEXT, group="main", folded=True),
    Field("gender", FieldType.CHOICE, group="main", list_key="gender"),
    Field("salutation", FieldType.TEXT, group="main"),
    Field(
        "company", FieldType.LINK, group="main", default_column=True, link=Kind.COMPANY, width=220
    ),
    Field("title", FieldType.TEXT, group="main", default_column=True, width=130),
    Field("department", FieldType.TEXT, group="main"),
    Field(
        "mobile", FieldType.POINTS, group="contact", default_column=True, point="mobile", width=140
    ),
    Field("phone", FieldType.POINTS, group="contact", point="phone", width=140),
    Field("email", FieldType.POINTS, group="contact", point="email", width=200),
    Field("wechat", FieldType.POINTS, group="contact", point="wechat"),
    Field("qq", FieldType.POINTS, group="contact", folded=True, point="qq"),
    Field("handle", FieldType.POINTS, group="contact", folded=True, point="handle"),
    Field("fax", FieldType.POINTS, group="contact", folded=True, point="fax"),
    Field("website", FieldType.POINTS, group="contact", folded=True, point="website"),
    Field("address", FieldType.ADDRESSES, group="contact", width=240),
    Field(
        "lifecycle", FieldType.CHOICE, group="customer", default_column=True, list_key="lifecycle"
    ),
    Field("level", FieldType.CHOICE, group="customer", list_key="level"),
    Field("source", FieldType.CHOICE, group="customer", list_key="source"),
    Field("province", FieldType.TEXT, group="customer", folded=True),
    Field("city", FieldType.TEXT, group="customer"),
    Field("district", FieldType.TEXT, group="customer", folded=True),
    Field("in_charge", FieldType.LINK, group="customer", link=Kind.STAFF),
    Field("recorded_by", FieldType.LINK, group="customer", folded=True, link=Kind.STAFF),
    Field("tags", FieldType.TAGS, group="customer"),
    Field("important", FieldType.BOOLEAN, group="customer"),
    Field("important_reason", FieldType.TEXT, group="customer", folded=True),
    Field("do_not_contact", FieldType.BOOLEAN, group="customer", folded=True),
    Field("decision_role", FieldType.CHOICE, group="role", list_key="decision_role"),
    Field("influence", FieldType.INTEGER, group="role", folded=True),
    Field("attitude", FieldType.CHOICE, group="role", folded=True, list_key="attitude"),
    Field("birthday", FieldType.BIRTHDAY, group="personal"),
    Field("preferences", FieldType.LONG_TEXT, group="personal", folded=True),
    Field("taboos", FieldType.LONG_TEXT, group="personal", folded=True),
    Field("hobbies", FieldType.TEXT, group="personal", folded=True),
    Field("character", FieldType.TEXT, group="personal", folded=True),
    Field("income_band", FieldType.TEXT, group="personal", folded=True),
    Field("family_size", FieldType.INTEGER, group="personal", folded=True),
    *standing.FIELDS,
    Field("notes", FieldType.LONG_TEXT, group="more"),
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
    Field("complaints", FieldType.INTEGER, group="more", computed=True),
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
    Field("age", FieldType.INTEGER, group="more", computed=True, width=70),
    Field("completeness", FieldType.INTEGER, group="more", computed=True, width=90),
    Field("created_at", FieldType.STAMP, group="more", editable=False, folded=True),
    Field("changed_at", FieldType.STAMP, group="more", editable=False, folded=True),
)
