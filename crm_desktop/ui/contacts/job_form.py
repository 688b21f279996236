"""The form of one job: where, as what, from when to when, below whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from crm_desktop.domain.jobs import JobRow
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.ui.contacts.form_popover import FormPopover
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import day_input, day_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.typed import Typed
from crm_desktop.ui.widgets import DateField, LinkField

Found = tuple[int, str, str]


class JobForm(FormPopover):
    """Adds a job to a person, or changes one."""

    def __init__(
        self, context: Context, owner: QWidget, person_id: int, job: JobRow | None = None
    ) -> None:
        super().__init__(context, owner, tr("people.edit_job" if job else "people.new_job"))
        self._person_id, self._job = person_id, job
        at = job.company if job is not None else None
        self.company = LinkField(
            self._companies, value=at.id if at else None, title=at.title if at else ""
        )
        self.add_row(tr("field.person.company"), self.company)
        self.title = QLineEdit(job.title if job else "")
        self.department = QLineEdit(job.department if job else "")
        self.add_pair(
            (tr("field.person.title"), self.title),
            (tr("field.person.department"), self.department),
        )
        self.first = self._day(job.from_date if job else None)
        self.last = self._day(job.to_date if job else None)
        self.add_pair((tr("people.job_from"), self.first), (tr("people.job_to"), self.last))
        self.left = QCheckBox(tr("people.job_left"))
        self.left.setChecked(job is not None and job.left)
        self.add_plain(self.left)
        boss = job.reports_to if job is not None else None
        self.boss = LinkField(
            self._colleagues, value=boss.id if boss else None, title=boss.title if boss else ""
        )
        self.add_row(tr("orgchart.reports_to"), self.boss)
        if job is not None:
            self.remove_button.show()
            self.remove_button.clicked.connect(self._remove)

    def store(self) -> Callable[[], Any]:
        people, job = self.context.services.people, self._job
        company = self.company.value()
        if company is None:
            raise Refused("attention.job_without_company")
        last = self.last.value()
        values = {
            "company_id": company,
            "title": self.title.text(),
            "department": self.department.text(),
            "from_date": self.first.value(),
            "to_date": last,
            # Whoever has a last day in the past has left.
            "left": self.left.isChecked()
            or (last is not None and last < self.context.clock.today()),
            "boss": self.boss.value(),
        }
        if job is None:
            return lambda: people.add_job_with(self._person_id, values)
        return lambda: people.change_job(job.id, **values)

    def _day(self, value: Any) -> DateField:
        typed = Typed(self.context.clock)
        return DateField(
            typed.date,
            day_input,
            today=self.context.clock.today,
            value=value,
            placeholder=tr("field_editor.date_hint"),
        )

    def _companies(self, text: str) -> list[Found]:
        found = self.context.services.records.find_links(Kind.COMPANY, text)
        return [(one.ref.id, one.ref.title, one.subtitle) for one in found]

    def _colleagues(self, text: str) -> list[Found]:
        company = self.company.value()
        if company is None:
            return []
        wanted = text.casefold()
        return [
            (row.person.id, row.person.title, row.title)
            for row in self.context.services.people.colleagues(company)
            if row.person.id != self._person_id and wanted in row.person.title.casefold()
        ][:8]

    def _remove(self) -> None:
        job = self._job
        if job is not None:
            name = job.company.title if job.company is not None else job.title
            people = self.context.services.people
            self.run(lambda: people.remove_job(job.id), tr("people.job_removed", name=name))


def job_text(job: JobRow, today: date) -> str:
    """What stands beside a company in the panel of jobs."""
    parts = [job.title]
    if job.from_date is not None:
        parts.append(tr("record_page.job_from", day=day_text(job.from_date, today)))
    if job.left and job.to_date is not None:
        parts.append(tr("record_page.job_left_on", day=day_text(job.to_date, today)))
    elif job.left:
        parts.append(tr("record_page.job_left"))
    return " · ".join(part for part in parts if part)
