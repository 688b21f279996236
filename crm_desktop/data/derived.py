"""What is computed from the records, refreshed before each commit."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from crm_desktop.data import fullness, funnel, issued, payments, search
from crm_desktop.data.book import Book
from crm_desktop.data.ids import in_ids
from crm_desktop.data.journal import Changes
from crm_desktop.data.records.columns import column, table_of, title_expression
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Person
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.pinyin import sort_key
from crm_desktop.domain.schema import TITLE_KEYS

SORTED_KINDS = (Kind.PERSON, Kind.COMPANY, Kind.OPPORTUNITY, Kind.PRODUCT)


def keep_derived(book: Book) -> None:
    """Register everything derived with a book that was just opened."""
    book.before_commit(refresh_sort_keys)
    book.before_commit(search.refresh)
    book.before_commit(funnel.refresh)
    book.before_commit(fullness.refresh)
    book.before_commit(issued.keep_in_force)
    book.before_commit(payments.refresh)


def rebuild(session: Session) -> None:
    """Make the derived tables anew, in a book whose rows did not come by gestures."""
    search.rebuild(session)
    funnel.rebuild(session.connection())
    fullness.rebuild(session.connection())
    payments.rebuild(session)


def refresh_sort_keys(session: Session, changes: Changes) -> None:
    """Pinyin order of the names a gesture touched; rows that brought their key keep it."""
    for kind in SORTED_KINDS:
        table = table_of(kind)
        ids = changes.touched(table.__tablename__, TITLE_KEYS[kind], "name_reading")
        if not ids:
            continue
        identity = column(kind, "id")
        columns = [identity, title_expression(kind), column(kind, "sort_key")]
        if kind is Kind.PERSON:
            columns.append(Person.name_reading)
        rows = session.execute(select(*columns).where(in_ids(identity, ids))).all()
        fresh = [
            {"record_id": row[0], "key": key}
            for row in rows
            if (key := sort_key(row[1] or "", row[3] if kind is Kind.PERSON else None)) != row[2]
        ]
        if fresh:
            keyed = update(table).where(identity == bindparam("record_id"))
            session.execute(keyed.values(sort_key=bindparam("key")), fresh)
