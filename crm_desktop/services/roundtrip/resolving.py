"""Words of a sheet as values of the book, by the same rules as an import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crm_desktop.data.session import Session
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import Part
from crm_desktop.domain.problems import Problem
from crm_desktop.domain.values import WrongValue, accept
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.services.imports.links import Named

_EMPTY: Mapping[FieldType, Any] = {
    FieldType.POINTS: (),
    FieldType.ADDRESSES: (),
    FieldType.TAGS: (),
    FieldType.PARTS: (),
    FieldType.CHOICES: (),
}
_SEVERAL = "; "


class Resolver:
    """Finds list entries and records by name; entries and colleagues not there yet are made."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.choices = Choices.of(session)

    def resolved(self, field: Field, value: Any) -> tuple[Any, Problem | None]:
        """The value as its field takes it; a company nobody knows comes as `Named`."""
        if value is None or value == ():
            return _EMPTY.get(field.type), None
        match field.type:
            case FieldType.CHOICE:
                found = self.choices.item(field.list_key, str(value))
                if found is None:
                    return None, Problem("import.no_size", args={"value": str(value)[:60]})
                return found, None
            case FieldType.CHOICES:
                ids = (self.choices.item(field.list_key, str(one)) for one in value)
                return tuple(dict.fromkeys(filter(None, ids))), None
            case FieldType.PARTS:
                value, problem = self._parts(field, value)
                if problem is not None:
                    return None, problem
            case FieldType.LINK:
                assert field.link is not None
                known = self.choices.linked(field.link, str(value))
                if known is None and field.link is Kind.COMPANY:
                    return Named(Kind.COMPANY, str(value)), None
                if known is None:
                    return None, Problem("import.no_such", args={"value": str(value)[:60]})
                return known, None
        try:
            return accept(field, value), None
        except WrongValue as wrong:
            return None, wrong.problem

    def _parts(self, field: Field, value: tuple[Part, ...]) -> tuple[Any, Problem | None]:
        """Parts with ids in the place of names; all of them, or the problem of one."""
        found: list[Part] = []
        for part in value:
            name = str(part.what)
            if field.link is None:
                what = self.choices.item(field.list_key, name)
            else:
                what = self.choices.linked(field.link, name)
            if what is None:
                return None, Problem("import.no_such", args={"value": name[:60]})
            found.append(replace(part, what=what))
        return tuple(found), None


def addresses(line: tuple[Address, ...], present: tuple[Address, ...]) -> tuple[Address, ...]:
    """Addresses out of the one line they stood on; those still written alike keep their parts."""
    known = {one.text(): one for one in present}
    whole = _SEVERAL.join(one.line for one in line)
    if whole in known:
        return (known[whole],)
    parts = (part.strip() for part in whole.split(_SEVERAL))
    return tuple(known.get(part, Address(line=part)) for part in parts if part)
