"""Lists and their places: opening, new records, counts, segments, sums, language."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import EVERYTHING, Query
from crm_desktop.ui.companies.list_page import CompaniesPage
from crm_desktop.ui.contacts.list_page import ContactsPage
from crm_desktop.ui.language import set_language
from crm_desktop.ui.opportunities.rows import SPEC
from crm_desktop.ui.papers.list_page import PapersPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.trail import trail_of
from crm_desktop.ui.service.list_page import ServicePage
from crm_desktop.ui.table import peeks
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.table.list_place import list_place
from crm_desktop.ui.table.pane import TablePane
from tests.ui.audits.walking import cut_words
from tests.ui.table.conftest import Desk, Names

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def test_enter_and_double_click_open_the_record(desk: Desk, qtbot: Any) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    page.pane.select(made[2])
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Return)
    here = desk.context.navigator.here
    assert here == page.selected_place()
    assert here is not None
    assert (here.page, here.id) == ("person", made[2])
    trail = trail_of(desk.context, here)
    assert trail is not None
    assert trail.beside(made[2], 1) == made[1]
    view = page.pane.view
    at = view.visualRect(page.pane.model.index(2, 1)).center()
    qtbot.mouseDClick(view.viewport(), LEFT, pos=at)
    assert desk.context.navigator.here == page.pane.acts.place_of(made[0])


def test_a_new_record_needs_its_name_and_keeps_its_draft(desk: Desk, qtbot: Any) -> None:
    page = desk.open(CompaniesPage)
    popover = page.pane.acts.new(page)
    qtbot.keyClicks(popover.input("phone"), "0512 6588 1234")
    qtbot.mouseClick(popover.create_button, LEFT)
    desk.settle()
    assert "empty" in popover._rows["name"]._below.text()
    again = page.pane.acts.new(page)
    assert again.input("phone").text() == "0512 6588 1234"
    qtbot.keyClicks(again.input("name"), "Hengyuan")
    qtbot.keyClick(again.input("name"), Qt.Key.Key_Return)
    desk.settle()
    (company,) = desk.services.records.ids(Kind.COMPANY)
    card = desk.services.records.card(Kind.COMPANY, company)
    assert card.values["phone"] == ("0512 6588 1234",)
    assert desk.context.navigator.here == Place.record("company", company)


def test_a_count_leads_to_exactly_its_rows(desk: Desk, names: Names) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage, list_place(Kind.PERSON, Query(only=(made[0], made[1]))))
    assert names(page) == ["Lina Berg", "Wei Zhang"]
    assert page._bar.count.text() == "2 of 3"


def test_segments_and_two_lists_on_one_page(desk: Desk, names: Names) -> None:
    records = desk.services.records
    first = records.create(Kind.TICKET, {"subject": "Spindle noise"})
    second = records.create(Kind.TICKET, {"subject": "Wrong label"})
    records.update(Kind.TICKET, second, {"state": "solved"})
    page = desk.open(ServicePage)
    assert list(page.pane.model.ids) == [first]
    page._segments[Kind.TICKET]._chosen("all")
    desk.settle()
    assert set(page.pane.model.ids) == {first, second}
    papers = desk.open(PapersPage)
    papers._show_kind("contract")
    assert papers.title() == "Contracts"


def test_sums_per_currency(desk: Desk, qtbot: Any) -> None:
    desk.deals()
    pane = TablePane(desk.context, SPEC)
    qtbot.addWidget(pane)
    pane.reload()
    desk.settle()
    assert pane.bottom._total.text() == "Amount: ¥86,400, $1,200.50"


def test_language_is_switched_with_text_in_the_filter_box(desk: Desk, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    qtbot.keyClicks(page.pane.filter.box, "wei")
    set_language("zh")
    QApplication.processEvents()
    assert page.pane.filter.box.text() == "wei"
    assert page.pane.model.headerData(0, Qt.Orientation.Horizontal) == "姓名"
    assert page._buttons["columns"].text() == "列"


def test_a_record_widget_stands_beside_the_list(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QLabel

    class Beside(QLabel):
        loaded = Signal()

        def show_record(self, record_id: int | None) -> None:
            self.setText(str(record_id))

    monkeypatch.setattr(peeks, "load", lambda _name: lambda _context: Beside())
    monkeypatch.setitem(peeks.PEEKS, Kind.PERSON, "record.any:Any")
    made = desk.fill()
    page = desk.open(ContactsPage)
    page.pane.select(made[0])
    beside = page._beside.currentWidget()
    assert isinstance(beside, Beside)
    assert beside.text() == str(made[0])
    assert beside.isVisible()
    page.resize(600, 500)
    assert not beside.isVisible()
    page.pane.select(made[1])
    page.resize(1072, 728)
    assert beside.isVisible()
    assert beside.text() == str(made[1])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page_class", [ContactsPage, ServicePage, PapersPage])
def test_fits_the_smallest_window_beside_a_record(
    desk: Desk, page_class: type[ListPage], language: str
) -> None:
    set_language(language)
    page = desk.open(page_class)
    assert page.minimumSizeHint().width() <= 516
    page.resize(page.minimumSizeHint().width(), 500)
    QApplication.processEvents()
    assert page._buttons["columns"].text() == "" or not list(cut_words(page))
    assert page._buttons["columns"].accessibleName()
    page.resize(1000, 500)
    QApplication.processEvents()
    assert page._buttons["columns"].text() == page._buttons["columns"].accessibleName()


def test_a_sum_never_outlives_its_rows(desk: Desk, qtbot: Any) -> None:
    pane = TablePane(desk.context, SPEC)
    qtbot.addWidget(pane)
    pane.show()
    pane.reload()
    desk.settle()
    assert pane.bottom.isHidden()  # an empty book: what to do stands there, and no sum
    assert pane.bottom._total.text() == ""
    desk.deals()
    pane.reload()
    desk.settle()
    assert pane.bottom.isVisible()
    assert pane.bottom._total.text() == "Amount: ¥86,400, $1,200.50"
    pane.set_filter(Query(text="Robot"))
    desk.settle()
    assert pane.bottom._total.text() == "Amount: $1,200.50"
    pane.set_filter(Query(text="nothing is called so"))
    desk.settle()
    assert pane.bottom.isHidden()
    assert pane.bottom._total.text() == ""
    pane.set_filter(EVERYTHING)
    desk.settle()
    assert pane.bottom.isVisible()
    assert pane.bottom._total.text() == "Amount: ¥86,400, $1,200.50"
    for deal in desk.services.records.ids(Kind.OPPORTUNITY):
        desk.services.records.trash(Kind.OPPORTUNITY, deal)
    pane.reload()
    desk.settle()
    assert pane.bottom.isHidden()
    assert pane.bottom._total.text() == ""
