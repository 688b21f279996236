"""Rows that hang on records: those of some of them, and taking them out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import column, owner_column, table_of
from crm_desktop.data.session import Session
from crm_desktop.domain.kinds import OWNERS, Kind


def of_owners(session: Session, kind: Kind, owners: Sequence[int]) -> set[int]:
    """The rows of a kind that hang on these records."""
    owner = owner_column(table_of(kind), OWNERS[kind])
    return set(session.execute(select(column(kind, "id")).where(in_ids(owner, owners))).scalars())


def remove(session: Session, kind: Kind, ids: Sequence[int]) -> None:
    """Take rows out of the book; undo brings them back."""
    session.execute(delete(table_of(kind)).where(in_ids(column(kind, "id"), ids)))
