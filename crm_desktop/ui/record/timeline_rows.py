"""The rows a timeline shows: headings of days, and what happened on them, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.jobs import JobRow, RelationRow
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.timeline import PHOTO, SMALL, FieldChange, Sort, TimelineEntry
from crm_desktop.ui.contacts.gift_form import gift_text
from crm_desktop.ui.contacts.job_form import job_text
from crm_desktop.ui.contacts.relation_form import relation_text
from crm_desktop.ui.formats import birthday_text, day_long, day_text, joined, money, time_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.shown import Shown, field_name

FILTERS = ("all", "notes", "calls", "opportunities", "documents", "service", "changes")
_SORTS = {
    "opportunities": (Sort.OPPORTUNITY,),
    "documents": (Sort.DOCUMENT, Sort.MONEY, Sort.FILE),
    "service": (Sort.TICKET,),
    "changes": (Sort.CHANGE,),
}
_WITH_STAGE = frozenset({"stage", "probability", "closed_on", "lost_reason"})
_ICONS = {
    Sort.NOTE: "sticky-note",
    Sort.ACTIVITY: "circle-dot",
    Sort.OPPORTUNITY: "kanban",
    Sort.DOCUMENT: "file-text",
    Sort.TICKET: "life-buoy",
    Sort.MONEY: "banknote",
    Sort.FILE: "paperclip",
    Sort.CHANGE: "pencil",
}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A field before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One row: a heading of a day, or an entry with its words."""

    title: str
    heading: bool = False
    text: str = ""
    when: str = ""
    icon: str = ""
    ref: Ref | None = None
    changes: tuple[ChangeLine, ...] = ()

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader and for copying."""
        lines = [f"{self.title} {self.when}".strip(), self.text]
        lines += [
            tr("timeline.change", name=c.name, before=c.before, after=c.after) for c in self.changes
        ]
        return "\n".join(line for line in lines if line)


class TimelineWords:
    """Makes rows of entries for one kind of record."""

    def __init__(self, shown: Shown, kind: Kind) -> None:
        self._shown, self._kind = shown, kind

    def rows(self, entries: Iterable[TimelineEntry], wanted: str = "all") -> list[TimelineRow]:
        """The entries the filter lets through, newest first, under their days."""
        rows: list[TimelineRow] = []
        last: date | None = None
        for entry in entries:
            if not self._passes(entry, wanted) or self._told_twice(entry):
                continue
            day = self._shown.local(entry.at).date()
            if day != last:
                last = day
                rows.append(TimelineRow(self._day(day), heading=True))
            rows.append(self._row(entry))
        return rows

    def _passes(self, entry: TimelineEntry, wanted: str) -> bool:
        if wanted == "all":
            return True
        if wanted in ("notes", "calls"):
            is_note = entry.sort is Sort.NOTE or self._code(entry) == "note"
            touch = entry.sort in (Sort.NOTE, Sort.ACTIVITY)
            return touch and is_note == (wanted == "notes")
        return entry.sort in _SORTS[wanted]

    def _told_twice(self, entry: TimelineEntry) -> bool:
        """A move of an opportunity has its own entry; the change of its fields adds nothing."""
        keys = {change.key for change in entry.changes}
        return self._kind is Kind.OPPORTUNITY and "stage" in keys and keys <= _WITH_STAGE

    def _code(self, entry: TimelineEntry) -> str:
        item = self._shown.item(entry.type_id)
        return (item.code or "") if item is not None else ""

    def _day(self, day: date) -> str:
        distance = (self._shown.today - day).days
        if distance in (0, 1):
            return tr("format.today" if distance == 0 else "format.yesterday")
        near = day.year == self._shown.today.year
        return day_long(day) if near else day_text(day)

    def _row(self, entry: TimelineEntry) -> TimelineRow:
        when = time_text(self._shown.local(entry.at))
        icon = _ICONS[entry.sort]
        title = entry.title
        text = entry.text
        item = self._shown.item(entry.type_id)
        if entry.sort in (Sort.ACTIVITY, Sort.NOTE):
            known = item.data.get("icon") if item is not None else None
            icon = str(known or icon)
            kind = self._shown.item_text(entry.type_id)
            begun = entry.title.removesuffix("…")
            if kind and begun != entry.title and entry.text.startswith(begun):
                title = kind  # the text below begins with the same words
            elif kind:
                title = tr("format.dot", one=kind, other=entry.title)
            text = "" if entry.text == entry.title else entry.text
        elif entry.changes:
            changes = tuple(self._change(change) for change in entry.changes)
            title = tr(f"timeline.{entry.code}", title=entry.title)
            return TimelineRow(title, when=when, icon=icon, changes=changes)
        elif entry.amount is not None:
            amount = money(entry.amount, entry.currency)
            title = tr(f"timeline.{entry.code}", amount=amount)
            sort = self._shown.item_text(entry.item_id)
            text = " · ".join(part for part in (entry.title, sort, entry.text) if part)
        else:
            state = self._shown.item_text(entry.item_id)
            title = tr(f"timeline.{entry.code}", title=entry.title, state=state)
        return TimelineRow(title, text=text, when=when, icon=icon, ref=entry.ref)

    def _change(self, change: FieldChange) -> ChangeLine:
        if change.key in SMALL:
            before, after = (
                joined([self._small(one) for one in several]) or tr("timeline.empty")
                for several in (change.before, change.after)
            )
            return ChangeLine(tr(f"record_page.{change.key}"), before, after)
        if change.key == PHOTO:
            before = tr("timeline.photo_before" if change.before else "timeline.empty")
            after = tr("timeline.photo_after" if change.after else "timeline.empty")
            return ChangeLine(tr("record_page.photo"), before, after)
        field = change.field(self._kind)
        before, after = (
            self._shown.text(self._kind, field, value) or tr("timeline.empty")
            for value in (change.before, change.after)
        )
        return ChangeLine(field_name(self._kind, field), before, after)

    def _small(self, one: Anniversary | Gift | JobRow | RelationRow) -> str:
        """What was recorded one by one, on one line."""
        today = self._shown.today
        parts: tuple[str, ...]
        if isinstance(one, Anniversary):
            parts = (one.name, birthday_text(one.day))
        elif isinstance(one, Gift):
            day = day_text(one.on, today) if one.on is not None else ""
            parts = (one.what, gift_text(one, day), one.note)
        elif isinstance(one, JobRow):
            company = one.company.title if one.company is not None else ""
            boss = one.reports_to
            above = tr("orgchart.under", boss=boss.title) if boss is not None else ""
            parts = (company, job_text(one, today), one.department, above)
        else:
            parts = (one.other.title, relation_text(one, self._shown.item(one.type_id)))
        return " · ".join(part for part in parts if part)
