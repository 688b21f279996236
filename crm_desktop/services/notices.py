"""The firm's own notice board on Today."""

from __future__ import annotations

from datetime import date

from crm_desktop.data import notices as rows
from crm_desktop.data.book import Book
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean, shortened
from crm_desktop.domain.today import NoticeRow

_NAMED = 40  # characters of a notice that name a gesture


class Notices:
    """Notes for everybody who opens the book."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def current(self) -> list[NoticeRow]:
        """What hangs on the board today, newest first; notes past their day are gone."""
        with self._book.read() as session:
            return rows.current(session, self._clock.today())

    def add(self, text: str, until: date | None = None) -> int:
        """Hang a note up, perhaps until a day. Returns its id."""
        text = _written(text)
        with self._book.write("gesture.notice_added", name=shortened(text, _NAMED)) as writing:
            return rows.add(writing.session, text, until)

    def change(self, notice_id: int, text: str, until: date | None = None) -> None:
        """Write a note anew."""
        text = _written(text)
        with self._book.write("gesture.notice_changed", name=shortened(text, _NAMED)) as writing:
            if not rows.change(writing.session, notice_id, text=text, until=until):
                raise Refused("record.gone")

    def remove(self, notice_id: int) -> None:
        """Take a note down; undo hangs it up again."""
        with self._book.write("gesture.notice_removed") as writing:
            rows.take_down(writing.session, notice_id, self._clock.now())


def _written(text: str) -> str:
    text = clean(text)
    if not text:
        raise Refused("attention.notice_empty")
    return text
