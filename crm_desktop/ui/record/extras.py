"""What else hangs on a record: places of work, relations, open follow-ups, files, uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm_desktop.domain.attachments import AttachmentRow
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.ui.contacts.gift_form import gift_text
from crm_desktop.ui.contacts.job_form import job_text
from crm_desktop.ui.contacts.relation_form import relation_text
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import birthday_text, day_text, due_text, money, number, size_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.figures import sums_text
from crm_desktop.ui.record.shown import Shown, state_name

EXTRAS: dict[Kind, tuple[str, ...]] = {
    Kind.PERSON: ("followups", "chains", "jobs", "relations", "anniversaries", "gifts", "files"),
    Kind.COMPANY: ("followups", "chains", "others", "branches", "files"),
    Kind.OPPORTUNITY: ("followups", "chains", "files"),
    Kind.TICKET: ("followups", "chains", "files"),
    Kind.PRODUCT: ("uses", "files"),
    Kind.RECEIPT: ("chains", "files"),
    Kind.EXPENSE: ("files",),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: where a click goes, what stands beside, and the row's own id for its buttons."""

    ref: Ref
    side: str = ""
    id: int = 0
    acts: tuple[str, ...] = ()
    depth: int = 0  # it follows from the nearest row above that is less deep


def read_extras(context: Context, ref: Ref) -> dict[str, tuple[Line, ...]]:
    """Read all panels of this record; runs in a reader thread."""
    readers = {
        "followups": _followups,
        "chains": _chains,
        "jobs": _jobs,
        "relations": _relations,
        "anniversaries": _anniversaries,
        "gifts": _gifts,
        "others": _others,
        "branches": _branches,
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


def _chains(context: Context, ref: Ref) -> list[Line]:
    """What became of deals; the record shown stands in its place among them."""
    lines = []
    for link in context.services.figures.chains(ref):
        when = day_text(link.on, context.clock.today()) if link.on is not None else ""
        state = state_name(link.ref.kind, link.state) if link.state else when
        amount = money(link.amount, link.currency) if link.amount is not None else ""
        side = " · ".join(part for part in (state, amount) if part)
        lines.append(Line(link.ref, side, link.ref.id, depth=link.depth))
    return lines


def _jobs(context: Context, ref: Ref) -> list[Line]:
    today = context.clock.today()
    lines = []
    for job in context.services.people.jobs(ref.id):
        if job.company is None:
            continue
        acts: tuple[str, ...] = ("edit_job", "again_job" if job.left else "end_job")
        if not (job.left or job.primary):
            acts = ("primary_job", *acts)
        lines.append(Line(job.company, job_text(job, today), job.id, acts))
    return lines


def _relations(context: Context, ref: Ref) -> list[Line]:
    shown = Shown(context)
    return [
        Line(
            row.other,
            relation_text(row, shown.item(row.type_id)),
            row.id,
            ("edit_relation", "remove_relation"),
        )
        for row in context.services.people.relations(ref.id)
    ]


def _anniversaries(context: Context, ref: Ref) -> list[Line]:
    return [
        Line(Ref(Kind.PERSON, 0, one.name), birthday_text(one.day), one.id, ("edit_anniversary",))
        for one in context.services.anniversaries.of(ref.id)
    ]


def _gifts(context: Context, ref: Ref) -> list[Line]:
    today = context.clock.today()
    lines = []
    for gift in context.services.gifts.of(ref.id):
        day = day_text(gift.on, today) if gift.on is not None else ""
        lines.append(
            Line(Ref(Kind.PERSON, 0, gift.what), gift_text(gift, day), gift.id, ("edit_gift",))
        )
    return lines


def _others(context: Context, ref: Ref) -> list[Line]:
    """Who works here beside a main company, and who has left."""
    today, people = context.clock.today(), context.services.people
    lines = []
    for row in people.others(ref.id):
        main = next((job.company for job in people.jobs(row.person.id) if job.primary), None)
        at = tr("record_page.main_at", name=main.title) if main is not None else ""
        lines.append(Line(row.person, " · ".join(p for p in (row.title, at) if p), row.job_id,
                          ("end_job",)))  # fmt: skip
    for member in context.services.orgcharts.of(ref.id).members:
        if member.left:
            left = tr("record_page.job_left")
            if member.left_on is not None:
                left = tr("record_page.job_left_on", day=day_text(member.left_on, today))
            side = " · ".join(part for part in (member.title, left) if part)
            lines.append(Line(member.person, side, member.job_id, ("again_job",)))
    return lines


def _branches(context: Context, ref: Ref) -> list[Line]:
    """The company above, then those below; each amount is what it bought."""
    figures = context.services.figures
    lines = []
    for one in figures.group(ref.id):
        words = "record_page.parent_company" if one.above else "record_page.branch"
        amounts = sums_text(one.sums) if one.sums else ""
        side = " · ".join(part for part in (tr(words), amounts) if part)
        lines.append(Line(one.company, side, one.company.id, () if one.above else ("leave_group",)))
    return lines


def _files(context: Context, ref: Ref) -> list[Line]:
    shown = Shown(context)
    return [
        Line(
            Ref(Kind.ATTACHMENT, row.id, row.name),
            file_text(row, shown.item_text(row.type_id), shown.today),
            row.id,
            ("edit_file", "save_file", "trash_file"),
        )
        for row in context.services.attachments.of(ref)
    ]


def file_text(file: AttachmentRow, sort: str, today: date) -> str:
    """What stands beside a file: until when it is valid, its sort, version and size."""
    valid = ""
    if file.expires_on is not None:
        key = "record_page.file_expired" if file.expires_on < today else "record_page.file_valid"
        valid = tr(key, day=day_text(file.expires_on, today))
    version = f"v{file.file_version}" if file.file_version[:1].isdigit() else file.file_version
    return " · ".join(part for part in (valid, sort, version, size_text(file.size)) if part)


def _uses(context: Context, ref: Ref) -> list[Line]:
    lines = []
    for use in context.services.products.used_in(ref.id):
        customer = use.customer.title if use.customer is not None else ""
        amount = f"{number(use.quantity)} × {money(use.unit_price, use.currency)}"
        lines.append(Line(use.ref, " · ".join(p for p in (customer, amount) if p)))
    return lines
