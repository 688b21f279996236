"""Follow-ups, birthdays and anniversaries as events of a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from crm_desktop.data.session import Session
from crm_desktop.domain.anniversaries import Anniversary, ComingAnniversary
from crm_desktop.domain.birthdays import Birthday, next_occurrence, occurrences_between
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import item_name
from crm_desktop.exchange.writing.calendar_file import Event
from crm_desktop.services.business import Business
from crm_desktop.services.exports.reading import Values, read
from crm_desktop.services.lists import Lists
from crm_desktop.services.records import Records
from crm_desktop.words import Words

YEARS = 10
"""So far ahead days are written that a calendar cannot repeat by itself: lunar ones."""

_STEP = (
    *("subject", "type", "state", "due", "duration", "remind"),
    *("person", "company", "opportunity", "outcome"),
)
_OF_PERSON = ("name", "company", "birthday")


class Events:
    """Makes events of follow-ups, and of the days of people."""

    def __init__(
        self, records: Records, lists: Lists, business: Business, clock: Clock, words: Words
    ) -> None:
        self._records = records
        self._lists = lists
        self._business = business
        self._clock = clock
        self._words = words

    def follow_ups(self, session: Session, ids: Sequence[int]) -> Iterator[Event]:
        """What has a day; a time makes it an hour of that day."""
        for values in read(session, self._records, self._clock, Kind.ACTIVITY, ids, _STEP):
            due: Due | None = values["due"]
            if due is not None:
                yield self._follow_up(due, values)

    def _follow_up(self, due: Due, values: Values) -> Event:
        kind = self._lists.item(values["type"])
        about = [values[key].title for key in ("person", "company", "opportunity") if values[key]]
        return Event(
            uid=values["uid"],
            title=" · ".join([values["subject"], *about[:1]]),
            start=due.day if due.time is None else due.utc(),
            minutes=values["duration"] or 30,
            notes="\n".join([*about, *filter(None, [values["outcome"]])]),
            categories=(item_name(kind, self._words.text),) if kind else (),
            cancelled=values["state"] == "cancelled",
            remind=values["remind"] if due.time is not None else None,
        )

    def birthdays(self, session: Session, ids: Sequence[int]) -> Iterator[Event]:
        """Of these people; solar ones come every year, the others once for each of ten years."""
        for values in read(session, self._records, self._clock, Kind.PERSON, ids, _OF_PERSON):
            if values["birthday"] is not None:
                title = self._words.text("export.birthday_of", name=values["name"])
                yield from self._every_year(
                    values, values["birthday"], title, f"birthday-{values['uid']}"
                )

    def anniversaries(self, session: Session, rows: Sequence[ComingAnniversary]) -> Iterator[Event]:
        """The same of these, each once."""
        of: dict[int, dict[int, Anniversary]] = {}
        for row in rows:
            of.setdefault(row.person.id, {})[row.anniversary.id] = row.anniversary
        own = ("uid", "id")
        for values in read(
            session, self._records, self._clock, Kind.PERSON, list(of), _OF_PERSON, own
        ):
            for one in of[values["id"]].values():
                title = self._words.text(
                    "export.anniversary_of", what=one.name, name=values["name"]
                )
                uid = f"anniversary-{one.id}-{values['uid']}"
                yield from self._every_year(values, one.day, title, uid)

    def _every_year(self, values: Values, day: Birthday, title: str, uid: str) -> Iterator[Event]:
        """A day of the solar calendar as one event that comes back, another one year by year."""
        rules = self._business.birthday_rules()
        today = self._clock.today()
        company = values["company"].title if values["company"] else ""
        if not day.lunar and (day.month, day.day) != (2, 29):
            start = next_occurrence(day, today, rules)
            if start is not None:
                yield Event(uid, title, start, every_year=True, notes=company)
            return
        end = today + timedelta(days=round(365.25 * YEARS))
        for on in occurrences_between(day, today, end, rules):
            yield Event(f"{on:%Y%m%d}-{uid}", title, on, notes=company)
