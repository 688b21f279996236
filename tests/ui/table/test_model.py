"""The model and the view of a list with very many rows, and with rows that vanish."""

from __future__ import annotations

from array import array
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Query
from crm_desktop.domain.schema import FIELDS, find
from crm_desktop.ui.contacts.list_page import ContactsPage
from crm_desktop.ui.service.list_page import ServicePage
from crm_desktop.ui.table.cells import EMPTY, Presenter
from crm_desktop.ui.table.columns_popover import ColumnsPopover
from crm_desktop.ui.table.model import RecordModel
from crm_desktop.ui.table.view import TableView
from crm_desktop.ui.widgets import LinkButton
from tests.ui.table.conftest import Desk, Names


def make_model(desk: Desk) -> RecordModel:
    model = RecordModel(desk.services, Kind.PERSON, Presenter(desk.services, Kind.PERSON))
    model.set_fields([find(Kind.PERSON, "name")], FIELDS[Kind.PERSON])
    return model


def test_every_id_is_found_in_a_large_array(desk: Desk) -> None:
    model = make_model(desk)
    model.set_ids(array("q", range(1, 70_000)))
    assert [model.row_of(n) for n in (1, 256, 65_536, 69_999)] == [0, 255, 65_535, 69_998]
    # 256 << 8 and the like stand between two ids too; only whole ones count.
    assert model.row_of(1 << 40) == -1
    assert model.row_of(None) == -1


def test_a_million_rows_fetch_only_what_is_seen(desk: Desk, qtbot: Any) -> None:
    made = desk.fill()
    asked: list[int] = []
    rows = desk.services.records.rows

    def counted(kind: Kind, ids: Any, keys: Any) -> Any:
        asked.append(len(ids))
        return rows(kind, ids, keys)

    desk.services.records.rows = counted  # type: ignore[method-assign]
    model = make_model(desk)
    view = TableView(model, lambda _f, _v, _p: None)
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    qtbot.waitExposed(view)
    first = array("q", made)
    model.set_ids(first)
    model.set_ids(first + array("q", range(10_000, 1_010_000)))
    view.grab()
    view.scrollToBottom()
    view.grab()
    assert sum(asked) <= 400
    view.selectAll()
    assert view.selected_count() == 1_000_003
    place = view.place()
    model.set_ids(first + array("q", range(10_000, 1_009_000)))
    view.take_place(place)
    assert view.selected_count() == 999_003


def test_more_rows_leave_selection_and_scroll(desk: Desk, qtbot: Any) -> None:
    model = make_model(desk)
    view = TableView(model, lambda _f, _v, _p: None)
    qtbot.addWidget(view)
    model.set_ids(array("q", range(1, 201)))
    view.select_id(150)
    assert not model.set_ids(array("q", range(1, 5001)))
    assert view.current_id() == 150
    assert list(view.selected_ids()) == [150]


def test_a_vanished_row_is_blank(desk: Desk) -> None:
    model = make_model(desk)
    model.set_ids(array("q", [987_654]))
    assert model.cell(0, 0) is EMPTY
    assert model.value(0, 0) is None


def test_shares_have_one_place_in_every_row(desk: Desk) -> None:
    share = find(Kind.COMPANY, "revenue_share")
    presenter = Presenter(desk.services, Kind.COMPANY)
    shown = [presenter.cell(share, Decimal(n), {}).text for n in ("72.477", "27.5229", "0", "80")]
    assert shown == ["72.5", "27.5", "0", "80"]


def test_letters_find_a_row_also_by_pinyin(desk: Desk, qtbot: Any) -> None:
    made = desk.fill()
    zhang = desk.services.records.create(Kind.PERSON, {"name": "张三丰"})
    page = desk.open(ContactsPage)
    qtbot.keyClicks(page.pane.view, "we")
    desk.settle()
    assert page.pane.view.current_id() == made[0]
    page.pane.view._typed_at = 0.0
    qtbot.keyClicks(page.pane.view, "zsf")
    desk.settle()
    assert page.pane.view.current_id() == zhang


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # lists that drop down
def test_a_choice_is_stored_as_soon_as_it_is_made(desk: Desk) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    model, view = page.pane.model, page.pane.view
    index = model.index(model.row_of(made[1]), model.column_of("lifecycle"))
    view.setCurrentIndex(index)
    page.do_edit()
    editor = view.indexWidget(index)
    assert editor is not None
    lost = desk.item("lifecycle", "lost")
    editor.hidePopup()  # type: ignore[attr-defined]
    editor.set_value(lost)  # type: ignore[attr-defined]
    editor.changed.emit(lost)  # type: ignore[attr-defined]
    desk.settle()
    values = desk.services.records.card(Kind.PERSON, made[1]).values
    assert values["lifecycle"] == lost
    assert model.cell(model.row_of(made[1]), index.column()).text == "Lost"


