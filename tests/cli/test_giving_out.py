"""Cards, calendars and the whole book through the command line."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("kind", "name", "holds"),
    [
        ("people", "people.vcf", "VERSION:3.0"),
        ("companies", "companies.vcf", "X-ABShowAs:COMPANY"),
        ("activities", "steps.ics", "BEGIN:VEVENT"),
        ("birthdays", "birthdays.ics", "RRULE:FREQ=YEARLY"),
    ],
)
def test_cards_and_calendars(
    kind: str, name: str, holds: str, run: Run, book: Path, tmp_path: Path
) -> None:
    path = tmp_path / name
    code, told, _ = run("--book", book, "export", kind, path, "--json")
    text = path.read_text("utf-8")
    assert code == 0
    assert told["rows"] == text.count("BEGIN:VCARD") + text.count("BEGIN:VEVENT") > 0
    assert holds in text


def test_cards_of_the_other_version(run: Run, book: Path, tmp_path: Path) -> None:
    path = tmp_path / "people.vcf"
    assert run("--book", book, "export", "people", path, "--vcard", "4.0", "--json")[0] == 0
    assert path.read_text("utf-8").startswith("BEGIN:VCARD\nVERSION:4.0\n")
    assert run("--book", book, "export", "people", path, "--vcard", "5", "--json")[0] == 2


def test_the_whole_book_out_and_back(run: Run, book: Path, tmp_path: Path) -> None:
    path, other = tmp_path / "book.json", tmp_path / "other.crm"
    code, told, _ = run("--book", book, "export", "book", path, "--json")
    assert code == 0
    assert told["rows"] > 100
    assert run("--book", other, "restore", path, "--json")[0] == 0
    wanted = ("search", "苏州", "--json")
    assert run("--book", other, *wanted)[1] == run("--book", book, *wanted)[1] != []
    assert run("--book", book, "export", "book", tmp_path / "book.xlsx", "--json")[0] == 1


def test_a_list_in_a_template(run: Run, book: Path, tmp_path: Path) -> None:
    template, path = tmp_path / "t.xlsx", tmp_path / "people.xlsx"
    made = openpyxl.Workbook()
    made.worksheets[0]["A1"], made.worksheets[0]["A2"] = "{{count}}", "{{明细.姓名}}"
    made.save(template)
    code, told, _ = run("--book", book, "export", "people", path, "--template", template, "--json")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (code, told["rows"]) == (0, sheet["A1"].value)
    assert sheet.max_row == 1 + told["rows"]
    assert all(sheet.cell(row, 1).value for row in range(2, sheet.max_row + 1))
    refused = run("--book", book, "export", "birthdays", path, "--template", template, "--json")
    assert (refused[0], refused[1]["error"]["code"]) == (1, "filling.not_for")


def test_what_hangs_on_people_in_a_template(run: Run, tmp_path: Path) -> None:
    book, people, gifts, template, path = (
        tmp_path / name for name in ("b.crm", "p.csv", "g.csv", "t.xlsx", "gifts.xlsx")
    )
    people.write_text("姓名,手机\n王伟,13812345678\n", "utf-8")
    gifts.write_text("收礼人,礼品名称,送礼日期\n王伟,茶叶,2026-01-20\n王伟,钢笔,\n", "utf-8")
    for file in (people, gifts):
        assert run("--book", book, "import", file, "--json")[0] == 0
    made = openpyxl.Workbook()
    made.worksheets[0]["A1"], made.worksheets[0]["A2"] = "{{count}}", "{{line.Gift}}"
    made.save(template)
    wanted = ("export", "gifts", path, "--template", template, "--json")
    code, told, _ = run("--book", book, *wanted)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (code, told["rows"]) == (0, 2)
    cells = [str(row[0].value) for row in sheet.iter_rows()]
    assert (cells[0], sorted(cells[1:])) == ("2", ["茶叶", "钢笔"])


def test_a_year_of_birthdays_has_everybody_once(run: Run, tmp_path: Path) -> None:
    book, table, path = (tmp_path / name for name in ("b.crm", "t.csv", "birthdays.csv"))
    today = date.today()
    near = today + timedelta(days=3)
    rows = ("姓名,生日", f"今天,{today:%m-%d}", f"将近,{near:%m-%d}", "农历,农历八月十五")
    table.write_text("\n".join(rows) + "\n", "utf-8")
    assert run("--book", book, "import", table, "--json")[1]["created"] == 3
    code, told, _ = run("--book", book, "export", "birthdays", path, "--json")
    with path.open(encoding="utf-8-sig") as lines:
        names = [row[2] for row in csv.reader(lines)][1:]
    assert (code, told["rows"]) == (0, 3)
    assert sorted(names) == sorted(("今天", "将近", "农历"))
