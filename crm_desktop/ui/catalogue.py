"""Every page of the window: one line each, its class imported on its first opening."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from crm_desktop.ui.context import Context
    from crm_desktop.ui.page import Page


class PageEntry(NamedTuple):
    """One page. Its words are "shell.page.KEY"; `badge` is the counter beside its name."""

    key: str
    factory: str  # "module:Class", called with the Context
    icon: str
    badge: str = ""
    sidebar: bool = False
    creates: str = ""  # the kind that + New makes here
    inside: str = ""  # the sidebar entry that is lit while this page is shown

    @property
    def words(self) -> str:
        """The key of its name."""
        return f"shell.page.{self.key}"

    def make(self, context: Context) -> Page:
        """Import the page's module and make the page."""
        page: Page = load(self.factory)(context)
        return page


def load(factory: str) -> Any:
    """The class named "module:Class" below `ui`, imported now: pages and overlays alone come so.

    The window is on the screen before any of them is needed, and most are not needed today.
    """
    module, _, name = factory.partition(":")
    return getattr(import_module(f"crm_desktop.ui.{module}"), name)


_ENTRIES = (
    PageEntry("today", "today.page:TodayPage", "sun", "today", True, "activity"),
    PageEntry("contacts", "contacts.list_page:ContactsPage", "users", "people", True, "person"),
    PageEntry(
        "companies", "companies.list_page:CompaniesPage", "building-2", "companies", True, "company"
    ),
    PageEntry(
        "opportunities",
        "opportunities.page:OpportunitiesPage",
        "kanban",
        "opportunities",
        True,
        "opportunity",
    ),
    PageEntry(
        "followups", "followups.page:FollowupsPage", "list-checks", "followups", True, "activity"
    ),
    PageEntry("birthdays", "birthdays.page:BirthdaysPage", "cake", "birthdays", True, "person"),
    PageEntry("service", "service.list_page:ServicePage", "life-buoy", "service", True, "ticket"),
    PageEntry("documents", "papers.list_page:PapersPage", "file-text", "documents", True, "quote"),
    PageEntry("products", "products.list_page:ProductsPage", "package", "", True, "product"),
    PageEntry("reports", "reports.page:ReportsPage", "chart-column", "", True),
    PageEntry("settings", "settings.page:SettingsPage", "settings"),
    PageEntry("import", "imports.page:ImportPage", "file-spreadsheet"),
    PageEntry("roundtrip", "roundtrip.page:RoundTripPage", "file-spreadsheet"),
    PageEntry("duplicates", "duplicates.page:DuplicatesPage", "merge"),
    PageEntry("trash", "history.trash_page:TrashPage", "trash-2"),
    PageEntry("history", "history.page:HistoryPage", "history"),
    PageEntry(
        "activities",
        "followups.list_page:ActivitiesPage",
        "list-checks",
        creates="activity",
        inside="followups",
    ),
    PageEntry(
        "person",
        "record.pages:PersonPage",
        "user",
        creates="person",
        inside="contacts",
    ),
    PageEntry(
        "company",
        "record.pages:CompanyPage",
        "building-2",
        creates="company",
        inside="companies",
    ),
    PageEntry("orgchart", "orgchart.page:OrgChartPage", "network", inside="companies"),
    PageEntry("as_of", "contacts.as_of_page:AsOfPage", "history"),
    PageEntry(
        "opportunity",
        "record.pages:OpportunityPage",
        "kanban",
        creates="opportunity",
        inside="opportunities",
    ),
    PageEntry(
        "quote", "papers.quote_page:QuotePage", "file-text", creates="quote", inside="documents"
    ),
    PageEntry(
        "contract",
        "papers.contract_page:ContractPage",
        "file-text",
        creates="contract",
        inside="documents",
    ),
    PageEntry(
        "receipt", "record.pages:ReceiptPage", "banknote", creates="receipt", inside="documents"
    ),
    PageEntry(
        "expense", "record.pages:ExpensePage", "wallet", creates="expense", inside="documents"
    ),
    PageEntry("ticket", "record.pages:TicketPage", "life-buoy", creates="ticket", inside="service"),
    PageEntry(
        "product", "record.pages:ProductPage", "package", creates="product", inside="products"
    ),
    PageEntry("welcome", "welcome.page:WelcomePage", "sun"),
)

PAGES: dict[str, PageEntry] = {entry.key: entry for entry in _ENTRIES}
SIDEBAR: tuple[PageEntry, ...] = tuple(entry for entry in _ENTRIES if entry.sidebar)