def test_what_cannot_be_read_stays_open_with_its_reason(desk: Desk, qtbot: Any) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    page.pane.set_columns(("name", "family_size"))
    view = page.pane.view
    index = page.pane.model.index(page.pane.model.row_of(made[0]), 1)
    view.setCurrentIndex(index)
    page.do_edit()
    editor = view.indexWidget(index)
    assert editor is not None
    qtbot.keyClicks(editor, "two")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert view.indexWidget(index) is editor
    assert desk.window.toasts
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    desk.settle()
    assert desk.services.records.card(Kind.PERSON, made[0]).values["family_size"] is None


def test_the_edge_of_a_column_fits_what_is_seen(desk: Desk, names: Names) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    view = page.pane.view
    column = page.pane.model.column_of("company")
    view.setColumnWidth(column, 60)
    view.resizeColumnToContents(column)
    assert view.columnWidth(column) > 100
    assert names(page)


def test_menu_offers_what_fits_the_selection(desk: Desk) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    page.pane.select(made[0])
    one = [action.text() for action in page.pane.acts.menu().actions()]
    assert one[:2] == ["Open", "Edit cell"]
    page.do_select_all()
    many = [action.text() for action in page.pane.acts.menu().actions()]
    assert "Open" not in many
    assert "Move to Trash" in many


def test_header_menu_opens_the_columns(desk: Desk) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.pane.view.head.columns_wanted.emit(QPoint(10, 10))
    popover = page.pane.popover
    assert isinstance(popover, ColumnsPopover)
    assert popover.isVisible()
    assert popover.keys() == list(page.pane.columns())
    popover.reset_wanted.emit()
    assert page.pane.query() == Query()


def test_the_columns_can_be_put_back_in_a_low_window(desk: Desk) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.resize(700, 320)
    popover = page.pane.open_columns(page.pane)
    assert page.rect().contains(popover.geometry())
    reset = popover.findChild(LinkButton)
    assert isinstance(reset, LinkButton)
    corner = reset.mapTo(page, reset.rect().bottomRight())
    assert page.rect().contains(corner)
    assert popover.rows.height() >= 100
    page.resize(700, 800)
    popover.dismiss()
    again = page.pane.open_columns(page.pane)
    assert again.rows.height() == 340


def test_a_missed_promise_is_told_while_the_ticket_is_open(desk: Desk) -> None:
    records = desk.services.records
    late = {"subject": "Noise", "promised_by": date(2026, 11, 18)}
    first = records.create(Kind.TICKET, late)
    page = desk.open(ServicePage)
    model = page.pane.model
    column = model.column_of("promised_by")
    assert model.cell(0, column).chips == (("2 days overdue", "red"),)
    records.update(Kind.TICKET, first, {"state": "solved"})
    page._segments[Kind.TICKET]._chosen("all")
    desk.settle()
    assert model.cell(0, column).chips == ()


def test_news_wait_while_a_cell_is_typed_in(desk: Desk, names: Names, qtbot: Any) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    page.pane.select(made[0])
    page.do_edit()
    line = page.pane.view.indexWidget(page.pane.view.currentIndex())
    assert line is not None
    qtbot.keyClicks(line, "Wei Z")
    desk.services.records.create(Kind.PERSON, {"name": "Aaron First"})
    desk.settle()
    assert page.pane.view.indexWidget(page.pane.view.currentIndex()) is line
    qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    assert names(page) == ["Aaron First", "Ada Byron", "Lina Berg", "Wei Z"]


def test_popovers_leave_with_their_list(desk: Desk) -> None:
    page = desk.open(ContactsPage)
    popover = page.pane.acts.new(page)
    assert popover.isVisible()
    page.hide()
    assert not popover.isVisible()
