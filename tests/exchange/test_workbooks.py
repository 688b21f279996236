"""Ordinary workbooks with their oddities."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.mapping import guess_plan
from crm_desktop.exchange.reading import open_file
from crm_desktop.progress import Cancelled, Progress


def new(path: Path, title: str = "客户") -> tuple[openpyxl.Workbook, Worksheet]:
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = title
    return book, page


def test_values_are_plain(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book, page = new(path)
    page.append(["文字", 1.5, True, dt.date(2024, 5, 6), dt.datetime(2024, 5, 6, 7, 8), None, 3])
    page.append([dt.time(9, 30), dt.timedelta(hours=30)])
    book.save(path)
    with open_file(path) as opened:
        first, second = opened.head()
    when = dt.datetime(2024, 5, 6, 7, 8)
    assert first == ("文字", 1.5, True, dt.date(2024, 5, 6), when, None, 3)
    assert second[:2] == (dt.time(9, 30), "1 day, 6:00:00")


def test_rows_and_columns_keep_their_places(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book, page = new(path)
    page["C4"] = "x"
    book.save(path)
    with open_file(path) as opened:
        rows = [row for batch in opened.rows(0, 3) for row in batch]
        assert opened.sheets[0].rows == 4
    assert [value for value in rows[0] if value is not None] == []
    assert rows[1] == (None, None, "x")


def test_what_the_fast_parser_hides_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book, page = new(path)
    page.append(["a", "=TODAY()", "#N/A"])
    page.append(["b", "=1+1"])
    page.append(["c"])
    page.row_dimensions[3].hidden = True
    page.merge_cells("A5:C5")
    hidden = book.create_sheet("旧")
    hidden.append(["z"])
    hidden.sheet_state = "hidden"
    book.save(path)
    with open_file(path) as opened:
        facts, other = opened.sheets
    assert facts.checked
    assert (facts.formulas_without_value, facts.error_cells, facts.hidden_rows) == (2, 1, 1)
    assert facts.merged == ((4, 0, 4, 2),)
    assert (other.name, other.hidden) == ("旧", True)


@pytest.mark.parametrize(
    "name", ["名单.xls", "名单.ods", "名单.xlsb", "名单.XLS", "名单.csv", "名单"]
)
def test_a_workbook_is_read_whatever_its_ending_says(tmp_path: Path, name: str) -> None:
    book, page = new(tmp_path / "a.xlsx")
    page.append(["姓名", "手机"])
    page.append(["张伟", "13800138000"])
    book.save(tmp_path / "a.xlsx")
    path = (tmp_path / "a.xlsx").rename(tmp_path / name)
    with open_file(path) as opened:
        assert opened.facts.kind == "xlsx"
        assert opened.head()[:2] == [("姓名", "手机"), ("张伟", "13800138000")]


def test_many_rows_come_in_batches(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book, page = new(path)
    for number in range(5000):
        page.append([number, f"n{number}"])
    book.save(path)
    seen: list[tuple[int, int]] = []
    with open_file(path) as opened:
        progress = Progress(lambda done, total: seen.append((done, total)))
        batches = list(opened.rows(progress=progress))
        again = list(opened.rows(0, 4999))
    assert [len(batch) for batch in batches] == [2000, 2000, 1000]
    assert (5000, 5000) in seen
    assert again == [[(4998, "n4998"), (4999, "n4999")]]


def test_cancel_ends_the_child(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book, page = new(path)
    page.append(["a"])
    book.save(path)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        open_file(path, progress)


def test_death_of_the_child_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book, page = new(path)
    page.append(["a"])
    book.save(path)
    with open_file(path) as opened:
        opened._process.kill()
        opened._process.join()
        with pytest.raises(Refused, match=r"reading\.unreadable"):
            opened.head()


def test_sheet_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book, page = new(path, "说明")
    page.append(["请在下一页填写"])
    filled = book.create_sheet("客户名单")
    filled.append(["姓名", "手机"])
    filled.append(["张伟", 13800138000])
    hidden = book.create_sheet("备份")
    hidden.append(["姓名", "手机", "公司"])
    for _ in range(50):
        hidden.append(["李娜", 13900139000, "x"])
    hidden.sheet_state = "hidden"
    book.save(path)
    with open_file(path) as opened:
        assert guess_plan(opened).sheet_name == "客户名单"
        assert guess_plan(opened, sheet="备份").sheet == 2
        with pytest.raises(Refused, match="客户名单"):
            guess_plan(opened, sheet="无此表")
