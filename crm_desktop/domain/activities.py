"""Activities: what was done with a customer and what is planned (follow-ups)."""

from __future__ import annotations

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import HELPER_OF_ACTIVITY

FIELDS: tuple[Field, ...] = (
    Field("subject", FieldType.TEXT, group="main", required=True, default_column=True, width=260),
    Field("type", FieldType.CHOICE, group="main", default_column=True, list_key="activity_type"),
    Field(
        "state",
        FieldType.STATE,
        group="main",
        default_column=True,
        states=("planned", "done", "cancelled"),
    ),
    Field("due", FieldType.DUE, group="main", default_column=True, width=150),
    Field("show_from", FieldType.DATE, group="main", folded=True),
    Field("duration", FieldType.INTEGER, group="main", folded=True),
    Field("done_at", FieldType.STAMP, group="main", editable=False),
    Field("person", FieldType.LINK, group="about", default_column=True, link=Kind.PERSON),
    Field("company", FieldType.LINK, group="about", default_column=True, link=Kind.COMPANY),
    Field("opportunity", FieldType.LINK, group="about", link=Kind.OPPORTUNITY),
    Field("quote", FieldType.LINK, group="about", folded=True, link=Kind.QUOTE),
    Field("contract", FieldType.LINK, group="about", folded=True, link=Kind.CONTRACT),
    Field("ticket", FieldType.LINK, group="about", folded=True, link=Kind.TICKET),
    Field("outcome", FieldType.LONG_TEXT, group="more"),
    Field("cost", FieldType.MONEY, group="more", folded=True),
    Field("repeat", FieldType.TEXT, group="more", folded=True),
    Field("remind", FieldType.INTEGER, group="more", folded=True),
    Field("in_charge", FieldType.LINK, group="more", link=Kind.STAFF),
    Field("helpers", FieldType.PARTS, group="more", link=Kind.STAFF, part=HELPER_OF_ACTIVITY),
    Field("recorded_by", FieldType.LINK, group="more", folded=True, link=Kind.STAFF),
    Field("tags", FieldType.TAGS, group="more", folded=True),
    Field("created_at", FieldType.STAMP, group="more", editable=False, folded=True),
    Field("changed_at", FieldType.STAMP, group="more", editable=False, folded=True),
)
