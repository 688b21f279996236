"""The morning on paper: what there is to do, birthdays, what needs a look, the month."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.domain.agenda import Section
from crm_desktop.domain.morning import Morning
from crm_desktop.domain.page_paper import (
    PagePaper,
    PaperEntries,
    PaperEntry,
    PaperFigure,
    PaperFigures,
    PaperPart,
    PaperTable,
)
from crm_desktop.domain.phones import display
from crm_desktop.domain.today import ActionList
from crm_desktop.ui.birthdays.model import age_text, dates_text
from crm_desktop.ui.followups.model import context_text, due_chip
from crm_desktop.ui.formats import in_days
from crm_desktop.ui.language import tr
from crm_desktop.ui.today.panel import attention_words

_ACTIONS = ("when", "what", "who")
_BIRTHDAYS = ("when", "name", "dates", "company", "phone")


def morning_paper(
    title: str, subtitle: str, found: Morning, month: Sequence[PaperFigure]
) -> PagePaper:
    """All that a day at the desk needs; empty parts are left out."""
    panels = found.panels
    parts: list[PaperPart] = []
    actions = (
        (Section.OVERDUE, panels.actions.overdue),
        (Section.TODAY, panels.actions.today),
        (Section.WEEK, panels.actions.week),
    )
    parts += [_actions(section, each, found) for section, each in actions if each.count]
    if panels.birthdays:
        parts.append(_birthdays(found))
    if panels.attention:
        lines = [PaperEntry("", attention_words(item)) for item in panels.attention]
        parts.append(PaperEntries(tr("today_page.panel.attention"), tuple(lines)))
    if panels.notices:
        notes = tuple(PaperEntry("", row.text) for row in panels.notices)
        parts.append(PaperEntries(tr("today_page.panel.notices"), notes))
    parts.append(PaperFigures(tuple(month), tr("today_page.panel.month")))
    return PagePaper(title, subtitle, tuple(parts))


def _actions(section: Section, actions: ActionList, found: Morning) -> PaperTable:
    day, shown = found.panels.day, len(actions.items)
    count = str(actions.count)
    if shown < actions.count:
        count = tr("common.of", shown=shown, total=actions.count)
    return PaperTable(
        tr("format.dot", one=tr(f"today_page.{section.value}"), other=count),
        tuple(tr(f"today_page.paper_column.{key}") for key in _ACTIONS),
        (False,) * len(_ACTIONS),
        [(due_chip(item, day)[0], item.subject, context_text(item)) for item in actions.items],
    )


def _birthdays(found: Morning) -> PaperTable:
    rows = []
    for row in found.panels.birthdays:
        age = age_text(row)
        name = tr("format.dot", one=row.person.title, other=age) if age else row.person.title
        company = row.company.title if row.company is not None else ""
        when = in_days(row.on, found.panels.day)
        rows.append((when, name, dates_text(row), company, display(row.mobile)))
    heading, count = tr("today_page.panel.birthdays"), found.panels.birthday_count
    if len(rows) < count:
        shown = tr("common.of", shown=len(rows), total=count)
        heading = tr("format.dot", one=heading, other=shown)
    return PaperTable(
        heading,
        tuple(tr(f"today_page.paper_column.{key}") for key in _BIRTHDAYS),
        (False,) * len(_BIRTHDAYS),
        rows,
    )
