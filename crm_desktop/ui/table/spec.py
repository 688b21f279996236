"""What a page declares about its list; everything else is the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import EVERYTHING, Query

if TYPE_CHECKING:
    from crm_desktop.services.house import Services


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the list one click away: open tickets, all tickets. Words "table.segment.KEY"."""

    key: str
    query: Query = EVERYTHING


def create_record(kind: Kind) -> Callable[[Services, Mapping[str, Any]], int]:
    """The plain way to make a record of a kind."""
    return lambda services, values: services.records.create(kind, values)


@dataclass(frozen=True, slots=True)
class ListSpec:
    """One list: its kind, icon, parts, and what is asked for when a record is made."""

    kind: Kind
    icon: str
    new_fields: tuple[str, ...]
    segments: tuple[Segment, ...] = ()
    create: Callable[[Services, Mapping[str, Any]], int] | None = None
    can_import: bool = False
    columns: tuple[str, ...] = ()  # () = the default columns of the kind
    widths: Mapping[str, int] = field(default_factory=dict)  # where the field's own is too wide

    def make(self, services: Services, values: Mapping[str, Any]) -> int:
        """Make a record; returns its id."""
        return (self.create or create_record(self.kind))(services, values)
