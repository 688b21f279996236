"""The lists of quotes, contracts, payments and expenses."""

from __future__ import annotations

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.table.spec import ListSpec


class PapersPage(ListPage):
    """A switch between quotes, contracts, and the money that came in and was spent."""

    key = "documents"
    shows = frozenset(
        {
            Kind.QUOTE,
            Kind.CONTRACT,
            Kind.STAFF,
            Kind.RECEIPT,
            Kind.EXPENSE,
            Kind.COMPANY,
            Kind.OPPORTUNITY,
            Kind.LIST,
        }
    )
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
            columns=(
                "number",
                "title",
                "state",
                "company",
                "total",
                "owed",
                "dated",
                "end",
                "kind",
            ),
            widths={"title": 152, "state": 90, "company": 148, "dated": 90, "end": 90},
        ),
        ListSpec(
            Kind.RECEIPT,
            "banknote",
            ("amount", "dated", "contract", "company", "person", "method", "reference"),
            create=lambda services, values: services.payments.record(values),
            can_import=True,
        ),
        ListSpec(
            Kind.EXPENSE,
            "wallet",
            ("amount", "category", "dated", "company", "purpose", "in_charge"),
            can_import=True,
        ),
    )
