"""Promises broken on purpose: a harness that does not find these proves nothing."""

from __future__ import annotations

from crm_desktop.data.bulk import Bulk, Rows
from crm_desktop.data.engines import sqlite

NO_SYNC = "no-sync"  # commits are not flushed to the disk: acknowledged steps can be lost
HALF_STEPS = "half-steps"  # an import is committed in its middle: half of it can be there
FAULTS = (NO_SYNC, HALF_STEPS)


def break_promise(fault: str) -> None:
    """Make this process break one promise. "" breaks none; another word is a mistake."""
    if fault == NO_SYNC:
        sqlite._WRITER["synchronous"] = 0
    elif fault == HALF_STEPS:
        _commit_between_companies_and_people()
    elif fault:
        raise ValueError(f"no such fault: {fault}")


def _commit_between_companies_and_people() -> None:
    whole = Bulk.insert

    def insert(self: Bulk, rows: Rows) -> None:
        whole(self, rows)
        connection = self._session.connection()
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    Bulk.insert = insert  # type: ignore[method-assign]
