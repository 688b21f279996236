"""Records that others name and the book lacks, made within the gesture of the import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import Part
from crm_desktop.domain.text import fold
from crm_desktop.services.imports.links import Named
from crm_desktop.services.records import Records

_SURROUNDED = {Kind.PERSON: ("company",), Kind.OPPORTUNITY: ("company", "person")}
"""What a record made along takes over from the one that names it."""


class NamedRecords:
    """Makes each of them once."""

    def __init__(self, session: Session, records: Records) -> None:
        self._session = session
        self._records = records
        self._ids: dict[tuple[Kind, str], int] = {}

    def linked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values with ids in the place of names; a new contact gets the company beside it."""
        ready = dict(values)
        for kind in (Kind.COMPANY, Kind.PERSON, Kind.PRODUCT, Kind.OPPORTUNITY):
            for key, value in ready.items():
                if isinstance(value, Named) and value.kind is kind:
                    ready[key] = self._made(value, ready)
                elif isinstance(value, tuple) and any(_is_of(one, kind) for one in value):
                    ready[key] = tuple(
                        replace(one, what=self._made(one.what, ready)) if _is_of(one, kind) else one
                        for one in value
                    )
        return ready

    def _made(self, named: Named, beside: Mapping[str, Any]) -> int:
        key = named.kind, fold(named.name)
        if key not in self._ids:
            values = {schema.TITLE_KEYS[named.kind]: named.name}
            for name in _SURROUNDED.get(named.kind, ()):
                if isinstance(beside.get(name), int):
                    values[name] = beside[name]
            self._ids[key] = self._records.insert(self._session, named.kind, values)
        return self._ids[key]


def _is_of(one: Any, kind: Kind) -> bool:
    """Whether it is a part of a record that is to be made."""
    return isinstance(one, Part) and isinstance(one.what, Named) and one.what.kind is kind
