"""The duplicates page over a real book: choose, merge, undo, tell apart."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QRadioButton
from shiboken6 import delete

from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.settings import Settings
from crm_desktop.ui.duplicates.hint import SimilarHint
from crm_desktop.ui.duplicates.page import DuplicatesPage
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.link_label import LinkLabel
from crm_desktop.ui.shell.window import SMALLEST, MainWindow, dress
from crm_desktop.ui.widgets import AllLinesLabel
from crm_desktop.ui.widgets.labels import ElidedLabel
from tests.ui.audits.walking import cut_words, out_of_place, scrolled_sideways
from tests.ui.resting import rest


@pytest.fixture
def start() -> Place:
    return Place("settings")


def show(window: MainWindow, place: Place, qtbot: Any) -> DuplicatesPage:
    window.navigator.go(place)
    rest(window, qtbot)
    page = window.area.page
    assert isinstance(page, DuplicatesPage)
    return page


def two(services: Services) -> tuple[int, int]:
    values = {"name": "张伟", "mobile": ("13812345678",)}
    one = services.records.create(Kind.PERSON, {**values, "title": "经理"})
    other = services.records.create(Kind.PERSON, {"name": "Zhang Wei", "mobile": values["mobile"]})
    return one, other


def test_nothing_is_said_not_to_be_there_while_it_is_looked_for(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    def says(words: str) -> bool:
        labels = opened.area.page.findChildren(QLabel)
        return any(label.text() == words and label.isVisible() for label in labels)

    two(services)
    rest(opened, qtbot)
    gate = threading.Event()
    try:
        for _ in range(2):  # both threads that read are busy
            opened.jobs.run_reader(lambda: gate.wait(20))
        opened.navigator.go(Place.to("duplicates"))
        qtbot.waitUntil(lambda: says(tr("duplicates.looking")), timeout=20000)
        assert not says(tr("duplicates.empty"))
    finally:
        gate.set()
    rest(opened, qtbot)
    assert len(opened.area.page.groups) == 1
    opened.navigator.go(Place.to("duplicates", kind="company"))
    rest(opened, qtbot)
    assert says(tr("duplicates.empty"))
    assert not says(tr("duplicates.looking"))


def test_a_long_search_can_be_stopped_and_begun_again(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    two(services)
    rest(opened, qtbot)
    gate = threading.Event()
    try:
        for _ in range(2):
            opened.jobs.run_reader(lambda: gate.wait(20))
        opened.navigator.go(Place.to("duplicates"))
        page = opened.area.page
        assert isinstance(page, DuplicatesPage)
        stop = next(b for b in page.findChildren(QPushButton) if b.text() == tr("duplicates.stop"))
        qtbot.waitUntil(stop.isVisible, timeout=20000)
        qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    finally:
        gate.set()
    rest(opened, qtbot)
    assert page.groups == []
    labels = {label.text() for label in page.findChildren(QLabel) if label.isVisible()}
    assert tr("duplicates.stopped") in labels
    assert tr("duplicates.empty") not in labels
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)  # it says Look again now
    rest(opened, qtbot)
    assert len(page.groups) == 1


def test_what_is_compared_has_even_columns_and_all_that_is_said(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    mail = "wei.zhang.purchasing@hengyuan-precision-machinery.example.com"
    for name in ("Hengyuan Precision Machinery Manufacturing", "Hengyuan Precision Machinery"):
        services.records.create(
            Kind.COMPANY, {"name": name, "email": (mail,), "phone": ("0512 6666 8888",)}
        )
    for width in (1280, 760):
        opened.resize(width, 600)
        page = show(opened, Place.to("duplicates", kind="company"), qtbot)
        links = page.view.findChildren(LinkLabel)
        widths = [link.width() for link in links]
        assert len(widths) == 2
        assert max(widths) - min(widths) <= 1
        said = page.view._words
        assert said is not None
        labels = said.findChildren(QLabel)
        assert labels
        assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)
        opened.navigator.go(Place("settings"))


def wear(window: MainWindow, size: QSize, text: int, qtbot: Any) -> None:
    """Another size of the window and of its text, in percent."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dress(app, Settings(language="en", theme="light", text_size=text))
    window.resize(size)
    rest(window, qtbot)


