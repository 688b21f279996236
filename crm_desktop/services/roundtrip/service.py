"""Edited in a spreadsheet and brought back: looked at cell by cell, taken over as one gesture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crm_desktop.data.book import Book
from crm_desktop.data.book_settings import book_uid
from crm_desktop.data.uncollected import uncollected
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.roundtrip import RoundTrip, RoundTripChoices, RoundTripResult
from crm_desktop.exchange.mapping import MergedCells
from crm_desktop.exchange.reading import open_file
from crm_desktop.exchange.way_back import find
from crm_desktop.progress import NO_PROGRESS, Progress
from crm_desktop.services.imports.service import LARGE
from crm_desktop.services.lists import Lists
from crm_desktop.services.records import Records
from crm_desktop.services.roundtrip.applying import Applying
from crm_desktop.services.roundtrip.comparing import Comparison
from crm_desktop.words import Words


class RoundTrips:
    """Workbooks of this book that come back edited."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        records: Records,
        lists: Lists,
        *,
        before_large: Callable[[], object] = lambda: None,
    ) -> None:
        self._book = book
        self._clock = clock
        self._records = records
        self._lists = lists
        self._before_large = before_large

    def preview(self, path: Path, words: Words, progress: Progress = NO_PROGRESS) -> RoundTrip:
        """All that was done to an export of this book; nothing is written.

        Refused("roundtrip.not_ours") for any other file, "roundtrip.other_book" for an export of
        another book, and with what the reading of a file refuses.
        """
        with open_file(path, progress) as opened:
            back = find(opened)
            if back is None:
                raise Refused("roundtrip.not_ours", name=path.name)
            with uncollected(), self._book.read() as session:
                if back.book != book_uid(session):
                    raise Refused("roundtrip.other_book", name=path.name)
                sheet = Comparison(
                    session, back, self._records, self._lists, self._clock, words
                )  # fmt: skip
                number = back.header_row + 1
                merged = MergedCells(opened.sheets[back.sheet].merged, back.header_row)
                for batch in opened.rows(back.sheet, number, progress=progress):
                    sheet.take(number, merged.repeated(number, batch))
                    number += len(batch)
                cells, fresh, missing = sheet.finish()
                touched = {one.row for one in cells} | {one.row for one in fresh}
                touched |= {one.row for one in sheet.problems}
                return RoundTrip(
                    path=path,
                    kind=back.kind,
                    made=back.made,
                    sheet=back.sheet_name,
                    rows=sheet.rows,
                    unchanged=sheet.rows - len(touched),
                    cells=tuple(cells),
                    new_rows=tuple(fresh),
                    missing=tuple(missing),
                    problems=tuple(sheet.problems),
                    ignored=sheet.ignored,
                    versions=sheet.versions(cells, missing),
                )

    def apply(
        self,
        trip: RoundTrip,
        choices: RoundTripChoices | None = None,
        progress: Progress = NO_PROGRESS,
    ) -> RoundTripResult:
        """Take over what was chosen, as one gesture; cancelled or refused leaves nothing.

        Refused("roundtrip.changed_meanwhile") where the book is not as the preview saw it.
        """
        wanted = choices or RoundTripChoices()
        count = wanted.count(trip)
        with (
            uncollected(),
            self._book.write("gesture.round_trip", name=trip.path.name, count=count) as writing,
        ):
            if count > LARGE:
                # Nothing is committed yet: another connection still copies the book as it was.
                self._before_large()
            done = Applying(writing.session, self._records, trip, wanted).run(progress)
            changed = bool(writing.changed().tables)
        return RoundTripResult(writing.gesture_id if changed else None, *done)
