"""One erasure from beginning to end, inside the transaction of a gesture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from crm_desktop.data import mornings
from crm_desktop.data.book import Book, Writing
from crm_desktop.data.erasing import kept_by_law, ledger
from crm_desktop.data.erasing.forgetting import Forgetting, once_held
from crm_desktop.data.erasing.imported_files import ImportedFiles
from crm_desktop.data.erasing.named_rows import NamedRows
from crm_desktop.data.erasing.reach import KIND_OF_TABLE, Reach, Rows, gather
from crm_desktop.data.erasing.removal import bytes_of, drop_bytes, remove
from crm_desktop.data.erasing.unindexing import purge
from crm_desktop.data.records.titles import titles
from crm_desktop.data.search.documents import documents
from crm_desktop.data.session import Session
from crm_desktop.data.tables import TABLE_OF_KIND
from crm_desktop.data.tables.journal import SYSTEM, BookFact
from crm_desktop.domain.erasing import How, MustStay
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.schema import TITLE_KEYS
from crm_desktop.domain.search_words import SearchFields
from crm_desktop.domain.telling import Telling
from crm_desktop.progress import NO_PROGRESS, Progress

DUE = "wipe_due"
"""A fact of the book: rows have gone, and the file is not yet rewritten without them."""
TITLES = {How.ERASED: "gesture.erased", How.ANONYMISED: "gesture.anonymised"}
# A tag goes too, but into no ledger: in an older backup others may carry the word.
_TABLES = {**{kind: name for name, kind in KIND_OF_TABLE.items()}, Kind.TAG: "tags"}
_MERGED, _NOTED = "gesture.merged", "gesture.noted"
_CUSTOMERS = (Kind.PERSON, Kind.COMPANY)


@dataclass(frozen=True, slots=True)
class Done:
    """How many records went, which had to stay, and what knows a text that tells of those gone."""

    count: int
    held: tuple[MustStay, ...]
    telling: Telling
    views: int = 0
    """Saved views that named them, and do no more."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go, which of the records asked for documents hold, and what names those who go."""

    reach: Reach
    held: tuple[MustStay, ...]
    telling: Telling
    named: NamedRows


def plan(session: Session, refs: Iterable[Ref], how: How) -> Plan:
    """What would go with these records, views and notices that name them included."""
    reach, held = _reach(session, list(refs), how)
    telling = _telling(session, reach)
    named = NamedRows(session, telling)
    named.add_to(reach)
    return Plan(reach, held, telling, named)


def _reach(session: Session, asked: list[Ref], how: How) -> tuple[Reach, tuple[MustStay, ...]]:
    held = kept_by_law.documents(session, asked)
    if how is How.ERASED:
        staying = {(one.ref.kind, one.ref.id) for one in held}
        roots = _rows(r for r in asked if (r.kind, r.id) not in staying)
        for kind in _CUSTOMERS:
            _add_merged(session, kind, roots)
        return gather(session, roots, stays={}), held
    roots = _rows(asked)
    reach = gather(session, roots, stays=kept_by_law.stays(session, held), bare=True)
    twins: Rows = {name: set(ids) for name, ids in roots.items()}
    for kind in _CUSTOMERS:
        _add_merged(session, kind, twins)
    fresh = {name: ids - roots.get(name, set()) for name, ids in twins.items()}
    also = gather(
        session, {n: i for n, i in fresh.items() if i}, stays=kept_by_law.stays(session, held)
    )
    for mine, theirs in (
        (reach.gone, also.gone), (reach.ghosts, also.ghosts), (reach.blanked, also.blanked)
    ):  # fmt: skip
        for name, ids in theirs.items():
            mine[name] |= ids
    for key, ids in also.unlinked.items():
        reach.unlinked[key] |= ids
    return reach, held


def carry_out(book: Book, refs: Iterable[Ref], how: How, progress: Progress = NO_PROGRESS) -> Done:
    """Erase (or make anonymous) in one gesture that cannot be undone.

    The file is not free of them before `book.wipe`.
    """
    asked = list(refs)
    with book.read() as session:
        held = kept_by_law.documents(session, asked)
    staying = {(one.ref.kind, one.ref.id) for one in held} if how is How.ERASED else set()
    done = [ref for ref in asked if (ref.kind, ref.id) not in staying]
    if not done:
        return Done(0, held, Telling())
    kinds = {ref.kind for ref in done}
    kind = done[0].kind.value if len(kinds) == 1 else ""
    with book.write(TITLES[how], origin=SYSTEM, kind=kind, count=len(done)) as writing:
        planned = plan(writing.session, asked, how)
        _work(writing, planned, how, book)
        progress.step(1, 2)
    return Done(len(done), planned.held, planned.telling, len(planned.named.views))


