"""From the first start to the first quote on disk, as a newcomer does it: clicks counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.imports.lines import TEXT
from crm_desktop.ui.imports.page import CHECK, COLUMNS, DONE, ImportPage
from crm_desktop.ui.papers import paper_files
from crm_desktop.ui.papers.quote_page import QuotePage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.welcome import page as welcome
from crm_desktop.ui.widgets import ChoiceField
from tests.ui.shell.test_a_day_by_keyboard import Hands

MOST_CLICKS, MOST_LETTERS = 22, 60
HEADER = ("客户名称", "联系人", "手机", "邮箱", "生日", "类别", "备注2")


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    book = open_book(home.book, clock)
    yield Services(book, clock, home)
    book.close()


def customers(path: Path) -> Path:
    """A title, a header, sixty customers, a total; four cells nobody can read."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2026 年客户名单"])
    sheet.append(HEADER)
    for n in range(60):
        firm = "苏州恒远精密机械有限公司" if n == 7 else f"客户{n}有限公司"
        mobile = "1371" if n == 5 else f"138{n:08d}"
        mail = "不详@" if n in (11, 12, 13) else f"a{n}@example.com"
        level = ("A", "B", "重点")[n % 3]
        sheet.append([firm, f"张伟{n}", mobile, mail, f"1985-11-{n % 20 + 1}", level, "内部"])
    sheet.append(["合计", 60])
    book.save(path)
    return path


class Newcomer(Hands):
    """Clicks what is to be seen, and counts."""

    def __init__(self, window: MainWindow, qtbot: Any) -> None:
        super().__init__(window, qtbot)
        self.clicks = self.letters = 0

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """The left button on something that is shown and may be used."""
        assert widget.isVisibleTo(self.window), widget
        assert widget.isEnabled(), widget
        self.clicks += 1
        middle = widget.rect().center() if at is None else at
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=middle)
        self.rest()

    def choose(self, field: ChoiceField, value: str) -> None:
        """A click opens the list, another takes an entry."""
        assert field.isVisibleTo(self.window)
        self.clicks += 2
        index = next(i for i, option in enumerate(field._options) if option.value == value)
        field.setCurrentIndex(index)
        field.activated.emit(index)
        self.rest()

    def dialog(self, path: Path) -> Path:
        """The system's dialog: the file, then Open."""
        self.clicks += 2
        return path

    def say(self, text: str, *, wait: bool = True) -> None:
        """Letters by an input method."""
        self.letters += len(text)
        focus = QApplication.focusWidget()
        assert focus is not None
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(focus, event)
        if wait:
            self.rest()


def test_to_the_first_quote_in_22_clicks(
    window: MainWindow,
    services: Services,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: Any,
) -> None:
    services.book.subscribe(window.notifier.announce)
    window.resize(1280, 800)
    window.book_opened(services, services.clock, start=Place("welcome"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=20000)
    me, records, navigator = Newcomer(window, qtbot), services.records, window.navigator
    table, pdf = customers(tmp_path / "客户名单.xlsx"), tmp_path / "quote.pdf"
    monkeypatch.setattr(welcome, "choose_file", lambda *_: me.dialog(table))
    monkeypatch.setattr(paper_files, "ask_pdf", lambda *_: me.dialog(pdf))
    me.rest()

    # The list: header below the title, people with companies
    start: Any = window.area.page
    me.click(start.excel.button)
    qtbot.waitUntil(lambda: navigator.here == Place("import"), timeout=20000)
    page = window.area.page
    assert isinstance(page, ImportPage)

    def settled() -> bool:
        return window.jobs.idle and page._job is None and not page._mend.isActive()

    me.until(settled)
    assert page.draft is not None
    assert page.draft.plan is not None
    assert (page.draft.plan.kind, page.draft.plan.header_row) == ("people", 2)
    me.click(page.next)

    # Columns: one is assigned, one left out
    assert page.step == COLUMNS
    rows = {row.column.header: row for row in page.columns_step.rows}
    me.choose(rows["类别"].target, "company.level")
    me.choose(rows["备注2"].target, "")
    me.click(page.next)

    # Check: one number is put right
    me.until(lambda: page.step == CHECK and settled())
    assert page.check_step.counts["note"] + page.check_step.counts["fix"] == 4
    shown = page.check_step.table
    index = page.check_step.model.index(0, TEXT)
    me.click(shown.viewport(), shown.visualRect(index).center())
    me.click(page.check_step.edit)
    me.press("Ctrl+A")
    me.say("13712345678")
    me.press("Return")
    me.until(settled)
    assert page.check_step.counts["note"] == 3
    me.click(page.next)
    me.until(lambda: page.step == DONE and settled())
    assert (records.count(Kind.PERSON), records.count(Kind.COMPANY)) == (60, 60)
    me.click(page.done_step.show_button)
    assert navigator.here is not None
    assert navigator.here.page == "contacts"

    # The customer by initials, a quote for it
    me.press("Ctrl+K")
    me.letters += 4
    me.type("hyjm")
    me.press("Return")
    (mill,) = (
        one for one in records.ids(Kind.COMPANY)
        if "恒远" in records.card(Kind.COMPANY, one).ref.title
    )  # fmt: skip
    me.until(lambda: navigator.here == Place.record("company", mill))
    record: Any = window.area.page
    me.click(record.header.buttons["quote"])
    me.until(lambda: isinstance(window.area.page, QuotePage))
    quote = window.area.page
    assert isinstance(quote, QuotePage)
    opened = quote.lines._open
    assert opened is not None
    me.click(opened.item)
    # Keys follow each other at once: the list of offers, a window of its own, stays closed.
    quantity, price = opened.cells["quantity"], opened.cells["price"]
    me.say("数控改造套件", wait=False)
    qtbot.keyClick(opened.item, Qt.Key.Key_Tab)
    for cell, text in ((quantity, "2"), (price, "12800")):
        QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
        me.clicks += 1
        cell.selectAll()
        me.say(text, wait=False)
        qtbot.keyClick(cell, Qt.Key.Key_Tab)
    me.rest()

    def stored() -> Any:
        return services.quotes.card(quote.record_id or 0).lines

    me.until(lambda: [bool(one.price) for one in stored()] == [True])
    (line,) = stored()
    assert (line.name, line.quantity, line.price) == ("数控改造套件", 2, Decimal(12800))

    # On disk, and what is on for today
    me.click(quote.header.buttons["save_pdf"])
    me.until(pdf.exists)
    assert pdf.read_bytes()[:5] == b"%PDF-"
    me.press("Ctrl+1")
    assert navigator.here == Place("today")
    assert me.clicks <= MOST_CLICKS, me.clicks
    assert me.letters <= MOST_LETTERS, me.letters
