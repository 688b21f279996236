"""Products: what the firm sells."""

from __future__ import annotations

from crm_desktop.domain.fields import Field, FieldType

FIELDS: tuple[Field, ...] = (
    Field("code", FieldType.TEXT, group="main", default_column=True, width=120),
    Field("name", FieldType.TEXT, group="main", required=True, default_column=True, width=240),
    Field(
        "category", FieldType.CHOICE, group="main", default_column=True, list_key="product_category"
    ),
    Field("spec", FieldType.TEXT, group="main", default_column=True, width=160),
    Field("unit", FieldType.TEXT, group="main", default_column=True, width=70),
    Field("price", FieldType.UNIT_PRICE, group="main", default_column=True),
    Field("currency", FieldType.CURRENCY, group="main", folded=True, width=80),
    Field("cost", FieldType.UNIT_PRICE, group="main", folded=True),
    Field("tax_rate", FieldType.PERCENT, group="main", default_column=True, width=90),
    Field("active", FieldType.BOOLEAN, group="main", default_column=True, width=80),
    Field("description", FieldType.LONG_TEXT, group="more"),
    Field("stock", FieldType.NUMBER, group="more"),
    Field("stock_as_of", FieldType.DATE, group="more", folded=True),
    Field("tags", FieldType.TAGS, group="more", folded=True),
    Field("notes", FieldType.LONG_TEXT, group="more"),
    Field("quoted_count", FieldType.INTEGER, group="more", computed=True),
    Field("created_at", FieldType.STAMP, group="more", editable=False, folded=True),
    Field("changed_at", FieldType.STAMP, group="more", editable=False, folded=True),
)
