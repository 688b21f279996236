"""A digest of everything the user has written: equal books have equal digests."""

from __future__ import annotations

import hashlib

from sqlalchemy import MetaData, Table

from crm_desktop.data.session import Session
from crm_desktop.data.tables.base import journalled_columns, journalled_tables


def content_digest(session: Session, metadata: MetaData) -> str:
    """SHA-256 over every journalled row, without versions and derived columns."""
    whole = hashlib.sha256()
    for table in journalled_tables(metadata):
        whole.update(f"{table.name}:{table_digest(session, table)}\n".encode())
    return whole.hexdigest()


def table_digest(session: Session, table: Table) -> str:
    """The same of one table."""
    columns = ", ".join(f'"{column.name}"' for column in journalled_columns(table))
    rows = session.connection().exec_driver_sql(
        f'SELECT json_array({columns}) FROM "{table.name}" ORDER BY id'
    )
    digest = hashlib.sha256()
    for (row,) in rows:
        digest.update(row.encode())
        digest.update(b"\n")
    return digest.hexdigest()
