"""The user's own fields: read as declarations like the shipped ones."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.data.tables import CustomField
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind


def fields(session: Session, kind: Kind) -> tuple[Field, ...]:
    """The custom fields of a kind, in the user's order."""
    statement = (
        select(CustomField)
        .where(CustomField.kind == kind.value, CustomField.trashed_at.is_(None))
        .order_by(CustomField.position, CustomField.id)
    )
    return tuple(
        Field(
            f"custom.{row.key}",
            FieldType(row.type),
            group="custom",
            list_key=row.list_key or "",
            link=Kind(row.link) if row.link else None,
            custom=True,
        )
        for row in session.execute(statement).scalars()
    )


def names(session: Session, kind: Kind) -> dict[str, str]:
    """What the user calls the custom fields of a kind, by field key."""
    statement = select(CustomField.key, CustomField.name).where(CustomField.kind == kind.value)
    return {f"custom.{key}": name for key, name in session.execute(statement)}
