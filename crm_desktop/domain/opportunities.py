"""Opportunities: possible sales on their way through the stages."""

from __future__ import annotations

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import HELPER_OF_OPPORTUNITY, PROPOSAL

FIELDS: tuple[Field, ...] = (
    Field("title", FieldType.TEXT, group="main", required=True, default_column=True, width=220),
    Field(
        "company", FieldType.LINK, group="main", default_column=True, link=Kind.COMPANY, width=200
    ),
    Field("person", FieldType.LINK, group="main", default_column=True, link=Kind.PERSON),
    Field("stage", FieldType.CHOICE, group="main", default_column=True, list_key="stage"),
    Field(
        "state",
        FieldType.STATE,
        group="main",
        editable=False,
        states=("open", "won", "lost", "held"),
    ),
    Field(
        "products",
        FieldType.PARTS,
        group="main",
        link=Kind.PRODUCT,
        part=PROPOSAL,
        width=180,
    ),
    Field("probability", FieldType.INTEGER, group="main", width=80),
    Field("amount", FieldType.MONEY, group="main", default_column=True, summed=True),
    Field("currency", FieldType.CURRENCY, group="main", folded=True, width=80),
    Field("expected_close", FieldType.DATE, group="main", default_column=True),
    Field("closed_on", FieldType.DATE, group="main", folded=True),
    Field("source", FieldType.CHOICE, group="sales", list_key="source"),
    Field("channel", FieldType.CHOICE, group="sales", folded=True, list_key="channel"),
    Field("priority", FieldType.CHOICE, group="sales", list_key="priority"),
    Field("competitors", FieldType.TEXT, group="sales", folded=True),
    Field("needs", FieldType.LONG_TEXT, group="sales"),
    Field("lost_reason", FieldType.CHOICE, group="sales", folded=True, list_key="lost_reason"),
    Field("lesson", FieldType.LONG_TEXT, group="sales", folded=True),
    Field("in_charge", FieldType.LINK, group="sales", link=Kind.STAFF),
    Field("helpers", FieldType.PARTS, group="sales", link=Kind.STAFF, part=HELPER_OF_OPPORTUNITY),
    Field("recorded_by", FieldType.LINK, group="sales", folded=True, link=Kind.STAFF),
    Field("tags", FieldType.TAGS, group="sales"),
    Field("notes", FieldType.LONG_TEXT, group="sales"),
    Field("weighted", FieldType.MONEY, group="more", computed=True, summed=True),
    Field("stage_days", FieldType.INTEGER, group="more", computed=True),
    Field(
        "next_step",
        FieldType.NEXT_STEP,
        group="more",
        computed=True,
        default_column=True,
        width=170,
    ),
    Field("last_contact", FieldType.DATE, group="more", computed=True),
    Field("created_at", FieldType.STAMP, group="more", editable=False, folded=True),
    Field("changed_at", FieldType.STAMP, group="more", editable=False, folded=True),
)
