"""Tags: the words users put on records of any kind."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.data import tags as rows
from crm_desktop.data.book import Book
from crm_desktop.data.records import children
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.tags import TagRow
from crm_desktop.domain.text import clean_name


class Tags:
    """Each change is one gesture."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def all(self) -> list[TagRow]:
        """Every tag by name, with how many records carry it."""
        with self._book.read() as session:
            return rows.everything(session)

    def make(self, name: str) -> int:
        """A tag no record carries yet; the known one where there is one. Returns its id."""
        name = _named(name)
        with self._book.write("gesture.tag_made", name=name) as writing:
            return children.tag_id(writing.session, name)

    def set(self, ref: Ref, names: Sequence[str]) -> None:
        """Make these the tags of a record; new words become tags."""
        wanted = [name for name in map(clean_name, names) if name]
        with self._book.write("gesture.tags_set", name=ref.title) as writing:
            children.set_tags(writing.session, ref.kind, ref.id, wanted)

    def add(self, kind: Kind, ids: Sequence[int], name: str) -> None:
        """Put a tag on many records."""
        name = _named(name)
        with self._book.write("gesture.tag_added", name=name, count=len(ids)) as writing:
            tag_id = children.tag_id(writing.session, name)
            rows.put_on(writing.session, tag_id, kind, ids)

    def remove(self, kind: Kind, ids: Sequence[int], name: str) -> None:
        """Take a tag off many records."""
        name = _named(name)
        with self._book.write("gesture.tag_removed", name=name, count=len(ids)) as writing:
            tag_id = rows.named(writing.session, name)
            if tag_id is not None:
                rows.take_off(writing.session, tag_id, kind, ids)

    def rename(self, tag_id: int, name: str) -> None:
        """Call a tag otherwise; where the name is known already, the two become one."""
        name = _named(name)
        with self._book.write("gesture.tag_renamed", name=name) as writing:
            known = rows.named(writing.session, name)
            if known is None or known == tag_id:
                rows.change(writing.session, tag_id, name=name)
                return
            rows.replace(writing.session, tag_id, known)
            rows.remove(writing.session, tag_id, self._clock.now())

    def recolor(self, tag_id: int, color: str) -> None:
        """Give a tag another of the chip colours."""
        with self._book.write("gesture.tag_changed") as writing:
            rows.change(writing.session, tag_id, color=color)

    def delete(self, tag_id: int) -> None:
        """Take a tag off everything and put it away."""
        name = next((tag.name for tag in self.all() if tag.id == tag_id), "")
        with self._book.write("gesture.tag_deleted", name=name) as writing:
            rows.remove(writing.session, tag_id, self._clock.now())


def _named(name: str) -> str:
    name = clean_name(name)
    if not name:
        raise Refused("attention.tag_empty")
    return name
