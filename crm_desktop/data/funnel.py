"""The funnel: how far opportunities came and how long they stayed, kept up as they change.

`opportunity_ways` has a row for each opportunity outside the trash that entered a stage: the
stages it was in, and its stays. `stage_stays` sums the stays by the day (UTC) of recording.
Both are derived: of every opportunity a gesture touched the old row is taken out of the sums
and a new one put in.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from crm_desktop.data.ids import batched
from crm_desktop.data.journal import Changes
from crm_desktop.data.session import Session
from crm_desktop.data.types import Amount, stamp_text

BATCH = 5_000
_MILLISECONDS_A_DAY = 86_400_000
TABLES = frozenset({"opportunity_ways", "stage_stays"})
_EVER = "0001-01-01"
_FOREVER = "9999-12-31"

_AT = "CAST(round(unixepoch(l.at, 'subsec') * 1000) AS INTEGER)"
# A stay ends with the next entry of the same opportunity; the last one goes on.
_WAYS = (
    "WITH entered AS (SELECT l.opportunity_id AS id, l.to_id AS stage, {at} AS at,"
    " lead({at}) OVER (PARTITION BY l.opportunity_id ORDER BY l.at, l.id) AS left_at"
    " FROM stage_log AS l {some}),"
    " stays AS (SELECT id, stage, count(left_at) AS ended, coalesce(sum(left_at - at), 0) AS time,"
    " sum(left_at IS NULL) AS going_on, sum(iif(left_at IS NULL, at, 0)) AS since"
    " FROM entered GROUP BY id, stage)"
    " INSERT INTO opportunity_ways (opportunity_id, way, currency, recorded_at, amount, stays)"
    " SELECT o.id, json_group_array(s.stage ORDER BY s.stage), o.currency, o.created_at,"
    " coalesce(o.amount, 0),"
    " json_group_array(json_array(s.stage, s.ended, s.time, s.going_on, s.since) ORDER BY s.stage)"
    " FROM stays AS s CROSS JOIN opportunities AS o ON o.id = s.id"
    " WHERE o.trashed_at IS NULL GROUP BY o.id"
)
_ALL_WAYS = _WAYS.format(at=_AT, some="")
_SOME_WAYS = _WAYS.format(
    at=_AT, some="WHERE l.opportunity_id IN (SELECT value FROM json_each(:ids))"
)
_SOME = "WHERE w.opportunity_id IN (SELECT value FROM json_each(:ids))"
_DAYS = f"SELECT DISTINCT substr(w.recorded_at, 1, 10) FROM opportunity_ways AS w {_SOME}"
_FORGET = f"DELETE FROM opportunity_ways AS w {_SOME}"
_SUM = (
    "INSERT INTO stage_stays (day, stage_id, ended, time, going_on, since)"
    " SELECT substr(w.recorded_at, 1, 10), s.value ->> 0, {sign}sum(s.value ->> 1),"
    " {sign}sum(s.value ->> 2), {sign}sum(s.value ->> 3), {sign}sum(s.value ->> 4)"
    " FROM opportunity_ways AS w CROSS JOIN json_each(w.stays) AS s {some} GROUP BY 1, 2"
    " ON CONFLICT DO UPDATE SET ended = ended + excluded.ended, time = time + excluded.time,"
    " going_on = going_on + excluded.going_on, since = since + excluded.since"
)
_SUM_ALL = _SUM.format(sign="", some="WHERE true")
_ADD, _TAKE_OUT = (_SUM.format(sign=sign, some=_SOME) for sign in ("", "-"))
_DROP_EMPTY = (
    "DELETE FROM stage_stays WHERE day IN (SELECT value FROM json_each(:days))"
    " AND ended = 0 AND going_on = 0"
)


def refresh(session: Session, changes: Changes) -> None:
    """Before each commit: bring up to date what a gesture did to opportunities and their log."""
    ids = set(changes.touched("opportunities", "trashed_at", "created_at", "currency", "amount"))
    if changes.open("stage_log"):
        rows = changes.ask(changes.owners("stage_log", "opportunity_id"))
        ids.update(row[0] for row in rows if row[0] is not None)
    for batch in batched(sorted(ids), BATCH):
        _update(session.connection(), batch)


def _update(connection: Connection, ids: Sequence[int]) -> None:
    execute = connection.exec_driver_sql
    asked = {"ids": json.dumps(ids)}
    days = [row[0] for row in execute(_DAYS, asked)]
    if days:
        execute(_TAKE_OUT, asked)
        execute(_FORGET, asked)
    execute(_SOME_WAYS, asked)
    execute(_ADD, asked)
    if days:
        execute(_DROP_EMPTY, {"days": json.dumps(days)})


def rebuild(connection: Connection) -> None:
    """Make both tables anew from the opportunities and their log."""
    for statement in (
        "DELETE FROM opportunity_ways",
        "DELETE FROM stage_stays",
        _ALL_WAYS,
        _SUM_ALL,
    ):
        connection.exec_driver_sql(statement)


@dataclass(frozen=True, slots=True)
class Reached:
    """Opportunities of one currency that went the same way; `place` is its farthest stage."""

    place: int
    currency: str
    amount: Decimal
    ids: list[int]


# From one pair to the next along the index: there are few of them, however many opportunities.
_REACHED = (
    "WITH RECURSIVE ways (way) AS (SELECT min(way) FROM opportunity_ways UNION ALL"
    " SELECT (SELECT min(n.way) FROM opportunity_ways AS n WHERE n.way > ways.way) FROM ways"
    " WHERE ways.way IS NOT NULL),"
    " pairs (way, currency) AS (SELECT way, (SELECT min(n.currency) FROM opportunity_ways AS n"
    " WHERE n.way = ways.way) FROM ways WHERE way IS NOT NULL UNION ALL"
    " SELECT p.way, (SELECT min(n.currency) FROM opportunity_ways AS n WHERE n.way = p.way"
    " AND n.currency > p.currency) FROM pairs AS p WHERE p.currency IS NOT NULL)"
    " SELECT p.way, p.currency, (SELECT json_array(sum(w.amount), json_group_array("
    " w.opportunity_id)) FROM opportunity_ways AS w WHERE w.way = p.way"
    " AND w.currency = p.currency AND w.recorded_at >= :since AND w.recorded_at < :until)"
    " FROM pairs AS p WHERE p.currency IS NOT NULL"
)
# Whole days by their sums; of the days in which the period begins and ends, by what was
# recorded in it. U comes behind the T of a moment.
_STAYED = (
    "SELECT stage_id, sum(time + going_on * :now - since), sum(ended + going_on) FROM ("
    "SELECT stage_id, ended, time, going_on, since FROM stage_stays"
    " WHERE day > :day AND day < :last_day"
    " UNION ALL SELECT s.value ->> 0, s.value ->> 1, s.value ->> 2, s.value ->> 3, s.value ->> 4"
    " FROM opportunities AS o CROSS JOIN opportunity_ways AS w ON w.opportunity_id = o.id"
    " CROSS JOIN json_each(w.stays) AS s WHERE o.trashed_at IS NULL AND o.created_at >= :since"
    " AND o.created_at < min(:day || 'U', :until)"
    " UNION ALL SELECT s.value ->> 0, s.value ->> 1, s.value ->> 2, s.value ->> 3, s.value ->> 4"
    " FROM opportunities AS o CROSS JOIN opportunity_ways AS w ON w.opportunity_id = o.id"
    " CROSS JOIN json_each(w.stays) AS s WHERE o.trashed_at IS NULL"
    " AND o.created_at >= max(:day || 'U', :last_day) AND o.created_at < :until) GROUP BY stage_id"
)


def reached(
    session: Session, stages: Sequence[int], first: datetime | None, until: datetime | None
) -> list[Reached]:
    """How far those recorded since `first` and before `until` came.

    The way of each is told by the place of the farthest of `stages`.
    """
    places = {stage: place for place, stage in enumerate(stages)}
    connection = session.connection()
    exact, dialect = Amount().process_result_value, connection.dialect
    found = []
    for way, currency, held in connection.exec_driver_sql(_REACHED, _period(first, until)):
        place = max((places[stage] for stage in json.loads(way) if stage in places), default=None)
        amount, ids = json.loads(held)
        if place is not None and ids:
            found.append(Reached(place, currency, exact(amount, dialect) or Decimal(0), ids))
    return found


def days_in_stages(
    session: Session, first: datetime | None, until: datetime | None, now: datetime
) -> dict[int, float]:
    """Days spent up to `now` on an average in each stage by those `reached` tells of."""
    period = _period(first, until)
    asked = {
        **period,
        "day": period["since"][:10],
        "last_day": period["until"][:10],
        "now": round(now.timestamp() * 1000),
    }
    rows = session.connection().exec_driver_sql(_STAYED, asked)
    return {stage: time / count / _MILLISECONDS_A_DAY for stage, time, count in rows}


def _period(first: datetime | None, until: datetime | None) -> dict[str, str]:
    return {
        "since": stamp_text(first) if first else _EVER,
        "until": stamp_text(until) if until else _FOREVER,
    }
