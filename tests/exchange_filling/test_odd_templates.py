"""Templates as firms really have them: whatever points at a row still points at it afterwards."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import DataBarRule, FormulaRule
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.pagebreak import Break

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.filling import Filling, fill_workbook

FILLING = Filling(
    {"number": 'Q-"7"&A1', "total": Decimal(60)},
    [{"name": name, "price": Decimal(price)} for name, price in (("a", 10), ("b", 20), ("c", 30))],
)


def filled(tmp_path: Path, prepare: Callable[[Any], object], title: str = "Quote") -> Any:
    """The workbook a template becomes whose lines stand in row 5."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    sheet["A1"], sheet["A5"], sheet["B5"] = "{{number}}", "{{line.name}}", "{{line.price}}"
    sheet["B6"] = "=SUM(B5:B5)"
    prepare(sheet)
    source, target = tmp_path / "template.xlsx", tmp_path / "filled.xlsx"
    book.save(source)
    fill_workbook(source, target, FILLING, lambda value: "" if value is None else str(value))
    return openpyxl.load_workbook(target)


def test_a_range_along_the_line_stays_in_its_line(tmp_path: Path) -> None:
    def prepare(sheet: Any) -> None:
        sheet["C5"] = "=PRODUCT(B5:B5,2)"
        sheet["D5"] = "=SUM(B$5:B5)"
        sheet["E5"] = "=B5/SUM(B$5:B$5)"
        sheet["D6"] = "=D5"

    sheet = filled(tmp_path, prepare)["Quote"]
    assert [sheet.cell(row, 3).value for row in (5, 6, 7)] == [
        f"=PRODUCT(B{row}:B{row},2)" for row in (5, 6, 7)
    ]
    assert [sheet.cell(row, 4).value for row in (5, 6, 7)] == [
        f"=SUM(B$5:B{row})" for row in (5, 6, 7)
    ]
    assert sheet["E7"].value == "=B7/SUM(B$5:B$7)"
    assert sheet["B8"].value == "=SUM(B5:B7)"


def test_array_formulas_move(tmp_path: Path) -> None:
    def prepare(sheet: Any) -> None:
        sheet["C5"] = ArrayFormula("C5", "=SUM(A9:A9*B5:B5)")
        sheet["C8"] = ArrayFormula("C8:C9", "=B5:B6*2")

    sheet = filled(tmp_path, prepare)["Quote"]
    below = sheet["C10"].value
    assert (below.ref, below.text) == ("C10:C11", "=B5:B8*2")
    lines = [sheet.cell(row, 3).value for row in (5, 6, 7)]
    assert [(line.ref, line.text) for line in lines] == [
        ("C5", "=SUM(A11:A11*B5:B5)"),
        ("C6", "=SUM(A12:A12*B6:B6)"),
        ("C7", "=SUM(A13:A13*B7:B7)"),
    ]


def test_rules_of_cells_look_where_they_looked(tmp_path: Path) -> None:
    def prepare(sheet: Any) -> None:
        choice = DataValidation("list", formula1="$H$10:$H$12")
        choice.add("C5:C9")
        sheet.add_data_validation(choice)
        red = PatternFill("solid", bgColor="FFFF0000")
        rule: Any = FormulaRule
        sheet.conditional_formatting.add("A5:B5", rule(["SUM($A5:$B5)>$H$10"], fill=red))
        bar: Any = DataBarRule
        sheet.conditional_formatting.add("B5", bar("num", 0, "formula", "$H$10", "FF00FF00"))

    sheet = filled(tmp_path, prepare)["Quote"]
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ("$H$12:$H$14", "C5:C11")
    rules = {str(group.sqref): group.rules[0] for group in sheet.conditional_formatting}
    assert rules["A5:B7"].formula == ["SUM($A5:$B5)>$H$12"]
    assert rules["B5:B7"].dataBar.cfvo[1].val == "$H$12"


def test_a_choice_on_another_sheet_follows(tmp_path: Path) -> None:
    def prepare(sheet: Any) -> None:
        other = sheet.parent.create_sheet("Other")
        choice = DataValidation("list", formula1="Quote!$H$10:$H$12")
        choice.add("A5:A9")
        other.add_data_validation(choice)

    (choice,) = filled(tmp_path, prepare)["Other"].data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ("Quote!$H$12:$H$14", "A5:A9")


def test_links_stay_at_their_cells(tmp_path: Path) -> None:
    def prepare(sheet: Any) -> None:
        sheet["A5"].hyperlink = "https://firm.example/"
        sheet["A8"] = "terms"
        sheet["A8"].hyperlink = "https://firm.example/terms"

    sheet = filled(tmp_path, prepare)["Quote"]
    links = {
        cell.coordinate: cell.hyperlink.target for (cell,) in sheet["A1:A12"] if cell.hyperlink
    }
    assert links == {
        **dict.fromkeys(("A5", "A6", "A7"), "https://firm.example/"),
        "A10": "https://firm.example/terms",
    }