def choices(page: DuplicatesPage, field: str) -> list[QRadioButton]:
    """The buttons that take a value of a field, as they stand from the left and from above."""
    found = [
        button
        for button in page.view.findChildren(QRadioButton)
        if button.isVisible() and button.accessibleName().startswith(f"{field} ")
    ]
    return sorted(found, key=lambda b: b.mapTo(page, b.rect().center()).toTuple()[::-1])


@pytest.mark.parametrize("count", [2, 3])
def test_what_is_compared_fits_a_small_window_with_large_text(
    opened: MainWindow, services: Services, qtbot: Any, count: int
) -> None:
    mail = f"{'purchasing.' * 5}desk@hengyuan-precision-machinery.example.com"
    made = [
        services.records.create(
            Kind.PERSON,
            {
                "name": "Wei Zhang",
                "email": (mail,),
                "title": f"{number}th head of supply chain management and purchasing",
                "notes": f"Line {number}\nof a long note that does not end where the room does",
            },
        )
        for number in range(count)
    ]
    page = show(opened, Place.to("duplicates"), qtbot)
    beside = QSize(1280, 800)
    for size, text in ((SMALLEST, 150), (beside, 100), (SMALLEST, 100), (SMALLEST, 150)):
        wear(opened, size, text, qtbot)
        assert not list(scrolled_sideways(page)), (size, text)
        assert not [*cut_words(page), *out_of_place(page)], (size, text)
        stacked = text == 150 or (size == SMALLEST and count == 3)
        across = {button.mapTo(page, button.pos()).x() for button in choices(page, "Job title")}
        assert len(across) == (1 if stacked else count), (size, text)
        shown = [label.text() for label in page.view.findChildren(QLabel) if label.isVisible()]
        assert shown.count(f"{count} · Wei Zhang") > 1 if stacked else "1 · Wei Zhang" not in shown
    assert page.view.order == made


@pytest.mark.parametrize(("size", "text"), [(SMALLEST, 150), (QSize(1280, 800), 100)])
def test_values_that_differ_at_their_end_are_told_apart_without_a_tooltip(
    opened: MainWindow, services: Services, qtbot: Any, size: QSize, text: int
) -> None:
    long = "head of supply chain management and purchasing of the works in "
    ends = ("Suzhou", "Wuxi")
    for end in ends:
        values = {"name": "Wei Zhang", "mobile": ("13812345678",), "title": long + end}
        services.records.create(Kind.PERSON, values)
    wear(opened, size, text, qtbot)
    page = show(opened, Place.to("duplicates"), qtbot)
    for button, end in zip(choices(page, "Job title"), ends, strict=True):
        choice = button.parentWidget()
        assert choice is not None
        (value,) = choice.findChildren(ElidedLabel)
        assert value.shown_text().split() == (long + end).split()
        assert value.height() >= value.heightForWidth(value.width())
        assert button.accessibleName().endswith(end)
    drawn = [each.shown_text().split() for each in page.view.findChildren(AllLinesLabel)]
    assert drawn.count((long + ends[0]).split()) == 2  # what is taken says it whole, too


@pytest.mark.parametrize(
    ("size", "text", "further", "back"),
    [
        (SMALLEST, 150, Qt.Key.Key_Down, Qt.Key.Key_Up),
        (QSize(1280, 800), 100, Qt.Key.Key_Right, Qt.Key.Key_Left),
    ],
)
def test_values_are_taken_by_keyboard_and_mouse_at_every_size(
    opened: MainWindow,
    services: Services,
    qtbot: Any,
    size: QSize,
    text: int,
    further: Qt.Key,
    back: Qt.Key,
) -> None:
    for name, title, city in (("Wei Zhang", "Buyer", "Suzhou"), ("Zhang Wei", "Manager", "Wuxi")):
        values = {"name": name, "mobile": ("13812345678",), "title": title, "city": city}
        services.records.create(Kind.PERSON, values)
    wear(opened, size, text, qtbot)
    page = show(opened, Place.to("duplicates"), qtbot)
    view, (one, other) = page.view, page.groups[0].ids
    bar = view._scroll.verticalScrollBar()
    choices(page, "City")[0].setFocus()
    bar.setValue(bar.maximum())
    at = bar.value()
    assert (at > 0) == (size == SMALLEST)
    for key, taken in ((further, other), (back, one)):
        held = QApplication.focusWidget()
        assert held is not None
        qtbot.keyClick(held, key)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        rest(opened, qtbot)
        assert view.choices == {"city": taken}
        holding = choices(page, "City")[page.groups[0].ids.index(taken)]
        assert holding.hasFocus()
        assert holding.isChecked()
        assert bar.value() == at
    second = choices(page, "Job title")[1].parentWidget()
    assert second is not None
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton, pos=second.rect().center())
    rest(opened, qtbot)
    assert view.choices == {"city": one, "title": other}
    keep = next(b for b in view.findChildren(QPushButton) if b.text() == tr("duplicates.keep"))
    keep.setFocus()
    qtbot.keyClick(keep, Qt.Key.Key_Space)
    rest(opened, qtbot)
    assert view.order == [other, one]
    held = QApplication.focusWidget()
    assert isinstance(held, LinkLabel)
    assert held.text() == "Zhang Wei"


