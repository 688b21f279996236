"""A list and a statement in a template of the firm's own, from the menus that offer them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.template_sorts import STATEMENT
from crm_desktop.services.house import Services
from crm_desktop.ui import filling
from crm_desktop.ui.file_dialogs import Chosen
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.pages import CompanyPage
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.table.list_page import ListPage
from tests.services.trade import quoted, set_up


def template(path: Path, *cells: str) -> Path:
    book = openpyxl.Workbook()
    for row, text in enumerate(cells, 1):
        book.worksheets[0].cell(row, 1, text)
    book.save(path)
    return path


def column(path: Path) -> list[Any]:
    return [row[0].value for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]


def choice(menu: QMenu, text: str) -> QAction:
    menu.aboutToShow.emit()
    return next(action for action in menu.actions() if action.text() == text)


@pytest.fixture
def filled(window: MainWindow, services: Services, tmp_path: Path) -> Services:
    quoted(services, set_up(services))
    templates = services.workbook_templates
    templates.add("people", template(tmp_path / "R&D.xlsx", "{{title}}", "{{line.name}}"))
    templates.add(
        STATEMENT, template(tmp_path / "Account.xlsx", "{{customer_name}}", "{{line.number}}")
    )
    services.book.subscribe(window.notifier.announce)
    return services


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "out.xlsx"
    monkeypatch.setattr(filling, "ask_save", lambda *_asked, **_named: Chosen(path, 0))
    return path


def test_the_list_as_it_is_filtered(
    window: MainWindow, filled: Services, out: Path, qtbot: Any
) -> None:
    filled.records.create(Kind.PERSON, {"name": "王芳"})
    window.book_opened(filled, filled.clock, start=Place.to("contacts", text="王芳"))
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    page = window.area.page
    assert isinstance(page, ListPage)
    menu = page.export_menu
    choice(menu, "Excel: R&&D").trigger()
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    assert column(out) == [page.title(), "王芳"]
    assert "out.xlsx" in window.toasts.text
    choice(menu, "Excel templates…").trigger()
    assert window.navigator.here == filling.SETTINGS


def test_what_hangs_on_the_records_of_a_list(
    window: MainWindow, filled: Services, out: Path, tmp_path: Path, qtbot: Any
) -> None:
    for name in ("Wei", "Fang"):
        person = filled.records.create(Kind.PERSON, {"name": name})
        filled.gifts.add(person, Gift(f"Tea for {name}"))
    ours = template(tmp_path / "Our gifts.xlsx", "{{title}}", "{{line.Gift}}")
    filled.workbook_templates.add("gifts", ours)
    window.book_opened(filled, filled.clock, start=Place.to("contacts", text="Fang"))
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    page = window.area.page
    assert isinstance(page, ListPage)
    choice(page.export_menu, "Excel: Our gifts").trigger()
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    assert column(out) == ["Gifts", "Tea for Fang"]


def test_the_statement_of_a_company(
    window: MainWindow, filled: Services, out: Path, qtbot: Any
) -> None:
    company = filled.records.ids(Kind.COMPANY)[0]
    window.book_opened(filled, filled.clock, start=Place.record("company", company))
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    page = window.area.page
    assert isinstance(page, CompanyPage)
    assert window.menus.record is not None
    assert page.statement.menuAction() in window.menus.record.actions()
    choice(page.statement, "Excel: Account").trigger()
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    assert column(out) == ["上海堃喆自动化", "Q-2026-0001"]
