"""The plain list of follow-ups and of what was done: where a number of them leads."""

from __future__ import annotations

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.table.spec import ListSpec, Segment


class ActivitiesPage(ListPage):
    """Every activity, to be sorted, filtered and exported like any other list."""

    key = "activities"
    shows = frozenset(
        {
            Kind.ACTIVITY,
            Kind.PERSON,
            Kind.COMPANY,
            Kind.OPPORTUNITY,
            Kind.STAFF,
            Kind.TAG,
            Kind.LIST,
        }
    )
    specs = (
        ListSpec(
            Kind.ACTIVITY,
            "list-checks",
            ("subject", "type", "due", "person", "company"),
            columns=("subject", "type", "state", "due", "done_at", "person", "company", "outcome"),
            widths={"subject": 220, "type": 100, "state": 96},
            segments=(
                Segment("open", Query().also(Condition("state", Op.IS, "planned"))),
                Segment("all"),
            ),
        ),
    )
