"""The log beside the file: what is committed is safe in it, and copied into the file in time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from crm_desktop.data.engines import sqlite


@contextmanager
def left_alone(connection: Connection) -> Iterator[None]:
    """What is committed inside stays in the log, however much it is, for a later `copy`."""
    driver: Any = connection.connection.driver_connection
    (usual,) = driver.execute("PRAGMA wal_autocheckpoint").fetchone()
    driver.execute("PRAGMA wal_autocheckpoint=0").fetchone()
    try:
        yield
    finally:
        driver.execute(f"PRAGMA wal_autocheckpoint={usual}").fetchone()


def copy(path: Path) -> None:
    """Copy the log into the file, as far as nobody reads an older state."""
    connection = sqlite.connect(path)
    try:
        sqlite.set_pragmas(connection, sqlite.LASTING)
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    finally:
        connection.close()
