"""Records known again by the keys the user chose, instead of the usual ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crm_desktop.data import import_keys
from crm_desktop.data.records.reading import Reader
from crm_desktop.data.session import Session
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.points import norm
from crm_desktop.domain.text import fold
from crm_desktop.services.imports.merging import plain

_POINTS = ("mobile", "phone", "email")
Token = tuple[Any, ...]


class ChosenKeys:
    """Ids of the people or companies of a book by some keys of MATCH_KEYS, the first key first.

    Filled on while a file is read, so that later rows find what earlier ones made.
    """

    def __init__(self, kind: Kind, keys: Sequence[str]) -> None:
        self._keys = tuple(keys)
        wanted = {"name"}
        for key in keys:
            # A number is the same number whichever of the two fields holds it.
            wanted |= {"mobile", "phone"} if key in ("mobile", "phone") else {key}
        if "name_company" in keys:
            wanted = wanted - {"name_company"} | {"company"}
        self._fields = sorted(wanted)
        self._kind = kind
        self._ids: dict[Token, int] = {}

    @classmethod
    def of(cls, session: Session, kind: Kind, keys: Sequence[str], reader: Reader) -> ChosenKeys:
        """The keys of everybody who is not in the trash; of several alike, the oldest."""
        chosen = cls(kind, keys)
        ids = import_keys.present_ids(session, kind)
        for row in reader.rows(ids, chosen._fields) if ids else ():
            chosen.learn(row.id, dict(zip(chosen._fields, row.values, strict=True)))
        return chosen

    def find(self, values: Mapping[str, Any], company_id: int | None = None) -> int | None:
        """The record a row is about."""
        for key in self._keys:
            for token in _tokens(key, values, company_id):
                if token in self._ids:
                    return self._ids[token]
        return None

    def learn(self, record_id: int, values: Mapping[str, Any]) -> None:
        """Another record, or more of one that is known."""
        company = plain(values.get("company"))
        for key in {*self._keys, *(one for one in _POINTS if one in self._fields)}:
            for token in _tokens(key, values, company):
                self._ids.setdefault(token, record_id)


def _tokens(key: str, values: Mapping[str, Any], company: int | None) -> Iterator[Token]:
    if key in _POINTS:
        sort = "email" if key == "email" else "number"
        for value in values.get(key) or ():
            yield sort, norm(key, value)
    elif key == "name_company":
        if values.get("name"):
            yield key, fold(values["name"]), company
    elif values.get(key):
        yield key, fold(str(values[key]))
