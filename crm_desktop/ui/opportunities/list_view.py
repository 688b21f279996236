"""Opportunities as a list, beside the board and the funnel of their page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.context import Context
from crm_desktop.ui.table.pane import TablePane
from crm_desktop.ui.table.spec import ListSpec

SPEC = ListSpec(Kind.OPPORTUNITY, "kanban", ("title", "company", "person", "amount"))


class OpportunityList(TablePane):
    """The page gives the pipeline by `set_base` and calls `reload` on news."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, SPEC, parent=parent)
