"""Numbers given once: the series lies outside of undo, so that none is ever used again."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.dialects.sqlite import insert

from crm_desktop.data.records.columns import table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import NumberSeries
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.numbers import number_text, series_year


def next_number(session: Session, kind: Kind, pattern: str, day: date) -> str:
    """The next free number of a kind; those that came in by import are passed over."""
    table: Any = table_of(kind)
    while True:
        number = number_text(pattern, _count_up(session, kind, series_year(pattern, day)), day)
        if not session.execute(select(exists().where(table.number == number))).scalar():
            return number


def peek(session: Session, kind: Kind, pattern: str, day: date) -> str:
    """The number the next record of a kind will get; nothing is used up."""
    table: Any = table_of(kind)
    year = series_year(pattern, day)
    last = session.execute(
        select(NumberSeries.last).where(NumberSeries.kind == kind.value, NumberSeries.year == year)
    ).scalar()
    following = (last or 0) + 1
    while True:
        number = number_text(pattern, following, day)
        if not session.execute(select(exists().where(table.number == number))).scalar():
            return number
        following += 1


def _count_up(session: Session, kind: Kind, year: int) -> int:
    statement = insert(NumberSeries).values(kind=kind.value, year=year, last=1)
    return session.execute(
        statement.on_conflict_do_update(
            index_elements=["kind", "year"], set_={"last": NumberSeries.last + 1}
        ).returning(NumberSeries.last)
    ).scalar_one()
