"""The timeline: every touch, document and change of a record, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from crm_desktop.domain import schema
from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind, Ref

SMALL = ("anniversaries", "gifts", "jobs", "relations")
"""What of a person is recorded one by one: told like a field, before and after of those touched."""
PHOTO = "photo"
"""No field: told is whether there was a picture before, and whether there is one now."""


class Sort(StrEnum):
    """What an entry is; the filter chips of the timeline."""

    NOTE = "note"
    ACTIVITY = "activity"
    OPPORTUNITY = "opportunity"
    DOCUMENT = "document"
    TICKET = "ticket"
    MONEY = "money"
    FILE = "file"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after; values as a card holds them."""

    key: str
    before: Any
    after: Any
    own: Field | None = None  # the user's own field; others are declared with their kind

    def field(self, kind: Kind) -> Field:
        """What changed on a record of the kind. KeyError for SMALL and PHOTO."""
        return self.own or schema.find(kind, self.key)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened. Its title is the words "timeline.CODE" with `title` and `state`."""

    at: datetime
    sort: Sort
    code: str  # logged, created, changed, stage, quote_sent, ticket_opened, ticket_closed, file …
    ref: Ref | None  # where a click goes
    title: str = ""
    text: str = ""
    type_id: int | None = None  # of an activity
    item_id: int | None = None  # the stage entered
    changes: tuple[FieldChange, ...] = ()
    amount: Decimal | None = None  # of money that came in or was spent
    currency: str = ""
