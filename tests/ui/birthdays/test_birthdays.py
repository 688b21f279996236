"""The page of birthdays over a real book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt, QUrl, QUrlQuery
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QPushButton

from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.greetings import Celebrant, ComingBirthday
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.occasions import name_of
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui import giving_out
from crm_desktop.ui.birthdays.greeting import mail_url
from crm_desktop.ui.birthdays.model import LINE, DayHeading, age_text, dates_text
from crm_desktop.ui.birthdays.page import BirthdaysPage
from crm_desktop.ui.birthdays.painting import BirthdayDelegate
from crm_desktop.ui.birthdays.reading import LOOKED_UP
from crm_desktop.ui.language import set_language
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.table.saving import Wanted

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    """Birthdays two days ago, today (solar), in four days (lunar), and somebody without one."""
    clock = FixedClock(NOW, "Asia/Shanghai")
    book = open_book(home.book, clock)
    made = Services(book, clock, home)
    company = made.records.create(Kind.COMPANY, {"name": "Haituo"})
    for name, birthday in (
        ("Jack", Birthday(11, 18, year=1975)),
        ("Fang", Birthday(11, 20, year=1988)),
        ("Wei", Birthday(10, 16, year=1981, lunar=True)),
        ("Nobody", None),
    ):
        values = {"name": name, "company": company, "birthday": birthday}
        made.records.create(Kind.PERSON, {**values, "email": (f"{name.lower()}@example.com",)})
    yield made
    book.close()


@pytest.fixture
def opened(window: MainWindow, services: Services, qtbot: Any) -> MainWindow:
    window.resize(1280, 800)
    services.book.subscribe(window.notifier.announce)
    window.book_opened(services, services.clock, start=Place("birthdays"))
    rest(window, qtbot)
    return window


@pytest.fixture
def page(opened: MainWindow) -> BirthdaysPage:
    found = opened.area.page
    assert isinstance(found, BirthdaysPage)
    return found


def rest(window: MainWindow, qtbot: Any) -> None:
    for _ in range(3):
        qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
        qtbot.wait(1)


def names(page: BirthdaysPage) -> list[str]:
    return [row.person.title for row in page.list.rows.occasions()]


def click(page: BirthdaysPage, qtbot: Any, name: str, zone: str) -> None:
    row = next(row for row in page.list.rows.occasions() if row.person.title == name)
    number = page.list.rows.row_of(row)
    assert number is not None
    rect = page.list.visualRect(page.list.rows.index(number, 0))
    box = dict(page.list.drawn.zones(rect, row))[zone]
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def click_kind(page: BirthdaysPage, qtbot: Any, words: str) -> None:
    buttons = page.kind_of.findChildren(QPushButton)
    button = next(one for one in buttons if one.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_by_day_with_both_dates_and_ages(page: BirthdaysPage) -> None:
    assert names(page) == ["Fang", "Wei", "Jack"]  # who was missed comes last
    assert page.count.text() == "2 coming · 1 missed"
    model = page.list.rows
    lines = [model.index(row, 0).data(LINE) for row in range(model.rowCount())]
    days = [line.day for line in lines if isinstance(line, DayHeading)]
    assert days == [date(2026, 11, 20), date(2026, 11, 24), date(2026, 11, 18)]
    fang, wei, jack = (row for row in model.occasions() if isinstance(row, ComingBirthday))
    assert age_text(fang) == "turns 38 · 39 by Chinese count"
    assert dates_text(fang) == "20 Nov · lunar 10/12"
    assert dates_text(wei) == "lunar 10/16 · 24 Nov"
    set_language("zh")
    assert age_text(jack) == "51 周岁 · 虚岁 52"
    assert dates_text(wei) == "农历十月十六 · 11月24日"
    assert page.heading.text() == "生日"


def test_calendars_can_be_left_out(page: BirthdaysPage, opened: MainWindow, qtbot: Any) -> None:
    page.solar.setChecked(False)
    rest(opened, qtbot)
    assert names(page) == ["Wei"]
    page.lunar.setChecked(False)
    rest(opened, qtbot)
    assert names(page) == []
    assert page.empty.isVisible()
    kept = page.state()
    page.solar.setChecked(True)
    page.restore(kept)
    assert not page.solar.isChecked()


def test_done_notes_the_greeting_and_can_be_undone(
    page: BirthdaysPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    click(page, qtbot, "Jack", "done")
    rest(opened, qtbot)
    assert names(page) == ["Fang", "Wei"]  # no longer missed
    click(page, qtbot, "Fang", "done")
    rest(opened, qtbot)
    fang = page.list.rows.occasions()[0]
    assert fang.last_greeted is not None
    assert "done" not in dict(page.list.drawn.zones(page.list.viewport().rect(), fang))
    opened.run_command("undo")
    rest(opened, qtbot)
    opened.run_command("undo")
    rest(opened, qtbot)
    assert names(page) == ["Fang", "Wei", "Jack"]


def test_the_greeting_is_copied_with_the_name(
    page: BirthdaysPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    services.business.set("greeting_text", "{{称呼}}: many happy returns")
    click(page, qtbot, "Wei", "copy")
    assert QApplication.clipboard().text() == "Wei: many happy returns"
    page.list.setFocus()
    page.list.setCurrentIndex(page.list.rows.index(1, 0))
    qtbot.keyClick(page.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Fang: many happy returns"


def test_mail_opens_with_encoded_words(
    page: BirthdaysPage, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QUrl] = []

    def written(url: QUrl) -> bool:
        asked.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", written)
    click(page, qtbot, "Wei", "mail")
    assert asked[0].scheme() == "mailto"
    assert asked[0].path() == "wei@example.com"


def test_words_cannot_become_headers() -> None:
    url = mail_url("a+b@example.com?bcc=x@y.z", "Hi\r\nBcc: evil@example.com", "1 & 2\n100 %")
    assert url.scheme() == "mailto"
    query = QUrlQuery(url)
    assert [key for key, _ in query.queryItems()] == ["subject", "body"]
    text = decoded_value(query, "body")
    assert text == "1 & 2\r\n100 %"
    assert "\n" not in decoded_value(query, "subject")


def decoded_value(query: QUrlQuery, key: str) -> str:
    return query.queryItemValue(key, QUrl.ComponentFormattingOption.FullyDecoded)


def test_the_text_is_the_firms_and_is_not_lost_on_a_click_elsewhere(
    page: BirthdaysPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    page.text_button.click()
    assert page.popover is not None
    page.popover.text.setPlainText("")
    qtbot.keyClicks(page.popover.text, "Dear {{name}}")
    assert page.has_unsaved_text()
    page.popover.save.click()
    rest(opened, qtbot)
    assert services.business.get("greeting_text") == "Dear {{name}}"
    assert page.popover is None


def test_missing_ones_open_their_contacts(page: BirthdaysPage, opened: MainWindow) -> None:
    assert page.missing_words.text() == "Missing: 1 contact without birthday"
    asked: list[Place] = []
    opened.navigator.moved.disconnect()
    opened.navigator.moved.connect(asked.append)
    page.missing_link.click()
    assert asked[0].page == "contacts"
    assert "birthday" in asked[0].wish("query")


def test_export_writes_what_is_shown_anniversaries_too(
    page: BirthdaysPage, opened: MainWindow, services: Services, qtbot: Any, tmp_path: Path
) -> None:
    wei = page.list.rows.occasions()[1].person.id
    services.anniversaries.add(wei, Anniversary("Wedding", Birthday(11, 22, 2010)))
    rest(opened, qtbot)
    path = tmp_path / "birthdays.xlsx"
    giving_out.export_with_to(page, Wanted(path), page.writing())
    rest(opened, qtbot)
    header, *rows = (dict(enumerate(row)) for row in load_workbook(path).active.values)
    place = {name: at for at, name in header.items()}
    told = [(row[place["Name"]], row[place["Occasion"]]) for row in rows]
    assert told == [
        ("Fang", "Birthday"), ("Wei", "Wedding"), ("Wei", "Birthday"), ("Jack", "Birthday"),
    ]  # fmt: skip
    assert [row[place["Age or years"]] for row in rows][1] == 16
    calendar = tmp_path / "birthdays.ics"
    giving_out.export_with_to(page, Wanted(calendar), page.writing())
    cards = tmp_path / "birthdays.vcf"
    giving_out.export_with_to(page, Wanted(cards), page.writing())
    rest(opened, qtbot)
    text = calendar.read_text(encoding="utf-8")
    assert "SUMMARY:Wedding: Wei" in text
    assert "DTSTART;VALUE=DATE:20261122" in text
    assert "Birthday: Fang" in text
    assert cards.read_text(encoding="utf-8").count("BEGIN:VCARD") == 3


def test_print_gives_the_days_with_both_calendars(
    page: BirthdaysPage, opened: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    path = tmp_path / "birthdays.pdf"
    assert page.handles("print")
    paper = page.paper()
    giving_out.print_page_to(page, lambda: paper, path)
    rest(opened, qtbot)
    with pdfium.PdfDocument(path) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "24 Nov Tue" in text
    assert "lunar 10/16" in text
    assert text.index("Fang") < text.index("Wei") < text.index("Jack")


def test_rows_of_a_long_list_are_looked_up_as_they_are_looked_at(
    page: BirthdaysPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    with services.book.write("gesture.created") as writing:
        company = services.records.insert(writing.session, Kind.COMPANY, {"name": "Lotus"})
        for number in range(LOOKED_UP + 50):
            values = {"name": f"P{number:03}", "birthday": Birthday(11, 25), "company": company}
            services.records.insert(writing.session, Kind.PERSON, values)
    rest(opened, qtbot)
    model = page.list.rows
    later = [row for row in model.listed() if isinstance(row, Celebrant)]
    assert later
    assert later[-1].name == f"P{LOOKED_UP + 49:03}"
    page.list.verticalScrollBar().setValue(page.list.verticalScrollBar().maximum())
    page.list.viewport().repaint()
    assert later[-1] not in model.listed()
    shown = page.list.indexAt(page.list.viewport().rect().center()).data(LINE)
    assert isinstance(shown, ComingBirthday)
    assert shown.company == Ref(Kind.COMPANY, company, "Lotus")
    assert len(names(page)) == LOOKED_UP + 53


def test_a_follow_up_on_the_day(
    page: BirthdaysPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    wei = page.list.rows.occasions()[1]
    menu = page.row_menu(wei)
    next(a for a in menu.actions() if a.text() == "Plan a follow-up").trigger()
    rest(opened, qtbot)
    due = services.activities.open_of(wei.person)[0].due
    assert due is not None
    assert due.day == date(2026, 11, 24)


@pytest.fixture
def with_anniversary(services: Services) -> int:
    """A wedding tomorrow, by somebody who has a birthday later."""
    wei = next(
        row.id
        for row in services.records.rows(Kind.PERSON, services.records.ids(Kind.PERSON), ("name",))
        if row.values == ("Wei",)
    )
    services.anniversaries.add(wei, Anniversary("Wedding day", Birthday(11, 21, 2011)))
    return wei


def test_anniversaries_stand_among_the_birthdays_named_as_what_they_are(
    with_anniversary: int, page: BirthdaysPage, opened: MainWindow, qtbot: Any
) -> None:
    assert names(page) == ["Fang", "Wei", "Wei", "Jack"]
    model = page.list.rows
    wedding = model.occasions()[1]
    assert name_of(wedding) == "Wedding day"
    assert age_text(wedding) == "15 years"
    number = model.row_of(wedding)
    assert number is not None
    said = model.index(number, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Wei, Wedding day, 15 years, 21 Nov")
    assert page.count.text() == "3 coming · 1 missed"
    entry = next(row for row in opened.sidebar.rows() if row.place == Place("birthdays"))
    assert entry.count == 3
    click_kind(page, qtbot, "Anniversaries")
    rest(opened, qtbot)
    assert names(page) == ["Wei"]
    assert page.state()["kind"] == "anniversaries"
    page.solar.click()
    rest(opened, qtbot)
    assert names(page) == []
    page.solar.click()
    click_kind(page, qtbot, "Birthdays")
    rest(opened, qtbot)
    assert names(page) == ["Fang", "Wei", "Jack"]


def test_congratulating_marks_the_anniversary_alone_and_can_be_undone(
    with_anniversary: int, page: BirthdaysPage, opened: MainWindow, qtbot: Any
) -> None:
    wedding = page.list.rows.occasions()[1]
    page.act("copy", wedding)
    assert "Wedding day" in QApplication.clipboard().text()
    page.act("done", wedding)
    rest(opened, qtbot)
    wedding, birthday = page.list.rows.occasions()[1:3]
    assert wedding.last_greeted is not None
    assert "done" not in dict(page.list.drawn.zones(page.list.viewport().rect(), wedding))
    assert birthday.last_greeted is None
    opened.run_command("undo")
    rest(opened, qtbot)
    assert page.list.rows.occasions()[1].last_greeted is None


def test_a_planned_congratulation_that_was_made_counts_as_said(
    with_anniversary: int, page: BirthdaysPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    page.act("plan", page.list.rows.occasions()[1])
    rest(opened, qtbot)
    (planned,) = services.activities.open_of(Ref(Kind.PERSON, with_anniversary))
    assert planned.due is not None
    assert (planned.subject, planned.due.day) == ("Wedding day · Wei", date(2026, 11, 21))
    services.activities.complete(planned.id)
    rest(opened, qtbot)
    assert page.list.rows.occasions()[1].last_greeted is not None


def test_the_row_of_the_keyboard_stays_on_the_anniversary(
    with_anniversary: int, page: BirthdaysPage, opened: MainWindow, qtbot: Any
) -> None:
    """The same person stands there twice: with the birthday and with the wedding."""
    page.list.setFocus()
    wedding = page.list.rows.occasions()[1]
    number = page.list.rows.row_of(wedding)
    assert number is not None
    page.list.setCurrentIndex(page.list.rows.index(number, 0))
    page.mark_stale()
    rest(opened, qtbot)
    assert page.list.chosen() == wedding
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    rest(opened, qtbot)
    assert opened.navigator.here == Place.record(Kind.PERSON, with_anniversary)


def test_of_a_long_name_and_a_long_company_neither_is_pushed_out() -> None:
    columns = BirthdayDelegate(lambda: date(2026, 11, 20))
    columns._needs = (500, 120, 300, 100)
    name, dates, company, greeted = columns._shares(700)
    assert (dates, greeted, name + company) == (120, 100, 480)
    assert company >= 160
    columns._needs = (200, 120, 300, 100)
    assert columns._shares(700) == (200, 120, 280, 100)  # a short name leaves it the rest
