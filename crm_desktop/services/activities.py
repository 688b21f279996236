"""Follow-ups and what was done: plan, log, complete, put off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crm_desktop.data import activities as rows
from crm_desktop.data.book import Book
from crm_desktop.data.named import named_in
from crm_desktop.data.session import Session
from crm_desktop.domain.agenda import AgendaItem, Section
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.quickadd import FoundName, QuickAdd, parse, without_date
from crm_desktop.domain.text import shortened
from crm_desktop.services.lists import Lists
from crm_desktop.services.records import Records
from crm_desktop.services.rules import Rules

SUBJECT_LENGTH = 80


class ActivityRules(Rules):
    """A new activity knows its customer; one that is done knows when."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def before_create(self, session: Session, values: dict[str, Any]) -> dict[str, Any]:
        """Fill the customer from what it is about, the day it shows from, the moment done.

        What came of it tells that it is done; the past day it stands at, when.
        """
        for kind in (*rows.ABOUT, Kind.PERSON):
            target = values.get(kind.value)
            if target is not None:
                record_id = target.id if isinstance(target, Ref) else target
                for key, value in rows.context_of(session, Ref(kind, record_id)).items():
                    if values.get(key) is None:
                        values[key] = value
        if values.get("state") is None and values.get("outcome"):
            values["state"] = "done"
        if values.get("state") == "done":
            values.setdefault("done_at", self._moment(values.get("due")))
        return self._shown(values)

    def _moment(self, due: Due | None) -> datetime:
        now = self._clock.now()
        return min(due.utc(), now) if due is not None else now

    def before_update(
        self, session: Session, ids: Sequence[int], values: dict[str, Any]
    ) -> dict[str, Any]:
        """Done needs its moment; a new promise shows from its own day."""
        if "state" in values:
            values.setdefault("done_at", self._clock.now() if values["state"] == "done" else None)
        return self._shown(values)

    def _shown(self, values: dict[str, Any]) -> dict[str, Any]:
        due = values.get("due")
        if due is not None:
            values.setdefault("show_from", due.day)
        return values


class Activities:
    """What the user does with follow-ups; each method is one gesture."""

    def __init__(self, book: Book, clock: Clock, records: Records, lists: Lists) -> None:
        self._book = book
        self._clock = clock
        self._records = records
        self._lists = lists

    def log(
        self,
        ref: Ref,
        text: str,
        type_code: str = "note",
        *,
        when: datetime | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> int:
        """Note something done with a record; the first line is the subject. Returns its id."""
        subject, _, rest = text.strip().partition("\n")
        long = len(subject) > SUBJECT_LENGTH
        values = {
            "subject": shortened(subject, SUBJECT_LENGTH),
            "outcome": text.strip() if long else rest.strip() or None,
            "type": self._lists.by_code("activity_type", type_code).id,
            "state": "done",
            "done_at": when or self._clock.now(),
            **(more or {}),
        }
        return self._create("gesture.logged", ref, values)

    def plan(
        self,
        ref: Ref | None,
        subject: str,
        due: Due | None,
        type_code: str = "call",
        *,
        more: Mapping[str, Any] | None = None,
    ) -> int:
        """Plan a follow-up about a record, or about nothing yet. Returns its id."""
        values = {
            "subject": subject,
            "due": due,
            "type": self._lists.by_code("activity_type", type_code).id,
            "state": "planned",
            **(more or {}),
        }
        return self._create("gesture.planned", ref, values)

    def quick_parse(self, text: str) -> QuickAdd:
        """What one typed line would plan; the person or company in it is a Ref."""
        zone = ZoneInfo(self._clock.zone)
        own = {i.name: i.code or str(i.id) for i in self._lists.items("activity_type") if i.name}
        with self._book.read() as session:
            found = [
                FoundName(name, start, start + len(name), ref)
                for name, start, ref in named_in(session, text)
            ]
        return parse(text, self._clock.now().astimezone(zone), lambda _text: found, own)

    def quick_add(self, text: str, about: Ref | None = None) -> int:
        """Plan what one typed line says, about a record if given. Returns its id."""
        parsed = self.quick_parse(text)
        if parsed.person is not None and about is None:
            about = parsed.person.value
        return self._create("gesture.planned", about, self._typed(text, parsed))

    def quick_add_many(self, text: str, about: Sequence[Ref]) -> list[int]:
        """Plan what one typed line says once for each of these records, as one gesture."""
        values = self._typed(text, self.quick_parse(text))
        name = str(values["subject"])
        with self._book.write("gesture.planned_many", count=len(about), name=name) as writing:
            return [self._insert(writing.session, ref, values) for ref in about]

    def complete(self, activity_id: int, outcome: str = "") -> None:
        """Tick a follow-up off, with a line about the outcome if there is one."""
        values: dict[str, Any] = {"state": "done"}
        if outcome.strip():
            values["outcome"] = outcome
        self._change("gesture.completed", activity_id, values)

    def reopen(self, activity_id: int) -> None:
        """Make a done or cancelled follow-up open again."""
        self._change("gesture.reopened", activity_id, {"state": "planned"})

    def snooze(self, activity_id: int, to: date) -> None:
        """Show it again on `to`; the promised day stays what it was."""
        self._change("gesture.snoozed", activity_id, {"show_from": to})

    def move(self, activity_id: int, due: Due | None) -> None:
        """Promise another day or time."""
        values = {"due": due, "show_from": due.day if due else None}
        self._change("gesture.moved_due", activity_id, values)

    def item(self, activity_id: int) -> AgendaItem:
        """One activity. Refused("record.gone") where there is none."""
        with self._book.read() as session:
            found = rows.item(session, activity_id)
        if found is None:
            raise Refused("record.gone")
        return found

    def agenda(self, *, done_days: int = 0) -> dict[Section, list[AgendaItem]]:
        """All open follow-ups by section; with `done_days`, those done lately at their day."""
        today = self._clock.today()
        sections: dict[Section, list[AgendaItem]] = {section: [] for section in Section}
        with self._book.read() as session:
            items = rows.planned(session)
            if done_days:
                items += rows.done_since(session, self._clock.now() - timedelta(days=done_days))
        for item in items:
            sections[item.section(today)].append(item)
        return sections

    def open_of(self, ref: Ref) -> list[AgendaItem]:
        """The open follow-ups of one record, the next step first."""
        with self._book.read() as session:
            return rows.of_record(session, ref, "planned")

    def _create(self, title: str, ref: Ref | None, values: dict[str, Any]) -> int:
        with self._book.write(title, name=str(values["subject"])) as writing:
            return self._insert(writing.session, ref, values)

    def _insert(self, session: Session, ref: Ref | None, values: dict[str, Any]) -> int:
        links = rows.context_of(session, ref) if ref is not None else {}
        return self._records.insert(session, Kind.ACTIVITY, {**links, **values})

    def _typed(self, text: str, parsed: QuickAdd) -> dict[str, Any]:
        """A typed line as the values of a planned follow-up."""
        code = parsed.type_code
        # A type of the user's own is known by its id alone.
        own = code.isdigit()
        return {
            "subject": parsed.subject or without_date(text, parsed) or text.strip(),
            "due": Due(parsed.day, parsed.time, self._clock.zone) if parsed.day else None,
            "type": int(code) if own else self._lists.by_code("activity_type", code).id,
            "state": "planned",
        }

    def _change(self, title: str, activity_id: int, values: dict[str, Any]) -> None:
        name = self.item(activity_id).subject
        with self._book.write(title, name=name) as writing:
            self._records.change(writing.session, Kind.ACTIVITY, [activity_id], values)
