"""A firm's own workbook, filled: looks kept, lines repeated, formulas right, mistakes named."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.filling import Filling, fill_workbook
from crm_desktop.exchange.filling.references import Insertion, moved_formula, moved_range

LINES: list[dict[str, Any]] = [
    {"name": '采样泵 "A"', "quantity": Decimal(2), "price": Decimal("1200.50")},
    {"name": "=1+1", "quantity": Decimal(1), "price": Decimal("99.90")},
    {"name": "Hose", "quantity": Decimal(10), "price": Decimal("3.15")},
]
FILLING = Filling(
    {"number": "Q-2026-0001", "customer_name": "青禾电子", "dated": date(2026, 11, 22),
     "total": Decimal("2532.40")},
    LINES,
    other_names={"编号": "number", "明细.名称": "line.name"},
)  # fmt: skip


def spelled(value: Any) -> str:
    return "" if value is None else str(value)


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A quote as a firm may have used it for ten years."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "报价单"
    sheet["A1"] = "报价单 {{编号}}"
    sheet["A1"].font = Font(name="SimHei", size=18, bold=True)
    sheet.merge_cells("A1:E1")
    sheet["A2"], sheet["B2"] = "客户：", "{{customer_name}}"
    sheet["D2"], sheet["E2"] = "日期", "{{dated}}"
    for column, title in enumerate(["品名", "规格", "数量", "单价", "金额"], 1):
        sheet.cell(4, column, title)
    sheet["A5"] = "{{明细.名称}}"
    sheet["C5"], sheet["D5"], sheet["E5"] = "{{line.quantity}}", "{{line.price}}", "=C5*D5"
    sheet["A5"].fill = PatternFill("solid", fgColor="FFEEDD")
    sheet["D5"].number_format = '"¥"#,##0.00'
    sheet.merge_cells("A5:B5")
    sheet.row_dimensions[5].height = 31
    sheet["A6"], sheet["E6"] = "合计", "=SUM(E5:E5)"
    sheet.row_dimensions[6].height = 44
    sheet["A7"] = "税"
    sheet["E7"] = "=ROUND(E6*0.13,2)+$E$6*0"
    sheet.merge_cells("A8:E9")
    sheet["A8"] = "以上报价 30 天有效，合计 {{total}} 元"
    sheet.print_area = "A1:E9"
    sheet.conditional_formatting.add("E5:E7", cast(Any, CellIsRule)("greaterThan", ["$E$7"]))
    choice = DataValidation("list", formula1='"a,b"')
    choice.add("A7")
    sheet.add_data_validation(choice)
    below = SheetImage(io.BytesIO(picture()))
    sheet.add_image(below, "D8")
    other = book.create_sheet("汇总")
    other["A1"] = "=报价单!E6"
    other["A2"] = "=SUM(报价单!E5:E5)+E6"
    path = tmp_path / "template.xlsx"
    book.save(path)
    return path


def filled(template: Path, filling: Filling = FILLING) -> Any:
    target = template.with_name("out.xlsx")
    before = template.read_bytes()
    fill_workbook(template, target, filling, spelled)
    assert template.read_bytes() == before
    return openpyxl.load_workbook(target)


def test_lines_come_in_and_what_is_below_follows(template: Path) -> None:
    book = filled(template)
    sheet = book["报价单"]
    assert sheet["A1"].value == "报价单 Q-2026-0001"
    assert sheet["A1"].font.sz == 18
    assert sheet["E2"].value.date() == date(2026, 11, 22)
    assert sheet["E2"].number_format == "yyyy-mm-dd"
    assert [sheet.cell(row, 1).value for row in (5, 6, 7)] == [line["name"] for line in LINES]
    assert [sheet.cell(row, 3).value for row in (5, 6, 7)] == [2, 1, 10]
    assert [sheet.cell(row, 5).value for row in (5, 6, 7)] == ["=C5*D5", "=C6*D6", "=C7*D7"]
    assert {sheet.cell(row, 4).number_format for row in (5, 6, 7)} == {'"¥"#,##0.00'}
    assert {sheet.cell(row, 1).fill.fgColor.rgb for row in (5, 6, 7)} == {"00FFEEDD"}
    assert [sheet.row_dimensions[row].height for row in (5, 6, 7, 8)] == [31, 31, 31, 44]
    assert sheet["E8"].value == "=SUM(E5:E7)"
    assert sheet["E9"].value == "=ROUND(E8*0.13,2)+$E$8*0"
    assert sheet["A10"].value == "以上报价 30 天有效，合计 2532.40 元"
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert merged == {"A1:E1", "A5:B5", "A6:B6", "A7:B7", "A10:E11"}
    assert sheet.print_area == "'报价单'!$A$1:$E$11"
    assert [str(group.sqref) for group in sheet.conditional_formatting] == ["E5:E9"]
    assert [r.formula for g in sheet.conditional_formatting for r in g.rules] == [["$E$9"]]
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["A9"]
    assert [image.anchor._from.row for image in sheet._images] == [9]
    assert book["汇总"]["A1"].value == "=报价单!E8"
    assert book["汇总"]["A2"].value == "=SUM(报价单!E5:E7)+E6"


def test_text_of_users_is_no_formula(template: Path) -> None:
    cell = filled(template)["报价单"]["A6"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


@pytest.mark.parametrize("count", [0, 1])
def test_no_line_or_one_moves_nothing(template: Path, count: int) -> None:
    sheet = filled(template, Filling(FILLING.values, LINES[:count], b"", FILLING.other_names))[
        "报价单"
    ]
    assert sheet["A6"].value == "合计"
    assert sheet["A5"].value == (LINES[0]["name"] if count else None)


def test_a_logo_stands_where_it_is_marked(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    book["汇总"]["C3"] = "{{logo}}"
    book.save(template)
    sheet = filled(template, Filling(FILLING.values, LINES, picture(), FILLING.other_names))["汇总"]
    assert [(image.anchor._from.row, image.anchor._from.col) for image in sheet._images] == [(2, 2)]
    assert sheet["C3"].value is None


def put(cell: str, text: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet[cell] = text

    return change


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (put("B7", "{{colour}}"), "filling.unknown", "报价单!B7: {{colour}}"),
        (put("C5", "{{line.weight}}"), "filling.unknown", "报价单!C5: {{line.weight}}"),
        (put("B7", "{{number"), "filling.unclosed", "报价单!B7"),
        (put("A7", "{{line.name}}"), "filling.two_rows", "报价单!A7"),
    ],
)
def test_a_mistake_is_named_by_its_cell(
    template: Path, change: Callable[[Any], None], code: str, says: str
) -> None:
    book = openpyxl.load_workbook(template)
    change(book["报价单"])
    book.save(template)
    with pytest.raises(Refused) as caught:
        filled(template)
    assert caught.value.code == code
    assert says in caught.value.args_for_words.values()
    assert not template.with_name("out.xlsx").exists()


def test_what_is_no_template_is_refused(tmp_path: Path) -> None:
    plain = tmp_path / "plain.xlsx"
    openpyxl.Workbook().save(plain)
    text = tmp_path / "text.xlsx"
    text.write_text("a,b")
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(plain.read_bytes()[:2000])
    for path, code in ((plain, "no_marks"), (text, "not_xlsx"), (tmp_path / "gone", "missing")):
        with pytest.raises(Refused, match=code):
            fill_workbook(path, tmp_path / "out.xlsx", FILLING, spelled)
    with pytest.raises(Refused):
        fill_workbook(cut, tmp_path / "out.xlsx", FILLING, spelled)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60), st.integers(1, 9))
def test_references_move_as_rows_do(first: int, last: int, row: int, count: int) -> None:
    first, last = sorted((first, last))
    insertion = Insertion("S", row, count)
    numbers = list(range(1, 61))
    after = numbers[:row] + [0] * count + numbers[row:]
    moved = moved_formula(f"=SUM($A{first}:B${last})+S!C{first}+T!C{first}", "S", insertion)
    top = after.index(first) + 1
    bottom = after.index(last) + 1 + (count if last == row else 0)
    assert moved == f"=SUM($A{top}:B${bottom})+S!C{top}+T!C{first}"
    assert moved_range(f"A{first}:B{last}", insertion) == f"A{top}:B{bottom}"


def test_texts_in_formulas_are_left_alone() -> None:
    insertion = Insertion("My sheet", 5, 2)
    formula = "=IF('My sheet'!A6>1,\"A6\",A6)&LOG10(9)"
    assert moved_formula(formula, "Other", insertion) == ("=IF('My sheet'!A8>1,\"A6\",A6)&LOG10(9)")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reckons_and_prints_it(template: Path, tmp_path: Path) -> None:
    filled(template)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for form in ("pdf", "csv:Text - txt - csv (StarCalc):44,34,76"):
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path),
             str(tmp_path / "out.xlsx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    rows = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert rows[7].endswith(",2532.4")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
