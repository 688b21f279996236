"""From the first start to the first quote on disk, as a newcomer does it: clicks counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.imports.lines import TEXT
from crm_desktop.ui.imports.page import CHECK, COLUMNS, DONE, ImportPage
from crm_desktop.ui.papers import paper_files
from crm_desktop.ui.papers.line_row import LineRow
from crm_desktop.ui.papers.quote_page import QuotePage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.welcome import page as welcome
from crm_desktop.ui.welcome.page import WelcomePage
from crm_desktop.ui.widgets import ChoiceField
from crm_desktop.ui.widgets.lines import LineButton
from tests.ui.shell.test_a_day_by_keyboard import Hands

MOST_CLICKS, MOST_LETTERS = 22, 60
MILL = "苏州恒远精密机械有限公司"
HEADER = ("客户名称", "联系人", "职务", "手机", "邮箱", "微信", "地址", "生日", "建档日期", "等级",
          "备注2")  # fmt: skip


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    book = open_book(home.book, clock)
    yield Services(book, clock, home)
    book.close()


@pytest.fixture(autouse=True)
def quick_hands(qapp: QApplication) -> Iterator[None]:
    """A list that a press opened takes the next click at once, not after half a second."""
    usual = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(1)
    yield
    qapp.setDoubleClickInterval(usual)


def customers(path: Path) -> Path:
    """A title, a header, sixty customers, a total; four cells nobody can read."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2026 年客户名单"])
    sheet.append(HEADER)
    for n in range(60):
        firm = MILL if n == 7 else f"客户{n}有限公司"
        mobile = "1371" if n == 5 else f"138{n:08d}"
        mail = "不详@" if n in (11, 12, 13) else f"a{n}@example.com"
        level = ("A", "B", "重点")[n % 3]
        filed = f"{n % 12 + 1}/{n % 28 + 1}/2024"
        sheet.append([firm, f"张伟{n}", "采购经理", mobile, mail, f"wx{n}", "苏州市星湖街1号",
                      f"1985-11-{n % 20 + 1}", filed, level, "内部"])  # fmt: skip
    sheet.append(["合计", 60])
    book.save(path)
    return path


