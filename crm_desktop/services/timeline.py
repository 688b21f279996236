"""The timeline of a record, with the names of what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from crm_desktop.data import timeline
from crm_desktop.data.book import Book
from crm_desktop.data.records.titles import refs_of
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.jobs import JobRow, RelationRow
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.timeline import PHOTO, SMALL, FieldChange, TimelineEntry


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
            changes = [change for entry in found for change in entry.changes]
            known = refs_of(session, (pair for one in changes for pair in _links(ref.kind, one)))

        def titled(link: Ref | None) -> Ref | None:
            return link and known.get((link.kind, link.id), link)

        def named(change: FieldChange) -> FieldChange:
            before, after = (
                _titled(ref.kind, change, side, titled) for side in (change.before, change.after)
            )
            return replace(change, before=before, after=after)

        return [replace(e, changes=tuple(named(c) for c in e.changes)) for e in found]


def _links(kind: Kind, change: FieldChange) -> Iterator[tuple[Kind, int]]:
    """The records a change names."""
    asked: list[Ref] = []

    def noted(link: Ref | None) -> Ref | None:
        if link is not None:
            asked.append(link)
        return link

    for side in (change.before, change.after):
        _titled(kind, change, side, noted)
    return ((link.kind, link.id) for link in asked)


def _titled(kind: Kind, change: FieldChange, value: Any, titled: Callable[[Any], Any]) -> Any:
    """A side of a change, each link in it as `titled` gives it."""
    if change.key in SMALL:
        return tuple(_small_titled(one, titled) for one in value)
    if change.key == PHOTO:
        return value
    field = change.field(kind)
    link = field.link
    if link is None or value is None:
        return value
    if field.type is FieldType.PARTS:
        return tuple(replace(one, what=titled(Ref(link, one.what))) for one in value)
    return titled(Ref(link, value))


def _small_titled(one: Any, titled: Callable[[Any], Any]) -> Any:
    if isinstance(one, JobRow):
        return replace(one, company=titled(one.company), reports_to=titled(one.reports_to))
    return replace(one, other=titled(one.other)) if isinstance(one, RelationRow) else one
