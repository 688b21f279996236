"""What else hangs on a record: places of work, relations, open follow-ups, files, uses."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import day_text, due_text, money, number, size_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.shown import Shown

EXTRAS: dict[Kind, tuple[str, ...]] = {
    Kind.PERSON: ("followups", "jobs", "relations", "files"),
    Kind.COMPANY: ("followups", "files"),
    Kind.OPPORTUNITY: ("followups", "files"),
    Kind.TICKET: ("followups", "files"),
    Kind.PRODUCT: ("uses", "files"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: where a click goes, what stands beside, and the row's own id for its buttons."""

    ref: Ref
    side: str = ""
    id: int = 0
    acts: tuple[str, ...] = ()


def read_extras(context: Context, ref: Ref) -> dict[str, tuple[Line, ...]]:
    """Read all panels of this record; runs in a reader thread."""
    readers = {
        "followups": _followups,
        "jobs": _jobs,
        "relations": _relations,
        "files": _files,
        "uses": _uses,
    }
    return {name: tuple(readers[name](context, ref)) for name in EXTRAS[ref.kind]}


def _followups(context: Context, ref: Ref) -> list[Line]:
    today = context.clock.today()
    return [
        Line(
            Ref(Kind.ACTIVITY, item.id, item.subject),
            due_text(
                item.due.day if item.due else None, today, item.due.time if item.due else None
            ),
        )
        for item in context.services.activities.open_of(ref)
    ]


def _jobs(context: Context, ref: Ref) -> list[Line]:
    today = context.clock.today()
    lines = []
    for job in context.services.people.jobs(ref.id):
        if job.company is None:
            continue
        parts = [job.title]
        if job.left:
            left = tr("record_page.job_left")
            gone = job.to_date
            parts.append(tr("record_page.job_left_on", day=day_text(gone, today)) if gone else left)
        acts = () if job.left else ("end_job",) if job.primary else ("primary_job", "end_job")
        lines.append(Line(job.company, " · ".join(p for p in parts if p), job.id, acts))
    return lines


def _relations(context: Context, ref: Ref) -> list[Line]:
    shown = Shown(context)
    return [
        Line(
            row.other,
            " · ".join(text for text in (shown.item_text(row.type_id), row.note) if text),
            row.id,
            ("remove_relation",),
        )
        for row in context.services.people.relations(ref.id)
    ]


def _files(context: Context, ref: Ref) -> list[Line]:
    return [
        Line(
            Ref(Kind.ATTACHMENT, row.id, row.name),
            size_text(row.size),
            row.id,
            ("save_file", "trash_file"),
        )
        for row in context.services.attachments.of(ref)
    ]


def _uses(context: Context, ref: Ref) -> list[Line]:
    lines = []
    for use in context.services.products.used_in(ref.id):
        customer = use.customer.title if use.customer is not None else ""
        amount = f"{number(use.quantity)} × {money(use.unit_price, use.currency)}"
        lines.append(Line(use.ref, " · ".join(p for p in (customer, amount) if p)))
    return lines
