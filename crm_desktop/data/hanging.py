"""Rows that hang on a record have no trash of their own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import column, table_of
from crm_desktop.data.session import Session
from crm_desktop.domain.kinds import Kind


def remove(session: Session, kind: Kind, ids: Sequence[int]) -> None:
    """Take rows out of the book; undo brings them back."""
    session.execute(delete(table_of(kind)).where(in_ids(column(kind, "id"), ids)))
