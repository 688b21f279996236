"""How a customer stands to the firm: what the user thinks of it, and what the rules see."""

from __future__ import annotations

from crm_desktop.domain.fields import Field, FieldType

JUDGED = (
    "likes_product",
    "likes_service",
    "accepts_price",
    "depends_on_us",
    "esteems_us",
    "we_depend",
    "we_esteem",
)
"""What the user gives 1 to 5 stars: five from their side, two from ours."""

FIELDS: tuple[Field, ...] = tuple(
    Field(key, FieldType.INTEGER, group="standing", folded=True) for key in JUDGED
)
"""The same as fields of a person or a company."""
