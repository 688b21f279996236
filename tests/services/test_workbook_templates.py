"""The firm's own workbook: tried when it is added, kept in the book, filled from documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services
from crm_desktop.words import LANGUAGES, Words
from tests.services.trade import digest, quoted, set_up


@pytest.fixture
def template(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["B1"] = "{{编号}}", "{{客户名称}}"
    sheet["C1"], sheet["D1"] = "{{Our bank}}", "{{dated}}"
    sheet["A3"], sheet["B3"] = "{{明细.名称}}", "{{line.qty}}"
    sheet["C3"], sheet["D3"] = "{{line.price}}", "{{line.amount}}"
    sheet["D4"] = "=SUM(D3:D3)"
    sheet["A5"] = "合计：{{总额大写}}（{{total}}）"
    path = tmp_path / "我们的报价单.xlsx"
    book.save(path)
    return path


def cells(path: Path) -> dict[str, Any]:
    sheet: Any = openpyxl.load_workbook(path).active
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value}


def test_a_quote_in_a_kept_template(services: Services, template: Path, tmp_path: Path) -> None:
    trade = set_up(services)
    quote = quoted(services, trade)
    kept = services.workbook_templates.add(Kind.QUOTE, template)
    assert kept.name == "我们的报价单"
    template.unlink()
    out = tmp_path / "out.xlsx"
    services.workbook_templates.fill(kept.uid, Kind.QUOTE, quote, out)
    card = services.quotes.card(quote)
    found = cells(out)
    assert found["A1"] == "Q-2026-0001"
    assert found["B1"] == "上海堃喆自动化"
    assert found["C1"] == "中国工商银行苏州园区支行"
    assert found["D1"].date() == card.card.values["dated"]
    rows = len(card.lines)
    assert [found[f"A{3 + n}"] for n in range(rows)] == [line.name for line in card.lines]
    amounts = [Decimal(str(found[f"D{3 + n}"])) for n in range(rows)]
    assert amounts == [line.amount for line in card.lines]
    assert found[f"D{3 + rows}"] == f"=SUM(D3:D{2 + rows})"
    assert f"（{card.totals.total:,.2f}）" in found[f"A{4 + rows}"]
    assert "元" in found[f"A{4 + rows}"]


def test_a_sent_quote_is_filled_as_it_was_sent(
    services: Services, template: Path, tmp_path: Path
) -> None:
    trade = set_up(services)
    quote = quoted(services, trade)
    services.quotes.send(quote)
    services.records.update(Kind.COMPANY, trade.company, {"name": "Renamed"})
    services.workbook_templates.fill(template, Kind.QUOTE, "Q-2026-0001", tmp_path / "out.xlsx")
    assert cells(tmp_path / "out.xlsx")["B1"] == "上海堃喆自动化"


def test_each_change_is_undone(services: Services, template: Path) -> None:
    before = digest(services)
    kept = services.workbook_templates.add(Kind.QUOTE, template, "Export quote")
    services.workbook_templates.rename(kept.uid, "Quote for export")
    assert [one.name for one in services.workbook_templates.all(Kind.QUOTE)] == ["Quote for export"]
    assert services.workbook_templates.all(Kind.CONTRACT) == ()
    services.workbook_templates.remove(kept.uid)
    assert services.workbook_templates.all() == ()
    services.history.undo()
    services.history.undo()
    assert [one.name for one in services.workbook_templates.all()] == ["Export quote"]
    services.history.undo()
    assert digest(services) == before


def test_a_template_with_a_mistake_is_not_kept(services: Services, template: Path) -> None:
    book = openpyxl.load_workbook(template)
    book.worksheets[0]["F9"] = "{{valid_until}} {{colour}}"
    book.save(template)
    with pytest.raises(Refused) as caught:
        services.workbook_templates.add(Kind.QUOTE, template)
    assert caught.value.args_for_words["cells"] == "F9: {{colour}}"
    assert services.workbook_templates.all() == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Kind.QUOTE, Kind.CONTRACT])
def test_the_example_is_a_template_in_every_language(
    services: Services, tmp_path: Path, kind: Kind, language: str
) -> None:
    path = tmp_path / "example.xlsx"
    services.workbook_templates.save_example(kind, path, Words(language))
    kept = services.workbook_templates.add(kind, path)
    copied = tmp_path / "copy.xlsx"
    services.workbook_templates.save_copy(kept.uid, copied)
    assert copied.read_bytes() == path.read_bytes()


def test_a_contract_without_lines(services: Services, template: Path, tmp_path: Path) -> None:
    trade = set_up(services)
    contract = services.contracts.create({"company": trade.company, "dated": date(2026, 11, 20)})
    services.workbook_templates.fill(template, Kind.CONTRACT, contract, tmp_path / "out.xlsx")
    found = cells(tmp_path / "out.xlsx")
    assert found["B1"] == "上海堃喆自动化"
    assert "A3" not in found
