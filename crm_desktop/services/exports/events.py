"""Follow-ups and birthdays as events of a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from crm_desktop.data.session import Session
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
"""So far ahead birthdays are written that a calendar cannot repeat by itself: lunar ones."""

_STEP = (
    *("subject", "type", "state", "due", "duration", "remind"),
    *("person", "company", "opportunity", "outcome"),
)


class Events:
    """Makes events of follow-ups, and of the birthdays of people."""

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
        rules = self._business.birthday_rules()
        today = self._clock.today()
        end = today + timedelta(days=round(365.25 * YEARS))
        keys = ("name", "company", "birthday")
        for values in read(session, self._records, self._clock, Kind.PERSON, ids, keys):
            birthday: Birthday | None = values["birthday"]
            if birthday is None:
                continue
            title = self._words.text("export.birthday_of", name=values["name"])
            company = values["company"].title if values["company"] else ""
            uid = f"birthday-{values['uid']}"
            if not birthday.lunar and (birthday.month, birthday.day) != (2, 29):
                start = next_occurrence(birthday, today, rules)
                if start is not None:
                    yield Event(uid, title, start, every_year=True, notes=company)
                continue
            for day in occurrences_between(birthday, today, end, rules):
                yield Event(f"{day:%Y%m%d}-{uid}", title, day, notes=company)
