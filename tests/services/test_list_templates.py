"""Lists and statements in the firm's own workbook: the values of an export, with its looks."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.template_sorts import LISTS, SORTS, STATEMENT
from crm_desktop.services import list_marks
from crm_desktop.services.house import Services
from crm_desktop.services.workbook_templates import sort_words
from crm_desktop.words import LANGUAGES, Words
from tests.services.trade import quoted, set_up

ZH = Words("zh")


def workbook(path: Path, cells: dict[str, str]) -> Path:
    book = openpyxl.Workbook()
    for place, text in cells.items():
        book.worksheets[0][place] = text
    book.save(path)
    return path


def read(path: Path) -> dict[str, Any]:
    sheet: Any = openpyxl.load_workbook(path).active
    return {
        cell.coordinate: cell.value
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.fixture
def people(services: Services) -> Services:
    set_up(services)
    key = services.custom.add(Kind.PERSON, "车牌", FieldType.TEXT)
    born = Birthday(8, 15, 1985)
    made = {"name": "=李敏", "important": True, "birthday": born, key: "苏E·1"}
    services.records.create(Kind.PERSON, made)
    services.records.create(Kind.PERSON, {"name": "王芳", "email": ("a@b.cn", "c@d.cn")})
    return services


def test_a_list_by_words_of_both_languages(
    people: Services, tmp_path: Path, clock: FixedClock
) -> None:
    template = workbook(
        tmp_path / "list.xlsx",
        {
            "A1": "{{标题}}（{{Count}}）{{我方名称}}",
            "B1": "{{today}}",
            "A3": "{{明细.序号}}",
            "B3": "{{line.Name}}",
            "C3": "{{明细.email}}",
            "D3": "{{line.birthday}}",
            "E3": "{{明细.车牌}}",
            "F3": "{{line.important}}",
            "B4": "=COUNTA(B3:B3)",
        },
    )
    book = openpyxl.load_workbook(template)
    book.worksheets[0]["B3"].font = Font(name="SimSun", bold=True)
    book.save(template)
    kept = people.workbook_templates.add("people", template)
    out = tmp_path / "out.xlsx"
    assert people.workbook_templates.fill_list(kept.uid, Kind.PERSON, out, ZH) == 3
    found = read(out)
    assert found["A1"] == "联系人（3）苏州恒远精密机械有限公司"
    assert found["B1"].date() == clock.today()
    ids = people.records.ids(Kind.PERSON)
    rows = list(people.exports.values(Kind.PERSON, ZH, ids=ids))
    assert [found[f"B{3 + n}"] for n in range(3)] == [row["name"] for row in rows]
    at = next(n for n in range(3) if found[f"B{3 + n}"] == "=李敏")
    assert (found[f"A{3 + at}"], found[f"E{3 + at}"]) == (at + 1, "苏E·1")
    assert found[f"F{3 + at}"] == "是"
    assert found[f"D{3 + at}"] == "1985-08-15"
    at = next(n for n in range(3) if found[f"B{3 + n}"] == "王芳")
    assert found[f"C{3 + at}"] == "a@b.cn; c@d.cn"
    assert found["B6"] == "=COUNTA(B3:B5)"
    sheet: Any = openpyxl.load_workbook(out).active
    assert [sheet[f"B{3 + n}"].font.name for n in range(3)] == ["SimSun"] * 3
    assert [sheet[f"B{3 + n}"].data_type for n in range(3)] == ["s"] * 3


def test_a_filtered_list_an_empty_one_and_one_too_long(
    people: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = workbook(tmp_path / "t.xlsx", {"A1": "{{count}}", "A2": "{{line.name}}"})
    fill = people.workbook_templates.fill_list
    out = tmp_path / "out.xlsx"
    query = Query().also(Condition("name", Op.IS, "王芳"))
    assert fill(template, Kind.PERSON, out, ZH, query=query) == 1
    assert read(out) == {"A1": 1, "A2": "王芳"}
    assert fill(template, Kind.PERSON, out, ZH, ids=[]) == 0
    assert read(out) == {"A1": 0}
    monkeypatch.setattr(list_marks, "MOST_ROWS", 2)
    with pytest.raises(Refused) as caught:
        fill(template, Kind.PERSON, out, ZH)
    assert caught.value.code == "filling.too_many"


def test_a_mistake_is_named_by_its_cell(people: Services, tmp_path: Path) -> None:
    template = workbook(tmp_path / "t.xlsx", {"C7": "{{line.salary}}", "A1": "{{count}}"})
    with pytest.raises(Refused) as caught:
        people.workbook_templates.add("people", template)
    assert caught.value.args_for_words["cells"] == "C7: {{line.salary}}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_has_an_example_that_is_a_template(
    people: Services, tmp_path: Path, sort: str, language: str
) -> None:
    path, words = tmp_path / "example.xlsx", Words(language)
    people.workbook_templates.save_example(sort, path, words)
    assert read(path)["A1"] == sort_words(sort, words)
    kept = people.workbook_templates.add(sort, path)
    assert people.workbook_templates.all(sort) == (kept,)
    if sort in LISTS:
        out = tmp_path / "out.xlsx"
        people.workbook_templates.fill_list(kept.uid, LISTS[sort], out, words)
        assert not [text for text in read(out).values() if "{{" in str(text)]


def stated(services: Services) -> int:
    """A customer with a contract that was signed, a quote that was sent, and drafts of both."""
    trade = set_up(services)
    services.quotes.send(quoted(services, trade))
    quoted(services, trade, title="草稿")
    contract = services.contracts.from_quote(services.records.ids(Kind.QUOTE)[0])
    blanks = {blank.name: "1" for blank in services.contracts.missing(contract)}
    services.contracts.fill(contract, blanks)
    for state in ("reviewed", "signed"):
        services.contracts.advance(contract, state)
    services.contracts.create({"company": trade.company, "dated": date(2026, 11, 20)})
    return trade.company


def test_a_statement(services: Services, tmp_path: Path) -> None:
    company = stated(services)
    template = workbook(
        tmp_path / "statement.xlsx",
        {
            "A1": "{{标题}} {{客户名称}} {{Customer tax number}}",
            "B1": "{{contracts}}",
            "C1": "{{待确认报价金额}}",
            "A3": "{{明细.单据}}",
            "B3": "{{line.number}}",
            "C3": "{{line.State}}",
            "D3": "{{明细.金额}}",
            "D4": "=SUM(D3:D3)",
        },
    )
    kept = services.workbook_templates.add(STATEMENT, template)
    out = tmp_path / "out.xlsx"
    services.workbook_templates.fill_statement(kept.uid, company, out, ZH)
    found = read(out)
    assert found["A1"] == "对账单 上海堃喆自动化 91310115MA1H7ABC0X"
    count = services.records.count(Kind.QUOTE) + services.records.count(Kind.CONTRACT)
    lines = [[found.get(f"{c}{3 + n}") for c in "ABCD"] for n in range(count)]
    assert {line[0] for line in lines} == {"合同", "报价单"}
    signed = [line[3] for line in lines if line[2] == ZH.text("state.contract.signed")]
    assert [Decimal(str(found["B1"]))] == [Decimal(str(one)) for one in signed] != [0]
    assert found[f"D{3 + count}"] == f"=SUM(D3:D{2 + count})"


def test_a_statement_names_what_came_in_and_what_is_owed(
    services: Services, tmp_path: Path
) -> None:
    company = stated(services)
    (signed,) = (
        one
        for one in services.records.ids(Kind.CONTRACT)
        if services.records.card(Kind.CONTRACT, one).values["state"] == "signed"
    )
    total = services.records.card(Kind.CONTRACT, signed).values["total"]
    paid = {"dated": date(2026, 11, 20), "amount": Decimal("100.50"), "reference": "电汇 88"}
    services.records.create(Kind.RECEIPT, {**paid, "contract": signed})
    other = services.records.create(Kind.COMPANY, {"name": "别家"})
    services.records.create(Kind.RECEIPT, {**paid, "company": other})
    template = workbook(
        tmp_path / "statement.xlsx",
        {
            "A1": "{{已回款}}",
            "B1": "{{未回款}}",
            "C1": "{{Payments received}}",
            "D1": "{{owed}}",
            "A3": "{{明细.单据}}",
            "B3": "{{明细.标题}}",
            "C3": "{{明细.金额}}",
            "D3": "{{明细.收款}}",
        },
    )
    kept = services.workbook_templates.add(STATEMENT, template)
    out = tmp_path / "out.xlsx"
    services.workbook_templates.fill_statement(kept.uid, company, out, ZH)
    found = read(out)
    assert (found["A1"], found["C1"]) == (100.5, 100.5)
    assert [Decimal(str(found[cell])) for cell in ("B1", "D1")] == [total - Decimal("100.50")] * 2
    rows = [[found.get(f"{column}{row}") for column in "ABCD"] for row in range(3, 10)]
    assert [row for row in rows if row[0] == "回款"] == [["回款", "电汇 88", None, 100.5]]
    assert [row[3] for row in rows if row[0] in ("合同", "报价单")] == [None] * 4


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_prints_a_filled_list(people: Services, tmp_path: Path) -> None:
    template = workbook(tmp_path / "t.xlsx", {"A1": "{{title}}", "A2": "{{line.name}}"})
    people.workbook_templates.fill_list(template, Kind.PERSON, tmp_path / "out.xlsx", ZH)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run(
        [*words, tmp_path, tmp_path / "out.xlsx"], check=True, capture_output=True, timeout=180
    )
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
