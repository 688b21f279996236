"""Gifts given to people and received from them; each change is one gesture."""

from __future__ import annotations

from dataclasses import replace

from crm_desktop.data import gifts as rows
from crm_desktop.data.book import Book
from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean, clean_name
from crm_desktop.services.small_records import SmallRecords


class Gifts(SmallRecords[Gift]):
    """What was given when, and what came back; the newest first."""

    sort = "gift"

    def __init__(self, book: Book) -> None:
        super().__init__(book, rows.ROWS)

    def way(self, value: Gift) -> str:
        """Given or received."""
        return "received" if value.received else "given"

    def called(self, value: Gift) -> str:
        """What it was."""
        return value.what

    def cleaned(self, value: Gift) -> Gift:
        """Refused where it is not said what it was."""
        what = clean_name(value.what)
        if not what:
            raise Refused("attention.gift_empty")
        if value.value is not None and value.value < 0:
            raise Refused("attention.gift_negative")
        return replace(
            value, what=what, occasion=clean_name(value.occasion), note=clean(value.note)
        )