def test_charts_show_all_lines(tmp_path: Path) -> None:
    def prepare(sheet: Any) -> None:
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, min_row=5, max_row=5))
        chart.set_categories(Reference(sheet, min_col=1, min_row=5, max_row=5))
        sheet.add_chart(chart, "D9")

    filled(tmp_path, prepare)
    with zipfile.ZipFile(tmp_path / "filled.xlsx") as file:
        chart = file.read("xl/charts/chart1.xml").decode()
    assert "$B$5:$B$7<" in chart
    assert "$A$5:$A$7<" in chart


def test_the_print_area_of_a_sheet_with_a_comma_in_its_name(tmp_path: Path) -> None:
    def prepare(sheet: Any) -> None:
        sheet.print_area = "A1:B9"

    assert filled(tmp_path, prepare, "Oak, Elm")["Oak, Elm"].print_area.endswith("$A$1:$B$11")


def test_a_page_ends_after_the_last_line(tmp_path: Path) -> None:
    def prepare(sheet: Any) -> None:
        sheet.row_breaks.append(Break(id=4))
        sheet.row_breaks.append(Break(id=5))
        sheet.row_breaks.append(Break(id=9))

    breaks = filled(tmp_path, prepare)["Quote"].row_breaks.brk
    assert [one.id for one in breaks] == [4, 7, 11]


def test_names_of_one_cell_of_the_lines_mean_all(tmp_path: Path) -> None:
    def prepare(sheet: Any) -> None:
        sheet.parent.defined_names["Prices"] = DefinedName("Prices", attr_text="Quote!$B$5")
        sheet.parent.defined_names["Total"] = DefinedName("Total", attr_text="Quote!$B$6")
        sheet["B6"] = "=SUM(B5)+SUM(Prices)"

    book = filled(tmp_path, prepare)
    assert book["Quote"]["B8"].value == "=SUM(B5:B7)+SUM(Prices)"
    assert book.defined_names["Prices"].attr_text == "Quote!$B$5:$B$7"
    assert book.defined_names["Total"].attr_text == "Quote!$B$8"


def test_heads_and_feet_of_the_page_are_filled(tmp_path: Path) -> None:
    def prepare(sheet: Any) -> None:
        sheet.oddHeader.left.text = "No. {{number}}"
        sheet.oddFooter.right.text = "&P of &N"
        sheet.firstFooter.center.text = "{{total}}"

    sheet = filled(tmp_path, prepare)["Quote"]
    assert sheet.oddHeader.left.text == 'No. Q-"7"&&A1'
    assert sheet.oddFooter.right.text == "&P of &N"
    assert sheet.firstFooter.center.text == "60"


def wrong_head(sheet: Any) -> None:
    sheet.oddHeader.left.text = "{{nubmer}}"


def lines_in_foot(sheet: Any) -> None:
    sheet.oddFooter.left.text = "{{line.name}}"


def in_formula(sheet: Any) -> None:
    sheet["C1"] = '="No. {{number}}"'


def merged_down(sheet: Any) -> None:
    sheet.merge_cells("A5:A6")


@pytest.mark.parametrize(
    ("prepare", "code", "named"),
    [
        (wrong_head, "filling.head_unknown", "{{nubmer}}"),
        (lines_in_foot, "filling.head_unknown", "{{line.name}}"),
        (in_formula, "filling.in_formula", "C1"),
        (merged_down, "filling.merged_down", "A5:A6"),
    ],
)
def test_what_cannot_be_filled_is_named(
    tmp_path: Path, prepare: Callable[[Any], object], code: str, named: str
) -> None:
    with pytest.raises(Refused) as told:
        filled(tmp_path, prepare)
    assert told.value.code == code
    assert named in str(told.value.args_for_words)
    assert not (tmp_path / "filled.xlsx").exists()


def test_a_label_merged_beside_the_lines_grows_with_them(tmp_path: Path) -> None:
    def prepare(sheet: Any) -> None:
        sheet["D5"] = "Goods"
        sheet.merge_cells("D5:D6")

    sheet = filled(tmp_path, prepare)["Quote"]
    assert [merged.coord for merged in sheet.merged_cells.ranges] == ["D5:D8"]
    assert [sheet.cell(row, 4).value for row in (5, 6, 7, 8)] == ["Goods", None, None, None]


def test_frames_of_merged_lines_are_kept(tmp_path: Path) -> None:
    def prepare(sheet: Any) -> None:
        for column in (3, 4, 5):
            sheet.cell(5, column).border = Border(right=Side("thin"), bottom=Side("thin"))
        sheet.merge_cells("C5:E5")

    sheet = filled(tmp_path, prepare)["Quote"]
    assert [sheet.cell(row, 5).border.right.style for row in (5, 6, 7)] == ["thin"] * 3


def test_a_foot_too_long_for_excel_is_refused(tmp_path: Path) -> None:
    def prepare(sheet: Any) -> None:
        sheet.oddFooter.left.text = "{{number}}" + "x" * 250

    with pytest.raises(Refused) as told:
        filled(tmp_path, prepare)
    assert told.value.code == "filling.head_too_long"


def test_an_excel_template_becomes_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"] = "{{number}}"
    book.template = True
    source, target = tmp_path / "template.xltx", tmp_path / "filled.xlsx"
    book.save(source)
    fill_workbook(source, target, FILLING, str)
    with zipfile.ZipFile(target) as file:
        assert "template.main" not in file.read("[Content_Types].xml").decode()
