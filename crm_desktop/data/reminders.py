"""The reminder ledger, and the follow-ups that want to be noticed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.dialects.sqlite import insert

from crm_desktop.data import anniversaries as anniversary_rows
from crm_desktop.data import birthdays as birthday_rows
from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.loading import wall_time
from crm_desktop.data.records.titles import companies_of_people, refs, refs_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Activity, Attachment, Person, Reminder
from crm_desktop.domain.birthdays import BirthdayKey
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.reminders import (
    FILE_LEADS,
    Occurrence,
    Source,
    State,
    lead,
    morning,
    promised,
)


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
    rows = session.whole(statement)
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
                Ref(Kind.PERSON, row.person_id) if row.person_id else None,
                Ref(Kind.COMPANY, row.company_id) if row.company_id else None,
            )
        )
    return found


def birthdays(
    session: Session, window: Mapping[BirthdayKey, Sequence[date]], leads: Sequence[int], zone: str
) -> list[Occurrence]:
    """Birthdays of these days, once for each lead, of people who may be written to.

    Nothing was to be remembered before a person came into the book.
    """
    people = birthday_rows.keys_of_people(session, window)
    statement = select(Person.id, Person.name, Person.created_at).where(
        in_ids(Person.id, people), Person.do_not_contact.is_(False)
    )
    found = []
    for person_id, name, created_at in session.execute(statement):
        person = Ref(Kind.PERSON, person_id, name)
        for on in window[people[person_id]]:
            for days in leads:
                at = morning(on - timedelta(days=days), zone)
                if at > created_at:
                    key = f"{on.isoformat()}/{days}"
                    each = Occurrence(Source.BIRTHDAY, person_id, key, at, person, person, on=on)
                    found.append(each)
    return found


def anniversaries(
    session: Session, window: Mapping[BirthdayKey, Sequence[date]], leads: Sequence[int], zone: str
) -> list[Occurrence]:
    """Other days of the year, like birthdays."""
    found = []
    for person, one, made in anniversary_rows.on_days(session, window):
        for on in window[one.day.key]:
            for days in leads:
                at = morning(on - timedelta(days=days), zone)
                if at > made:
                    key = f"{on.isoformat()}/{days}"
                    found.append(
                        Occurrence(
                            Source.ANNIVERSARY, one.id, key, at, person, person, None, on, one.name
                        )
                    )
    return found


def files(session: Session, since: date, until: date, zone: str) -> list[Occurrence]:
    """Files whose validity ends on one of these days, told where they are kept."""
    statement = select(Attachment).where(
        Attachment.expires_on.between(since, until), Attachment.trashed_at.is_(None)
    )
    rows = list(session.whole(statement))
    owners = refs_of(session, {(Kind(row.owner_kind), row.owner_id) for row in rows})
    found = []
    for row in rows:
        owner = owners.get((Kind(row.owner_kind), row.owner_id))
        if owner is None or row.expires_on is None:
            continue
        for days in FILE_LEADS:
            at = morning(row.expires_on - timedelta(days=days), zone)
            if at > row.created_at:
                key = f"{row.expires_on.isoformat()}/{days}"
                found.append(
                    Occurrence(
                        Source.FILE, row.id, key, at, owner, None, None, row.expires_on, row.name
                    )
                )
    return found


def with_customers(session: Session, occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """The same with person and company by name: only for what is shown."""
    people = refs(session, Kind.PERSON, (each.person.id for each in occurrences if each.person))
    works_at = companies_of_people(session, people)
    ids = (each.company.id for each in occurrences if each.company)
    companies = refs(session, Kind.COMPANY, ids)
    found = []
    for each in occurrences:
        person = people.get(each.person.id) if each.person else None
        company = companies.get(each.company.id) if each.company else None
        if company is None and person is not None:
            company = works_at.get(person.id)
        found.append(replace(each, person=person, company=company))
    return found


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
