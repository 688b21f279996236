"""What of a record can be found, read from the book for many records at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from crm_desktop.data import custom_fields
from crm_desktop.data.records.loading import Page, load
from crm_desktop.data.search import choices
from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import Proposal, named_like
from crm_desktop.domain.search_terms import SearchFields


@dataclass(frozen=True, slots=True)
class Findable:
    """The fields of a kind that search looks at, by how they are compared."""

    names: tuple[str, ...]
    codes: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    reading: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """All field keys it reads."""
        reading = (self.reading,) if self.reading else ()
        return (*self.names, *reading, *self.codes, *self.phones, *self.emails, *self.other)

    def among(self, used: Container[str]) -> Findable:
        """The same without the fields that no record at hand has."""

        def kept(keys: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(filter(used.__contains__, keys))

        return Findable(
            names=kept(self.names),
            codes=kept(self.codes),
            phones=kept(self.phones),
            emails=kept(self.emails),
            other=kept(self.other),
            reading=self.reading if self.reading in used else "",
        )


FINDABLE_TYPES = (FieldType.TEXT, FieldType.LONG_TEXT, *choices.CHOICES)
"""Of the user's own fields those that the search looks into."""
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ANY_DAY = date.min  # no findable field depends on the day

FINDABLE: Mapping[Kind, Findable] = {
    Kind.PERSON: Findable(
        names=("name",),
        reading="name_reading",
        codes=("code", "wechat", "qq", "handle"),
        phones=("mobile", "phone"),
        emails=("email",),
        other=("company", "given_name", "family_name", "title", "department", "tags", "notes"),
    ),
    Kind.COMPANY: Findable(
        names=("name", "short_name"),
        codes=("code", "tax_number"),
        phones=("phone", "mobile"),
        emails=("email",),
        other=("website", "city", "address", "tags", "notes"),
    ),
    Kind.ACTIVITY: Findable(names=("subject",), other=("person", "company", "outcome", "tags")),
    Kind.OPPORTUNITY: Findable(
        names=("title",),
        other=("company", "person", "products", "needs", "tags", "notes", "competitors"),
    ),
    Kind.PRODUCT: Findable(
        names=("name",), codes=("code", "spec"), other=("description", "tags", "notes")
    ),
    Kind.QUOTE: Findable(names=("title",), codes=("number",), other=("company", "person", "notes")),
    Kind.CONTRACT: Findable(
        names=("title",), codes=("number",), other=("company", "person", "notes")
    ),
    Kind.TICKET: Findable(
        names=("subject",),
        codes=("number", "serial"),
        other=("company", "person", "said", "work", "result", "tags"),
    ),
    Kind.RECEIPT: Findable(
        names=(), codes=("number", "reference"), other=("company", "person", "contract", "notes")
    ),
    Kind.EXPENSE: Findable(
        names=("purpose",), codes=("number",), other=("company", "person", "notes")
    ),
    Kind.STAFF: Findable(names=("name",), other=("team",)),
}


def documents(session: Session, kind: Kind, ids: Sequence[int]) -> dict[int, SearchFields]:
    """The findable texts of records, by id."""
    findable = FINDABLE[kind]
    custom = custom_fields.fields(session, kind)
    fields = [schema.find(kind, key) for key in findable.keys]
    texts = own_texts(custom)
    loaded = load(Page(session, kind, ids, _ANY_DAY), [*fields, *texts])
    own_keys = [field.key for field in texts]
    if known := choices.called(session, texts):
        for field in texts:
            if field.type in choices.CHOICES:
                held = loaded[field.key]
                loaded[field.key] = {i: choices.chosen(value, known) for i, value in held.items()}

    def of_record(record_id: int) -> SearchFields:
        return document(findable, lambda key: loaded[key].get(record_id), own_keys)

    return {record_id: of_record(record_id) for record_id in ids}


def own_texts(custom: Sequence[Field]) -> list[Field]:
    """Of the user's own fields those that can be found."""
    # Only what reads as text: who is linked to is found as a record of its own.
    return [field for field in custom if field.type in FINDABLE_TYPES]


def document(
    findable: Findable, value: Callable[[str], Any], own_keys: Sequence[str]
) -> SearchFields:
    """The findable texts of one record, whose values `value` gives by field key."""
    names = _texts_of(value, findable.names)
    reading = value(findable.reading) if findable.reading else None
    return SearchFields(
        names=tuple((name, None if number else reading) for number, name in enumerate(names)),
        codes=_texts_of(value, findable.codes),
        phones=_texts_of(value, findable.phones),
        emails=_texts_of(value, findable.emails),
        other=_texts_of(value, (*findable.other, *own_keys)),
    )


def column_texts(
    findable: Findable, columns: Mapping[str, list[Any]], own_keys: Sequence[str], count: int
) -> list[str]:
    """`to_text` of `count` records at once, whose values lie in `columns` by field key."""
    names, *others = (
        _columns_of([columns[key] for key in keys], count)
        for keys in (
            findable.names,
            findable.codes,
            findable.phones,
            findable.emails,
            (*findable.other, *own_keys),
        )
    )
    readings = columns[findable.reading] if findable.reading else [None] * count
    read = [
        tuple((name, None if number else reading) for number, name in enumerate(several))
        for several, reading in zip(names, readings, strict=True)
    ]
    return list(map(_written, zip(read, *others, strict=True)))


def _columns_of(columns: Sequence[list[Any]], count: int) -> list[tuple[str, ...]]:
    """What stands in some columns, by record."""
    if not columns:
        return [()] * count
    made = [list(map(_found, values)) for values in columns]
    if len(made) == 1:
        return made[0]
    return [tuple(chain.from_iterable(several)) for several in zip(*made, strict=True)]


def _found(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if type(value) is str:
        return (value,) if value else ()
    several = value if isinstance(value, tuple) else (value,)
    if len(several) == 1 and type(several[0]) is str and several[0]:  # the usual phone or mail
        return several
    texts = (item if isinstance(item, str) else _text(item) for item in several)
    return tuple(text for text in texts if text)


def to_text(fields: SearchFields) -> str:
    """Kept beside the index; `from_text` reads it back."""
    plain = (fields.names, fields.codes, fields.phones, fields.emails, fields.other)
    return _written(plain)


def from_text(text: str) -> SearchFields:
    """What `to_text` kept."""
    names, *others = json.loads(text)
    return SearchFields(tuple(map(tuple, names)), *map(tuple, others))


def _texts_of(value: Callable[[str], Any], keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(chain.from_iterable(_found(value(key)) for key in keys))


def _text(value: Any) -> str:
    if isinstance(value, Ref):
        return value.title
    if isinstance(value, Proposal):
        return named_like(value)
    return value.text() if isinstance(value, Address) else str(value)
