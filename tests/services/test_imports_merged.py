"""Cells merged over several rows of a list: their value stands for each of these rows."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.mapping import MergedCells
from crm_desktop.exchange.reading.handle import WORTH_SENDING
from crm_desktop.services.house import Services
from crm_desktop.services.imports import Wishes, file_notes
from crm_desktop.ui.imports.draft import Draft
from crm_desktop.words import Words

ZH = Words("zh")
OFFICE = shutil.which("soffice") or ""
HEADER = ["公司名称", "地址", "姓名", "手机"]
MERGED = ("A1:D1", "A3:A5", "B3:B5", "A6:A7", "A8:D9")  # titles, what is meant, a caption
ROWS: list[list[Any]] = [
    ["客户名单"],
    HEADER,
    ["苏州恒远精密机械有限公司", "苏州市星湖街 1 号", "张伟", "13812345671"],
    [None, None, "李娜", "13812345672"],
    [None, None, "王芳", "13812345673"],
    ["杭州绿源电子有限公司", None, "赵敏", "13812345674"],
    [None, "杭州市文三路 9 号", "钱进", "13812345675"],
    ["说明：以上名单截至十月"],
]
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}  # fmt: skip


def workbook(path: Path, rows: list[list[Any]] = ROWS, merged: tuple[str, ...] = MERGED) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def in_form(folder: Path, ending: str) -> Path:
    """The workbook as this kind of file."""
    plain = workbook(folder / "plain.xlsx")
    path = folder / f"客户.{ending}"
    if ending in ("xlsx", "xlsm"):
        return plain.rename(path)
    if ending == "strict.xlsx":
        with zipfile.ZipFile(plain) as before, zipfile.ZipFile(path, "w") as after:
            for name in before.namelist():
                data = before.read(name)
                for old, new in STRICT.items():
                    data = data.replace(old, new)
                after.writestr(name, data)
        return path
    if not OFFICE:
        pytest.skip("LibreOffice makes these")
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    words = [OFFICE, profile, "--headless", "--convert-to", ending, "--outdir"]
    subprocess.run([*words, str(folder), str(plain)], check=True, timeout=200, capture_output=True)
    return plain.with_suffix(f".{ending}").rename(path)


def people(services: Services) -> dict[str, tuple[str, str]]:
    """Company and its address by the name of a person."""
    firms = {
        row.id: (row.values[0], row.values[1][0].line if row.values[1] else "")
        for row in services.records.rows(
            Kind.COMPANY, services.records.ids(Kind.COMPANY), ["name", "address"]
        )
    }
    rows = services.records.rows(
        Kind.PERSON, services.records.ids(Kind.PERSON), ["name", "company"]
    )
    return {row.values[0]: firms[row.values[1].id] for row in rows if row.values[1]}


@pytest.mark.parametrize("ending", ["xlsx", "xlsm", "strict.xlsx", "ods", "xls"])
def test_the_company_is_that_of_all_its_people(
    services: Services, tmp_path: Path, ending: str
) -> None:
    path = in_form(tmp_path, ending)
    preview = services.imports.preview(path)
    plan = preview.plan
    assert (plan.kind, plan.header_row) == ("people", 2)
    assert [column.target for column in plan.columns] == [
        "company.name", "company.address", "person.name", "person.mobile",
    ]  # fmt: skip
    notes = [ZH.text(one.key, **one.args) for one in file_notes(preview.facts, plan, ZH)]
    assert notes == [
        ZH.text("reading.note_merged", count=3),
        ZH.text("reading.note_captions", count=1),
    ]
    checked = services.imports.check(path, plan, ZH)
    report = services.imports.run(path, plan, ZH)
    for one in (checked, report):
        assert one.plain() | {"gesture": None} == checked.plain() | {"gesture": None}
        assert one.by_kind == {"people": 5, "companies": 2, **one.by_kind}
    first = ("苏州恒远精密机械有限公司", "苏州市星湖街 1 号")
    other = ("杭州绿源电子有限公司", "杭州市文三路 9 号")
    assert people(services) == {
        "张伟": first, "李娜": first, "王芳": first, "赵敏": other, "钱进": other,
    }  # fmt: skip
    again = services.imports.run(path, plan, ZH)
    assert (again.count(Outcome.SAME), again.gesture) == (5, None)


def test_a_problem_row_takes_the_merged_value_along(services: Services, tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[4][3] = "12"
    path = workbook(tmp_path / "a.xlsx", rows)
    preview = services.imports.preview(path)
    report = services.imports.check(path, preview.plan, ZH)
    assert [problem.row for problem in report.problems] == [5]
    target = tmp_path / "problems.xlsx"
    services.imports.save_problems(path, preview.plan, report, target, ZH)
    written = list(openpyxl.load_workbook(target).worksheets[0].iter_rows(values_only=True))
    assert written[1][:4] == ("苏州恒远精密机械有限公司", "苏州市星湖街 1 号", "王芳", "12")
    draft = Draft(preview, preview.plan)
    assert (draft.cell(5, 0), draft.cell(1, 0)) == ("苏州恒远精密机械有限公司", "客户名单")
    assert draft.cells(0)[2] == "苏州恒远精密机械有限公司"


def test_what_is_mended_or_left_out_at_the_top_holds_for_all(
    services: Services, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx")
    plan = services.imports.preview(path).plan
    wishes = Wishes(fixes={(3, 0): "苏州恒远集团公司"}, left_out={3})
    services.imports.run(path, plan, ZH, wishes=wishes)
    assert people(services)["李娜"] == ("苏州恒远集团公司", "苏州市星湖街 1 号")
    assert "张伟" not in people(services)


def test_a_merge_reaches_over_the_border_of_batches(services: Services, tmp_path: Path) -> None:
    count = WORTH_SENDING + 10  # so many are read in the other process
    rows: list[list[Any]] = [HEADER]
    rows += [["甲公司" if n == 0 else None, None, f"张{n}", None] for n in range(count)]
    path = workbook(tmp_path / "a.xlsx", rows, (f"A2:A{count + 1}",))
    plan = services.imports.preview(path).plan
    plan.columns[0].target, plan.columns[2].target = "company.name", "person.name"
    report = services.imports.check(path, plan, ZH)
    assert report.values["company.name"] == count
    plan.columns[0].target = "person.mobile"
    told = services.imports.check(path, plan, ZH)
    assert told.texts[(count + 1, 0)] == "甲公司"


def test_an_amount_counts_once(services: Services, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["客户名称", "收款日期", "收款金额", "付款方式"],
        ["甲公司", "2026-03-01", 9000, "转账"],
        [None, "2026-03-02", None, "转账"],
        ["乙公司", "2026-03-03", 100, "现金"],
    ]
    path = workbook(tmp_path / "收款.xlsx", rows, ("A2:A3", "C2:C3"))
    preview = services.imports.preview(path, kind="receipts")
    notes = [one.key for one in file_notes(preview.facts, preview.plan, ZH)]
    assert notes == ["reading.note_merged", "reading.note_merged_amounts"]
    report = services.imports.run(path, preview.plan, ZH)
    assert report.by_kind["receipts"] == 2
    assert [(p.row, p.code) for p in report.problems] == [(3, "import.no_amount")]


def test_rows_of_totals_and_rows_without_anything_stay_as_they_are() -> None:
    merged = MergedCells([(1, 0, 4, 0), (0, 1, 1, 1)], 1)
    rows = [("甲", "a"), (None, "小计"), (None, None), (None, "b")]
    assert merged.repeated(2, rows) == [("甲", "a"), (None, "小计"), (None, None), ("甲", "b")]
    assert merged.count == 1


def test_a_cell_of_its_own_below_a_merge_is_kept() -> None:
    merged = MergedCells([(0, 0, 2, 0)], 0)
    assert merged.repeated(1, [("甲", 1), ("乙", 2)]) == [("甲", 1), ("乙", 2)]
    assert merged.repeated(3, [(None, 3), (None, 4)]) == [("甲", 3), (None, 4)]
