"""Chains of papers: from records up to where each began, and down to all that followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import literal, select

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import owner_column, table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Contract, Opportunity, Quote, Receipt, Ticket
from crm_desktop.domain.chains import ChainLink
from crm_desktop.domain.kinds import Kind, Ref

KINDS = (Kind.OPPORTUNITY, Kind.QUOTE, Kind.CONTRACT, Kind.RECEIPT, Kind.TICKET)
"""In the order in which one follows from another."""

_MOST = 50
"""Of each kind, the newest: a panel shows a few chains."""

_ABOVE: dict[Kind, tuple[tuple[Kind, Any], ...]] = {
    Kind.OPPORTUNITY: (),
    Kind.QUOTE: ((Kind.OPPORTUNITY, Quote.opportunity_id),),
    Kind.CONTRACT: ((Kind.QUOTE, Contract.quote_id), (Kind.OPPORTUNITY, Contract.opportunity_id)),
    Kind.RECEIPT: ((Kind.CONTRACT, Receipt.contract_id),),
    Kind.TICKET: ((Kind.CONTRACT, Ticket.contract_id),),
}
"""What a record may have followed from: the nearest first."""

_SHOWN: dict[Kind, tuple[Any, ...]] = {
    Kind.OPPORTUNITY: (Opportunity.title, Opportunity.state, Opportunity.amount,
                       Opportunity.currency),
    Kind.QUOTE: (Quote.number, Quote.state, Quote.total, Quote.currency),
    Kind.CONTRACT: (Contract.number, Contract.state, Contract.total, Contract.currency),
    Kind.RECEIPT: (Receipt.number, literal(""), Receipt.amount, Receipt.currency, Receipt.dated),
    Kind.TICKET: (Ticket.subject, Ticket.state),
}  # fmt: skip

Node = tuple[Kind, int]


def of(session: Session, ref: Ref) -> list[ChainLink]:
    """The chains a record is part of, or its customer has; the newest first.

    What stands alone is no chain and left out.
    """
    known = _seeds(session, ref)
    for kind in reversed(KINDS):
        for above, column in _ABOVE[kind]:
            known[above] |= _asked(session, kind, column, known[kind])
    for kind in KINDS:
        for above, column in _ABOVE[kind]:
            table: Any = table_of(kind)
            below = select(table.id).where(in_ids(column, known[above]))
            known[kind] |= set(session.execute(below).scalars())
    links: dict[Node, ChainLink] = {}
    children: dict[Node | None, list[Node]] = {}
    for kind in KINDS:
        for row in _rows(session, kind, known[kind]):
            shown, above_ids = row[1 : 1 + len(_SHOWN[kind])], row[1 + len(_SHOWN[kind]) :]
            node = (kind, row[0])
            links[node] = ChainLink(Ref(kind, row[0], shown[0] or ""), 0, *shown[1:])
            parents = zip((each for each, _ in _ABOVE[kind]), above_ids, strict=True)
            parent = next((each for each in parents if each in links), None)
            children.setdefault(parent, []).append(node)
    begun = [node for node in reversed(children.get(None, ())) if node in children]
    return [link for node in begun for link in _walk(node, 0, links, children)]


def _walk(
    node: Node, depth: int, links: dict[Node, ChainLink], children: dict[Node | None, list[Node]]
) -> Iterator[ChainLink]:
    one = links[node]
    yield replace(one, depth=depth)
    for each in children.get(node, ()):
        yield from _walk(each, depth + 1, links, children)


def _seeds(session: Session, ref: Ref) -> dict[Kind, set[int]]:
    if ref.kind in KINDS:
        return {kind: {ref.id} if kind is ref.kind else set() for kind in KINDS}
    found = {}
    for kind in KINDS:
        table: Any = table_of(kind)
        mine = select(table.id).where(owner_column(table, ref.kind) == ref.id)
        newest = session.execute(mine.order_by(table.id.desc()).limit(_MOST))
        found[kind] = set(newest.scalars())
    return found


def _asked(session: Session, kind: Kind, column: Any, ids: Iterable[int]) -> set[int]:
    table: Any = table_of(kind)
    held = select(column).where(in_ids(table.id, ids), column.is_not(None))
    return set(session.execute(held).scalars())


def _rows(session: Session, kind: Kind, ids: Iterable[int]) -> Iterable[Any]:
    table: Any = table_of(kind)
    columns = (table.id, *_SHOWN[kind], *(column for _, column in _ABOVE[kind]))
    statement = select(*columns).where(in_ids(table.id, ids), table.trashed_at.is_(None))
    return session.execute(statement.order_by(table.id)).all()
