"""What to do with the records an import made: the same follow-up for each of them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.kinds import PLURALS, Kind, Ref
from crm_desktop.domain.queries import Condition, Group, Op, Query
from crm_desktop.services.imports import IMPORT_KINDS
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.bottom import FOLLOWED
from crm_desktop.ui.table.bulk_popovers import FollowupPopover


def followed(report: ImportReport, sheet_kind: str) -> tuple[Kind, int] | None:
    """The kind of new records a follow-up can be about, and how many; None where there are none."""
    for kind in IMPORT_KINDS[sheet_kind]:
        count = report.by_kind.get(PLURALS[kind], 0)
        if kind in FOLLOWED and count and report.moment is not None:
            return kind, count
    return None


def plan_first(
    context: Context,
    report: ImportReport,
    sheet_kind: str,
    anchor: QWidget,
) -> FollowupPopover | None:
    """Ask for words and a day, and plan them for each new record as one gesture."""
    found = followed(report, sheet_kind)
    if found is None:
        return None
    kind, count = found
    made = Query(Group((Condition("created_at", Op.IS, report.moment),)))
    records, activities = context.services.records, context.services.activities
    popover = FollowupPopover(context, count, anchor)

    def apply(text: str) -> None:
        def done(ids: list[int]) -> None:
            context.window.toast(tr("table.followed", count=len(ids)), undo=True)

        context.jobs.run_writer(
            lambda _progress: activities.quick_add_many(
                text, [Ref(kind, each) for each in records.ids(kind, made)]
            ),
            done,
        )

    popover.chosen.connect(apply)
    popover.closed.connect(popover.deleteLater)
    popover.open_at(anchor)
    return popover
