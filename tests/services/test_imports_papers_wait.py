"""Lines of quotes that cannot be read: what becomes of the lines around them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.words import Words
from tests.services.test_imports_mended import Sheet, as_workbook

ZH = Words("zh")
PAPER = ["报价单号", "客户名称", "状态", "产品名称", "数量", "单价"]


def papers(services: Services, path: Path, *rows: list[Any]) -> ImportReport:
    file = as_workbook(path, Sheet("quotes", PAPER, [], {}), list(rows))
    plan = services.imports.preview(file, kind="quotes").plan
    checked = services.imports.check(file, plan, ZH)
    report = services.imports.run(file, plan, ZH)
    assert (checked.outcomes, checked.by_kind) == (report.outcomes, report.by_kind)
    assert report.rows == sum(report.outcomes.values()) == len(report.per_row)
    return report


def test_lines_below_one_that_cannot_be_read_stay_with_their_quote(
    services: Services, tmp_path: Path
) -> None:
    report = papers(
        services,
        tmp_path / "a.xlsx",
        ["BJ-1", "恒远机械", None, "套件", 2, 100],
        ["BJ-2", "青禾电子", None, "备件", "若干", 10],
        [None, None, None, "安装", 1, 50],
    )
    assert [one.outcome for one in report.per_row] == ["created", "failed", "created"]
    names = {
        number: [line.name for line in services.quotes.card(services.quotes.id_of(number)).lines]
        for number in ("BJ-1", "BJ-2")
    }
    assert names == {"BJ-1": ["套件"], "BJ-2": ["安装"]}
    assert report.by_kind == {"quotes": 2, "companies": 2}


def test_a_quote_to_which_nothing_can_be_added_waits_as_a_whole(
    services: Services, tmp_path: Path
) -> None:
    report = papers(
        services,
        tmp_path / "a.xlsx",
        ["BJ-1", "恒远机械", "已接受", "套件", 2, 100],
        ["BJ-1", "恒远机械", "已接受", "备件", "若干", 10],
        ["BJ-1", "恒远机械", "已接受", "安装", 1, 50],
        ["BJ-2", "青禾电子", "已接受", "备件", 1, 10],
    )
    assert [one.outcome for one in report.per_row] == ["failed", "failed", "failed", "created"]
    assert {one.row: one.code for one in report.problems} == {
        3: "import.paper_waits",
        4: "money.not_a_number",
        5: "import.paper_waits",
    }
    assert +report.by_kind == {"quotes": 1, "companies": 1}
    assert services.records.count(Kind.QUOTE) == services.records.count(Kind.COMPANY) == 1
