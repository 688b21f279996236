"""Which records a gesture made findable by something else than before."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import func, select

from crm_desktop.data.ids import in_ids
from crm_desktop.data.journal import Changes
from crm_desktop.data.records.columns import column, owner_column, plain_table, table_of
from crm_desktop.data.search import choices
from crm_desktop.data.search.documents import FINDABLE_TYPES
from crm_desktop.data.session import Session
from crm_desktop.data.tables import TABLE_OF_KIND, Job, ProposedProduct, TagLink
from crm_desktop.domain.kinds import KINDS_OF_CUSTOMERS, RECORD_KINDS, Kind

_CHILDREN = ("points", "addresses", "jobs")
_OWNERS = {"person_id": Kind.PERSON, "company_id": Kind.COMPANY}


def stale_records(session: Session, changes: Changes) -> dict[Kind, set[int]]:
    """Ids by kind: records changed themselves, by their children, or by a name they show."""
    stale: dict[Kind, set[int]] = {kind: set() for kind in RECORD_KINDS}
    for kind, table in TABLE_OF_KIND.items():
        stale[kind].update(changes.touched(str(table.__tablename__)))
    for child in _CHILDREN:
        if changes.open(child):
            for name, kind in _OWNERS.items():
                stale[kind].update(_owners(changes, child, name))
    if changes.open("proposed_products"):
        owners = _owners(changes, "proposed_products", "opportunity_id")
        stale[Kind.OPPORTUNITY].update(owners)
    if changes.open("tag_links"):
        for kind_value, record_id in _tag_owners(changes):
            stale[Kind(kind_value)].add(record_id)
    _add_naming(session, changes, stale)
    _add_own_fields(session, changes, stale)
    for kind, record_id in choices.renamed(session, changes):
        stale[kind].add(record_id)
    return stale


def _owners(changes: Changes, table: str, name: str) -> Iterable[int]:
    rows = changes.ask(changes.owners(table, name))
    return [int(row[0]) for row in rows if row[0] is not None]


def _tag_owners(changes: Changes) -> Iterable[tuple[str, int]]:
    # Links are only ever inserted and deleted, so the journal holds them whole.
    rows = changes.ask(
        "SELECT coalesce(after, before) ->> 'owner_kind',"
        f" coalesce(after, before) ->> 'owner_id' FROM {changes.mine('tag_links')}"
        f" UNION {changes.made('tag_links', 't.owner_kind, t.owner_id')}"
    )
    return [(str(kind), int(record_id)) for kind, record_id in rows]


def _add_naming(session: Session, changes: Changes, stale: dict[Kind, set[int]]) -> None:
    """Records found by the name of another one that was renamed.

    What names a new or a removed record changes itself.
    """
    companies = changes.updated("companies", "name")
    if companies:
        people = select(Job.person_id).where(in_ids(Job.company_id, companies))
        stale[Kind.PERSON].update(session.execute(people).scalars())
    for kind, renamed in (
        (Kind.COMPANY, companies),
        (Kind.PERSON, changes.updated("people", "name")),
    ):
        for naming in KINDS_OF_CUSTOMERS if renamed else ():
            owner = owner_column(table_of(naming), kind)
            rows = select(column(naming, "id")).where(in_ids(owner, renamed))
            stale[naming].update(session.execute(rows).scalars())
    if products := changes.updated("products", "name"):
        row = ProposedProduct
        named = select(row.opportunity_id).where(in_ids(row.product_id, products))
        stale[Kind.OPPORTUNITY].update(session.execute(named).scalars())
    tags = changes.updated("tags", "name")
    if tags:
        links = select(TagLink.owner_kind, TagLink.owner_id).where(in_ids(TagLink.tag_id, tags))
        for kind_value, record_id in session.execute(links):
            stale[Kind(kind_value)].add(record_id)


def _add_own_fields(session: Session, changes: Changes, stale: dict[Kind, set[int]]) -> None:
    """Records with a text in a field of the user's own that came or went."""
    fields = changes.touched("custom_fields", "trashed_at")
    if not fields:
        return
    held = changes.ask(
        "SELECT id, kind, type FROM custom_fields WHERE id IN (SELECT value FROM json_each(:ids))"
        " UNION SELECT row_id, before ->> 'kind', before ->> 'type'"
        f" FROM {changes.mine('custom_fields')} AND kind = 'D'",
        ids=json.dumps(fields),
    )
    for field, kind_value, type_value in held:
        if type_value in FINDABLE_TYPES:
            kind = Kind(kind_value)
            value = func.json_extract(plain_table(kind).c.custom, f'$."f{field}"')
            rows = select(plain_table(kind).c.id).where(value.is_not(None))
            stale[kind].update(session.execute(rows).scalars())
