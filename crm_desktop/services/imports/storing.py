"""Writing what was decided, in the order the links need."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import insert

from crm_desktop.data import bulk, custom_fields, lists, portraits, search
from crm_desktop.data.records.writing import Writer
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Staff
from crm_desktop.data.uncollected import let_go
from crm_desktop.domain.kinds import Kind
from crm_desktop.progress import Progress
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.services.imports.deciding import Decider
from crm_desktop.services.imports.named import NamedRecords
from crm_desktop.services.imports.paper_storing import store_papers
from crm_desktop.services.imports.papers import PaperDecider
from crm_desktop.services.imports.simple import SimpleDecider
from crm_desktop.services.records import Records


def store(
    session: Session,
    decider: Decider | SimpleDecider | PaperDecider,
    file: str,
    sheet: str,
    records: Records,
    progress: Progress,
    lines: search.Lines,
) -> None:
    """Put the drafts into the book within the import's gesture; `lines` are for the index."""
    decider.report.new_items.update(store_choices(session, decider.choices))
    if isinstance(decider, PaperDecider):
        store_papers(session, decider, file, sheet, records, progress)
        return
    if isinstance(decider, SimpleDecider):
        _store_simple(session, decider, file, sheet, records, progress)
        return
    drafts = decider.drafts
    total = sum(len(draft.created) + len(draft.updated) for draft in drafts.values())
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress.step(done, total)

    recorder = records.recorder(session)
    lines.expect(sum(len(draft.created) for draft in drafts.values()))
    for kind in (Kind.COMPANY, Kind.PERSON):
        draft = drafts[kind]
        custom = custom_fields.fields(session, kind)
        if draft.created:
            bulk.Bulk(session, kind, custom, step, lines, recorder).insert(draft.created)
            let_go(draft.created)  # millions of values, on top of what the next kind takes
        writer = Writer(session, kind, custom)
        for record_id, values in draft.updated.items():
            writer.update([record_id], values)
            step(1)
    for person_id, data in decider.portraits.items():
        portraits.put(session, person_id, data)
    origins = (
        (kind, record_id, row)
        for kind, draft in drafts.items()
        for record_id, row in draft.origins()
    )
    bulk.note_origins(session, origins, file, sheet)


def store_choices(session: Session, choices: Choices) -> Counter[str]:
    """Put list items and colleagues that rows ask for into the book; counted by list."""
    made_by_list: Counter[str] = Counter()
    for item in choices.new_items:
        # A stage of no pipeline would stand on no board.
        pipeline = choices.pipeline if item.list_key == "stage" else None
        made = lists.add(session, item.list_key, item.name, parent_id=pipeline)
        assert made == item.id, "another writer is at work"
        made_by_list[item.list_key] += 1
    if choices.new_staff:
        session.execute(insert(Staff), [{"id": i, "name": name} for i, name in choices.new_staff])
    return made_by_list


def _store_simple(
    session: Session,
    decider: SimpleDecider,
    file: str,
    sheet: str,
    records: Records,
    progress: Progress,
) -> None:
    drafts = decider.drafts
    total = len(drafts.created) + len(drafts.updated)
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress.step(done, total)

    made_along = NamedRecords(session, records)
    ready = [made_along.linked(values) for _, values in drafts.created]
    made = records.insert_all(session, decider.kind, ready, step)
    origins = [
        (decider.kind, record_id, row)
        for record_id, (row, _) in zip(made, drafts.created, strict=True)
    ]
    for record_id, values in drafts.updated.items():
        records.change(session, decider.kind, [record_id], made_along.linked(values))
        step(1)
    bulk.note_origins(session, origins, file, sheet)
