"""All services of one open book, built once."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.data import book_settings
from crm_desktop.data import lists as list_rows
from crm_desktop.data.book import Book
from crm_desktop.data.derived import keep_derived
from crm_desktop.data.tables import KINDS_OF_TABLE
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.activities import Activities
from crm_desktop.services.as_of import AsOf
from crm_desktop.services.attachments import Attachments
from crm_desktop.services.backups import Backups
from crm_desktop.services.birthdays import Birthdays
from crm_desktop.services.business import Business
from crm_desktop.services.cards import Cards
from crm_desktop.services.company_rules import CompanyRules
from crm_desktop.services.contracts import Contracts
from crm_desktop.services.custom_fields import CustomFields
from crm_desktop.services.duplicates import Duplicates
from crm_desktop.services.erasing import Erasing, catch_up
from crm_desktop.services.exports import Exports
from crm_desktop.services.figures import Figures
from crm_desktop.services.gifts import Gifts
from crm_desktop.services.history import History
from crm_desktop.services.imports import Imports
from crm_desktop.services.lists import Lists
from crm_desktop.services.merging import Merging
from crm_desktop.services.notices import Notices
from crm_desktop.services.opportunities import Opportunities
from crm_desktop.services.orgcharts import OrgCharts
from crm_desktop.services.own_data import OwnData
from crm_desktop.services.papers import Papers
from crm_desktop.services.pasting import Pasting
from crm_desktop.services.people import People
from crm_desktop.services.printing import Printing
from crm_desktop.services.products import Products
from crm_desktop.services.quotes import Quotes
from crm_desktop.services.records import Records
from crm_desktop.services.reminders import Reminders
from crm_desktop.services.reports import Reports
from crm_desktop.services.roundtrip import RoundTrips
from crm_desktop.services.sample import Sample
from crm_desktop.services.scores import Scores
from crm_desktop.services.search import Search
from crm_desktop.services.tags import Tags
from crm_desktop.services.templates import Templates, fill_shipped
from crm_desktop.services.tickets import Tickets
from crm_desktop.services.timeline import Timeline
from crm_desktop.services.today import Today
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
        keep_derived(book)
        catch_up(book, backups)
        return book
    book = Book.create(path, clock, kinds=KINDS_OF_TABLE)
    keep_derived(book)
    with book.write("gesture.book_made", origin="system") as writing:
        list_rows.fill_shipped(writing.session)
        fill_shipped(writing.session)
        book_settings.put(writing.session, "trade", {"language": language})
    return book


class Services:
    """What the window and the command line may ask for."""

    def __init__(self, book: Book, clock: Clock, home: Home) -> None:
        self.book = book
        self.clock = clock
        self.home = home
        self.records = Records(book, clock)
        self.records.register(Kind.COMPANY, CompanyRules())
        self.lists = Lists(book)
        self.business = Business(book)
        self.views = Views(book, clock, self.records)
        self.exports = Exports(book, self.records, self.lists, self.business, clock)
        self.printing = Printing(self.business)
        self.history = History(book)
        self.search = Search(book, clock)
        self.timeline = Timeline(book)
        self.backups = Backups(book, clock, home)
        self.imports = Imports(book, clock, self.records, before_large=self.backups.before_import)
        self.round_trips = RoundTrips(
            book, clock, self.records, self.lists, before_large=self.backups.before_import
        )
        self.activities = Activities(book, clock, self.records, self.lists)
        self.opportunities = Opportunities(book, clock, self.records, self.lists)
        self.birthdays = Birthdays(
            book, clock, self.records, self.lists, self.business, self.activities
        )
        self.tags = Tags(book, clock)
        self.duplicates = Duplicates(book)
        self.merging = Merging(book, clock, self.records)
        self.pasting = Pasting(book, self.records, self.duplicates)
        self.custom = CustomFields(book, clock)
        self.people = People(book, clock)
        self.orgcharts = OrgCharts(book, self.records)
        self.gifts = Gifts(book)
        self.scores = Scores(book, clock)
        self.cards = Cards(self.records)
        self.as_of = AsOf(book, clock, self.records)
        self.attachments = Attachments(book, clock)
        self.erasing = Erasing(
            book, folders=self.backups.folders, forget_copies=self.attachments.close
        )
        self.own_data = OwnData(
            book,
            clock,
            records=self.records,
            lists=self.lists,
            timeline=self.timeline,
            exports=self.exports,
            business=self.business,
        )
        self.notices = Notices(book, clock)
        self.figures = Figures(book, clock, self.records)
        self.tickets = Tickets(book, clock, self.records, self.activities, self.business)
        self.today = Today(
            book,
            clock,
            self.records,
            self.lists,
            self.business,
            self.birthdays,
            self.search,
            self.notices,
        )
        self.products = Products(book, self.records, self.business)
        self.templates = Templates(book, clock)
        papers = Papers(self.records, self.business, clock)
        self.quotes = Quotes(
            book,
            clock,
            records=self.records,
            lists=self.lists,
            business=self.business,
            papers=papers,
        )
        self.contracts = Contracts(
            book,
            clock,
            records=self.records,
            lists=self.lists,
            business=self.business,
            papers=papers,
            templates=self.templates,
        )
        self.workbook_templates = WorkbookTemplates(
            book, clock, self.business, self.quotes, self.contracts
        )
        self.reminders = Reminders(book, clock, self.business)
        self.reports = Reports(book, clock, self.records, self.opportunities, self.lists)
        self.sample = Sample(
            book,
            clock,
            records=self.records,
            lists=self.lists,
            business=self.business,
            quotes=self.quotes,
        )

    def close(self) -> None:
        """Let go of the book and of what was handed out of it."""
        self.attachments.close()
        self.book.close()
