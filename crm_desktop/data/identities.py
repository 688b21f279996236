"""Records by what names them for ever: their id in this book, or their uid in any."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.data.records.columns import column
from crm_desktop.data.records.titles import refs_of
from crm_desktop.domain.kinds import Kind, Ref


def find(session: Session, kind: Kind, text: str) -> Ref | None:
    """The record with this id or uid, also from the trash; None where there is none."""
    identity, wanted = column(kind, "id"), text.strip()
    same = identity == int(wanted) if wanted.isdecimal() else column(kind, "uid") == wanted.lower()
    record_id = session.execute(select(identity).where(same)).scalar()
    return None if record_id is None else refs_of(session, [(kind, record_id)])[kind, record_id]
