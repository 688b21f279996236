"""Writing quotes and contracts that were decided, with their lines and sums."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm_desktop.data import bulk
from crm_desktop.data import lines as line_rows
from crm_desktop.data.session import Session
from crm_desktop.domain.kinds import Kind
from crm_desktop.progress import Progress
from crm_desktop.services.imports.known_papers import in_place
from crm_desktop.services.imports.named import NamedRecords
from crm_desktop.services.imports.papers import PaperDecider
from crm_desktop.services.records import Records


def store_papers(
    session: Session,
    decider: PaperDecider,
    file: str,
    sheet: str,
    records: Records,
    progress: Progress,
) -> None:
    """Put the papers into the book within the import's gesture."""
    drafts, kind = decider.drafts, decider.kind
    named = NamedRecords(session, records)
    touched = drafts.updated.keys() | drafts.added.keys() | drafts.changed.keys()
    total, done = len(drafts.created) + len(touched), 0
    origins: list[tuple[Kind, int, int]] = []
    # Those with a number first, so that no fresh number is one of theirs.
    for draft in sorted(drafts.created, key=lambda one: not one.values.get("number")):
        values = named.linked(draft.values)
        paper = records.insert(session, kind, _with_sums(values))
        for line in draft.lines:
            line_rows.add(session, kind, paper, named.linked(line))
        line_rows.recalculate(session, kind, paper, keep_without_lines=True)
        origins.append((kind, paper, draft.row.number))
        progress.step(done := done + 1, total)
    for paper in sorted(touched):
        if paper in drafts.updated:
            records.change(session, kind, [paper], named.linked(drafts.updated[paper]))
        for line_id, changes in drafts.changed.get(paper, {}).items():
            line_rows.change(session, line_id, named.linked(changes))
        if paper in drafts.added:
            held = [line.id for line in line_rows.of(session, kind, paper)]
            told = [
                line
                if isinstance(line, int)
                else line_rows.add(session, kind, paper, named.linked(line))
                for line in drafts.added[paper]
            ]
            line_rows.put_in_order(session, in_place(held, told))
        line_rows.recalculate(session, kind, paper, keep_without_lines=True)
        progress.step(done := done + 1, total)
    bulk.note_origins(session, origins, file, sheet)


def _with_sums(values: dict[str, Any]) -> dict[str, Any]:
    """A total told without lines stands for the whole; the tax within it is not known."""
    total: Decimal | None = values.get("total")
    return values if total is None else {**values, "subtotal": total}
