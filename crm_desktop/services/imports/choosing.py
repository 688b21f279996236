"""Words of a file as values of the book: list items and people in charge, made when missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.data import import_keys, lists
from crm_desktop.data.session import Session
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import Item
from crm_desktop.domain.text import fold
from crm_desktop.exchange.mapping.synonyms import list_code
from crm_desktop.services.imports.links import Linking
from crm_desktop.services.imports.spellings import Span, grade, people
from crm_desktop.words import LANGUAGES, Words


@dataclass(slots=True)
class NewItem:
    """A list item the file asks for."""

    id: int
    list_key: str
    name: str


@dataclass(slots=True)
class Choices:
    """Looks values up by their words in either language; remembers those to be made."""

    known: dict[tuple[str, str], int]
    linking: Linking
    next_item: int
    next_staff: int
    pipeline: int | None
    """The first one: the stages a file brings along go there."""
    sizes: dict[int, Span]
    """Sizes of companies by what their names say: a user's own "1–50 people" too."""
    new_items: list[NewItem] = field(default_factory=list)
    new_staff: list[tuple[int, str]] = field(default_factory=list)
    made: dict[Kind, Mapping[int, Mapping[str, Any]]] = field(default_factory=dict)
    """The records the file brings along, by id."""

    @classmethod
    def of(cls, session: Session) -> Choices:
        """Everything the book knows by name."""
        known: dict[tuple[str, str], int] = {}
        texts = [Words(language).text for language in LANGUAGES]
        sizes: dict[int, Span] = {}
        items = lists.all_items(session)
        pipelines = [item.id for item in items if item.list_key == "pipeline" and item.active]
        pipeline = pipelines[0] if pipelines else None
        # Two pipelines have a stage of one name: what a file says is meant of the first.
        items.sort(key=lambda item: item.list_key == "stage" and item.parent_id != pipeline)
        for item in items:
            if item.list_key == "stage" and item.parent_id not in pipelines:
                continue
            for word in _words_of(item, texts):
                known.setdefault((item.list_key, fold(word)), item.id)
                if item.list_key == "company_size" and item.active and (span := people(word)):
                    sizes.setdefault(item.id, span)
        return cls(
            known,
            Linking(session),
            import_keys.next_id(session, "list_items"),
            import_keys.next_id(session, "staff"),
            pipeline,
            sizes,
        )

    def item(self, list_key: str, word: str, *, literal: bool = False) -> int | None:
        """The id of the item called `word`, a new one where the list has none.

        A `literal` word means the item of this name and no other. None for a number of people
        that no size spans: no list is made of bare numbers.
        """
        key = (list_key, fold(word))
        found = self.known.get(key)
        if found is None and not literal:
            found = self._meant(list_key, word)
            if found is None and list_key == "company_size" and _is_number(word):
                return None
        if found is None:
            found = self.known[key] = self.next_item
            self.next_item += 1
            self.new_items.append(NewItem(found, list_key, word))
        return found

    def _meant(self, list_key: str, word: str) -> int | None:
        """The item that another spelling speaks of."""
        found = None
        if list_key == "company_size" and (span := people(word)) is not None:
            found = self._spanning(span)
        if found is None and list_key == "level":
            found = self.known.get((list_key, grade(word) or ""))
        if found is None and not any(bracket in word for bracket in "(（"):
            # 先生 for male, Closed Won for won; what says more than that stays as it is written.
            found = self.known.get((list_key, list_code(list_key, word) or ""))
        return found

    def _spanning(self, span: Span) -> int | None:
        """The size that holds all of these numbers of people."""
        low, high = span
        return next((i for i, (a, b) in self.sizes.items() if a <= low and high <= b), None)

    def title_brought(self, kind: Kind, record_id: int) -> str:
        """What the file calls a record it brings along."""
        if kind is Kind.STAFF:
            return dict(self.new_staff).get(record_id, "?")
        return str(self.made.get(kind, {}).get(record_id, {}).get("name", "?"))

    def linked(self, kind: Kind, word: str, *, make: bool = True) -> int | None:
        """The record called `word`; colleagues may be made when missing, others are not."""
        found = self.linking.find(kind, word)
        if found is None and kind is Kind.STAFF and make:
            found = self.linking.names(kind)[fold(word)] = self.next_staff
            self.next_staff += 1
            self.new_staff.append((found, word))
        return found


def _is_number(word: str) -> bool:
    span = people(word)
    return span is not None and span[0] == span[1]


def _words_of(item: Item, texts: Iterable[Callable[[str], str]]) -> Iterable[str]:
    if item.name:
        yield item.name
    if item.code:
        yield item.code
        for text in texts:
            yield text(f"list.{item.list_key}.{item.code}")
