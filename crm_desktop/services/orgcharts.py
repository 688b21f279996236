"""The org chart of a company: read, and put in order by one gesture each."""

from __future__ import annotations

from typing import Any

from crm_desktop.data import jobs as rows
from crm_desktop.data import orgchart
from crm_desktop.data.book import Book
from crm_desktop.data.records.titles import titles
from crm_desktop.domain.jobs import reports_in_circle
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.orgchart import Member, OrgChart
from crm_desktop.domain.problems import Refused
from crm_desktop.services.records import Records


class OrgCharts:
    """Who works at a company and who reports to whom."""

    def __init__(self, book: Book, records: Records) -> None:
        self._book = book
        self._records = records

    def of(self, company_id: int) -> OrgChart:
        """The chart. Refused("record.gone") where there is no such company."""
        with self._book.read() as session:
            known = titles(session, Kind.COMPANY, [company_id])
            if company_id not in known:
                raise Refused("record.gone")
            company = Ref(Kind.COMPANY, company_id, known[company_id])
            return OrgChart(company, tuple(orgchart.members(session, company_id)))

    def set_boss(self, company_id: int, person_id: int, boss_id: int | None) -> None:
        """Let a person report to another one of the company, or to nobody.

        Refused where that would make a circle, and where one of them works elsewhere.
        """
        chart = self.of(company_id)
        member = _known(chart, person_id)
        boss = _known(chart, boss_id) if boss_id is not None else None
        code = "gesture.reports_to_person" if boss else "gesture.reports_to_nobody"
        names: dict[str, Any] = {"name": member.person.title}
        if boss is not None:
            names["boss"] = boss.person.title
        with self._book.write(code, **names) as writing:
            if boss is not None:
                known = rows.bosses(writing.session, company_id)
                if reports_in_circle(known, person_id, boss.person.id):
                    raise Refused(
                        "orgchart.circle", name=member.person.title, boss=boss.person.title
                    )
            rows.change(writing.session, member.job_id, {"reports_to_id": boss_id})

    def add(self, company_id: int, name: str, title: str = "", boss_id: int | None = None) -> int:
        """A new contact of the company with a place in its chart; returns the person's id."""
        if boss_id is not None:
            _known(self.of(company_id), boss_id)
        values = {"name": name, "company": company_id, "title": title or None}
        with self._book.write("gesture.created", kind=Kind.PERSON.value, name=name) as writing:
            person_id = self._records.insert(writing.session, Kind.PERSON, values)
            if boss_id is not None:
                (job,) = rows.of_person(writing.session, person_id)
                rows.change(writing.session, job.id, {"reports_to_id": boss_id})
            return person_id


def _known(chart: OrgChart, person_id: int) -> Member:
    member = chart.member(person_id)
    if member is None or member.left:
        raise Refused("orgchart.not_here", company=chart.company.title)
    return member
