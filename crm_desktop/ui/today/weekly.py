"""The week on one page: its figures beside the last one's, what was done, what comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.domain.agenda import AgendaItem
from crm_desktop.domain.page_paper import (
    PagePaper,
    PaperEntries,
    PaperEntry,
    PaperFigure,
    PaperFigures,
    PaperPart,
)
from crm_desktop.domain.today import ActionList, Decided, TodayPanels, WeekSummary, week_of
from crm_desktop.ui import giving_out
from crm_desktop.ui.amounts import change_text, main_currency, sums_text
from crm_desktop.ui.followups.model import context_text, due_chip
from crm_desktop.ui.formats import (
    day_near,
    day_text,
    in_days,
    money,
    money_short,
    number,
    time_text,
    weekday,
)
from crm_desktop.ui.language import tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.table.saving import ask_pdf
from crm_desktop.ui.today.panel import attention_words

if TYPE_CHECKING:
    from crm_desktop.services.house import Services

_FIGURES = ("calls", "visits", "quotes_sent", "new_customers")
_MOST = 8  # lines of each part on the left: they give way to nothing


def print_weekly(page: Page) -> None:
    """Ask for a file and print the summary of this week into it."""
    first, _last = week_of(page.context.clock.today())
    path = ask_pdf(page, tr("today_page.weekly.file", first=first.isoformat()) + ".pdf")
    if path is not None:
        print_weekly_to(page, path)


def print_weekly_to(page: Page, path: Path) -> None:
    """Print the summary of this week into a PDF file."""
    services = page.context.services
    giving_out.print_page_to(page, lambda: read_weekly(services), path)


def read_weekly(services: Services) -> PagePaper:
    """Read everything and say it. Belongs into a reader thread."""
    currency = services.business.trade().currency
    return weekly_paper(services.today.week(), services.today.panels(), currency)


def weekly_paper(week: WeekSummary, panels: TodayPanels, currency: str) -> PagePaper:
    """One page; empty parts are left out."""
    today = panels.day
    left = [*_decided(week.decided), *_overdue(panels), *_birthdays(panels), *_attention(panels)]
    return PagePaper(
        tr(
            "today_page.weekly.title",
            first=day_text(week.this.first),
            last=day_text(week.this.last),
        ),
        tr(
            "today_page.weekly.beside",
            first=day_text(week.before.first, today),
            last=day_text(week.before.last, today),
        ),
        (PaperFigures(tuple(_figures(week, currency))),),
        tuple(left),
        tuple([*_done(week.done, today), *_coming(panels)]),
    )


def _figures(week: WeekSummary, usual: str) -> Iterator[PaperFigure]:
    code = main_currency((week.this.won, week.before.won), usual)
    now, before = (each.won.get(code, Decimal(0)) for each in (week.this, week.before))
    value = sums_text(week.this.won, code, short=True)
    if week.this.won_count:
        value = tr("today_page.won_value", sums=value, count=week.this.won_count)
    yield _figure("won", value, money_short(before, code), change_text(now, before))
    for key in _FIGURES:
        yield _figure(key, number(getattr(week.this, key)), number(getattr(week.before, key)))


def _figure(key: str, value: str, before: str, change: str = "") -> PaperFigure:
    was = tr("today_page.was", value=before)
    beside = tr("format.dot", one=was, other=change) if change else was
    return PaperFigure(tr(f"today_page.month.{key}"), value, beside)


def _done(done: ActionList, today: date) -> list[PaperPart]:
    entries = [
        PaperEntry(_day_of(item), item.subject, _more(context_text(item), item.outcome))
        for item in done.items
    ]
    return _entries("done", entries, done.count, shortens=True)


def _coming(panels: TodayPanels) -> list[PaperPart]:
    both = (panels.actions.today, panels.actions.week)
    entries = [
        PaperEntry(_when(item, panels.day), item.subject, context_text(item))
        for part in both
        for item in part.items
    ]
    return _entries("coming", entries, sum(part.count for part in both), shortens=True)


def _overdue(panels: TodayPanels) -> list[PaperPart]:
    late = panels.actions.overdue
    entries = [
        PaperEntry(_when(item, panels.day), item.subject, context_text(item)) for item in late.items
    ]
    return _entries("overdue", entries, late.count)


def _decided(decided: Sequence[Decided]) -> list[PaperPart]:
    entries = [
        PaperEntry(
            tr(f"state.opportunity.{each.state}"),
            each.title,
            _more(each.company, "" if each.amount is None else money(each.amount, each.currency)),
        )
        for each in decided
    ]
    return _entries("decided", entries, len(entries))


def _birthdays(panels: TodayPanels) -> list[PaperPart]:
    entries = [
        PaperEntry(in_days(row.on, panels.day), row.person.title) for row in panels.birthdays
    ]
    return _cut(tr("today_page.panel.birthdays"), entries, len(entries))


def _attention(panels: TodayPanels) -> list[PaperPart]:
    entries = [PaperEntry("", attention_words(item)) for item in panels.attention]
    return _cut(tr("today_page.panel.attention"), entries, len(entries))


def _entries(
    key: str, entries: Sequence[PaperEntry], count: int, *, shortens: bool = False
) -> list[PaperPart]:
    title = tr(f"today_page.weekly.{key}", count=number(count))
    if shortens and entries:
        return [PaperEntries(title, tuple(entries), shortens=True)]
    return _cut(title, entries, count)


def _cut(title: str, entries: Sequence[PaperEntry], count: int) -> list[PaperPart]:
    """The first of them, and how many more there are."""
    if not entries:
        return []
    shown = list(entries[:_MOST])
    if count > len(shown):
        more = tr("today_page.weekly.more", count=number(count - len(shown)))
        shown.append(PaperEntry("", more))
    return [PaperEntries(title, tuple(shown))]


def _day_of(item: AgendaItem) -> str:
    return weekday(item.done_at.date()) if item.done_at is not None else ""


def _when(item: AgendaItem, today: date) -> str:
    if item.due is None:
        return due_chip(item, today)[0]
    day, at = item.due.day, item.due.time
    if abs((day - today).days) <= 1:
        return day_near(day, today, at)
    # The column is narrow: a weekday of the days to come is enough.
    near = weekday(day) if 0 < (day - today).days < 7 else day_text(day, today)
    return f"{near} {time_text(at)}" if at is not None and day > today else near


def _more(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
