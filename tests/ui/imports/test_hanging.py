"""What hangs on the records of a list goes out by its menu of exports, and comes in by the page."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.payments import Stage
from crm_desktop.services.house import Services
from crm_desktop.ui.file_dialogs import Chosen
from crm_desktop.ui.imports.page import CHECK, COLUMNS, DONE, ImportPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.table import saving
from crm_desktop.ui.table.list_page import ListPage


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "out.xlsx"
    monkeypatch.setattr(saving, "ask_save", lambda *_asked, **_named: Chosen(path, 0))
    return path


def _open(window: MainWindow, services: Services, place: Place, qtbot: Any) -> Any:
    services.book.subscribe(window.notifier.announce)
    window.book_opened(services, services.clock, start=place)
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    return window.area.page


def _column(path: Path, number: int) -> list[Any]:
    sheet = load_workbook(path).worksheets[0]
    return [sheet.cell(row, number).value for row in range(1, sheet.max_row + 1)]


def _trigger(page: ListPage, text: str) -> None:
    page.export_menu.aboutToShow.emit()
    next(one for one in page.export_menu.actions() if one.text() == text).trigger()


def test_the_gifts_of_the_people_of_a_list(
    window: MainWindow, services: Services, out: Path, qtbot: Any
) -> None:
    for name in ("Wei", "Fang"):
        person = services.records.create(Kind.PERSON, {"name": name})
        services.gifts.add(person, Gift(f"Tea for {name}"))
    page = _open(window, services, Place.to("contacts", text="Fang"), qtbot)
    _trigger(page, "Their gifts")
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    assert _column(out, 2) == ["Gift", "Tea for Fang"]
    assert "out.xlsx" in window.toasts.text


def test_the_payment_plans_of_contracts(
    window: MainWindow, services: Services, out: Path, qtbot: Any
) -> None:
    contract = services.contracts.create({"title": "Lathe"}, [])
    services.payments.add_stage(contract, Stage("Advance", percent=Decimal(30)))
    page = _open(window, services, Place.to("documents", view="contract"), qtbot)
    _trigger(page, "Their payment plans, a row for each stage")
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    assert _column(out, 2) == ["Stage", "Advance"]


def test_a_sheet_of_gifts_is_taken_in(
    window: MainWindow, services: Services, tmp_path: Path, qtbot: Any
) -> None:
    person = services.records.create(Kind.PERSON, {"name": "Wei"})
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Recipient", "Gift", "Date given"], ["Wei", "Tea", "2026-01-20"]):
        sheet.append(row)
    path = tmp_path / "list.xlsx"
    book.save(path)
    page = _open(window, services, Place("import"), qtbot)
    assert isinstance(page, ImportPage)
    page.open_file(path)
    qtbot.waitUntil(lambda: page.draft is not None, timeout=20000)
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    assert page.file_step.kind.value() == "gifts"
    page.next.click()
    assert page.step == COLUMNS
    page.next.click()
    qtbot.waitUntil(lambda: page.step == CHECK, timeout=20000)
    page.next.click()
    qtbot.waitUntil(lambda: page.step == DONE, timeout=20000)
    (gift,) = services.gifts.of(person)
    assert gift.what == "Tea"
    page.done_step.show_button.click()
    assert window.navigator.here is not None
    assert window.navigator.here.page == "contacts"
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
