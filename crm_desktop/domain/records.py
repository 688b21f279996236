"""Records as lists and pages get them: plain, frozen, complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crm_desktop.domain.kinds import Kind, Ref


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: the values of the columns asked for, in their order."""

    id: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One record with the values of all its fields, by key."""

    ref: Ref
    uid: str
    version: int
    values: Mapping[str, Any]
    trashed: bool

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return self.ref.kind

    @property
    def id(self) -> int:
        """Its id in this book."""
        return self.ref.id


@dataclass(frozen=True, slots=True)
class Found:
    """A record offered where one is chosen: a link field, a palette."""

    ref: Ref
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Trashed:
    """A record in the trash, and since when."""

    ref: Ref
    at: datetime
