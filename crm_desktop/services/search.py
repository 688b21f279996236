"""Finding any record from anywhere, and coming back to the last ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.data import links, recents, search
from crm_desktop.data.book import Book
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import RECORD_KINDS, Kind, Ref
from crm_desktop.domain.records import Found


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found."""

    kind: Kind
    id: int
    uid: str
    title: str
    subtitle: str

    @property
    def ref(self) -> Ref:
        """Where it is."""
        return Ref(self.kind, self.id, self.title)


class Search:
    """One box for everything."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def find(self, text: str, limit: int = 50, kinds: Sequence[Kind] = ()) -> list[Hit]:
        """The best matches: exact before starting before containing, then the latest changed."""
        with self._book.read() as session:
            matches = search.find(session, text, limit, kinds)
            pairs = [(match.kind, match.record_id) for match in matches]
            described = links.described(session, pairs)
        return [
            Hit(kind, record_id, *described[kind, record_id])
            for kind, record_id in pairs
            if (kind, record_id) in described
        ]

    def recents(self, limit: int = 8, kinds: Sequence[Kind] = RECORD_KINDS) -> list[Found]:
        """The records opened last."""
        with self._book.read() as session:
            pairs = recents.seen(session, kinds, limit)
            described = links.described(session, pairs)
        found = [(pair, *described[pair]) for pair in pairs if pair in described]
        return [Found(Ref(*pair, title), subtitle) for pair, _uid, title, subtitle in found]

    def seen(self, ref: Ref) -> None:
        """Remember that a record was opened."""
        # Outside of the journal: such a gesture leaves no trace and cannot be undone.
        with self._book.write("gesture.noted", origin="system") as writing:
            recents.note(writing.session, ref, self._clock.now())

    def rebuild(self) -> None:
        """Make the index anew."""
        with self._book.write("gesture.noted", origin="system") as writing:
            search.rebuild(writing.session)
