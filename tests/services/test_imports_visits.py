"""Lists of visits and calls: what was done is taken as done, on its own day."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from tests.services.test_imports import ZH, workbook
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
    state, due, done_at = found["约时间"]  # no result was noted, but the day is gone by
    assert isinstance(due, Due)
    assert (state, done_at) == ("done", due.utc())
    assert take_in(services, file, "activities").outcomes == {"same": 2}


def states(services: Services) -> dict[str, str]:
    ids = services.records.ids(Kind.ACTIVITY)
    rows = services.records.rows(Kind.ACTIVITY, ids, ["subject", "state"])
    return {row.values[0]: row.values[1] for row in rows}


ROWS = [["甲公司", "2024-05-06", "一"], ["甲公司", "2126-05-06", "二"], ["甲公司", None, "三"]]


@pytest.mark.parametrize(
    ("header", "past"),
    [
        (["客户", "拜访日期", "拜访内容"], "done"),
        (["客户", "日期", "跟进记录"], "done"),
        (["Company", "Date", "Subject"], "done"),
        (["客户", "下次跟进时间", "跟进内容"], "planned"),
        (["客户", "日期", "任务"], "planned"),
        (["Company", "Due date", "Subject"], "planned"),
    ],
)
def test_what_days_gone_by_are_is_read_from_the_headings(
    services: Services, tmp_path: Path, header: list[str], past: str
) -> None:
    file = workbook(tmp_path / "记录.xlsx", ROWS, header)
    plan = services.imports.preview(file, kind="activities").plan
    assert plan.columns[1].options["past"] == past
    take_in(services, file, "activities")
    assert states(services) == {"一": past, "二": "planned", "三": "planned"}
    assert take_in(services, file, "activities").outcomes == {"same": 3}


def test_what_days_gone_by_are_can_be_said(services: Services, tmp_path: Path) -> None:
    file = workbook(tmp_path / "记录.xlsx", ROWS, ["客户", "拜访日期", "拜访内容"])
    plan = services.imports.preview(file, kind="activities").plan
    plan.columns[1].options["past"] = "planned"
    services.imports.run(file, plan, ZH)
    assert set(states(services).values()) == {"planned"}
    again = services.imports.run(file, services.imports.preview(file, kind="activities").plan, ZH)
    assert (again.outcomes, again.problems) == ({"same": 3}, [])


def test_a_column_of_states_says_it_itself(services: Services, tmp_path: Path) -> None:
    rows = [["甲公司", "2024-05-06", "一", "计划"], ["甲公司", "2024-05-07", "二", None]]
    file = workbook(tmp_path / "记录.xlsx", rows, ["客户", "拜访日期", "拜访内容", "完成状态"])
    take_in(services, file, "activities")
    assert set(states(services).values()) == {"planned"}
