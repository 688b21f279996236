"""Lists of visits and calls: what was done is taken as done, on its own day."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from tests.services.test_imports import workbook
from tests.services.test_imports_simple import take_in

VISITS = ["客户", "跟进日期", "跟进方式", "内容", "跟进结果"]


def test_what_came_of_a_visit_tells_that_it_was_made(services: Services, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "跟进.xlsx",
        [
            ["甲公司", "2024-05-06", "拜访", "谈价格", "同意试用"],
            ["甲公司", "2024-05-07", "电话", "约时间", None],
        ],
        VISITS,
    )
    take_in(services, file, "activities")
    found = {
        subject: (state, due, done_at)
        for subject, state, due, done_at in (
            row.values
            for row in services.records.rows(
                Kind.ACTIVITY,
                services.records.ids(Kind.ACTIVITY),
                ["subject", "state", "due", "done_at"],
            )
        )
    }
    state, due, done_at = found["谈价格"]
    assert isinstance(due, Due)
    assert (state, done_at) == ("done", due.utc())
    assert found["约时间"][0] == "planned"
    assert found["约时间"][2] is None
    assert take_in(services, file, "activities").outcomes == {"same": 2}
