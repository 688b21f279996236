"""Pasted text as the values of a new record, with who it may already be."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crm_desktop.data.book import Book
from crm_desktop.data.session import Session
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.dates import parse_birthday
from crm_desktop.domain.duplicates import Candidate
from crm_desktop.domain.fields import Address, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.pasted import Pasted, parse
from crm_desktop.domain.phones import normalise
from crm_desktop.domain.points import PHONE_POINTS
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.regions import REGION_KEYS, lacks_region, of_addresses
from crm_desktop.domain.schema import FIELDS, TITLE_KEYS
from crm_desktop.services.duplicates import Duplicates
from crm_desktop.services.records import Records


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be made: values ready for `Records.create`, but for the company of a person."""

    kind: Kind
    values: dict[str, Any]
    company: str  # of a person: the name that was read, to be found or made
    companies: list[Candidate] = field(default_factory=list)  # known ones it may be
    alike: list[Candidate] = field(default_factory=list)
    pasted: Pasted = field(default_factory=lambda: parse(""))


@dataclass(frozen=True, slots=True)
class Firm:
    """The company of a pasted person: one that is known, or the name of one to be made."""

    known: int | None = None
    name: str = ""


NO_FIRM = Firm()


class Pasting:
    """Reads text; makes a record of it, or fills one that is there, in one gesture."""

    def __init__(self, book: Book, records: Records, duplicates: Duplicates) -> None:
        self._book = book
        self._records = records
        self._duplicates = duplicates

    def read(self, text: str, kind: Kind | None = None) -> Draft:
        """What the text says, of a person or a company. Refused where it says nothing."""
        pasted = parse(text)
        kind = kind or pasted.kind
        values = self._values(kind, pasted)
        if not values:
            raise Refused("pasting.nothing")
        company = pasted.first("company") if kind is Kind.PERSON else ""
        return Draft(
            kind,
            values,
            company,
            self._duplicates.like(Kind.COMPANY, {"name": company}) if company else [],
            self._duplicates.like(kind, values),
            pasted,
        )

    def create(self, kind: Kind, values: Mapping[str, Any], firm: Firm = NO_FIRM) -> int:
        """A record of what was read, a person with its company. Refused("record.check")."""
        name = str(values.get(TITLE_KEYS[kind]) or "")
        with self._book.write("gesture.pasted", name=name) as writing:
            session = writing.session
            company = self._company(session, firm)
            ready = {**values, "company": company} if company is not None else values
            return self._records.insert(session, kind, ready)

    def fill(self, ref: Ref, values: Mapping[str, Any], firm: Firm = NO_FIRM) -> tuple[str, ...]:
        """Put what a record does not have yet into it; what it has stays. The fields filled."""
        with self._book.write("gesture.pasted_into", name=ref.title) as writing:
            session = writing.session
            present = self._records.reader(session, ref.kind).card(ref.id).values
            missing = {
                key: found
                for key, value in values.items()
                if (found := _missing(key, present.get(key), value)) is not None
            }
            after = {**present, "address": missing.get("address") or present.get("address")}
            if not lacks_region(after, values.get("address", ())):
                missing = {key: one for key, one in missing.items() if key not in REGION_KEYS}
            if ref.kind is Kind.PERSON and present.get("company") is None:
                company = self._company(session, firm)
                if company is not None:
                    missing["company"] = company
            if missing:
                self._records.change(session, ref.kind, [ref.id], missing)
        return tuple(missing)

    def _company(self, session: Session, firm: Firm) -> int | None:
        if firm.known is not None or not firm.name:
            return firm.known
        return self._records.insert(session, Kind.COMPANY, {"name": firm.name})

    def _values(self, kind: Kind, pasted: Pasted) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for each in FIELDS[kind]:
            source = "company" if (kind, each.key) == (Kind.COMPANY, "name") else each.key
            found = pasted.all(source)
            if not found or (kind is Kind.PERSON and each.key == "company"):
                continue
            if each.type is FieldType.POINTS:
                values[each.key] = found
            elif each.type is FieldType.ADDRESSES:
                region = pasted.first("region")
                values[each.key] = tuple(
                    Address(line=line if line.startswith(region) else region + line)
                    for line in found
                )
            elif each.type is FieldType.BIRTHDAY:
                if (born := _birthday(found[0], self._book.clock.today())) is not None:
                    values[each.key] = born
            elif each.type is FieldType.TEXT:
                values[each.key] = found[0]
        return values | of_addresses(values.get("address", ()))


def _birthday(words: str, today: date) -> Birthday | None:
    """The day that pasted words say; None where there can be none, or it is to come."""
    with suppress(Refused):
        return parse_birthday(words, today=today)
    return None


def _missing(key: str, present: Any, value: Any) -> Any:
    """What of `value` a field lacks; None where it lacks nothing."""
    if not isinstance(value, tuple):
        return None if present else value or None
    held = tuple(present or ())
    known = {_told_by(key, each) for each in held}
    new = tuple(each for each in value if _told_by(key, each) not in known)
    return (*held, *new) if new else None


def _told_by(key: str, value: Any) -> str:
    """By what two values of a field are the same."""
    if isinstance(value, Address):
        return "".join(value.text().split())
    number = normalise(str(value)).number if key in PHONE_POINTS else ""
    return number or str(value).strip().casefold()
