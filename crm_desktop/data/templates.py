"""The firm's own texts: contracts with {{placeholders}}, terms of quotes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select, update

from crm_desktop.data.session import Session
from crm_desktop.data.tables import TemplateText
from crm_desktop.domain.issuing import TemplateCard


def of(session: Session, sort: str | None = None) -> tuple[TemplateCard, ...]:
    """The texts of a sort (of all), in order."""
    statement = select(TemplateText).where(TemplateText.trashed_at.is_(None))
    if sort is not None:
        statement = statement.where(TemplateText.kind == sort)
    rows = session.whole(statement.order_by(TemplateText.position, TemplateText.id))
    return tuple(TemplateCard(row.id, row.kind, row.name, row.language, row.body) for row in rows)


def one(session: Session, template_id: int) -> TemplateCard | None:
    """One text; None where it is gone."""
    return next((card for card in of(session) if card.id == template_id), None)


def add(session: Session, sort: str, name: str, language: str, body: str) -> int:
    """A new text, after the others; returns its id."""
    last = session.execute(select(func.max(TemplateText.position))).scalar()
    statement = insert(TemplateText).values(
        kind=sort,
        name=name,
        language=language,
        body=body,
        position=0 if last is None else last + 1,
    )
    return session.execute(statement.returning(TemplateText.id)).scalar_one()


def change(session: Session, template_id: int, **values: str | datetime | None) -> None:
    """Set columns of one text."""
    session.execute(update(TemplateText).where(TemplateText.id == template_id).values(**values))
