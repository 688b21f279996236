"""The list of contacts."""

from __future__ import annotations

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.table.spec import ListSpec


class ContactsPage(ListPage):
    """Everybody the firm knows."""

    key = "contacts"
    shows = frozenset({Kind.PERSON, Kind.COMPANY, Kind.ACTIVITY, Kind.STAFF, Kind.TAG, Kind.LIST})
    specs = (
        ListSpec(
            Kind.PERSON,
            "users",
            ("name", "company", "title", "mobile"),
            can_import=True,
            widths={"name": 136, "company": 162, "lifecycle": 124, "next_step": 172},
            columns=(
                "name",
                "company",
                "lifecycle",
                "next_step",
                "mobile",
                "title",
                "last_contact",
            ),
        ),
    )
