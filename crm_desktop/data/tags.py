"""Tags: the words users put on records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, func, insert, select, text, update

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import column
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Tag, TagLink
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.tags import TagRow

_TAKEN_OFF = text(
    "SELECT before ->> 'owner_kind', before ->> 'owner_id' FROM journal_change"
    " WHERE table_name = 'tag_links' AND kind = 'D' AND before ->> 'tag_id' = :tag"
    " AND gesture_id = (SELECT max(gesture_id) FROM journal_change WHERE table_name = 'tags'"
    " AND row_id = :tag AND after ->> 'trashed_at' IS NOT NULL)"
)


def everything(session: Session) -> list[TagRow]:
    """All tags by name, with how many records carry each."""
    statement = (
        select(Tag.id, Tag.name, Tag.color, func.count(TagLink.id))
        .outerjoin(TagLink, TagLink.tag_id == Tag.id)
        .where(Tag.trashed_at.is_(None))
        .group_by(Tag.id)
        .order_by(Tag.name, Tag.id)
    )
    return [TagRow(*row) for row in session.execute(statement)]


def named(session: Session, name: str) -> int | None:
    """The tag of this name."""
    statement = select(Tag.id).where(Tag.name == name, Tag.trashed_at.is_(None)).order_by(Tag.id)
    return session.execute(statement).scalar()


def change(session: Session, tag_id: int, **values: str) -> None:
    """Set columns of a tag."""
    session.execute(update(Tag).where(Tag.id == tag_id).values(**values))


def put_on(session: Session, tag_id: int, kind: Kind, ids: Sequence[int]) -> None:
    """Put a tag on those records that do not carry it yet."""
    carrying = set(carriers(session, tag_id, kind))
    fresh = [
        {"tag_id": tag_id, "owner_kind": kind.value, "owner_id": record_id}
        for record_id in dict.fromkeys(ids)
        if record_id not in carrying
    ]
    if fresh:
        session.execute(insert(TagLink), fresh)


def take_off(session: Session, tag_id: int, kind: Kind, ids: Sequence[int]) -> None:
    """Take a tag off records."""
    mine = and_(TagLink.tag_id == tag_id, TagLink.owner_kind == kind.value)
    session.execute(delete(TagLink).where(mine, in_ids(TagLink.owner_id, ids)))


def carriers(session: Session, tag_id: int, kind: Kind) -> list[int]:
    """The records of a kind that carry a tag."""
    statement = select(TagLink.owner_id).where(
        TagLink.tag_id == tag_id, TagLink.owner_kind == kind.value
    )
    return list(session.execute(statement).scalars())


def remove(session: Session, tag_id: int, at: datetime) -> None:
    """Take a tag off everything and put it away."""
    session.execute(delete(TagLink).where(TagLink.tag_id == tag_id))
    session.execute(update(Tag).where(Tag.id == tag_id).values(trashed_at=at))


def bring_back(session: Session, tag_id: int) -> None:
    """Out of the trash, onto the records it was taken off with: the journal knows them.

    Where there is a tag of that name again, that one is put on them.
    """
    name = session.execute(select(Tag.name).where(Tag.id == tag_id)).scalar()
    if name is None:
        return
    again = named(session, name)
    carried = _carried(session, tag_id)
    if again is None:
        session.execute(update(Tag).where(Tag.id == tag_id).values(trashed_at=None))
    else:
        session.execute(delete(Tag).where(Tag.id == tag_id))
    for kind, ids in carried.items():
        identity = column(kind, "id")
        there = session.execute(select(identity).where(in_ids(identity, ids))).scalars().all()
        put_on(session, tag_id if again is None else again, kind, there)


def _carried(session: Session, tag_id: int) -> dict[Kind, list[int]]:
    """The records the tag was taken off in the gesture that put it away."""
    found: dict[Kind, list[int]] = {}
    for kind, record_id in session.execute(_TAKEN_OFF, {"tag": tag_id}):
        found.setdefault(Kind(kind), []).append(int(record_id))
    return found


def replace(session: Session, tag_id: int, by: int) -> None:
    """Put another tag in the place of one."""
    for (kind,) in session.execute(
        select(TagLink.owner_kind).where(TagLink.tag_id == tag_id).distinct()
    ).all():
        put_on(session, by, Kind(kind), carriers(session, tag_id, Kind(kind)))