def test_merge_with_a_choice_and_undo(opened: MainWindow, services: Services, qtbot: Any) -> None:
    one, other = two(services)
    page = show(opened, Place.to("duplicates"), qtbot)
    assert [group.ids for group in page.groups] == [(one, other)]
    assert page.view.order == [one, other]
    page.view.take("name", other)
    rest(opened, qtbot)
    page.view.merge_button.click()
    rest(opened, qtbot)
    assert services.records.card(Kind.PERSON, one).values["name"] == "Zhang Wei"
    assert services.records.card(Kind.PERSON, other).trashed
    assert page.groups == []
    opened.run_command("undo")
    rest(opened, qtbot)
    assert [group.ids for group in page.groups] == [(one, other)]


def test_keep_another_one(opened: MainWindow, services: Services, qtbot: Any) -> None:
    one, other = two(services)
    page = show(opened, Place.to("duplicates"), qtbot)
    page.view.keep(other)
    rest(opened, qtbot)
    page.view.merge_button.click()
    rest(opened, qtbot)
    assert services.records.card(Kind.PERSON, one).trashed
    assert services.records.card(Kind.PERSON, other).values["title"] == "经理"


def test_not_the_same_goes_away(opened: MainWindow, services: Services, qtbot: Any) -> None:
    two(services)
    page = show(opened, Place.to("duplicates"), qtbot)
    page.view.apart_button.click()
    rest(opened, qtbot)
    assert page.groups == []
    assert services.duplicates.find(Kind.PERSON) == []


def test_records_chosen_in_a_list_come_first(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    two(services)
    firms = [services.records.create(Kind.COMPANY, {"name": name}) for name in ("甲", "乙丙丁")]
    place = Place.to("duplicates", kind="company", ids=",".join(map(str, firms)))
    page = show(opened, place, qtbot)
    assert page.groups[0].ids == tuple(firms)
    assert page.view.preview is not None
    page.view.merge_button.click()
    rest(opened, qtbot)
    assert services.records.card(Kind.COMPANY, firms[1]).trashed


def test_the_hint_names_who_it_may_be(opened: MainWindow, services: Services, qtbot: Any) -> None:
    one, _ = two(services)
    assert opened.context is not None
    hint = SimilarHint(opened.context, Kind.PERSON, lambda: {"name": "张伟"})
    qtbot.addWidget(hint)
    went: list[Any] = []
    hint.opened.connect(went.append)
    hint.look_now()
    rest(opened, qtbot)
    assert hint.candidates[0].ref.id == one
    assert not hint.isHidden()


def test_a_hint_that_comes_when_its_form_is_gone_is_dropped(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    two(services)
    assert opened.context is not None
    broken: list[Any] = []
    opened.jobs.broke.connect(broken.append)
    hint = SimilarHint(opened.context, Kind.PERSON, lambda: {"name": "张伟"})
    with qtbot.captureExceptions() as raised:
        hint.look_now()
        delete(hint)
        rest(opened, qtbot)
    assert (broken, raised) == ([], [])


def test_an_empty_page_offers_the_way_on_where_the_eye_is(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    page = show(opened, Place.to("duplicates"), qtbot)

    def again() -> list[QPushButton]:
        buttons = page.findChildren(QPushButton)
        return [b for b in buttons if b.text() == tr("duplicates.again") and b.isVisible()]

    (button,) = again()
    assert page._empty.isAncestorOf(button)
    two(services)
    rest(opened, qtbot)
    button.click()
    rest(opened, qtbot)
    assert len(page.groups) == 1
    (button,) = again()
    assert not page._empty.isAncestorOf(button)
