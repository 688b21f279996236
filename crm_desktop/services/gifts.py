"""Gifts given to people and received from them; each change is one gesture."""

from __future__ import annotations

from dataclasses import replace

from crm_desktop.data import gifts as rows
from crm_desktop.data.book import Book
from crm_desktop.data.records.titles import titles
from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean, clean_name


class Gifts:
    """What was given when, and what came back."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def of(self, person_id: int) -> list[Gift]:
        """The newest first."""
        with self._book.read() as session:
            return rows.of_person(session, person_id)

    def add(self, person_id: int, gift: Gift) -> int:
        """Record a gift; returns its id. Refused where it is not said what it was."""
        gift = _cleaned(gift)
        with self._book.read() as session:
            name = titles(session, Kind.PERSON, [person_id]).get(person_id)
        if name is None:
            raise Refused("record.gone")
        code = "gesture.gift_received" if gift.received else "gesture.gift_given"
        with self._book.write(code, name=name, what=gift.what) as writing:
            return rows.add(writing.session, person_id, gift)

    def change(self, gift: Gift) -> None:
        """Make the recorded gift this one."""
        gift = _cleaned(gift)
        with self._book.write("gesture.gift_changed", what=gift.what) as writing:
            if rows.one(writing.session, gift.id) is None:
                raise Refused("record.gone")
            rows.change(writing.session, gift)

    def remove(self, gift_id: int) -> None:
        """Forget a gift that was recorded by mistake."""
        with self._book.read() as session:
            gift = rows.one(session, gift_id)
        if gift is None:
            raise Refused("record.gone")
        with self._book.write("gesture.gift_removed", what=gift.what) as writing:
            rows.remove(writing.session, gift_id)


def _cleaned(gift: Gift) -> Gift:
    what = clean_name(gift.what)
    if not what:
        raise Refused("attention.gift_empty")
    if gift.value is not None and gift.value < 0:
        raise Refused("attention.gift_negative")
    return replace(gift, what=what, occasion=clean_name(gift.occasion), note=clean(gift.note))
