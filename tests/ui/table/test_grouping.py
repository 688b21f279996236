"""Rows under headings: folded by mouse and keys, never taken for records, kept with a view."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Query
from crm_desktop.ui.companies.list_page import CompaniesPage
from crm_desktop.ui.contacts.list_page import ContactsPage
from crm_desktop.ui.language import set_language
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.table.loader import FIRST
from tests.ui.table.conftest import Desk


def lines(page: ListPage) -> list[str]:
    """Every row as it reads: headings in brackets with their count."""
    model, said = page.pane.model, []
    for row in range(model.rowCount()):
        group = model.heading_at(row)
        if group is None:
            said.append(model.cell(row, 0).text)
        else:
            said.append(f"[{model.heading_texts.name(model.group, group)} {group.count}]")
    return said


def grouped(desk: Desk, key: str = "company") -> ListPage:
    desk.fill()
    page = desk.open(ContactsPage)
    page.pane.set_group(key)
    desk.settle()
    return page


def stand_on(page: ListPage, row: int) -> None:
    page.pane.view.setFocus()
    page.pane.view.setCurrentIndex(page.pane.model.index(row, 0))


def test_rows_stand_under_the_value_they_share(desk: Desk) -> None:
    page = grouped(desk)
    assert lines(page) == [
        "[Greenspring Foods 1]",
        "Lina Berg",
        "[Hengyuan Precision 2]",
        "Ada Byron",
        "Wei Zhang",
    ]
    assert page.pane.bottom._count.text() == "3 contacts"
    assert page._bar.count.text() == "3"
    page.pane.set_group("")
    desk.settle()
    assert lines(page) == ["Ada Byron", "Lina Berg", "Wei Zhang"]


def test_what_stood_at_the_top_begins_at_its_top(desk: Desk) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.pane.view.setFixedHeight(90)  # less than the rows need
    bar = page.pane.view.verticalScrollBar()
    page.pane.set_group("company")
    desk.settle()
    assert page.pane.view.current_id() == page.pane.model.id_at(3)  # the first of all before
    assert (bar.value(), bar.maximum() > 0) == (0, True)
    bar.setValue(page.pane.view.rowHeight(0))
    top = page.pane.view.place().top
    assert top is not None
    page.pane.set_group("")
    desk.settle()
    assert page.pane.view.place().top == top  # elsewhere the place is kept


def test_the_order_within_and_of_the_groups(desk: Desk) -> None:
    page = grouped(desk)
    page.pane._sort((("company", True), ("name", True)))
    desk.settle()
    assert lines(page) == [
        "[Hengyuan Precision 2]",
        "Wei Zhang",
        "Ada Byron",
        "[Greenspring Foods 1]",
        "Lina Berg",
    ]


def test_folded_by_a_click_and_by_keys(desk: Desk) -> None:
    page = grouped(desk)
    view = page.pane.view
    at = QPoint(30, view.rowViewportPosition(0) + 10)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert lines(page) == ["[Greenspring Foods 1]", "[Hengyuan Precision 2]", *lines(page)[2:]]
    assert "Lina Berg" not in lines(page)
    assert view.current_heading() is not None
    assert view.current_id() is None
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert "Lina Berg" in lines(page)
    assert view.currentIndex().row() == 0
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert "Lina Berg" not in lines(page)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert "Lina Berg" in lines(page)
    page.pane.fold_all(True)
    assert lines(page) == ["[Greenspring Foods 1]", "[Hengyuan Precision 2]"]
    assert page.pane.bottom._count.text() == "3 contacts"
    page.pane.fold_all(False)
    assert len(lines(page)) == 5


def test_headings_are_no_records(desk: Desk) -> None:
    page = grouped(desk)
    view = page.pane.view
    view.selectAll()
    assert view.selected_count() == 3
    assert set(view.selected_ids()) == set(desk.services.records.ids(Kind.PERSON))
    stand_on(page, 0)
    assert view.selected_count() == 0
    assert not page.handles("delete")
    assert page.selected_place() is None
    view.edit_current()
    assert not view.editing
    page.pane.acts.trash()
    desk.settle()
    assert desk.services.records.count(Kind.PERSON) == 3


def test_news_keeps_folds_and_the_place(desk: Desk) -> None:
    page = grouped(desk)
    page.pane.fold_all(True)
    stand_on(page, 1)
    records = desk.services.records
    company = next(iter(records.ids(Kind.COMPANY, Query(text="Green"))))
    records.create(Kind.PERSON, {"name": "New One", "company": company})
    desk.settle()
    assert lines(page) == ["[Greenspring Foods 2]", "[Hengyuan Precision 2]"]
    assert page.pane.view.currentIndex().row() == 1


def test_next_and_previous_know_every_row(desk: Desk) -> None:
    page = grouped(desk)
    page.pane.fold_all(True)
    place = page.pane.acts.place_of(page.pane.model.records[0])
    assert place.wish("trail") == "list/person"
    assert len(page.pane.model.records) == 3


def test_sums_stand_in_the_headings_and_are_read_aloud(desk: Desk) -> None:
    from crm_desktop.ui.opportunities.page import OpportunitiesPage
    from crm_desktop.ui.places import Place

    desk.deals()
    page: Any = desk.open(OpportunitiesPage, Place("opportunities", view="list"))  # type: ignore[arg-type]
    pane = page.list
    pane.set_group("currency")
    desk.settle()
    model = pane.model
    said = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 2)]
    assert said[0].startswith("CNY  ·  1 opportunity")
    assert "¥86,400" in said[0]
    assert "$1,200.50" in said[1]
    set_language("zh")
    assert "未分组" not in model.heading_text(model.heading_at(0))


def test_missing_values_come_last_under_a_heading_of_their_own(desk: Desk) -> None:
    desk.fill()
    page = desk.open(CompaniesPage)
    page.pane.set_group("city")
    desk.settle()
    assert lines(page) == [
        "[Suzhou 1]",
        "Hengyuan Precision",
        "[City not set 1]",
        "Greenspring Foods",
    ]


def test_more_than_the_first_page(desk: Desk) -> None:
    records = desk.services.records
    for number in range(FIRST + 20):
        records.create(Kind.COMPANY, {"name": f"Firm {number:04}", "city": f"City {number % 7}"})
    page = desk.open(CompaniesPage)
    page.pane.set_group("city")
    desk.settle()
    assert page.pane.model.rowCount() == FIRST + 20 + 7
    assert len(set(page.pane.model.records)) == FIRST + 20


def test_the_popover_sorts_and_groups(desk: Desk) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.do_order()
    popover: Any = page.pane.popover
    popover.group.set_value("lifecycle")
    popover.grouped_by.emit("lifecycle")
    popover.levels[0].field.set_value("company")
    popover.levels[0]._tell()
    popover.levels[1].field.set_value("name")
    popover.levels[1]._tell()
    popover.levels[1].direction.click()
    desk.settle()
    query = page.pane.query()
    assert query.group == "lifecycle"
    assert query.order == (("company", False), ("name", True))
    assert page.pane.model.order == query.order


def test_a_view_and_a_restart_keep_the_grouping(desk: Desk) -> None:
    page = grouped(desk)
    assert page.pane.saved.differs
    view = page.pane.saved.shown()
    assert view.query.group == "company"
    state = page.state()
    page.pane.set_group("")
    desk.settle()
    page.restore(state)
    page.refresh()
    desk.settle()
    assert page.pane.group == "company"
    assert len(lines(page)) == 5
