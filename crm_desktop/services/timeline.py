"""The timeline of a record, with the names of what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from crm_desktop.data import timeline
from crm_desktop.data.book import Book
from crm_desktop.data.records.titles import refs_of
from crm_desktop.domain import schema
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.timeline import SMALL, FieldChange, TimelineEntry


class Timeline:
    """Every touch, document and change of a record."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def of(
        self, ref: Ref, *, limit: int = 100, before: datetime | None = None
    ) -> list[TimelineEntry]:
        """The newest entries, of those older than `before`. Links in changes carry titles."""
        with self._book.read() as session:
            found = timeline.entries(session, ref, limit=limit, before=before)
            pairs = [
                (kind, value)
                for entry in found
                for change in entry.changes
                if (kind := _link_of(ref.kind, change)) is not None
                for value in (change.before, change.after)
                if value is not None
            ]
            known = refs_of(session, pairs)

        def named(change: FieldChange) -> FieldChange:
            kind = _link_of(ref.kind, change)
            if kind is None:
                return change
            before, after = (
                known.get((kind, value), Ref(kind, value)) if value is not None else None
                for value in (change.before, change.after)
            )
            return replace(change, before=before, after=after)

        return [replace(e, changes=tuple(named(c) for c in e.changes)) for e in found]


def _link_of(kind: Kind, change: FieldChange) -> Kind | None:
    if change.key in SMALL:
        return None
    field = schema.find(kind, change.key)
    return field.link if field.type is FieldType.LINK else None
