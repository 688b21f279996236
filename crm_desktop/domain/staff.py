"""Our people: who is in charge of a record (a label without rights)."""

from __future__ import annotations

from crm_desktop.domain.fields import Field, FieldType

FIELDS: tuple[Field, ...] = (
    Field("name", FieldType.TEXT, group="main", required=True, default_column=True, width=160),
    Field("team", FieldType.TEXT, group="main", default_column=True),
    Field("branch", FieldType.TEXT, group="main", default_column=True),
    Field("phone_text", FieldType.TEXT, group="main", default_column=True),
    Field("email_text", FieldType.TEXT, group="main", default_column=True),
    Field("active_from", FieldType.DATE, group="main", default_column=True),
    Field("active_to", FieldType.DATE, group="main", default_column=True),
    Field("notes", FieldType.LONG_TEXT, group="main"),
    Field("created_at", FieldType.STAMP, group="main", editable=False, folded=True),
    Field("changed_at", FieldType.STAMP, group="main", editable=False, folded=True),
)
