"""What an org chart says about people: in boxes, in the legend, to a screen reader."""

from __future__ import annotations

from crm_desktop.domain.lists import item_name
from crm_desktop.domain.orgchart import Member, OrgChart
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import day_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.orgchart.painting import Said


class ChartWords:
    """Looks names of roles up in the user's lists."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def said(self, member: Member) -> Said:
        """The words of one box."""
        lists, today = self._context.services.lists, self._context.clock.today()
        role, attitude = lists.item(member.role_id), lists.item(member.attitude_id)
        parts = [part for part in (member.title, member.department) if part]
        left = tr("orgchart.left")
        if member.left_on is not None:
            left = tr("orgchart.left_on", day=day_text(member.left_on, today))
        return Said(
            name=member.person.title,
            about=" · ".join(parts),
            role=item_name(role, tr) if role is not None else "",
            colour=role.color if role is not None else "grey",
            attitude=item_name(attitude, tr) if attitude is not None else "",
            attitude_colour=attitude.color if attitude is not None else "grey",
            influence=member.influence or 0,
            when_left=left,
            important=member.important,
        )

    def spoken(self, member: Member, chart: OrgChart | None) -> str:
        """All about one person in one sentence."""
        said = self.said(member)
        boss = chart.member(member.boss) if chart is not None else None
        above = tr("orgchart.under", boss=boss.person.title) if boss is not None else ""
        gone = said.when_left if member.left else ""
        parts = (said.name, said.about, said.role, said.attitude, above, gone)
        return ", ".join(part for part in parts if part)

    def legend(self, chart: OrgChart | None) -> list[tuple[str, str]]:
        """The roles of the chart with their colours."""
        used = {member.role_id for member in chart.members} if chart is not None else set()
        return [
            (item_name(item, tr), item.color)
            for item in self._context.services.lists.all_items("decision_role")
            if item.id in used
        ]

    @staticmethod
    def heading(code: str, count: int) -> str:
        """The heading of a band."""
        return tr(f"orgchart.band.{code}", count=count)