def _work(writing: Writing, planned: Plan, how: How, book: Book) -> None:
    """Take it all out within somebody's gesture; the journal forgets it at the end of that."""
    session, reach = writing.session, planned.reach
    day = book.clock.today()
    entries = ledger.entries_for(session, reach.gone, day, How.ERASED)
    entries += ledger.entries_for(session, reach.bare, day, how)
    hashes = bytes_of(session, reach)
    forgetting = Forgetting(session, reach)
    files = ImportedFiles(session, forgetting.names, planned.telling)
    remove(session, reach)
    files.take_out()
    planned.named.take_out()
    ledger.note(session, entries)
    mornings.forget(session)
    known = session.execute(select(BookFact.name).where(BookFact.name == DUE)).scalar()
    if known is None:
        session.execute(insert(BookFact).values(name=DUE, value="1"))

    def forget() -> None:
        forgetting.run()
        files.forget()
        planned.named.forget()
        drop_bytes(session, hashes)
        purge(session)

    writing.at_the_end(forget)


def again(book: Book, entries: Iterable[ledger.Entry]) -> int:
    """Erase once more whom the ledger names and an older backup brought back; how many."""
    with book.read() as session:
        wanted = ledger.missing(session, entries)
        found: dict[str, list[Ref]] = {how.value: [] for how in How}
        for entry, name, row_id in ledger.present(session, wanted):
            kind = KIND_OF_TABLE[name]
            found[entry.how].append(Ref(kind, row_id, _title(session, kind, row_id)))
    done = carry_out(book, found[How.ERASED], How.ERASED)
    # The backup holds a document that was none any more: its customer goes nameless.
    nameless = found[How.ANONYMISED] + [one.ref for one in done.held if one.ref.kind in _CUSTOMERS]
    count = done.count + carry_out(book, nameless, How.ANONYMISED).count
    if wanted:
        with book.write(_NOTED, origin=SYSTEM) as writing:
            ledger.note(writing.session, wanted)
    return count


def wipe_if_due(book: Book) -> bool:
    """Rewrite the file where rows have been erased since; False where it has to be done again."""
    with book.read() as session:
        due = session.execute(select(BookFact.name).where(BookFact.name == DUE)).scalar()
    if due is None:
        return True
    if not book.wipe():
        return False
    with book.write(_NOTED, origin=SYSTEM) as writing:
        writing.session.execute(delete(BookFact).where(BookFact.name == DUE))
    return True


def _telling(session: Session, reach: Reach) -> Telling:
    """How the customers who go are called and reached now, and were before."""
    found: list[SearchFields] = []
    names: set[str] = set()
    gone = {name: reach.bare.get(name, set()) | ids for name, ids in reach.remembered().items()}
    for kind in _CUSTOMERS:
        table = _TABLES[kind]
        here = reach.gone.get(table, set()) | reach.bare.get(table, set())
        found += documents(session, kind, sorted(here)).values()
        names |= once_held(session, table, TITLE_KEYS[kind], gone.get(table, here) | here)
    reached = tuple(once_held(session, "points", "value", gone.get("points", ())))
    return Telling([*found, SearchFields(codes=reached, phones=reached)], names)


def _title(session: Session, kind: Kind, row_id: int) -> str:
    return titles(session, kind, [row_id]).get(row_id, "") if kind in TABLE_OF_KIND else ""


def _rows(refs: Iterable[Ref]) -> Rows:
    rows: Rows = {}
    for ref in refs:
        rows.setdefault(_TABLES[ref.kind], set()).add(ref.id)
    return rows


def _add_merged(session: Session, kind: Kind, rows: Mapping[str, set[int]]) -> None:
    """Who was merged into one of these is the same customer, and lies in the trash."""
    name = _TABLES[kind]
    ids = rows.get(name)
    if not ids:
        return
    execute = session.connection().exec_driver_sql
    merges: dict[int, list[int]] = {}
    for gesture, kept in execute(
        "SELECT id, args ->> 'kept' FROM gesture"
        " WHERE title = ? AND reversed_by IS NULL AND args ->> 'kind' = ?",
        (_MERGED, kind.value),
    ):
        merges.setdefault(kept, []).append(gesture)
    waiting = set(ids)
    while waiting:
        found: set[int] = set()
        for kept in waiting & merges.keys():
            for gesture in merges[kept]:
                rows_of = execute(
                    "SELECT DISTINCT c.row_id FROM journal_change AS c"
                    " INDEXED BY ix_journal_change_gesture"
                    f" JOIN {name} AS r ON r.id = c.row_id AND r.trashed_at IS NOT NULL"
                    " WHERE c.gesture_id = ? AND c.table_name = ? AND c.row_id <> ?",
                    (gesture, name, kept),
                )
                found |= {row[0] for row in rows_of}
        waiting = found - ids
        ids |= waiting
