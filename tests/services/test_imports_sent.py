"""Cells brought into form by the process that reads the file are those brought into form here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.mapping import BatchReader, guess_plan
from crm_desktop.exchange.reading import handle, open_file
from crm_desktop.progress import Cancelled, Progress
from crm_desktop.services.house import Services
from crm_desktop.services.imports.service import Wishes
from crm_desktop.words import Words
from tests.services.test_imports import digest, workbook

ZH = Words("zh")
HEADER = ["公司名称", "姓名", "手机", "电话", "邮箱", "生日", "地址", "城市", "级别", "设备台数"]
ROWS = [
    ["恒远机械", "张伟", "13812345678", 5126666888, "a@b.c", "1985-8-15", "星湖", "苏州", "A", 3],
    ["恒远机械", "李娜", "打前台", None, "不是邮箱", "八月十五", "星湖街 1", "苏州", "B", "三台"],
    ["海拓电子", None, None, "0512-66668888", None, None, None, None, None, None],
    [None, None, "13900001111", None, None, None, None, None, None, None],
    ["合计", None, 3, None, None, None, None, None, None, None],
    ["恒远机械", "王芳", "13712345678", None, None, 31274, "三香路 2", None, "C", 1.5],
]  # fmt: skip


@pytest.fixture(params=[0, handle.WORTH_SENDING], ids=["there", "here"])
def where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """From how many rows on the child does it."""
    monkeypatch.setattr(handle, "WORTH_SENDING", request.param)
    return int(request.param)


def test_both_ways_decide_alike(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.custom.add(Kind.COMPANY, "设备台数", FieldType.INTEGER)
    file = workbook(tmp_path / "名单.xlsx", ROWS, HEADER)
    plan = services.imports.preview(file).plan
    wishes = Wishes(fixes={(4, 2): "13900002222", (6, 1): "赵六"}, left_out={5})
    here = services.imports.check(file, plan, ZH, wishes=wishes)
    monkeypatch.setattr(handle, "WORTH_SENDING", 0)
    there = services.imports.check(file, plan, ZH, wishes=wishes)
    done = services.imports.run(file, plan, ZH, wishes=wishes)
    assert here.problems
    assert {one.row for one in here.per_row} == {3, 4, 6, 7, 8}
    for other in (there, done):
        assert other.problems == here.problems
        assert other.per_row == here.per_row
        assert (other.by_kind, other.values) == (here.by_kind, here.values)
    people = services.records.rows(
        Kind.PERSON, services.records.ids(Kind.PERSON), ("name", "mobile", "birthday")
    )
    assert {row.values[0] for row in people} == {"张伟", "李娜", "赵六", "王芳"}
    assert {row.values[0]: row.values[1] for row in people}["李娜"] == ("13900002222",)


def test_a_cancelled_one_leaves_nothing(services: Services, tmp_path: Path, where: int) -> None:
    rows = [[f"公司{n}", f"张{n}", *[None] * 8] for n in range(5_000)]
    file = workbook(tmp_path / "名单.xlsx", rows, HEADER)
    plan = services.imports.preview(file).plan
    before = digest(services)

    class Stopping(Progress):
        def step(self, done: int, total: int = 0) -> None:
            if 2_000 < done < total:
                self.cancel()
            super().step(done, total)

    with pytest.raises(Cancelled):
        services.imports.run(file, plan, ZH, progress=Stopping())
    assert digest(services) == before


def test_a_child_that_dies_over_it_is_told(tmp_path: Path, where: int) -> None:
    rows = [[f"公司{n}", *[None] * 9] for n in range(5_000)]
    file = workbook(tmp_path / "名单.xlsx", rows, HEADER)
    with open_file(file) as opened:
        plan = guess_plan(opened)
        today = date(2026, 11, 20)
        reader = BatchReader(
            plan, today=today, zone="UTC", currency="CNY", custom=(), fixes={}, left_out=()
        )
        made = opened.worked(reader, 0, plan.header_row + 1)
        first = next(made)
        assert first.numbers == tuple(range(3, 2_003))
        opened.close()
        with pytest.raises(Refused, match="unreadable"):
            list(made)
