"""The user's own fields: added, renamed, ordered, removed; values stay with the records."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crm_desktop.data import belonging
from crm_desktop.data import custom_fields as rows
from crm_desktop.data.book import Book
from crm_desktop.data.engines.sqlite import create_custom_index, drop_custom_index
from crm_desktop.data.records.columns import table_of
from crm_desktop.data.session import Session
from crm_desktop.domain.belonging import LISTS, Having
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean_name

TYPES = (
    FieldType.TEXT,
    FieldType.LONG_TEXT,
    FieldType.INTEGER,
    FieldType.NUMBER,
    FieldType.MONEY,
    FieldType.DATE,
    FieldType.BOOLEAN,
    FieldType.CHOICE,
    FieldType.CHOICES,
    FieldType.LINK,
)
"""What a field of the user's own can be."""


@dataclass(frozen=True, slots=True)
class CustomFieldRow:
    """One of them, as settings show it."""

    key: str  # "custom.f7"
    name: str
    type: FieldType
    list_key: str
    link: Kind | None
    searchable: bool
    only_for: tuple[int, ...] = ()  # items of the lists it belongs to; none: to every record


class CustomFields:
    """Each change is one gesture."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def of(self, kind: Kind) -> list[CustomFieldRow]:
        """The fields of a kind, in the user's order."""
        with self._book.read() as session:
            limits = {
                field.key: tuple(item for _, items in field.only_for for item in items)
                for field in rows.fields(session, kind)
            }
            return [
                CustomFieldRow(
                    f"custom.{row.key}",
                    row.name,
                    FieldType(row.type),
                    row.list_key or "",
                    Kind(row.link) if row.link else None,
                    row.searchable,
                    limits.get(f"custom.{row.key}", ()),
                )
                for row in rows.defined(session, kind)
            ]

    def tied_to(self, item: int) -> list[str]:
        """The names of the fields, of any kind, that belong to an item of a list."""
        with self._book.read() as session:
            return [
                field.name
                for kind in LISTS
                for field in rows.fields(session, kind)
                if any(item in items for _, items in field.only_for)
            ]

    def having(self, ref: Ref) -> Having:
        """What decides which fields a record shows: the items it has, by list."""
        with self._book.read() as session:
            return belonging.having(session, ref.kind, ref.id)

    def add(
        self,
        kind: Kind,
        name: str,
        type_: FieldType = FieldType.TEXT,
        *,
        list_key: str = "",
        link: Kind | None = None,
        searchable: bool = False,
    ) -> str:
        """A new field; returns its key. A choice without a list gets one of its own."""
        if type_ not in TYPES:
            raise ValueError(f"a field of the user's own cannot be {type_}")
        if (type_ is FieldType.LINK) != (link is not None):
            raise ValueError("a link, and only a link, names the kind it leads to")
        with self._book.write("gesture.field_added", name=name, kind=kind.value) as writing:
            session = writing.session
            name = self._fresh_name(session, kind, name)
            values = {
                "type": type_.value,
                "list_key": list_key or None,
                "link": link.value if link else None,
                "searchable": searchable,
            }
            key = rows.add(session, kind, name, values)
            if type_ in (FieldType.CHOICE, FieldType.CHOICES) and not list_key:
                number = int(key.removeprefix("custom.f"))
                rows.change(session, number, list_key=key)
            if searchable:
                create_custom_index(session.connection(), *_place(kind, key))
        return key

    def rename(self, kind: Kind, key: str, name: str) -> None:
        """Call a field otherwise; its values stay."""
        with self._book.write("gesture.field_renamed", name=name, kind=kind.value) as writing:
            row_id = self._known(writing.session, kind, key)
            name = self._fresh_name(writing.session, kind, name, but=row_id)
            rows.change(writing.session, row_id, name=name)

    def remove(self, kind: Kind, key: str) -> None:
        """Take a field away; undo brings it back with all its values."""
        with self._book.write("gesture.field_removed", kind=kind.value) as writing:
            row_id = self._known(writing.session, kind, key)
            rows.change(writing.session, row_id, trashed_at=self._clock.now())

    def put_in_order(self, kind: Kind, keys: Sequence[str]) -> None:
        """The order forms and column choosers show."""
        with self._book.write("gesture.fields_ordered", kind=kind.value) as writing:
            for position, key in enumerate(keys):
                row_id = self._known(writing.session, kind, key)
                rows.change(writing.session, row_id, position=position)

    def set_searchable(self, kind: Kind, key: str, searchable: bool) -> None:
        """Have filters on the field walk an index, or no longer."""
        with self._book.write("gesture.field_changed", kind=kind.value) as writing:
            row_id = self._known(writing.session, kind, key)
            rows.change(writing.session, row_id, searchable=searchable)
            work = create_custom_index if searchable else drop_custom_index
            work(writing.session.connection(), *_place(kind, key))

    def limit(self, kind: Kind, key: str, items: Collection[int]) -> None:
        """Show the field only where a record has one of the items, of each list they are of.

        Nothing is taken from the records: what others hold of it they keep and show. No items:
        it is shown everywhere. ValueError for items of lists that say nothing about the kind.
        """
        with self._book.write("gesture.field_limited", kind=kind.value) as writing:
            session = writing.session
            row_id = self._known(session, kind, key)
            writing.name(kind=kind.value, name=rows.names(session, kind)[key])
            lists = rows.lists_of(session, items)
            if len(lists) != len(set(items)) or set(lists.values()) - set(LISTS.get(kind, ())):
                raise ValueError(f"fields of {kind} cannot belong to the items {sorted(items)}")
            rows.change(session, row_id, only_for=sorted(lists) or None)

    def _known(self, session: Session, kind: Kind, key: str) -> int:
        for row in rows.defined(session, kind):
            if f"custom.{row.key}" == key:
                return row.id
        raise Refused("record.gone")

    def _fresh_name(
        self, session: Session, kind: Kind, name: str, *, but: int | None = None
    ) -> str:
        name = clean_name(name)
        if not name:
            raise Refused("attention.field_empty")
        if any(row.name == name and row.id != but for row in rows.defined(session, kind)):
            raise Refused("attention.field_exists", name=name)
        return name


def _place(kind: Kind, key: str) -> tuple[str, str]:
    return table_of(kind).__tablename__, key.removeprefix("custom.")
