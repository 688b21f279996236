"""What stands on the days of a grid: follow-ups, birthdays and the like, contracts that end."""

from __future__ import annotations

from datetime import date

from crm_desktop.domain.agenda import AgendaItem
from crm_desktop.domain.anniversaries import ComingAnniversary
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.services.house import Services
from crm_desktop.ui.followups.days import Entry
from crm_desktop.ui.followups.rows import type_icon
from crm_desktop.ui.language import tr


def followup_entries(
    items: list[AgendaItem], services: Services, today: date, first: date, last: date
) -> list[Entry]:
    """Follow-ups on the day they were promised for; done ones on the day they were due."""
    entries = []
    for item in items:
        if item.due is None or not first <= item.due.day <= last:
            continue
        kind = services.lists.item(item.type_id)
        late = item.days_late(today) > 0
        who = item.person or item.company
        text = f"{item.subject} · {who.title}" if who is not None else item.subject
        entries.append(
            Entry(
                "followup",
                item.id,
                item.due.day,
                text,
                colour="red" if late else "blue" if item.due.day == today else "grey",
                at=item.due.time,
                icon=type_icon(kind),
                done=item.state == "done",
            )
        )
    return entries


def other_entries(services: Services, today: date, first: date, last: date) -> list[Entry]:
    """Birthdays, anniversaries and ends of contracts between two days."""
    ahead, behind = max(0, (last - today).days), max(0, (today - first).days)
    entries = [
        Entry("birthday", row.person.id, row.on, row.person.title, colour="amber", icon="cake")
        for row in services.birthdays.celebrants(ahead, missed=behind)
        if first <= row.on <= last
    ]
    entries += [
        Entry(
            "anniversary",
            one.anniversary.id,
            one.on,
            _named(one),
            colour="teal",
            icon="cake",
            about=one.person.id,
        )
        for one in services.anniversaries.coming(ahead, missed=behind)
        if first <= one.on <= last
    ]
    ending = Query().also(Condition("end", Op.BETWEEN, (first, last)))
    ids = services.records.ids(Kind.CONTRACT, ending, 500)
    for row in services.records.rows(Kind.CONTRACT, ids, ("number", "title", "end")):
        number, title, end = row.values
        name = title or number or ""
        entries.append(Entry("contract", row.id, end, name, colour="purple", icon="file-text"))
    return entries


def _named(one: ComingAnniversary) -> str:
    return tr("format.dot", one=one.person.title, other=one.anniversary.name)
