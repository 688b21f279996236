"""Records by their uid, with the version they are in: who changed since can be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import column
from crm_desktop.data.records.heads import head
from crm_desktop.data.session import Session
from crm_desktop.domain.kinds import Kind


@dataclass(frozen=True, slots=True)
class Known:
    """A record: its id, the gesture that touched it last, and whether it lies in the trash."""

    id: int
    version: int
    trashed: bool


def by_uid(session: Session, kind: Kind) -> dict[str, Known]:
    """Every record of the kind."""
    uid, version, trashed = (head(kind, name) for name in ("uid", "version", "trashed_at"))
    rows = session.execute(select(uid, column(kind, "id"), version, trashed))
    return {uid: Known(one, version, at is not None) for uid, one, version, at in rows}


def versions(session: Session, kind: Kind, ids: Iterable[int]) -> dict[int, int]:
    """The versions of those that are not in the trash."""
    identity = column(kind, "id")
    rows = session.execute(
        select(identity, head(kind, "version")).where(
            in_ids(identity, ids), head(kind, "trashed_at").is_(None)
        )
    )
    return dict(tuple(row) for row in rows)
