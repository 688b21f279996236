"""Saved views: lists the user arranged and named, for everybody who opens the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm_desktop.data import views as rows
from crm_desktop.data.book import Book
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean_name, fold
from crm_desktop.domain.views import SavedView, View
from crm_desktop.services.records import Records


class Views:
    """Each change is one gesture. Names are unique among the views of a kind."""

    def __init__(self, book: Book, clock: Clock, records: Records) -> None:
        self._book = book
        self._clock = clock
        self._records = records

    def all(self) -> list[SavedView]:
        """Every view, in the user's order."""
        with self._book.read() as session:
            return rows.everything(session)

    def of(self, kind: Kind) -> list[SavedView]:
        """The views of one kind."""
        return [view for view in self.all() if view.kind is kind]

    def find(self, view_id: int) -> SavedView | None:
        """One view, without what names fields that are there no more; None where it is gone."""
        found = next((view for view in self.all() if view.id == view_id), None)
        return None if found is None else self._readable(found)

    def named(self, kind: Kind, name: str) -> SavedView:
        """The view of a kind with this name. Refused("views.unknown") names those there are."""
        views = self.of(kind)
        for view in views:
            if fold(view.name) == fold(name):
                return self._readable(view)
        if not views:
            raise Refused("views.none", name=name)
        raise Refused("views.unknown", name=name, known=", ".join(view.name for view in views))

    def add(self, kind: Kind, name: str, view: View) -> int:
        """Keep a view under a new name; returns its id."""
        name = self._fresh_name(kind, name)
        with self._book.write("gesture.view_added", name=name) as writing:
            return rows.add(writing.session, kind, name, view)

    def rename(self, view_id: int, name: str) -> None:
        """Call a view otherwise."""
        known = self._known(view_id)
        name = self._fresh_name(known.kind, name, but=view_id)
        with self._book.write("gesture.view_renamed", name=name) as writing:
            rows.rename(writing.session, view_id, name)

    def replace(self, view_id: int, view: View) -> None:
        """Let a view show something else from now on."""
        with self._book.write("gesture.view_replaced", name=self._known(view_id).name) as writing:
            rows.replace(writing.session, view_id, view)

    def remove(self, view_id: int) -> None:
        """Delete a view; undo brings it back. Its records stay as they are."""
        with self._book.write("gesture.view_removed", name=self._known(view_id).name) as writing:
            rows.remove(writing.session, view_id, self._clock.now())

    def reorder(self, ids: Sequence[int]) -> None:
        """Put the views in the order of `ids`; others follow as they were."""
        others = [view.id for view in self.all() if view.id not in ids]
        with self._book.write("gesture.views_ordered") as writing:
            rows.put_in_order(writing.session, [*ids, *others])

    def _readable(self, found: SavedView) -> SavedView:
        keys = {field.key for field in self._records.fields(found.kind)}
        return replace(found, view=found.view.known(keys))

    def _known(self, view_id: int) -> SavedView:
        found = next((view for view in self.all() if view.id == view_id), None)
        if found is None:
            raise Refused("record.gone")
        return found

    def _fresh_name(self, kind: Kind, name: str, *, but: int | None = None) -> str:
        name = clean_name(name)
        if not name:
            raise Refused("views.name_empty")
        if any(view.id != but and fold(view.name) == fold(name) for view in self.of(kind)):
            raise Refused("views.name_taken", name=name)
        return name
