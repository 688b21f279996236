"""Records by what names them: their id in this book, their uid in any, their title."""

from __future__ import annotations

from sqlalchemy import select

from crm_desktop.data.records.columns import column, title_expression
from crm_desktop.data.records.titles import refs_of
from crm_desktop.data.session import Session
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.text import clean_name


def find(session: Session, kind: Kind, text: str) -> Ref | None:
    """The record with this id or uid, also from the trash; None where there is none."""
    identity, wanted = column(kind, "id"), text.strip()
    same = identity == int(wanted) if wanted.isdecimal() else column(kind, "uid") == wanted.lower()
    record_id = session.execute(select(identity).where(same)).scalar()
    return None if record_id is None else refs_of(session, [(kind, record_id)])[kind, record_id]


def titled(session: Session, kind: Kind, title: str) -> list[int]:
    """The records that are called so, also from the trash."""
    same = title_expression(kind) == clean_name(title)
    return list(session.execute(select(column(kind, "id")).where(same)).scalars())
