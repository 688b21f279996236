"""What a bulk insert writes along: the same as if every record had been made by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from crm_desktop.data import replay
from crm_desktop.domain.kinds import Kind
from crm_desktop.progress import Cancelled, Progress
from crm_desktop.services.house import Services
from crm_desktop.words import Words
from tests.services.test_imports import digest, workbook
from tests.services.test_journal_properties import index

ZH = Words("zh")
HEADER = [
    "公司名称",
    "姓名",
    "手机",
    "电话",
    "邮箱",
    "微信",
    "地址",
    "城市",
    "职务",
    "标签",
    "备注",
]
ROWS: list[dict[str, str]] = [
    {"公司名称": "恒远机械", "姓名": "张伟", "手机": "13812345678", "邮箱": "wei@hy.example",
     "微信": "w1", "地址": "星湖街 1 号", "城市": "苏州", "职务": "经理", "标签": "重点；老客户"},
    {"公司名称": "恒远机械", "姓名": "李娜", "手机": "13900001111、13700002222",
     "电话": "0512-66668888", "标签": "重点", "备注": "来自展会"},
    {"公司名称": "重庆银行", "姓名": "曾国藩", "电话": "(023) 6666 8888", "城市": "重庆"},
    {"公司名称": "海拓电子", "姓名": "王芳", "职务": "行长"},
    {"姓名": "O'Brien Müller", "手机": "+1 202-555-0123", "邮箱": "O.Brien@Example.com"},
]  # fmt: skip
RECORDS = 8  # three companies, five people; the sheet has a row less


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return workbook(tmp_path / "名单.xlsx", [[row.get(c) for c in HEADER] for row in ROWS], HEADER)


def derived(services: Services) -> list[Any]:
    """Search texts and stamps of every person and company."""
    with services.book.read() as session:
        return [
            session.execute(text(statement)).all()
            for statement in (
                "SELECT kind, record_id, texts FROM search_entries ORDER BY kind, record_id",
                "SELECT id, sort_key, version, changed_at FROM people ORDER BY id",
                "SELECT id, sort_key, version, changed_at FROM companies ORDER BY id",
                "SELECT id, version FROM tags ORDER BY id",
            )
        ]


def test_index_and_stamps_are_those_of_the_ordinary_way(services: Services, file: Path) -> None:
    old = services.records.create(Kind.COMPANY, {"name": "恒远机械", "tags": ("老客户",)})
    report = services.imports.run(file, services.imports.preview(file).plan, ZH)
    found, written = index(services), derived(services)
    services.search.rebuild()
    assert index(services) == found
    assert derived(services) == written
    made = [row for rows in written[1:3] for row in rows if row.id != old or rows is written[1]]
    assert {row.version for row in made} == {report.gesture}
    assert all(row.sort_key and row.changed_at for row in made)
    assert max(row.version for row in written[3]) == report.gesture


def test_the_journal_of_a_bulk_insert_is_whole(
    services: Services, file: Path, tmp_path: Path
) -> None:
    before = digest(services)
    services.imports.run(file, services.imports.preview(file).plan, ZH)
    services.records.create(Kind.PERSON, {"name": "后来", "mobile": ("13500005555",)})
    after = digest(services)
    assert replay.rebuild(services.book, tmp_path / "rebuilt.crm") == after
    services.history.undo()
    services.history.undo()
    assert digest(services) == before
    services.history.redo()
    services.history.redo()
    assert digest(services) == after


def test_what_follows_a_cancelled_import_is_journalled(services: Services, file: Path) -> None:
    plan = services.imports.preview(file).plan
    before = digest(services)

    class Stopping(Progress):
        def step(self, done: int, total: int = 0) -> None:
            if total == RECORDS:  # the companies are in, their changes not yet recorded
                self.cancel()
            super().step(done, total)

    with pytest.raises(Cancelled):
        services.imports.run(file, plan, ZH, progress=Stopping())
    assert digest(services) == before
    services.records.create(Kind.COMPANY, {"name": "下一家", "phone": ("0512-66668888",)})
    services.history.undo()
    assert digest(services) == before


def test_a_field_left_empty_and_filled_since_keeps_its_record(
    services: Services, file: Path
) -> None:
    report = services.imports.run(file, services.imports.preview(file).plan, ZH)
    (wang,) = (hit.id for hit in services.search.find("王芳") if hit.kind is Kind.PERSON)
    services.records.update(Kind.PERSON, wang, {"hobbies": "钓鱼"})
    result = services.history.undo(report.gesture)
    assert [(kept.field, kept.value) for kept in result.kept if kept.table == "people"] == [
        ("hobbies", "钓鱼")
    ]
    assert services.records.count(Kind.PERSON) == 1


def test_bulk_opportunities_are_those_of_the_ordinary_way(
    services: Services, tmp_path: Path
) -> None:
    before = digest(services)
    file = workbook(
        tmp_path / "商机.xlsx",
        [
            ["采购水泵", "恒远机械", 1200, "Won", "2026-03-01", "重点"],
            ["改造产线", "恒远机械", 800, "Lost", None, None],
            ["年度维保", None, None, None, None, None],
        ],
        ["商机名称", "公司", "金额", "阶段", "成交日期", "标签"],
    )
    plan = services.imports.preview(file).plan
    services.imports.run(file, plan, ZH)
    after = digest(services)
    assert replay.rebuild(services.book, tmp_path / "rebuilt.crm") == after
    found, written = index(services), told(services)
    services.search.rebuild()
    assert index(services) == found
    services.history.undo()
    assert digest(services) == before
    services.history.redo()
    assert digest(services) == after
    services.history.undo()

    lists = services.lists
    stages = {item.code: item.id for item in lists.items("stage")}
    company = services.records.create(Kind.COMPANY, {"name": "恒远机械"})
    for values in (
        {"title": "采购水泵", "company": company, "amount": "1200", "stage": stages["won"],
         "closed_on": date(2026, 3, 1), "tags": ("重点",)},
        {"title": "改造产线", "company": company, "amount": "800", "stage": stages["lost"]},
        {"title": "年度维保"},
    ):  # fmt: skip
        services.records.create(Kind.OPPORTUNITY, values)
    assert told(services) == written


def told(services: Services) -> list[Any]:
    """What an import of opportunities writes, without ids."""
    with services.book.read() as session:
        return [
            list(session.execute(text(statement)))
            for statement in (
                "SELECT title, sort_key, state, currency, amount, probability, closed_on, stage_id,"
                " stage_since IS NULL, company_id IS NULL FROM opportunities ORDER BY title",
                "SELECT o.title, l.from_id, l.to_id FROM stage_log AS l"
                " JOIN opportunities AS o ON o.id = l.opportunity_id ORDER BY o.title",
                "SELECT name, lifecycle_id FROM companies",
                "SELECT owner_kind, count(*) FROM tag_links GROUP BY 1",
            )
        ]


def test_after_a_large_import_the_planner_knows_the_tables(
    services: Services, tmp_path: Path
) -> None:
    rows = [[f"公司 {n}", f"张{n}", f"138{n:08}"] for n in range(600)]
    file = workbook(tmp_path / "名单.xlsx", rows, ["公司名称", "姓名", "手机"])
    services.imports.run(file, services.imports.preview(file).plan, ZH)
    with services.book.read() as session:
        known = text("SELECT DISTINCT tbl FROM sqlite_stat1")
        assert {"people", "companies", "points"} <= set(session.execute(known).scalars())
