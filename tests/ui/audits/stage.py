"""A real window over a real book, taken from page to page by the audits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from time import monotonic

from openpyxl import Workbook
from PySide6.QtCore import QEvent, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.kinds import RECORD_KINDS, Kind
from crm_desktop.domain.payments import Stage as PlanStage
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.settings import Settings
from crm_desktop.ui.catalogue import PAGES
from crm_desktop.ui.imports.page import CHECK, COLUMNS, DONE, FILE, ImportPage
from crm_desktop.ui.language import set_language
from crm_desktop.ui.places import Place
from crm_desktop.ui.settings.page import GROUPS
from crm_desktop.ui.shell.window import MainWindow, dress
from crm_desktop.ui.theme.fonts import load_bundled
from crm_desktop.ui.view_state import ViewState

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
_PATIENCE = 20.0  # seconds for a page to read what it shows
_ROUNDS = 10  # rows in rows in cards hear of each other one round after the other

LONG_COMPANY = {
    "zh": "内蒙古自治区呼和浩特市经济技术开发区新能源高端装备智能制造与"
    "工业互联网平台运营管理服务产业集团股份有限公司第一分公司北京办事处",
    "en": "Northern Region New Energy Equipment & Smart Manufacturing Co",
}
LONG_PERSON = {
    "zh": "阿卜杜热合曼买买提艾力吐尔逊库尔班江穆罕默德依明巴拉提江阿不都",
    "en": "Maximiliana Featherstonehaugh-Y",
}
_VIEWS = {
    "opportunities": ("board", "list", "funnel"),
    "followups": ("agenda", "week", "month"),
    "documents": ("quote", "contract", "receipt", "expense"),
    "settings": tuple(GROUPS),
}
IMPORTED = (
    ("客户信息表",),
    ("客户名称", "联系人", "手机", "邮箱", "生日"),
    ("苏州新源机电有限公司", "周舟", "13812345678", "zhou@example.com", "1985-08-15"),
    ("苏州新源机电有限公司", "吴优", "1391234567", "no address", "8月15日"),
)
RECORD_PAGES = {kind.value for kind in RECORD_KINDS} & set(PAGES)
OF_RECORDS = {"orgchart": "company", "as_of": "person"}
"""Pages about a record that are not its own, and of which kind it is."""
IMPORT_STEPS = (FILE, COLUMNS, CHECK, DONE)


@dataclass
class Stage:
    """One window and its book. `broken` collects every fault the window hears of."""

    language: str
    folder: Path
    filled: bool = True
    broken: list[BaseException] = field(default_factory=list)
    records: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.app = QApplication.instance()
        assert isinstance(self.app, QApplication)
        load_bundled()
        set_language(self.language)
        self.settings = Settings(language=self.language, theme="light")
        dress(self.app, self.settings)
        self.clock = FixedClock(NOW, "Asia/Shanghai")
        home = Home.at(self.folder)
        book = open_book(home.book, self.clock)
        self.services = Services(book, self.clock, home)
        if self.filled:
            self._fill()
        self.window = MainWindow(home, self.settings, ViewState())
        book.subscribe(self.window.notifier.announce)
        self.window.area.broke.connect(self.broken.append)
        self.window.jobs.broke.connect(self.broken.append)
        self.window.show()
        self.window.commands.add_icons()
        self.window.book_opened(self.services, self.clock)
        self.rest()

    def close(self) -> None:
        """Let the window and the book go."""
        self.window.close()
        self.window.jobs.close()
        self.window.deleteLater()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.services.book.close()
        set_language("en")
        dress(self.app, Settings(language="en", theme="light"))

    # ---- what the window wears

    def wear(
        self,
        language: str = "",
        theme: str = "light",
        *,
        text: int = 100,
        size: QSize | None = None,
    ) -> None:
        """Language (its own by default), theme, text size and size of the window."""
        self.settings.language = language or self.language
        self.settings.theme, self.settings.text_size = theme, text
        dress(self.app, self.settings)
        self.window.resize(size or QSize(1280, 800))
        self.rest()

    # ---- where it goes

    def places(self) -> Iterator[tuple[str, Place]]:
        """Every page of the catalogue, every view of it, every kind of record twice."""
        for key in PAGES:
            for number, record in enumerate(self.records.get(key, [])):
                yield f"{key} {number}", Place(key, record)
            if key in _VIEWS:
                for view in _VIEWS[key]:
                    yield f"{key} {view}", Place(key, view=view)
            elif key in OF_RECORDS:
                for number, record in enumerate(self.records.get(OF_RECORDS[key], [])):
                    yield f"{key} {number}", Place(key, record, OF_RECORDS[key])
            elif key not in self.records or not self.filled:
                yield key, Place(key)

    def go(self, place: Place) -> QWidget:
        """Show a place and wait until it is there."""
        self.window.navigator.go(place)
        self.rest()
        shown = self.window.area.currentWidget()
        assert shown is not None
        return shown

    def tour(self) -> Iterator[str]:
        """Stand at every place once, the steps of an import at the end."""
        for name, place in self.places():
            if place.page in RECORD_PAGES and place.id is None:
                continue
            self.go(place)
            yield name
        if self.filled:
            for step in IMPORT_STEPS:
                self.import_step(step)
                yield f"import step {step}"
            self.leave_import()

    def import_step(self, step: int) -> ImportPage:
        """Show one step of an import of a small file with a mistake in it."""
        page = self.go(Place("import"))
        assert isinstance(page, ImportPage)
        if step == FILE:
            page.open_file(_workbook(self.folder / "客户名单.xlsx"))
            self.rest()
        else:
            page.next.click()
            self.until(lambda: page.step == step and page._job is None)
            self.rest()
        return page

    def leave_import(self) -> None:
        """Take the import back, so that the next tour finds the book as this one did."""
        page = self.window.area.page
        if isinstance(page, ImportPage) and page.step == DONE:
            page.done_step.undo.click()
            self.rest()

    def rest(self) -> None:
        """Until nothing is read any more and everything is laid out."""
        end, quiet = monotonic() + _PATIENCE, 0
        while quiet < _ROUNDS and monotonic() < end:
            self.app.processEvents()  # all there are, however long it takes
            self.app.sendPostedEvents()
            quiet = quiet + 1 if self.window.jobs.idle else 0
            if not quiet:
                self._yield_to_readers()

    def until(self, true: Callable[[], bool]) -> None:
        """Until this is so; fails after some patience."""
        end = monotonic() + _PATIENCE
        while not true():
            assert not self.broken, repr(self.broken)
            assert monotonic() < end, "the window does not get there"
            self._yield_to_readers()
            self.rest()

    def _yield_to_readers(self) -> None:
        QTest.qWait(1)  # who only asks again and again keeps the interpreter from them

    # ---- the book

    def _fill(self) -> None:
        s = self.services
        s.sample.fill(self.language)
        company = s.records.create(
            Kind.COMPANY, {"name": LONG_COMPANY[self.language], "short_name": "长" * 10}
        )
        long = LONG_PERSON[self.language]
        person = s.records.create(
            Kind.PERSON,
            {
                "name": long,
                "company": company,
                "title": long,
                "mobile": ("+86 138 1234 5678",),
                "email": ("a.very.long.address.indeed@department.of.example.com",),
                "birthday": Birthday(11, 21, year=1980),
            },
        )
        deal = s.records.create(
            Kind.OPPORTUNITY,
            {
                "title": LONG_COMPANY[self.language],
                "company": company,
                "person": person,
                "amount": Decimal("123456789.99"),
                "stage": s.lists.by_code("stage", "lead").id,
            },
        )
        product = s.records.create(
            Kind.PRODUCT, {"name": LONG_COMPANY[self.language], "price": Decimal("9876543.21")}
        )
        ticket = s.records.create(
            Kind.TICKET, {"subject": LONG_COMPANY[self.language], "company": company}
        )
        line = LineDraft(product=product, quantity=Decimal(1000))
        quote = s.quotes.create({"company": company, "person": person}, [line])
        sample = {kind: list(s.records.ids(Kind(kind))) for kind in ("person", "company", "quote")}
        contract = s.contracts.from_quote(quote)
        other = s.contracts.from_quote(next(q for q in sample["quote"] if q != quote))
        long_name = LONG_COMPANY[self.language]
        stage = PlanStage(long_name, date(2026, 11, 1), percent=Decimal("33.3333"), note=long)
        s.payments.add_stage(contract, stage)
        paid = {"amount": Decimal("12345678.90"), "reference": long, "dated": date(2026, 11, 2)}
        receipts = [
            s.payments.record({**paid, "contract": contract}),
            s.payments.record({**paid, "person": person}),
        ]
        spent = {"amount": Decimal("12345678.90"), "purpose": long_name}
        expenses = [
            s.records.create(Kind.EXPENSE, {**spent, "company": company}),
            s.records.create(Kind.EXPENSE, {"amount": Decimal(5)}),
        ]
        # A field that belongs elsewhere and is held all the same, in the settings and on the page.
        own = s.custom.add(Kind.PERSON, long)
        lines = [s.lists.add("product_line", name) for name in (long_name, long)]
        s.custom.limit(Kind.PERSON, own, [*lines, s.lists.by_code("company_kind", "agent").id])
        s.records.update(Kind.PERSON, person, {own: long})
        self.records = {
            "receipt": receipts,
            "expense": expenses,
            "person": [1, person],
            "company": [1, company],
            "opportunity": [1, deal],
            "product": [1, product],
            "ticket": [1, ticket],
            "quote": [1, 2, quote],
            "contract": [contract, other],
        }


def _workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "客户"
    for row in IMPORTED:
        sheet.append(list(row))
    book.save(path)
    return path
