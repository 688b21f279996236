"""The overview: its numbers are those of the services, and each opens its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.reports import Span
from crm_desktop.domain.today import Rows
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui import giving_out
from crm_desktop.ui.charts import Bars
from crm_desktop.ui.file_dialogs import Chosen
from crm_desktop.ui.language import set_language
from crm_desktop.ui.places import Place
from crm_desktop.ui.reports import page as reports_page
from crm_desktop.ui.reports.page import ReportsPage
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.widgets.lines import FigureButton


class Desk:
    """A window over a book, on the reports."""

    def __init__(self, window: MainWindow, services: Services, qtbot: QtBot) -> None:
        self.window, self.services, self._qtbot = window, services, qtbot

    @property
    def page(self) -> ReportsPage:
        found = self.window.area.page
        assert isinstance(found, ReportsPage)
        return found

    def settle(self) -> None:
        quiet = 0
        for _ in range(4000):
            self._qtbot.wait(1)
            quiet = quiet + 1 if self.window.jobs.idle else 0
            if quiet > 4:
                return
        raise AssertionError("the window does not come to rest")

    def item(self, list_key: str, code: str) -> int:
        return self.services.lists.by_code(list_key, code).id

    def fill(self) -> None:
        """Two won this year, one a year before, one lost; three companies."""
        records = self.services.records
        for name, level in (("Hengyuan", "a"), ("Greenspring", "a"), ("Lixin", None)):
            values: dict[str, Any] = {"name": name}
            if level is not None:
                values["level"] = self.services.lists.items("level")[0].id
            records.create(Kind.COMPANY, values)
        for title, amount, day in (
            ("CNC", 86400, date(2026, 11, 3)),
            ("Robot", 13600, date(2026, 9, 9)),
            ("Old", 50000, date(2025, 11, 9)),
        ):
            made = records.create(Kind.OPPORTUNITY, {"title": title, "amount": Decimal(amount)})
            self.services.opportunities.win(made)
            records.update(Kind.OPPORTUNITY, made, {"closed_on": day})
        lost = records.create(Kind.OPPORTUNITY, {"title": "Press", "amount": Decimal(9000)})
        self.services.opportunities.lose(lost, self.services.lists.items("lost_reason")[0].id)


@pytest.fixture
def desk(make_window: Callable[..., MainWindow], home: Home, qtbot: QtBot) -> Iterator[Desk]:
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    home.data.mkdir(parents=True, exist_ok=True)
    book = open_book(home.data / "book.crm", clock)
    services = Services(book, clock, home)
    window = make_window()
    window.resize(1280, 800)
    book.subscribe(window.notifier.announce)
    broken: list[Any] = []
    window.jobs.broke.connect(broken.append)
    window.book_opened(services, clock, start=Place("reports"))
    made = Desk(window, services, qtbot)
    made.settle()
    yield made
    made.settle()
    window.jobs.close()
    book.close()
    assert not broken, broken


@pytest.fixture
def full(desk: Desk) -> Desk:
    desk.fill()
    desk.settle()
    return desk


def values(page: ReportsPage) -> list[str]:
    return [tile.value() for tile in page.figures.tiles() if isinstance(tile, FigureButton)]


def test_shows_the_numbers_of_the_services(full: Desk) -> None:
    assert values(full.page) == ["¥100k (2)", "¥9k (1)", "67%", "3", "0"]
    chart = full.page.won.chart._chart
    assert isinstance(chart, Bars)
    assert chart.beside is not None
    assert [p.value for p in chart.points][-3:] == [13600, 0, 86400]
    assert list(chart.beside.values)[-1] == 50000
    months = [line.cells for line in full.page.won.table.lines()]
    assert months[0][:4] == ("Nov", "1", "¥86,400", "¥50,000")
    assert next(line.cells for line in full.page.by_level.table.lines())[1:] == ("2", "67%")


def test_every_line_opens_as_many_rows_as_it_says(full: Desk) -> None:
    opened: list[Rows] = []
    page = full.page
    seen = 0
    for block in page.blocks:
        block.opened.disconnect()
        block.opened.connect(opened.append)
        for number, line in enumerate(block.table.lines()):
            block.table.setCurrentCell(number, 0)
            QTest.keyClick(block.table, Qt.Key.Key_Return)
            count = full.services.records.count(opened[-1].kind, opened[-1].query)
            assert str(count) == line.cells[1], (block.code, line)
            seen += 1
    assert seen > 8


def test_the_bars_open_what_the_table_opens(full: Desk) -> None:
    page = full.page
    page.won.chart.grab()
    spot = page.won.chart.spots()[-1]
    QTest.mouseClick(page.won.chart, Qt.MouseButton.LeftButton, pos=spot.area.center().toPoint())
    here = full.window.navigator.here
    assert here is not None
    assert here.page == "opportunities"
    assert here.wish("query")


def test_figures_open_their_rows(full: Desk) -> None:
    full.page.figures.tiles()[0].click()  # type: ignore[attr-defined]
    here = full.window.navigator.here
    assert here is not None
    assert here.page == "opportunities"


def test_another_period(full: Desk) -> None:
    page = full.page
    page.period.set_value(Span.THIS_MONTH.value)
    page.mark_stale()
    full.settle()
    assert values(page)[0] == "¥86.4k (1)"
    again = ReportsPage(page.context)
    again.restore(page.state())
    assert again.period.value() == Span.THIS_MONTH.value
    again.deleteLater()


def test_without_anything_won_it_says_what_is_missing(desk: Desk) -> None:
    page = desk.page
    assert page.won.empty.isVisible()
    assert not page.won.chart.isVisible()
    page.won.empty.primary_clicked.emit()
    here = desk.window.navigator.here
    assert here is not None
    assert here.page == "opportunities"


def test_speaks_the_other_language(full: Desk) -> None:
    set_language("zh")
    full.settle()
    assert full.page.title() == "报表"
    assert values(full.page)[0] == "¥10 万（2）"
    assert full.page.won.table.lines()[0].cells[0] == "11月"


def test_the_workbook_holds_typed_numbers(
    full: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "overview.xlsx"
    monkeypatch.setattr(reports_page, "ask_save", lambda *_args, **_named: Chosen(target, 0))
    full.page.do_export()
    full.settle()
    assert full.window.toasts.text == "Saved overview.xlsx"
    book = load_workbook(target)
    assert book.sheetnames[:3] == ["About", "Totals", "Won per month"]
    assert book["About"]["B2"].value == "2026-01-01"
    months = list(book["Won per month"].iter_rows(values_only=True))
    november = next(row for row in months[1:] if row[0] == datetime(2026, 11, 1))
    assert november[1:] == (1, "CNY", 86400, 50000)
    assert book["Won per month"]["D2"].data_type == "n"
    assert len(book.sheetnames) == 8


def test_no_workbook_where_the_user_changed_his_mind(
    full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports_page, "ask_save", lambda *_args, **_named: None)
    full.page.do_export()
    full.settle()
    assert full.window.toasts.text == ""


def test_print_gives_every_block_that_has_numbers(full: Desk, tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    assert full.page.handles("print")
    paper = full.page.paper()
    giving_out.print_page_to(full.page, lambda: paper, path)
    full.settle()
    with pdfium.PdfDocument(path) as document:
        text = "".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    assert "Won per month" in text
    assert "¥86,400" in text
    assert "Activities by type" not in text  # nothing was done: no empty chart


def test_tab_goes_through_the_figures_above_and_keeps_its_place(full: Desk) -> None:
    desk = full
    desk.window.activateWindow()
    desk.page.excel.setFocus()
    focus: Any = desk.page.excel
    for tile in desk.page.figures.tiles():
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is tile
    desk.page.refresh()
    desk.settle()
    last = desk.page.figures.tiles()[-1]
    assert last is not focus
    assert QApplication.focusWidget() is last
    QTest.keyClick(last, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is desk.page.won.chart
