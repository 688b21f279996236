"""Records as they were: read from the journal, and put back field by field or whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crm_desktop.data import as_of as rows
from crm_desktop.data import custom_fields, jobs
from crm_desktop.data.book import Book
from crm_desktop.data.records import titles
from crm_desktop.data.records.reading import Reader
from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.as_of import Then
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.services.records import Records

_MOST_DAYS = 400


class AsOf:
    """What a record was on a day. Restoring is one gesture, which undo takes back."""

    def __init__(self, book: Book, clock: Clock, records: Records) -> None:
        self._book = book
        self._clock = clock
        self._records = records

    def days(self, ref: Ref) -> list[date]:
        """The days on which the record was changed, newest first."""
        with self._book.read() as session:
            moments = rows.days_of_change(session, ref, _MOST_DAYS)
        zone = ZoneInfo(self._clock.zone)
        return list(dict.fromkeys(moment.astimezone(zone).date() for moment in moments))

    def at(self, ref: Ref, day: date) -> Then:
        """The record as it was when the day ended.

        Refused("as_of.not_yet") where it was recorded later, Refused("record.gone") where
        there is none.
        """
        moment = self._end_of(day)
        now = self._records.card(ref.kind, ref.id)
        with self._book.read() as session:
            custom = custom_fields.fields(session, ref.kind)
            gesture = rows.last_gesture(session, moment)
            with rows.book_of(session, ref, gesture) as small:
                if small is None:
                    raise Refused("as_of.not_yet", name=now.ref.title)
                reader = Reader(small, ref.kind, self._clock.today(), custom, zone=self._clock.zone)
                card = reader.card(ref.id)
                person = ref.kind is Kind.PERSON
                held_jobs = tuple(jobs.of_person(small, ref.id)) if person else ()
        return Then(
            card.ref,
            moment,
            tuple(f for f in (*schema.FIELDS[ref.kind], *custom) if not f.computed),
            card.values,
            now.values,
            card.trashed,
            held_jobs,
        )

    def restore(self, ref: Ref, day: date, keys: Sequence[str] | None = None) -> int:
        """Give fields (all that differ) the values of that day back; returns how many.

        Links to records that are gone for good stay as they are. Refused("as_of.same") where
        nothing is different.
        """
        then = self.at(ref, day)
        wanted = [key for key in then.changed if keys is None or key in keys]
        fields = {field.key: field for field in then.fields}
        with self._book.read() as session:
            values = {
                key: then.values.get(key)
                for key in wanted
                if self._is_there(session, fields[key], then.values.get(key))
            }
        if not values:
            raise Refused("as_of.same", name=then.ref.title)
        with self._book.write(
            "gesture.restored_as_of",
            name=then.ref.title,
            day=day.isoformat(),
            count=len(values),
        ) as writing:
            self._records.change(writing.session, ref.kind, [ref.id], values)
        return len(values)

    def _end_of(self, day: date) -> datetime:
        zone = ZoneInfo(self._clock.zone)
        start = datetime.combine(day + timedelta(days=1), time(), zone)
        return start.astimezone(UTC) - timedelta(microseconds=1)

    @staticmethod
    def _is_there(session: Session, field: Field, value: Any) -> bool:
        named = [one.what for one in value or ()] if field.type is FieldType.PARTS else [value]
        links = [one for one in named if isinstance(one, Ref)]
        return all(one.id in titles.titles(session, one.kind, [one.id]) for one in links)
