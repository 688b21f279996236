"""All services of one open book: made, and their modules imported, when first asked for."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.data import book_settings
from crm_desktop.data import lists as list_rows
from crm_desktop.data.book import Book
from crm_desktop.data.tables import KINDS_OF_TABLE
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.activities import Activities
from crm_desktop.services.anniversaries import Anniversaries
from crm_desktop.services.backups import Backups
from crm_desktop.services.birthdays import Birthdays
from crm_desktop.services.business import Business
from crm_desktop.services.erasing import Erasing, catch_up
from crm_desktop.services.first_use import OnFirstUse
from crm_desktop.services.lists import Lists
from crm_desktop.services.notices import Notices
from crm_desktop.services.opportunities import Opportunities
from crm_desktop.services.records import Records
from crm_desktop.services.search import Search
from crm_desktop.services.today import Today

if TYPE_CHECKING:
    from crm_desktop.services.as_of import AsOf
    from crm_desktop.services.attachments import Attachments
    from crm_desktop.services.cards import Cards
    from crm_desktop.services.contracts import Contracts
    from crm_desktop.services.custom_fields import CustomFields
    from crm_desktop.services.duplicates import Duplicates
    from crm_desktop.services.exports import Exports
    from crm_desktop.services.figures import Figures
    from crm_desktop.services.gifts import Gifts
    from crm_desktop.services.history import History
    from crm_desktop.services.imports import Imports
    from crm_desktop.services.merging import Merging
    from crm_desktop.services.orgcharts import OrgCharts
    from crm_desktop.services.own_data import OwnData
    from crm_desktop.services.papers import Papers
    from crm_desktop.services.pasting import Pasting
    from crm_desktop.services.payments import Payments
    from crm_desktop.services.people import People
    from crm_desktop.services.printing import Printing
    from crm_desktop.services.products import Products
    from crm_desktop.services.quotes import Quotes
    from crm_desktop.services.reminders import Reminders
    from crm_desktop.services.reports import Reports
    from crm_desktop.services.roundtrip import RoundTrips
    from crm_desktop.services.rules import Rules
    from crm_desktop.services.sample import Sample
    from crm_desktop.services.scores import Scores
    from crm_desktop.services.tags import Tags
    from crm_desktop.services.templates import Templates
    from crm_desktop.services.tickets import Tickets
    from crm_desktop.services.timeline import Timeline
    from crm_desktop.services.views import Views
    from crm_desktop.services.workbook_templates import WorkbookTemplates


def open_book(
    path: Path, clock: Clock, *, language: str = "zh", backups: Path | None = None
) -> Book:
    """The book at `path`, made with the shipped lists where there is none yet.

    Where the ledger beside its `backups` (the folder the user chose) knows of erasures that this
    file does not, they are made again: an older copy was put in its place by hand.

    `language` is the one a new book's papers are written in until the user chooses another.

    Raises Refused where it is in use, damaged, or of a newer program.
    """
    if path.exists():
        book = Book.open(path, clock, kinds=KINDS_OF_TABLE, backups=backups)
        book.before_first_write(_keep_derived)
        catch_up(book, backups)
        return book
    # The texts of contracts come with what paper needs; an old book has them.
    from crm_desktop.services.templates import fill_shipped

    book = Book.create(path, clock, kinds=KINDS_OF_TABLE)
    book.before_first_write(_keep_derived)
    with book.write("gesture.book_made", origin="system") as writing:
        list_rows.fill_shipped(writing.session)
        fill_shipped(writing.session)
        book_settings.put(writing.session, "trade", {"language": language})
    return book


def _keep_derived(book: Book) -> None:
    from crm_desktop.data.derived import keep_derived

    keep_derived(book)


class Services:
    """What the window and the command line may ask for.

    Today needs a fifth of it and nothing of paper and workbooks: the rest would double the time
    until its rows. The rules of the kinds come with the first write.
    """

    def __init__(self, book: Book, clock: Clock, home: Home) -> None:
        self.book = book
        self.clock = clock
        self.home = home
        # Entered again by a service that is made of others.
        self.making = threading.RLock()
        self.lists = Lists(book)
        self.business = Business(book)
        self.records = Records(book, clock, lambda: self.rules, home)
        self.search = Search(book, clock)
        self.backups = Backups(book, clock, home)
        self.activities = Activities(book, clock, self.records, self.lists)
        self.opportunities = Opportunities(book, clock, self.records, self.lists)
        common = (book, clock, self.records, self.lists, self.business)
        self.birthdays = Birthdays(*common, self.activities)
        self.notices = Notices(book, clock)
        self.anniversaries = Anniversaries(book, clock, self.business, self.activities)
        self.today = Today(*common, self.birthdays, self.anniversaries, self.search, self.notices)

    def make_all(self) -> None:
        """Make the rest now, while nobody waits for it: what is asked for next answers at once."""
        for name, what in vars(Services).items():
            if isinstance(what, OnFirstUse):
                getattr(self, name)

    def close(self) -> None:
        """Let go of the book and of what was handed out of it."""
        for part in filter(None, map(vars(self).get, ("attachments", "imports"))):
            part.close()
        self.book.close()

    @OnFirstUse
    def rules(self) -> Mapping[Kind, Rules]:
        from crm_desktop.services.kind_rules import rules_of_kinds

        return rules_of_kinds(self.clock, self.lists, self.business)

    @OnFirstUse
    def products(self) -> Products:
        from crm_desktop.services.products import Products

        return Products(self.book, self.records)

    @OnFirstUse
    def tickets(self) -> Tickets:
        from crm_desktop.services.tickets import Tickets

        return Tickets(self.book, self.clock, self.records, self.activities)

    @OnFirstUse
    def views(self) -> Views:
        from crm_desktop.services.views import Views

        return Views(self.book, self.clock, self.records)

    @OnFirstUse
    def exports(self) -> Exports:
        from crm_desktop.services.exports import Exports

        return Exports(self.book, self.records, self.lists, self.business, self.clock)

    @OnFirstUse
    def printing(self) -> Printing:
        from crm_desktop.services.printing import Printing

        return Printing(self.business)

    @OnFirstUse
    def history(self) -> History:
        from crm_desktop.services.history import History

        return History(self.book)

    @OnFirstUse
    def timeline(self) -> Timeline:
        from crm_desktop.services.timeline import Timeline

        return Timeline(self.book)

    @OnFirstUse
    def imports(self) -> Imports:
        from crm_desktop.services.imports import Imports

        return Imports(
            self.book,
            self.clock,
            self.records,
            trade=self.business.trade,
            before_large=self.backups.before_import,
        )

    @OnFirstUse
    def round_trips(self) -> RoundTrips:
        from crm_desktop.services.roundtrip import RoundTrips

        return RoundTrips(
            self.book,
            self.clock,
            self.records,
            self.lists,
            before_large=self.backups.before_import,
        )

    @OnFirstUse
    def tags(self) -> Tags:
        from crm_desktop.services.tags import Tags

        return Tags(self.book, self.clock)

    @OnFirstUse
    def duplicates(self) -> Duplicates:
        from crm_desktop.services.duplicates import Duplicates

        return Duplicates(self.book)

    @OnFirstUse
    def merging(self) -> Merging:
        from crm_desktop.services.merging import Merging

        return Merging(self.book, self.clock, self.records)

    @OnFirstUse
    def pasting(self) -> Pasting:
        from crm_desktop.services.pasting import Pasting

        return Pasting(self.book, self.records, self.duplicates)

    @OnFirstUse
    def custom(self) -> CustomFields:
        from crm_desktop.services.custom_fields import CustomFields

        return CustomFields(self.book, self.clock)

    @OnFirstUse
    def payments(self) -> Payments:
        from crm_desktop.services.payments import Payments

        return Payments(self.book, self.clock, self.records)

    @OnFirstUse
    def people(self) -> People:
        from crm_desktop.services.people import People

        return People(self.book, self.clock)

    @OnFirstUse
    def orgcharts(self) -> OrgCharts:
        from crm_desktop.services.orgcharts import OrgCharts

        return OrgCharts(self.book, self.records)

    @OnFirstUse
    def gifts(self) -> Gifts:
        from crm_desktop.services.gifts import Gifts

        return Gifts(self.book)

    @OnFirstUse
    def scores(self) -> Scores:
        from crm_desktop.services.scores import Scores

        return Scores(self.book, self.clock)

    @OnFirstUse
    def cards(self) -> Cards:
        from crm_desktop.services.cards import Cards

        return Cards(self.records)

    @OnFirstUse
    def as_of(self) -> AsOf:
        from crm_desktop.services.as_of import AsOf

        return AsOf(self.book, self.clock, self.records)

    @OnFirstUse
    def attachments(self) -> Attachments:
        from crm_desktop.services.attachments import Attachments

        return Attachments(self.book, self.clock)

    @OnFirstUse
    def erasing(self) -> Erasing:
        return Erasing(
            self.book, folders=self.backups.folders, forget_copies=self.attachments.close
        )

    @OnFirstUse
    def own_data(self) -> OwnData:
        from crm_desktop.services.own_data import OwnData

        return OwnData(
            self.book,
            self.clock,
            records=self.records,
            lists=self.lists,
            timeline=self.timeline,
            exports=self.exports,
            business=self.business,
        )

    @OnFirstUse
    def figures(self) -> Figures:
        from crm_desktop.services.figures import Figures

        return Figures(self.book, self.clock, self.records)

    @OnFirstUse
    def templates(self) -> Templates:
        from crm_desktop.services.templates import Templates

        return Templates(self.book, self.clock)

    @OnFirstUse
    def quotes(self) -> Quotes:
        from crm_desktop.services.quotes import Quotes

        return Quotes(
            self.book,
            self.clock,
            records=self.records,
            lists=self.lists,
            business=self.business,
            papers=self._papers,
        )

    @OnFirstUse
    def contracts(self) -> Contracts:
        from crm_desktop.services.contracts import Contracts

        return Contracts(
            self.book,
            self.clock,
            records=self.records,
            lists=self.lists,
            business=self.business,
            papers=self._papers,
            templates=self.templates,
        )

    @OnFirstUse
    def workbook_templates(self) -> WorkbookTemplates:
        from crm_desktop.services.list_marks import ListMarks
        from crm_desktop.services.workbook_templates import WorkbookTemplates

        lists = ListMarks(
            self.book,
            self.clock,
            records=self.records,
            exports=self.exports,
            papers=self._papers,
            business=self.business,
        )
        return WorkbookTemplates(
            self.book,
            self.clock,
            self.business,
            quotes=self.quotes,
            contracts=self.contracts,
            lists=lists,
        )

    @OnFirstUse
    def reminders(self) -> Reminders:
        from crm_desktop.services.reminders import Reminders

        return Reminders(self.book, self.clock, self.business)

    @OnFirstUse
    def reports(self) -> Reports:
        from crm_desktop.services.reports import Reports

        return Reports(self.book, self.clock, self.records, self.opportunities, self.lists)

    @OnFirstUse
    def sample(self) -> Sample:
        from crm_desktop.services.sample import Sample

        return Sample(
            self.book,
            self.clock,
            records=self.records,
            lists=self.lists,
            business=self.business,
            quotes=self.quotes,
        )

    @OnFirstUse
    def _papers(self) -> Papers:
        from crm_desktop.services.papers import Papers

        return Papers(self.records, self.business, self.clock)
