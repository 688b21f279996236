"""The list of tickets."""

from __future__ import annotations

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.table.spec import ListSpec, Segment

OPEN_STATES = ("new", "assigned", "in_progress", "waiting")


class ServicePage(ListPage):
    """What customers asked for, open first."""

    key = "service"
    shows = frozenset(
        {
            Kind.TICKET,
            Kind.COMPANY,
            Kind.PERSON,
            Kind.ACTIVITY,
            Kind.STAFF,
            Kind.TAG,
            Kind.LIST,
        }
    )
    specs = (
        ListSpec(
            Kind.TICKET,
            "life-buoy",
            ("subject", "company", "person", "type", "promised_by"),
            columns=(
                "number",
                "subject",
                "state",
                "promised_by",
                "company",
                "person",
                "type",
                "priority",
            ),
            widths={"number": 84, "subject": 200, "state": 108, "promised_by": 136},
            segments=(
                Segment("open", Query().also(Condition("state", Op.ANY_OF, OPEN_STATES))),
                Segment("all"),
            ),
        ),
    )
