"""Items of the lists the user edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, insert, select, update

from crm_desktop.data.session import Session
from crm_desktop.data.tables import ListItem
from crm_desktop.domain.lists import Item
from crm_desktop.domain.shipped_lists import SHIPPED, Shipped


def all_items(session: Session) -> list[Item]:
    """Every item of every list, in the order of their lists."""
    statement = (
        select(ListItem)
        .where(ListItem.trashed_at.is_(None))
        .order_by(ListItem.list_key, ListItem.position, ListItem.id)
    )
    return [
        Item(
            row.id,
            row.list_key,
            row.code,
            row.name,
            row.color,
            row.parent_id,
            row.position,
            row.active,
            row.data or {},
        )
        for row in session.whole(statement)
    ]


def fill_shipped(session: Session) -> None:
    """Put the shipped items into a book: of lists of which it has none yet, all of them."""
    present = set(session.execute(select(ListItem.list_key).distinct()).scalars())
    pipelines: dict[str, int] = {}
    for list_key, items in SHIPPED.items():
        if list_key in present:
            continue
        for position, item in enumerate(items):
            item_id = session.execute(
                insert(ListItem)
                .values(
                    list_key=list_key,
                    code=item.code,
                    color=item.color,
                    parent_id=pipelines.get(item.parent),
                    position=position,
                    data=item.data or None,
                )
                .returning(ListItem.id)
            ).scalar_one()
            if list_key == "pipeline":
                pipelines[item.code] = item_id


def add(
    session: Session,
    list_key: str,
    name: str | None,
    *,
    code: str | None = None,
    color: str = "grey",
    parent_id: int | None = None,
    data: Mapping[str, Any] | None = None,
) -> int:
    """A new item at the end of its list, with a name or a code; returns its id."""
    last = session.execute(
        select(func.max(ListItem.position)).where(ListItem.list_key == list_key)
    ).scalar()
    position = 0 if last is None else last + 1
    statement = insert(ListItem).values(
        list_key=list_key,
        name=name,
        code=code,
        color=color,
        parent_id=parent_id,
        position=position,
        data=dict(data) if data else None,
    )
    return session.execute(statement.returning(ListItem.id)).scalar_one()


def add_pipeline(
    session: Session, stages: Sequence[Shipped], name: str | None = None, *, code: str | None = None
) -> int:
    """A new pipeline with these stages, of a name or a code; returns its id."""
    made = add(session, "pipeline", name, code=code)
    for one in stages:
        add(
            session,
            "stage",
            None,
            code=one.code,
            color=one.color,
            parent_id=made,
            data=one.data,
        )
    return made


def change(session: Session, item_id: int, **values: object) -> None:
    """Set columns of one item."""
    session.execute(update(ListItem).where(ListItem.id == item_id).values(**values))


def put_in_order(session: Session, ids: list[int]) -> None:
    """Number the items in the order of `ids`."""
    for position, item_id in enumerate(ids):
        session.execute(
            update(ListItem)
            .where(ListItem.id == item_id, ListItem.position != position)
            .values(position=position)
        )
