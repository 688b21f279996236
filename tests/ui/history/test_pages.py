"""History and trash over a real book: undo any step, restore with what went along."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton

from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.ui.gestures import gesture_title
from crm_desktop.ui.history.page import HistoryPage
from crm_desktop.ui.history.trash_page import TrashPage
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.tooltips import plain_tip
from crm_desktop.ui.widgets.buttons import CloseButton, LinkButton
from tests.ui.resting import rest


def show(window: MainWindow, name: str, qtbot: Any) -> Any:
    window.navigator.go(Place(name))
    rest(window, qtbot)
    return window.area.page


def test_any_step_is_undone_from_the_history(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    first = services.records.create(Kind.PERSON, {"name": "张伟"})
    services.records.create(Kind.PERSON, {"name": "李娜"})
    page = show(opened, "history", qtbot)
    assert isinstance(page, HistoryPage)
    titles = [gesture_title(row.title, row.args, services) for row in page.rows]
    assert titles[:2] == ["Add “李娜”", "Add “张伟”"]
    assert not page.rows[-1].undoable  # making the book
    row = page.rows[1]
    page.undo(row)
    rest(opened, qtbot)
    assert services.records.count(Kind.PERSON) == 1
    assert "张伟" in opened.toasts.text
    qtbot.waitUntil(lambda: any(each.undone for each in page.rows))
    undone = next(each for each in page.rows if each.id == row.id)
    assert undone.undone
    assert not undone.undoable
    assert first not in services.records.ids(Kind.PERSON)


def test_later_edits_are_kept_and_named(opened: MainWindow, services: Services, qtbot: Any) -> None:
    person = services.records.create(Kind.PERSON, {"name": "张伟"})
    services.records.update(Kind.PERSON, person, {"title": "Buyer"})
    page = show(opened, "history", qtbot)
    change = page.rows[0]
    services.records.update(Kind.PERSON, person, {"title": "Head of buying"})
    page.undo(change)
    rest(opened, qtbot)
    assert services.records.card(Kind.PERSON, person).values["title"] == "Head of buying"
    assert "kept" in opened.toasts.text


def test_what_stayed_stands_above_the_days_until_it_is_closed(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    person = services.records.create(Kind.PERSON, {"name": "张伟", "mobile": ("13812345678",)})
    services.records.update(
        Kind.PERSON, person, {"title": "Buyer", "mobile": ("13800000000",), "notes": "a"}
    )
    page = show(opened, "history", qtbot)
    change = page.rows[0]
    services.records.update(Kind.PERSON, person, {"mobile": ("13811112222",), "notes": "b"})
    page.undo(change)
    rest(opened, qtbot)
    assert page.result is not None
    words = [label.text() for label in page.result.findChildren(QLabel)]
    assert "Kept" in words
    assert "Notes (张伟)" in words
    assert "Mobile (张伟)" in words  # a row of its own names whose it is
    assert words.count("Changed again since") == 2
    opened.run_command("language_zh")
    assert "保留未动" in [label.text() for label in page.result.findChildren(QLabel)]
    opened.run_command("language_en")
    page.result.findChild(LinkButton).click()
    rest(opened, qtbot)
    assert opened.navigator.here == Place.record("person", person)
    page.result.findChild(CloseButton).click()
    assert page.result is None


def test_the_trash_gives_back_several(opened: MainWindow, services: Services, qtbot: Any) -> None:
    page = show(opened, "trash", qtbot)
    assert isinstance(page, TrashPage)
    assert page._empty.isVisible()
    people = [services.records.create(Kind.PERSON, {"name": f"人{n}"}) for n in range(3)]
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    services.records.trash(Kind.PERSON, people)
    services.records.trash(Kind.COMPANY, company)
    rest(opened, qtbot)
    qtbot.waitUntil(lambda: page.table.rowCount() == 4, timeout=20000)
    page.show_kind(Kind.PERSON)
    assert page.table.rowCount() == 3
    page.table.selectAll()
    page.restore_button.click()
    rest(opened, qtbot)
    assert services.records.count(Kind.PERSON) == 3
    assert "3 records" in opened.toasts.text
    qtbot.waitUntil(lambda: page.table.rowCount() == 1, timeout=20000)
    page.restore_selected()
    rest(opened, qtbot)
    assert services.records.count(Kind.COMPANY) == 1
    assert page._empty.isVisible()


def test_files_and_notices_come_back_too(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    ref = services.records.card(Kind.COMPANY, company).ref
    file = services.attachments.add_bytes(ref, "drawing.txt", b"lathe")
    notice = services.notices.add("Stock-taking on Friday")
    services.attachments.trash(file)
    services.notices.remove(notice)
    page = show(opened, "trash", qtbot)
    assert page.table.rowCount() == 2
    page.table.selectAll()
    page.restore_button.click()
    rest(opened, qtbot)
    assert [each.name for each in services.attachments.of(ref)] == ["drawing.txt"]
    assert [each.text for each in services.notices.current()] == ["Stock-taking on Friday"]
    titles = [gesture_title(row.title, row.args, services) for row in services.history.gestures()]
    assert "Restore “drawing.txt”" in titles


def test_a_long_notice_names_its_gesture_in_short(services: Services) -> None:
    services.notices.add("Stock-taking on Friday at four in the afternoon, everybody comes")
    (newest, *_) = services.history.gestures()
    title = gesture_title(newest.title, newest.args, services)
    assert title == "Hang up the notice “Stock-taking on Friday at four in the a…”"


def test_every_button_has_words(opened: MainWindow, services: Services, qtbot: Any) -> None:
    services.records.create(Kind.PERSON, {"name": "张伟"})
    for name in ("history", "trash"):
        page = show(opened, name, qtbot)
        for button in page.findChildren(QPushButton):
            if button.isVisible():
                assert button.text() or button.accessibleName()


def test_the_trash_says_names_as_they_are(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    name = "<b>R&D</b>"
    services.records.trash(Kind.PERSON, services.records.create(Kind.PERSON, {"name": name}))
    page = show(opened, "trash", qtbot)
    assert isinstance(page, TrashPage)
    assert page.table.item(0, 0).text() == name
    assert page.table.item(0, 0).toolTip() == plain_tip(name) != name


def test_an_empty_trash_leads_on_to_the_history(opened: MainWindow, qtbot: Any) -> None:
    page = show(opened, "trash", qtbot)
    assert isinstance(page, TrashPage)
    (on,) = [button for button in page._empty.findChildren(QPushButton) if button.isVisible()]
    on.click()
    rest(opened, qtbot)
    assert opened.navigator.here == Place("history")


def test_what_was_done_has_more_of_its_line_than_why_it_cannot_be_undone(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    services.records.create(Kind.PERSON, {"name": "Wolfeschlegelsteinhausenbergerdorff"})
    services.history.undo()
    page = show(opened, "history", qtbot)
    words = gesture_title(page.rows[0].title, page.rows[0].args, services)
    labels = [label for label in page.findChildren(QLabel) if label.isVisible()]
    done = next(label for label in labels if label.text() == words)
    why = next(label for label in labels if label.text() == tr(page.rows[0].reason))
    assert done.width() > 1.3 * why.width()
