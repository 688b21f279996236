"""What of a record can be found, read from the book for many records at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from crm_desktop.data import custom_fields
from crm_desktop.data.records.loading import Page, load
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Address, FieldType
from crm_desktop.domain.kinds import Kind, Ref
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


_ANY_DAY = date.min  # no findable field depends on the day

FINDABLE: Mapping[Kind, Findable] = {
    Kind.PERSON: Findable(
        names=("name",),
        reading="name_reading",
        codes=("code", "wechat", "qq"),
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
        names=("title",), other=("company", "person", "needs", "tags", "notes", "competitors")
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
    Kind.STAFF: Findable(names=("name",), other=("team",)),
}


def documents(session: Session, kind: Kind, ids: Sequence[int]) -> dict[int, SearchFields]:
    """The findable texts of records, by id."""
    findable = FINDABLE[kind]
    custom = custom_fields.fields(session, kind)
    fields = [schema.find(kind, key) for key in findable.keys]
    # Links in custom fields are ids here; only what reads as text can be found.
    texts = [field for field in custom if field.type in (FieldType.TEXT, FieldType.LONG_TEXT)]
    today = _ANY_DAY
    loaded = load(Page(session, kind, ids, today), [*fields, *texts])

    def texts_of(record_id: int, keys: Sequence[str]) -> tuple[str, ...]:
        return tuple(text for key in keys for text in _texts(loaded[key].get(record_id)) if text)

    own_keys = [field.key for field in texts]
    return {
        record_id: SearchFields(
            names=tuple(
                (name, _reading(loaded, findable, record_id, number))
                for number, name in enumerate(texts_of(record_id, findable.names))
            ),
            codes=texts_of(record_id, findable.codes),
            phones=texts_of(record_id, findable.phones),
            emails=texts_of(record_id, findable.emails),
            other=texts_of(record_id, (*findable.other, *own_keys)),
        )
        for record_id in ids
    }


def to_text(fields: SearchFields) -> str:
    """Kept beside the index; `from_text` reads it back."""
    plain = (fields.names, fields.codes, fields.phones, fields.emails, fields.other)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> SearchFields:
    """What `to_text` kept."""
    names, codes, phones, emails, other = json.loads(text)
    return SearchFields(
        tuple((name, reading) for name, reading in names),
        tuple(codes),
        tuple(phones),
        tuple(emails),
        tuple(other),
    )


def _reading(loaded: Any, findable: Findable, record_id: int, number: int) -> str | None:
    if number or not findable.reading:
        return None
    found: str | None = loaded[findable.reading].get(record_id)
    return found


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, Ref):
        return (value.title,)
    if isinstance(value, Address):
        return (value.text(),)
    if isinstance(value, tuple):
        return tuple(text for item in value for text in _texts(item))
    return (str(value),)
