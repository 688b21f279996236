"""Birthdays on paper: by day, with both calendars and how to reach people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm_desktop.domain import phones
from crm_desktop.domain.occasions import Occasion, name_of
from crm_desktop.domain.page_paper import PagePaper, PaperTable
from crm_desktop.ui.birthdays.model import (
    age_text,
    dates_text,
    greeted_text,
)
from crm_desktop.ui.formats import day_text, in_days, weekday
from crm_desktop.ui.language import tr

_COLUMNS = ("day", "name", "dates", "company", "phone", "greeted")


def birthdays_paper(title: str, rows: Sequence[Occasion], today: date) -> PagePaper:
    """One table by day; a day is named at its first row."""
    headings = tuple(tr(f"birthday_page.paper_column.{key}") for key in _COLUMNS)
    shown: list[tuple[str, ...]] = []
    last: date | None = None
    for row in rows:
        day = "" if row.on == last else _day(row.on, today)
        last = row.on
        shown.append((day, *_cells(row)))
    table = PaperTable("", headings, (False,) * len(headings), shown)
    return PagePaper(title, tr("export.as_of", day=day_text(today)), (table,))


def _day(day: date, today: date) -> str:
    return f"{day_text(day, today)} {weekday(day)}\n{in_days(day, today)}"


def _cells(row: Occasion) -> tuple[str, ...]:
    name = "\n".join(text for text in (row.person.title, name_of(row), age_text(row)) if text)
    company = row.company.title if row.company is not None else ""
    dates = dates_text(row)
    name, dates = (text.replace(" · ", "\n") for text in (name, dates))  # each on its line
    return name, dates, company, phones.display(row.mobile), greeted_text(row)
