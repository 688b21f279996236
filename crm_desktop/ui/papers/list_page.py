"""The lists of quotes and contracts."""

from __future__ import annotations

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.table.spec import ListSpec


class PapersPage(ListPage):
    """Quotes on one side of the switch, contracts on the other."""

    key = "documents"
    shows = frozenset({Kind.QUOTE, Kind.CONTRACT, Kind.COMPANY, Kind.OPPORTUNITY, Kind.LIST})
    specs = (
        ListSpec(
            Kind.QUOTE,
            "file-text",
            ("title", "company", "person", "opportunity"),
            create=lambda services, values: services.quotes.create(values),
        ),
        ListSpec(
            Kind.CONTRACT,
            "file-text",
            ("title", "company", "person"),
            create=lambda services, values: services.contracts.create(values),
        ),
    )