class Newcomer(Hands):
    """Clicks what is to be seen, types, and counts both."""

    def __init__(self, window: MainWindow, qtbot: Any) -> None:
        super().__init__(window, qtbot)
        self.clicks = self.letters = 0

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """The left button on something that is shown, in sight and may be used."""
        self._press(widget, widget.rect().center() if at is None else at)
        self.rest()

    def choose(self, field: ChoiceField, value: str) -> None:
        """A click on the arrow opens the list, another takes an entry; the wheel is free."""
        self._press(field, QPoint(field.width() - 6, field.height() // 2))
        shown = field.view()
        self._qtbot.waitUntil(shown.isVisible, timeout=20000)
        row = next(i for i, option in enumerate(field._options) if option.value == value)
        index = field.model().index(row, 0)
        shown.scrollTo(index)
        self._qtbot.wait(2)
        self._press(shown.viewport(), shown.visualRect(index).center())
        self._qtbot.waitUntil(lambda: not shown.isVisible(), timeout=20000)
        self.rest()

    def dialog(self, path: Path) -> Path:
        """The system's dialog: the file, then Open."""
        self.clicks += 2
        return path

    def say(self, text: str) -> None:
        """Letters by an input method, to what has the keyboard."""
        self.letters += len(text)
        focus = QApplication.focusWidget()
        assert focus is not None
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(focus, event)

    def enter_figure(self, cell: Any, text: str) -> None:
        """The keyboard came to a cell of a line: a figure, and Enter to the next one."""
        self.until(cell.hasFocus)
        self.letters += len(text)
        QTest.keyClicks(cell, text)
        self.press("Return")

    def wheel_to(self, widget: QWidget, at: QPoint) -> None:
        """Turn the wheel over the page until a spot is in sight."""
        area: Any = widget.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is None:
            return
        view = area.viewport()
        for _ in range(50):
            if widget.visibleRegion().contains(at):
                return
            down = widget.mapTo(area, at).y() > area.height() // 2
            turn = QPoint(0, -60 if down else 60)
            spot = QPointF(view.rect().center())
            QApplication.sendEvent(view, QWheelEvent(
                spot, view.mapToGlobal(spot), QPoint(), turn, Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False))  # fmt: skip
            self._qtbot.wait(1)

    def _press(self, widget: QWidget, at: QPoint) -> None:
        self.wheel_to(widget, at)
        assert widget.isVisible(), widget
        assert widget.isEnabled(), widget
        assert widget.visibleRegion().contains(at), widget
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)

    def _focus(self) -> QWidget:
        # Keys go to what lies over everything, as the system sends them.
        return QApplication.activePopupWidget() or super()._focus()


def texts(widget: QWidget) -> list[str]:
    """The words of labels in sight."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def empty_line(quote: QuotePage) -> LineRow:
    """The line at the end that waits for an item."""
    found = quote.lines._open
    assert found is not None
    return found


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # lists that drop down
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
    table, named = customers(tmp_path / "客户名单.xlsx"), list[str]()

    def save_as(_parent: QWidget, name: str) -> Path:
        named.append(name)
        return me.dialog(tmp_path / name)

    monkeypatch.setattr(welcome, "choose_file", lambda *_: me.dialog(table))
    monkeypatch.setattr(paper_files, "ask_pdf", save_as)
    me.rest()

    # Welcome: how one sells, where the book is, the list
    start = window.area.page
    assert isinstance(start, WelcomePage)
    assert any(str(services.book.path) in text for text in texts(start))
    me.click(start.selling.tiles["project"])
    assert services.opportunities.selling.way() == "project"
    me.click(start.excel.button)
    qtbot.waitUntil(lambda: navigator.here == Place("import"), timeout=20000)
    page = window.area.page
    assert isinstance(page, ImportPage)

    def settled() -> bool:
        return window.jobs.idle and page._job is None and not page._mend.isActive()

    # File: the sheet, the header below the title, people with companies
    me.until(settled)
    assert page.draft is not None
    plan = page.draft.plan
    assert (plan.kind, plan.header_row) == ("people", 2)
    me.click(page.next)

    # Columns: one is assigned, one left out; words and order of dates are told
    assert page.step == COLUMNS
    assert len(plan.mapped) == 10
    rows = {row.column.header: row for row in page.columns_step.rows}
    me.choose(rows["等级"].target, "person.level")
    me.choose(rows["备注2"].target, "")
    assert rows["生日"].order.value() == "ymd"
    assert rows["等级"].words.text() == "A → A, B → B, 重点 → new"
    me.click(page.next)

    # Check: four problems, one number is put right, the other rows are left out
    me.until(lambda: page.step == CHECK and settled())
    check = page.check_step
    assert check.counts["note"] + check.counts["fix"] == 4
    first = check.table.visualRect(check.model.index(0, TEXT))
    me.click(check.table.viewport(), first.center())
    me.press("F2", "Ctrl+A")
    me.say("13712345678")
    me.press("Return")
    me.until(lambda: settled() and check.counts["note"] + check.counts["fix"] == 3)
    me.press("Ctrl+A", "Del")
    me.until(lambda: settled() and check.counts["out"] == 3)
    assert page.next.text() == "Import 57 rows"
    me.click(page.next)

    # Done: what came in, and the new people in their list
    me.until(lambda: page.step == DONE and settled())
    assert (records.count(Kind.PERSON), records.count(Kind.COMPANY)) == (57, 57)
    me.click(page.done_step.show_button)
    assert navigator.here is not None
    assert navigator.here.page == "contacts"
    listed: Any = window.area.page
    me.until(lambda: len(listed.pane.model.records) == 57)
    (chip,) = listed.pane.filter.texts()
    assert chip.startswith("Import, Today ")

    # The customer by initials, a quote for it; who one is can wait
    me.press("Ctrl+K")
    me.letters += 4
    me.type("hyjm")
    me.press("Return")
    (mill,) = (one for one in records.ids(Kind.COMPANY)
               if records.card(Kind.COMPANY, one).ref.title == MILL)  # fmt: skip
    me.until(lambda: navigator.here == Place.record("company", mill))
    record: Any = window.area.page
    me.click(record.header.buttons["quote"])
    me.until(lambda: isinstance(window.area.page, QuotePage))
    quote = window.area.page
    assert isinstance(quote, QuotePage)
    me.until(quote.company.isVisible)
    me.click(quote.company.skip)
    assert not quote.company.isVisible()

    # Two lines: products that are made as they are typed
    me.click(empty_line(quote).item)
    for name, quantity, price in (("数控改造套件", "2", "12800"), ("安装调试", "1", "3000")):
        line = empty_line(quote)
        me.until(line.item.hasFocus)
        me.say(name)
        me.until(line.item._popup.isVisible)
        assert line.item._popup.currentIndex().data() == f"Create “{name}”"
        me.press("Return")
        me.enter_figure(line.cells["quantity"], quantity)
        while not line.cells["price"].hasFocus():
            me.press("Return")
        me.enter_figure(line.cells["price"], price)
        while not empty_line(quote).item.hasFocus():
            me.press("Return")

    def stored() -> Any:
        return services.quotes.card(quote.record_id or 0)

    me.until(lambda: [bool(one.price) for one in stored().lines] == [True, True])
    assert [(one.name, one.quantity, one.price) for one in stored().lines] == [
        ("数控改造套件", 2, Decimal(12800)),
        ("安装调试", 1, Decimal(3000)),
    ]
    assert records.count(Kind.PRODUCT) == 2
    assert quote.checks.isVisible()  # the firm is still missing

    # On disk, under its number and customer; a follow-up in three days
    me.click(quote.header.buttons["save_pdf"])
    file = tmp_path / named[0]
    me.until(file.exists)
    assert named == [f"Q-2026-0001 {MILL}.pdf"]
    document = pypdfium2.PdfDocument(file)
    told = "".join(one.get_textpage().get_text_range() for one in document)
    document.close()
    assert MILL in told
    assert "28,600.00" in told
    assert "贰万捌仟陆佰元整" in told
    buttons = {button.text(): button for button in window.toasts.buttons}
    assert list(buttons)[:3] == ["Open", "Show in folder", "Follow-up in 3 days"]
    me.click(buttons["Follow-up in 3 days"])

    # Today: the follow-up, the birthdays of the column, the rows that stayed out
    me.press("Ctrl+1")
    assert navigator.here == Place("today")
    today: Any = window.area.page
    me.until(lambda: bool(today.attention.findChildren(LineButton)))
    week = services.today.actions().week
    assert [(one.subject, one.due.day) for one in week.items] == [
        ("Ask about Q-2026-0001", date(2026, 11, 23))
    ]
    assert services.today.panels().birthday_count > 0
    lines = [line.text() for line in today.attention.findChildren(LineButton)]
    assert "3 rows of 客户名单.xlsx were not imported" in lines
    assert me.clicks <= MOST_CLICKS, me.clicks
    assert me.letters <= MOST_LETTERS, me.letters
