"""Pasted text as the values of a new record, with who it may already be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from crm_desktop.domain.duplicates import Candidate
from crm_desktop.domain.fields import Address, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.pasted import Pasted, parse
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.schema import FIELDS
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


class Pasting:
    """Reads; making the record is `Records.create`."""

    def __init__(self, records: Records, duplicates: Duplicates) -> None:
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
                values[each.key] = tuple(Address(line=line) for line in found)
            elif each.type is FieldType.TEXT:
                values[each.key] = found[0]
        return values
