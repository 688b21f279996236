"""Where people work, who reports to whom, who knows whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from crm_desktop.data import jobs as rows
from crm_desktop.data import portraits
from crm_desktop.data.book import Book
from crm_desktop.data.records.titles import titles
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Job
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.jobs import Colleague, JobRow, RelationRow, reports_in_circle
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.portraits import LARGEST, usable
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean_name

_CHANGEABLE = frozenset(
    {"title", "department", "company_id", "from_date", "to_date", "left", "boss"}
)


class People:
    """Jobs with their history, colleagues and relations; each change is one gesture."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def jobs(self, person_id: int) -> list[JobRow]:
        """Present jobs, the main one first, then those that were left."""
        with self._book.read() as session:
            return rows.of_person(session, person_id)

    def colleagues(self, company_id: int) -> list[Colleague]:
        """Who works at a company now, key people first."""
        with self._book.read() as session:
            return rows.at_company(session, company_id)

    def add_job(
        self,
        person_id: int,
        company_id: int | None,
        title: str = "",
        *,
        department: str = "",
        from_date: date | None = None,
        primary: bool = False,
    ) -> int:
        """A further job; with `primary` the one lists show. Returns its id."""
        values = {
            "company_id": company_id,
            "title": clean_name(title) or None,
            "department": clean_name(department) or None,
            "from_date": from_date,
        }
        with self._book.write("gesture.job_added", name=self._name(person_id)) as writing:
            job_id = rows.add(writing.session, person_id, values)
            if primary:
                rows.put_first(writing.session, person_id, job_id)
            return job_id

    def add_job_with(self, person_id: int, values: Mapping[str, Any]) -> int:
        """A further job with any of the values `change_job` takes. Returns its id."""
        with self._book.write("gesture.job_added", name=self._name(person_id)) as writing:
            job_id = rows.add(writing.session, person_id, {})
            self._change(writing.session, job_id, dict(values))
            return job_id

    def change_job(self, job_id: int, **values: Any) -> None:
        """Set columns of a job: title, department, company_id, from_date, to_date, left, boss.

        Refused where the last day comes before the first, or the boss already reports to the
        person.
        """
        with self._book.write("gesture.job_changed") as writing:
            self._change(writing.session, job_id, values)

    def end_job(self, job_id: int, on: date | None = None) -> None:
        """They left, on a day (today); the job stays as history."""
        with self._book.write("gesture.job_ended") as writing:
            job = self._known(writing.session, job_id)
            ended = {"left": True, "to_date": on or self._clock.today()}
            rows.change(writing.session, job.id, ended)

    def take_up_again(self, job_id: int) -> None:
        """They work there after all."""
        with self._book.write("gesture.job_changed") as writing:
            self._known(writing.session, job_id)
            rows.change(writing.session, job_id, {"left": False, "to_date": None})

    def set_primary(self, job_id: int) -> None:
        """Make a job the one lists show."""
        with self._book.write("gesture.job_changed") as writing:
            job = self._known(writing.session, job_id)
            rows.put_first(writing.session, job.person_id, job_id)

    def remove_job(self, job_id: int) -> None:
        """Forget a job that was recorded by mistake."""
        with self._book.write("gesture.job_removed") as writing:
            self._known(writing.session, job_id)
            rows.remove(writing.session, job_id)

    def set_reports_to(self, job_id: int, boss_id: int | None) -> None:
        """Draw a person below another one. Refused where that would make a circle."""
        with self._book.write("gesture.reports_to") as writing:
            job = self._known(writing.session, job_id)
            self._no_circle(writing.session, job.company_id, job.person_id, boss_id)
            rows.change(writing.session, job_id, {"reports_to_id": boss_id})

    def relations(self, person_id: int) -> list[RelationRow]:
        """Who stands how to a person, from whichever side it was recorded."""
        with self._book.read() as session:
            return rows.relations(session, person_id)

    def add_relation(
        self, person_id: int, other_id: int, type_id: int | None = None, note: str = ""
    ) -> int:
        """Note that another person stands to this one as the type says. Returns its id."""
        if person_id == other_id:
            raise Refused("attention.relation_to_self")
        with self._book.write("gesture.relation_added", name=self._name(person_id)) as writing:
            return rows.relate(writing.session, person_id, other_id, type_id, clean_name(note))

    def change_relation(
        self,
        relation_id: int,
        person_id: int,
        *,
        type_id: int | None,
        outgoing: bool = True,
        note: str = "",
    ) -> None:
        """Say anew how the other person stands to this one; not `outgoing`: this one to them."""
        with self._book.write("gesture.relation_changed", name=self._name(person_id)) as writing:
            found = rows.relations(writing.session, person_id)
            row = next((each for each in found if each.id == relation_id), None)
            if row is None:
                raise Refused("record.gone")
            pair = (person_id, row.other.id) if outgoing else (row.other.id, person_id)
            rows.change_relation(writing.session, relation_id, *pair, type_id, clean_name(note))

    def others(self, company_id: int) -> list[Colleague]:
        """Who has the company only beside their main one."""
        with self._book.read() as session:
            return rows.beside_their_main(session, company_id)

    def remove_relation(self, relation_id: int) -> None:
        """Forget a relation."""
        with self._book.write("gesture.relation_removed") as writing:
            rows.unrelate(writing.session, relation_id)

    def _change(self, session: Session, job_id: int, values: dict[str, Any]) -> None:
        if unknown := set(values) - _CHANGEABLE:
            raise ValueError(f"a job has no {sorted(unknown)}")
        for key in ("title", "department"):
            if key in values:
                values[key] = clean_name(values[key] or "") or None
        job = self._known(session, job_id)
        if "boss" in values:
            values["reports_to_id"] = boss = values.pop("boss")
            company = values.get("company_id", job.company_id)
            self._no_circle(session, company, job.person_id, boss)
        first = values.get("from_date", job.from_date)
        last = values.get("to_date", job.to_date)
        if first is not None and last is not None and last < first:
            raise Refused("attention.job_ends_before")
        rows.change(session, job_id, values)

    @staticmethod
    def _no_circle(session: Session, company: int | None, person: int, boss: int | None) -> None:
        if boss is not None and reports_in_circle(rows.bosses(session, company), person, boss):
            raise Refused("attention.reports_in_circle")

    def _known(self, session: Session, job_id: int) -> Job:
        job = rows.job(session, job_id)
        if job is None:
            raise Refused("record.gone")
        return job

    def picture(self, person_id: int) -> bytes | None:
        """Somebody's picture as JPEG, PNG or GIF; None where there is none."""
        with self._book.read() as session:
            return portraits.picture(session, person_id)

    def set_picture(self, person_id: int, data: bytes) -> None:
        """Give somebody a picture. Refused("people.no_picture") where these bytes are none."""
        if not usable(data):
            raise Refused("people.no_picture", limit=LARGEST // 1024**2)
        with self._book.write("gesture.picture_set", name=self._name(person_id)) as writing:
            portraits.put(writing.session, person_id, data)

    def remove_picture(self, person_id: int) -> None:
        """Take somebody's picture away."""
        with self._book.write("gesture.picture_removed", name=self._name(person_id)) as writing:
            portraits.put(writing.session, person_id, None)

    def _name(self, person_id: int) -> str:
        with self._book.read() as session:
            found = titles(session, Kind.PERSON, [person_id])
        if person_id not in found:
            raise Refused("record.gone")
        return found[person_id]
