"""The same list out of every kind of file comes to the same records; each file is a real one."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.reading import open_file
from crm_desktop.services.house import Services
from crm_desktop.words import Words
from tests.exchange.xls5_file import write_xls5
from tests.exchange.xlsb_file import write_xlsb

OFFICE = shutil.which("soffice") or ""
HEADER = ["產品編碼", "產品名稱", "單價", "庫存日期", "在售", "備註"]
ROWS: list[list[Any]] = [
    HEADER,
    ["007", "數控改造套件", 1234567.5, dt.date(2026, 9, 1), True, "老客戶"],
    ["P-2", "密封圈", 0.25, dt.date(1999, 12, 31), False, None],
    ["P-3", "備件", 12, None, None, "電話待查，下月再訪"],
]
OTHER: list[list[Any]] = [["說明"], ["第二張工作表"]]
_TRANSITIONAL = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}  # fmt: skip


def xlsx(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, rows in (("客户", ROWS), ("說明", OTHER)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def strict(path: Path) -> Path:
    """The same with the names of the strict standard."""
    plain = xlsx(path.with_name("plain.xlsx"))
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            for old, new in _TRANSITIONAL.items():
                data = data.replace(old, new)
            if name == "xl/workbook.xml":
                assert b"purl.oclc.org" in data
                data = data.replace(b"<workbook ", b'<workbook conformance="strict" ', 1)
            after.writestr(name, data)
    return path


def by_office(path: Path) -> Path:
    if not OFFICE:
        pytest.skip("LibreOffice makes these")
    plain = xlsx(path.with_suffix(".xlsx"))
    profile = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
    words = [OFFICE, profile, "--headless", "--convert-to", path.suffix[1:], "--outdir"]
    subprocess.run([*words, str(path.parent), str(plain)], check=True, timeout=200,
                   capture_output=True)  # fmt: skip
    return path


def written(value: Any) -> str:
    if value is None:
        return ""
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def text(encoding: str, separator: str) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        lines = [separator.join(written(value) for value in row) for row in ROWS]
        path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
        return path

    return make


def sheets(write: Callable[[Path, dict[str, Sequence[Sequence[Any]]]], Path]) -> Any:
    return lambda path: write(path, {"客户": ROWS, "說明": OTHER})


FILES: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "xlsx": ("a.xlsx", xlsx),
    "xlsm": ("a.xlsm", xlsx),
    "strict": ("a.xlsx", strict),
    "xlsb": ("a.xlsb", sheets(write_xlsb)),
    "biff5": ("a.xls", sheets(write_xls5)),
    "biff8": ("a.xls", by_office),
    "ods": ("a.ods", by_office),
    "utf-8": ("a.csv", text("utf-8", ",")),
    "utf-8-sig": ("a.csv", text("utf-8-sig", ",")),
    "gb18030-semicolon": ("a.csv", text("gb18030", ";")),
    "big5-tab": ("a.txt", text("big5", "\t")),
    "utf-16-tab": ("a.tsv", text("utf-16", "\t")),
    "utf-16-be-semicolon": ("a.txt", text("utf-16-be", ";")),
}


@pytest.mark.parametrize("kind", FILES)
def test_every_kind_of_file_comes_to_the_same(
    services: Services, tmp_path: Path, kind: str
) -> None:
    name, make = FILES[kind]
    path = make(tmp_path / name)
    plan = services.imports.preview(path).plan
    assert plan.kind == "products"
    report = services.imports.run(path, plan, Words("zh"))
    assert (report.outcomes, report.problems) == ({Outcome.CREATED: 3}, [])
    keys = ["code", "name", "price", "stock_as_of", "active", "notes"]
    rows = services.records.rows(Kind.PRODUCT, services.records.ids(Kind.PRODUCT), keys)
    assert {row.values[0]: row.values[1:] for row in rows} == {
        "007": ("數控改造套件", Decimal("1234567.5"), dt.date(2026, 9, 1), True, "老客戶"),
        "P-2": ("密封圈", Decimal("0.25"), dt.date(1999, 12, 31), False, None),
        "P-3": ("備件", Decimal(12), None, True, "電話待查，下月再訪"),
    }


@pytest.mark.parametrize("kind", ["xlsx", "strict", "xlsb", "biff5", "biff8", "ods"])
def test_both_sheets_and_the_types_of_cells(tmp_path: Path, kind: str) -> None:
    name, make = FILES[kind]
    with open_file(make(tmp_path / name)) as opened:
        assert [one.name for one in opened.sheets] == ["客户", "說明"]
        assert opened.head(1) == [("說明",), ("第二張工作表",)]
        rows = opened.head(0)
    assert [list(row) + [None] * (len(HEADER) - len(row)) for row in rows] == ROWS
    types = [type(value) for value in ROWS[1]]
    if kind == "ods":  # calamine tells its ticks as numbers
        types[4] = float
    assert [type(value) for value in rows[1]] == types
