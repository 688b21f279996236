"""The reminder ledger, and the follow-ups that want to be noticed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.loading import wall_time
from crm_desktop.data.records.titles import refs
from crm_desktop.data.tables import Activity, Person, Reminder
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.reminders import Occurrence, Source, State, lead, promised


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of one occurrence."""

    state: State
    due_at: datetime  # of a snoozed one, when it comes again


def follow_ups(session: Session, until: date, usual_lead: int) -> list[Occurrence]:
    """Open follow-ups with a time, promised or shown up to a day.

    One that was late already when it was recorded (by an import) reminds nobody: it stands
    under Overdue, and a thousand of them would drown the one that matters.
    """
    statement = select(Activity).where(
        Activity.state == "planned",
        Activity.due_date <= until,
        Activity.due_time.is_not(None),
        Activity.trashed_at.is_(None),
        or_(Activity.show_from.is_(None), Activity.show_from <= until),
    )
    rows = list(session.execute(statement).scalars())
    people = refs(session, Kind.PERSON, (row.person_id for row in rows))
    companies = refs(session, Kind.COMPANY, (row.company_id for row in rows))
    found = []
    for row in rows:
        if row.due_date is None:
            continue
        due = Due(row.due_date, wall_time(row.due_time), row.due_zone or "UTC")
        moment = promised(due, row.show_from)
        if moment <= row.created_at:
            continue
        found.append(
            Occurrence(
                Source.ACTIVITY,
                row.id,
                moment.isoformat(),
                moment - lead(row.remind, usual_lead),
                Ref(Kind.ACTIVITY, row.id, row.subject),
                people.get(row.person_id) if row.person_id else None,
                companies.get(row.company_id) if row.company_id else None,
            )
        )
    return found


def recorded_since(session: Session, people: Sequence[int]) -> dict[int, datetime]:
    """When these people came into the book."""
    statement = select(Person.id, Person.created_at).where(in_ids(Person.id, people))
    return {person_id: at for person_id, at in session.execute(statement)}


def entries(
    session: Session, occurrences: Iterable[Occurrence]
) -> dict[tuple[str, int, str], Entry]:
    """What the ledger knows of these."""
    by_source: dict[Source, set[int]] = {}
    for each in occurrences:
        by_source.setdefault(each.source, set()).add(each.source_id)
    found: dict[tuple[str, int, str], Entry] = {}
    for source, ids in by_source.items():
        statement = select(
            Reminder.source_id, Reminder.occurrence, Reminder.state, Reminder.due_at
        ).where(Reminder.source == source.value, in_ids(Reminder.source_id, ids))
        for source_id, occurrence, state, due_at in session.execute(statement):
            found[source.value, source_id, occurrence] = Entry(State(state), due_at)
    return found


def put(
    session: Session, occurrence: Occurrence, state: State, due_at: datetime, now: datetime
) -> None:
    """Write what became of one; each occurrence has one row for ever."""
    source, source_id, key = occurrence.key
    values = {"state": state.value, "due_at": due_at, "changed_at": now}
    statement = insert(Reminder).values(
        source=source, source_id=source_id, occurrence=key, **values
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["source", "source_id", "occurrence"], set_=values
        )
    )
