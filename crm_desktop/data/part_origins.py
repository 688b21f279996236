"""Which file, sheet and rows brought what hangs on a record, import by import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from crm_desktop.data.records.columns import column, owner_column, table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import ImportOrigin
from crm_desktop.domain import schema
from crm_desktop.domain.kinds import OWNERS, Ref

BETWEEN = " › "  # of file, sheet and row
_MOST = 5  # runs of rows that are named


@dataclass(frozen=True, slots=True)
class PartsBrought:
    """What one import hung on a record."""

    at: datetime
    origin: str
    """File, sheet and rows."""
    names: tuple[str, ...]


def told(session: Session, ref: Ref) -> Iterator[PartsBrought]:
    """What is still there of what imports brought, the newest first."""
    for kind, owner in OWNERS.items():
        if owner is not ref.kind:
            continue
        origin = ImportOrigin
        statement = (
            select(
                origin.imported_at,
                origin.file,
                origin.sheet,
                origin.row,
                column(kind, schema.TITLE_KEYS[kind]),
            )
            .join(table_of(kind), column(kind, "id") == origin.record_id)
            .where(origin.kind == kind.value, owner_column(table_of(kind), owner) == ref.id)
            .order_by(origin.imported_at.desc(), origin.file, origin.sheet, origin.row)
        )
        for (at, file, sheet), some in groupby(session.execute(statement), lambda row: row[:3]):
            rows = list(some)
            place = (file, sheet, rows_text(row for *_, row, _ in rows))
            names = tuple(dict.fromkeys(name for *_, name in rows))
            yield PartsBrought(at, BETWEEN.join(filter(None, place)), names)


def rows_text(rows: Iterable[int]) -> str:
    """Numbers of rows, ascending, those that follow each other as one run: "3–5, 9"."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1][1:] = [row]
        else:
            runs.append([row])
    shown = ["–".join(map(str, run)) for run in runs[:_MOST]]
    return ", ".join([*shown, "…"] if len(runs) > _MOST else shown)
