"""Erasing for good: what is said beforehand and afterwards, and what stands in an empty place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.telling import Telling

NO_NAME = "*** {number}"
"""The name of a record made anonymous; reads the same in every language."""
NO_TEXT = "***"
"""The subject of an activity that stays for its date alone."""
ERASED_WORD = "***"
"""In the name of a gesture: what it was about has been erased."""


class How(StrEnum):
    """What was done, as the ledger keeps it."""

    ERASED = "erased"
    ANONYMISED = "anonymised"


@dataclass(frozen=True, slots=True)
class MustStay:
    """A record that cannot be erased, and the documents the law keeps."""

    ref: Ref
    documents: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What erasing these records would do; nothing is written for it."""

    refs: tuple[Ref, ...]
    goes: Mapping[Kind, int] = field(default_factory=dict)
    """How many records and files go, by kind, the chosen ones included."""
    blanked: int = 0
    """Activities that stay as date and type, because they are also a company's."""
    stays: tuple[MustStay, ...] = ()
    uids: tuple[str, ...] = ()
    """The identities that go: drafts of notes are kept under them."""
    views: tuple[str, ...] = ()
    """Saved views that name them: these go, or lose the conditions that do."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What has been done: how many of the chosen are gone, and which had to stay."""

    count: int
    stays: tuple[MustStay, ...] = ()
    wiped: bool = True
    """Whether the file itself is free of it already; else it is at the next opening."""
    telling: Telling = field(default_factory=Telling, repr=False, compare=False)
    """Knows a text that tells of the erased; only what the window keeps is asked with it."""
    views: int = 0
    """How many saved views named them."""
