"""A page of the window as it goes on paper: plain texts, in the order they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperFigure:
    """One number with its name, and what stands below it."""

    name: str
    value: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """Numbers side by side; a title above them where they need one."""

    figures: tuple[PaperFigure, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """Names with their values, one below the other."""

    title: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """Something that happened or will: when, what, and what was said about it."""

    when: str
    what: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PaperEntries:
    """Entries by time. `shortens`: the last ones give way where a page would overflow."""

    title: str
    entries: tuple[PaperEntry, ...]
    shortens: bool = False


@dataclass(frozen=True, slots=True)
class PaperTable:
    """Rows of texts under headings; `numeric` says which columns hold numbers."""

    title: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """A chart as PNG."""

    title: str
    png: bytes


PaperPart = PaperFigures | PaperFacts | PaperEntries | PaperTable | PaperPicture


@dataclass(frozen=True, slots=True)
class PagePaper:
    """What a page prints: parts over the whole width, then two columns where there are any."""

    title: str
    subtitle: str
    parts: tuple[PaperPart, ...] = ()
    left: tuple[PaperPart, ...] = ()
    right: tuple[PaperPart, ...] = ()
    portrait: bytes | None = None  # of whom it is about, beside the title
