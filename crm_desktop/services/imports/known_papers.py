"""Quotes and contracts of the book that rows may be about, with their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.data import import_keys
from crm_desktop.data import lines as line_rows
from crm_desktop.data.records.reading import Reader
from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.text import fold
from crm_desktop.services.imports.merging import plain

_SURE = ("quantity", "price", "discount_percent", "discount_amount")


@dataclass(slots=True)
class HeldPaper:
    """A paper of the book; its lines are taken one by one by the rows that tell them."""

    id: int
    values: dict[str, Any]
    lines: list[dict[str, Any]] = field(default_factory=list)
    has_lines: bool = False
    first_row: int = 0  # that spoke of it, 0 while none did
    told: list[int | dict[str, Any]] = field(default_factory=list)
    """Its lines in the order of the file: ids of those it has, values of new ones."""

    @property
    def number(self) -> str:
        """Its number."""
        return str(self.values.get("number") or "")

    @property
    def state(self) -> str:
        """How far it is."""
        return str(self.values["state"])

    def take(self, told: Mapping[str, Any], *, alike: bool) -> dict[str, Any] | None:
        """The line a row tells: one wholly `alike`, or the first of the same name."""
        named = (line for line in self.lines if fold(line["name"]) == fold(told["name"]))
        keys = _SURE if alike else ()
        same = (line for line in named if all(line.get(k) == told.get(k) for k in keys))
        found = next(same, None)
        if found is not None:
            self.lines.remove(found)
        return found


class KnownPapers:
    """Finds papers by number, else by title, customer and date; keys may be chosen."""

    def __init__(
        self, session: Session, kind: Kind, reader: Reader, match: Sequence[str] = ()
    ) -> None:
        self._session = session
        self._kind = kind
        self._reader = reader
        self._by = tuple(match) or ("number", "title")
        self._numbers = import_keys.codes(session, kind, ("number",))
        self._alike: dict[tuple[Any, ...], int] | None = None
        self._held: dict[int, HeldPaper] = {}
        self._all = [one.key for one in schema.FIELDS[kind] if not one.computed]

    def by_number(self, number: Any) -> int | None:
        """The id of the paper with this number."""
        return self._numbers.get(fold(str(number))) if number else None

    def find(self, head: Mapping[str, Any]) -> HeldPaper | None:
        """The paper a row is about."""
        found = self.by_number(head.get("number")) if "number" in self._by else None
        numbered = head.get("number") and "number" in self._by
        if found is None and not numbered and "title" in self._by:
            found = self._titles().get(_key(head, dated="dated" in head))
        return None if found is None else self._paper(found)

    def _titles(self) -> dict[tuple[Any, ...], int]:
        if self._alike is None:
            keys = ["title", "company", "person", "dated"]
            ids = import_keys.present_ids(self._session, self._kind)
            self._alike = {}
            for row in self._reader.rows(ids, keys) if ids else ():
                values = dict(zip(keys, row.values, strict=True))
                for shown in (values, {**values, "person": None}):
                    for dated in (True, False):
                        self._alike.setdefault(_key(shown, dated=dated), row.id)
            self._alike.pop((None, None, None, None), None)
        return self._alike

    def _paper(self, paper_id: int) -> HeldPaper:
        if paper_id not in self._held:
            (row,) = self._reader.rows([paper_id], self._all)
            paper = HeldPaper(paper_id, dict(zip(self._all, row.values, strict=True)))
            paper.lines = [
                {
                    "id": line.id,
                    "name": line.name,
                    "product": line.product.id if isinstance(line.product, Ref) else None,
                    "description": line.description or None,
                    "quantity": line.quantity,
                    "unit": line.unit or None,
                    "price": line.price,
                    "discount_percent": line.discount_percent or None,
                    "discount_amount": line.discount_amount or None,
                    "tax_rate": line.tax_rate,
                }
                for line in line_rows.of(self._session, self._kind, paper_id)
            ]
            paper.has_lines = bool(paper.lines)
            self._held[paper_id] = paper
        return self._held[paper_id]


def _key(values: Mapping[str, Any], *, dated: bool) -> tuple[Any, ...]:
    title = values.get("title")
    return (
        fold(title) if title else None,
        plain(values.get("company")),
        plain(values.get("person")),
        values.get("dated") if dated else None,
    )


def in_place(held: Sequence[int], told: Sequence[int]) -> list[int]:
    """Lines in order, new ones behind the one that was told before them.

    Those told before all others stand before the next one the paper has, at the end where none is.
    """
    known = set(held)
    fresh: dict[int | None, list[int]] = {}
    above: int | None = None
    for one in told:
        if one in known:
            above = one
        else:
            fresh.setdefault(above, []).append(one)
    order: list[int] = []
    leading = fresh.pop(None, [])
    below = next((one for one in told if one in known), None)
    for one in held:
        order += leading if one == below else []
        order += [one, *fresh.get(one, ())]
    return order if below is not None else [*order, *leading]
