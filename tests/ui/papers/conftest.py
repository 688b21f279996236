"""A window over a real book with a customer, a product and the firm itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.papers.contract_page import ContractPage
from crm_desktop.ui.papers.quote_page import QuotePage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@dataclass
class Desk:
    """What a test works with."""

    window: MainWindow
    services: Services
    qtbot: Any
    company: int
    product: int

    def rest(self) -> None:
        """Until nothing runs, and nothing follows from what ran."""
        for _ in range(3):
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: self.window.jobs.idle, timeout=20000)

    def open_quote(self, quote_id: int) -> QuotePage:
        page = self.open(Place.record("quote", quote_id))
        assert isinstance(page, QuotePage)
        return page

    def open_contract(self, contract_id: int) -> ContractPage:
        page = self.open(Place.record("contract", contract_id))
        assert isinstance(page, ContractPage)
        return page

    def open(self, place: Place) -> QWidget | None:
        self.window.navigator.go(place)
        self.rest()
        return self.window.area.page

    def say(self, text: str) -> None:
        """Type as an input method does: committed at once, into what has the keyboard."""
        focus = QApplication.focusWidget()
        assert focus is not None
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(focus, event)

    def press(self, key: Any, modifier: Any = None) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        if modifier is None:
            self.qtbot.keyClick(focus, key)
        else:
            self.qtbot.keyClick(focus, key, modifier)

    def preview_text(self, page: QuotePage | ContractPage) -> str:
        """The text of the file the preview shows, once it is up to date."""
        self.qtbot.waitUntil(lambda: not page.preview.is_behind, timeout=20000)
        return page.preview.text()


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    clock = FixedClock(NOW, "Asia/Shanghai")
    book = open_book(home.book, clock)
    yield Services(book, clock, home)
    book.close()


@pytest.fixture
def desk(make_window: Callable[..., MainWindow], services: Services, qtbot: Any) -> Iterator[Desk]:
    window = make_window()
    window.resize(1280, 800)
    services.business.set_own_company(name="苏州明锐自动化有限公司")
    company = services.records.create(Kind.COMPANY, {"name": "苏州恒远精密机械有限公司"})
    product = services.records.create(
        Kind.PRODUCT, {"name": "数控改造套件", "unit": "套", "price": Decimal(28800)}
    )
    services.book.subscribe(window.notifier.announce)
    window.book_opened(services, services.clock)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = Desk(window, services, qtbot, company, product)
    made.rest()
    yield made
    made.rest()


def type_line(desk: Desk, name: str, *figures: str) -> None:
    """Type the cells of a line one after the other; "" leaves one as it is."""
    desk.say(name)
    desk.press(Qt.Key.Key_Enter)
    for text in figures:
        if text:
            desk.say(text)
        desk.press(Qt.Key.Key_Enter)


def written(desk: Desk, **values: object) -> QuotePage:
    """A draft with two lines, open."""
    quote = desk.services.quotes.create(
        {"company": desk.company, **values},
        [LineDraft(product=desk.product, quantity=Decimal(3)), LineDraft(name="安装")],
    )
    return desk.open_quote(quote)
