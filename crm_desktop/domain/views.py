"""Saved views: a list with its columns, widths, filter and order, kept under a name."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Query, from_plain, only_known, to_plain

_NARROWEST, _WIDEST = 20, 2000  # pixels of a column: what a damaged book may not exceed


@dataclass(frozen=True, slots=True)
class View:
    """What a saved view shows. No columns means those a fresh list of the kind has."""

    query: Query = field(default_factory=Query)
    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)

    def known(self, keys: Set[str]) -> View:
        """The view without what names fields that are there no more."""
        return View(
            only_known(self.query, keys),
            tuple(key for key in self.columns if key in keys),
            {key: width for key, width in self.widths.items() if key in keys},
        )


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view and its name."""

    id: int
    kind: Kind
    name: str
    view: View


def to_stored(view: View) -> dict[str, Any]:
    """A JSON value that `from_stored` reads back."""
    return {**to_plain(view.query), "columns": list(view.columns), "widths": dict(view.widths)}


def from_stored(plain: Mapping[str, Any]) -> View:
    """The view a book holds; of what makes no sense in it, nothing is shown."""
    try:
        query = from_plain(dict(plain))
    except (KeyError, ValueError, TypeError, IndexError):
        query = Query()
    columns, widths = plain.get("columns"), plain.get("widths")
    return View(
        query,
        tuple(str(key) for key in columns) if isinstance(columns, list) else (),
        {
            str(key): min(max(width, _NARROWEST), _WIDEST)
            for key, width in (widths if isinstance(widths, dict) else {}).items()
            if isinstance(width, int)
        },
    )
