"""Addresses inside the window: which page, which record, which view of it."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode

# A kind of record opens on the page of the same name; these have no page of their own.
_PAGE_OF_KIND = {"activity": "followups", "followup": "followups", "staff": "settings"}

# The list that shows all records of a kind.
LIST_OF_KIND = {
    "person": "contacts",
    "company": "companies",
    "opportunity": "opportunities",
    "activity": "followups",
    "ticket": "service",
    "quote": "documents",
    "contract": "documents",
    "receipt": "documents",
    "expense": "documents",
    "product": "products",
}


class Place(NamedTuple):
    """Where one can go. Equal values are the same place."""

    page: str
    id: int | None = None
    view: str = ""
    query: tuple[tuple[str, str], ...] = ()

    @classmethod
    def record(cls, kind: str, record_id: int, /, **query: str) -> Place:
        """The page that shows one record of `kind`."""
        name = str(kind)
        return cls(_PAGE_OF_KIND.get(name, name), record_id, "", _pairs(query))

    @classmethod
    def to(cls, page: str, /, *, view: str = "", **query: str) -> Place:
        """A page with wishes: `Place.to("contacts", saved="12")`."""
        return cls(page, None, view, _pairs(query))

    def wish(self, name: str, default: str = "") -> str:
        """One word of the query."""
        return next((value for key, value in self.query if key == name), default)

    def with_view(self, view: str) -> Place:
        """The same place in another view."""
        return self._replace(view=view)

    def __str__(self) -> str:
        text = quote(self.page, safe="")
        if self.id is not None:
            text += f"/{self.id}"
        if self.view:
            text += ":" + quote(self.view, safe="")
        return text + (f"?{urlencode(self.query)}" if self.query else "")

    @classmethod
    def parse(cls, text: str) -> Place:
        """The place that `str` wrote. Raises ValueError for anything else."""
        path, _, query = text.partition("?")
        path, _, view = path.partition(":")
        page, _, number = path.partition("/")
        if not page:
            raise ValueError(f"not a place: {text!r}")
        pairs = tuple(parse_qsl(query, keep_blank_values=True))
        return cls(unquote(page), int(number) if number else None, unquote(view), pairs)


def _pairs(query: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(value)) for name, value in query.items()))


def list_page_of(kind: str) -> str:
    """The page that is the plain list of a kind: that of follow-ups is an agenda."""
    return "activities" if kind == "activity" else LIST_OF_KIND[kind]


def view_place(kind: str, view_id: int | None) -> Place:
    """A list as a saved view shows it; None for the list without a view."""
    page = list_page_of(kind)
    return Place.to(page, view=kind, **({} if view_id is None else {"saved": str(view_id)}))
