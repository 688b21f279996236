"""The list of companies."""

from __future__ import annotations

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.table.spec import ListSpec


class CompaniesPage(ListPage):
    """Customers, prospects, suppliers."""

    key = "companies"
    shows = frozenset(
        {
            Kind.COMPANY,
            Kind.PERSON,
            Kind.ACTIVITY,
            Kind.OPPORTUNITY,
            Kind.STAFF,
            Kind.TAG,
            Kind.LIST,
        }
    )
    specs = (
        ListSpec(
            Kind.COMPANY,
            "building-2",
            ("name", "industry", "phone", "city"),
            can_import=True,
            columns=(
                "name",
                "lifecycle",
                "level",
                "next_step",
                "phone",
                "city",
                "industry",
                "people_count",
            ),
            widths={"name": 238, "lifecycle": 124, "level": 64, "next_step": 172},
        ),
    )
