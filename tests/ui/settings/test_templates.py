"""Excel templates in the settings and behind the small button of a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.ui.papers import paper_files
from crm_desktop.ui.papers.quote_page import QuotePage
from crm_desktop.ui.places import Place
from crm_desktop.ui.settings.page import SettingsPage
from crm_desktop.ui.settings.templates import TemplatesGroup
from crm_desktop.ui.shell.window import MainWindow
from tests.services.trade import quoted, set_up
from tests.ui.resting import rest


@pytest.fixture
def group(window: MainWindow, services: Services, qtbot: Any) -> TemplatesGroup:
    services.book.subscribe(window.notifier.announce)
    window.book_opened(services, services.clock, start=Place("settings", view="templates"))
    rest(window, qtbot)
    page = window.area.page
    assert isinstance(page, SettingsPage)
    assert isinstance(page.group, TemplatesGroup)
    return page.group


def names(group: TemplatesGroup) -> list[str]:
    return [group.table.item(row, 0).text() for row in range(group.table.rowCount())]


def test_an_example_becomes_a_template_and_fills_a_quote(
    window: MainWindow,
    services: Services,
    group: TemplatesGroup,
    qtbot: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    example, filled = tmp_path / "Export quote.xlsx", tmp_path / "filled.xlsx"
    asked = iter([example, filled])
    monkeypatch.setattr(paper_files, "ask_workbook", lambda *_asked: next(asked))
    monkeypatch.setattr(paper_files, "ask_template", lambda _parent: example)
    group.save_example(Kind.QUOTE)
    rest(window, qtbot)
    group.add(Kind.QUOTE)
    rest(window, qtbot)
    assert names(group) == ["Export quote"]
    group.table.item(0, 0).setText("Quote for export")
    rest(window, qtbot)
    assert [one.name for one in services.workbook_templates.all()] == ["Quote for export"]

    quote = quoted(services, set_up(services))
    window.navigator.go(Place.record("quote", quote))
    rest(window, qtbot)
    page = window.area.page
    assert isinstance(page, QuotePage)
    actions = {action.text(): action for action in page.header.versions.actions()}
    actions["Excel: Quote for export"].trigger()
    rest(window, qtbot)
    sheet: Any = openpyxl.load_workbook(filled).active
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"Q-2026-0001", "上海堃喆自动化"} <= values

    window.navigator.go(Place("settings", view="templates"))
    rest(window, qtbot)
    group.table.selectRow(0)
    group.remove()
    rest(window, qtbot)
    assert names(group) == []
    services.history.undo()
    assert len(services.workbook_templates.all()) == 1


def test_a_mistake_is_told_and_nothing_is_kept(
    window: MainWindow,
    services: Services,
    group: TemplatesGroup,
    qtbot: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "wrong.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0]["B7"] = "{{colour}}"
    book.save(path)
    told: list[Any] = []
    monkeypatch.setattr(paper_files, "ask_template", lambda _parent: path)
    monkeypatch.setattr(window, "tell", told.append)
    group.add(Kind.CONTRACT)
    rest(window, qtbot)
    assert [why.args_for_words["cells"] for why in told] == ["B7: {{colour}}"]
    assert services.workbook_templates.all() == ()
