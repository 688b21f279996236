"""Saved views in a list: saved, opened, changed, renamed, deleted, and taken up again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Condition, Group, Op, Query
from crm_desktop.domain.views import View
from crm_desktop.ui.contacts.list_page import ContactsPage
from crm_desktop.ui.opportunities.page import OpportunitiesPage
from crm_desktop.ui.papers.list_page import PapersPage
from crm_desktop.ui.places import Place, view_place
from crm_desktop.ui.service.list_page import ServicePage
from crm_desktop.ui.table.list_page import ListPage
from tests.ui.table.conftest import Desk, Names

LEFT = Qt.MouseButton.LeftButton


def titles(page: ListPage) -> list[str]:
    return [action.text() for action in page._views.menu().actions() if action.text()]


def go(desk: Desk, page: ListPage, place: Place) -> None:
    page.open_place(place)
    desk.settle()


def follow(desk: Desk, page: ListPage) -> None:
    """Let the page follow the navigator, as the window does."""
    desk.context.navigator.moved.connect(page.open_place)


def lina(desk: Desk) -> int:
    query = Query().also(Condition("name", Op.CONTAINS, "Lina"))
    return desk.services.views.add(Kind.PERSON, "Lina only", View(query, ("name", "mobile")))


def test_save_what_is_shown_under_a_name(desk: Desk, names: Names, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    follow(desk, page)
    save = page.pane.filter.save_button
    assert not save.isVisible()
    page.pane.filter._take(Group((Condition("name", Op.CONTAINS, "a"),)))
    page.pane._choose_columns(("name", "city"))
    page.pane._sized("name", 200)
    page.pane._sort((("name", True),))
    desk.settle()
    assert save.isVisible()
    qtbot.mouseClick(save, LEFT)
    popover = page.pane.saved._popover
    assert popover is not None
    assert popover.line.text() == "Name contains “a”"
    popover.line.setText("With an a")
    qtbot.keyClick(popover.line, Qt.Key.Key_Return)
    desk.settle()
    (view,) = desk.services.views.all()
    assert view.name == "With an a"
    assert view.view.columns == ("name", "city")
    assert view.view.widths == {"name": 200}
    assert view.view.query.order == (("name", True),)
    assert desk.context.navigator.here == view_place("person", view.id)
    assert page._bar.title.text() == page.title() == "With an a"
    assert desk.window.toasts[-1] == "View “With an a” saved."
    assert not save.isVisible()
    assert names(page) == ["Wei Zhang", "Lina Berg", "Ada Byron"]


def test_a_view_comes_and_goes_and_the_list_is_as_before(desk: Desk, names: Names) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.pane._choose_columns(("name", "company"))
    view_id = lina(desk)
    go(desk, page, view_place("person", view_id))
    assert names(page) == ["Lina Berg"]
    assert page.pane.columns() == ("name", "mobile")
    assert page.pane.filter.texts() == ["Name contains “Lina”"]
    go(desk, page, Place("contacts"))
    assert len(names(page)) == 3
    assert page.pane.columns() == ("name", "company")
    assert page._bar.title.text() == "All contacts"


def test_a_changed_view_can_be_updated_or_put_back(desk: Desk, names: Names) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    view_id = lina(desk)
    go(desk, page, view_place("person", view_id))
    page.pane._sort((("mobile", False),))
    desk.settle()
    assert page.pane.saved.differs
    page.pane.saved.reset()
    desk.settle()
    assert not page.pane.saved.differs
    page.pane.filter.clear()
    desk.settle()
    popover = page.pane.saved.save(page)
    assert not popover.other.isHidden()
    popover.other.click()
    desk.settle()
    found = desk.services.views.find(view_id)
    assert found is not None
    assert found.view.query == Query()
    assert not page.pane.saved.differs
    assert desk.window.undo[-1]


def test_a_name_that_is_taken_is_said_and_the_text_stays(desk: Desk, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    lina(desk)
    page.do_filter()
    page.pane.set_filter(Query(text="wei"))
    desk.settle()
    page.do_save_view()
    popover = page.pane.saved._popover
    assert popover is not None
    popover.line.clear()
    qtbot.keyClick(popover.line, Qt.Key.Key_Return)
    assert popover._problem.text() == "A view needs a name."
    qtbot.keyClicks(popover.line, "lina ONLY")
    qtbot.keyClick(popover.line, Qt.Key.Key_Return)
    desk.settle()
    assert popover.isVisible()
    assert "already" in popover._problem.text()
    assert popover.line.text() == "lina ONLY"
    assert len(desk.services.views.all()) == 1


def test_the_menu_of_the_title(desk: Desk, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    follow(desk, page)
    view_id = lina(desk)
    assert titles(page) == ["All contacts", "Lina only", "Save view…"]
    next(a for a in page._views.menu().actions() if a.text() == "Lina only").trigger()
    desk.settle()
    assert page.title() == "Lina only"
    assert titles(page)[3:] == ["Back to the saved view", "Rename…", "Delete view"]
    next(a for a in page._views.menu().actions() if a.text() == "Rename…").trigger()
    popover = page._views._acts._popover
    assert popover is not None
    line = popover.findChild(QLineEdit)
    assert line is not None
    line.setText("Only Lina")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    assert page._bar.title.text() == "Only Lina"
    next(a for a in page._views.menu().actions() if a.text() == "Delete view").trigger()
    desk.settle()
    assert desk.services.views.find(view_id) is None
    assert page._bar.title.text() == "All contacts"
    assert desk.context.navigator.here == view_place("person", None)
    desk.services.history.undo()
    desk.settle()
    assert "Only Lina" in titles(page)


def test_a_view_that_is_gone_is_said(desk: Desk, names: Names) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    go(desk, page, view_place("person", 999))
    (told,) = desk.window.told
    assert isinstance(told, Refused)
    assert told.key == "views.gone"
    assert len(names(page)) == 3


def test_unsaved_changes_of_a_view_survive_a_restart(desk: Desk, names: Names) -> None:
    desk.fill()
    view_id = lina(desk)
    page = desk.open(ContactsPage)
    page.pane._choose_columns(("name", "company"))
    go(desk, page, view_place("person", view_id))
    page.pane._choose_columns(("name", "city"))
    state = page.state()
    again = ContactsPage(desk.context)
    again.restore(state)
    assert again.pane.columns() == ("name", "company")
    again.show_place(view_place("person", view_id))
    assert again.pane.columns() == ("name", "city")
    assert again.pane.saved.differs
    again.pane.saved.leave()
    assert again.pane.columns() == ("name", "company")
    desk.settle()
    again.deleteLater()


def test_a_segment_becomes_a_condition_of_its_view(desk: Desk) -> None:
    records = desk.services.records
    first = records.create(Kind.TICKET, {"subject": "Spindle noise"})
    second = records.create(Kind.TICKET, {"subject": "Wrong label"})
    records.update(Kind.TICKET, second, {"state": "solved"})
    page = desk.open(ServicePage)
    page.pane.filter._take(Group((Condition("subject", Op.FILLED),)))
    view = page.pane.saved.shown()
    assert [part.key for part in view.query.where.conditions] == ["state", "subject"]  # type: ignore[union-attr]
    view_id = desk.services.views.add(Kind.TICKET, "Open ones", view)
    go(desk, page, view_place("ticket", view_id))
    assert list(page.pane.model.ids) == [first]
    assert page._segments[Kind.TICKET].current() == "all"
    assert not page.pane.saved.differs
    go(desk, page, Place("service"))
    assert page._segments[Kind.TICKET].current() == "open"
    assert list(page.pane.model.ids) == [first]


def test_the_paper_of_a_view_says_what_it_shows(desk: Desk, tmp_path: Path) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    go(desk, page, view_place("person", lina(desk)))
    page.pane.acts.print_to(tmp_path / "out.pdf")
    desk.settle()
    with closing(pdfium.PdfDocument(tmp_path / "out.pdf")) as paper:
        text = " ".join(paper[0].get_textpage().get_text_range().split())
    assert text.startswith("Lina only 1 contact")
    assert "Contacts where Name contains “Lina”." in text
    assert "Lina Berg" in text
    assert "Wei Zhang" not in text


def test_two_lists_on_one_page(desk: Desk) -> None:
    view_id = desk.services.views.add(
        Kind.CONTRACT, "In force", View(Query().also(Condition("state", Op.IS_NOT, "draft")))
    )
    page = desk.open(PapersPage)
    assert not page._bar.title.isVisible()
    go(desk, page, view_place("contract", view_id))
    assert page.pane.kind is Kind.CONTRACT
    assert page._bar.title.isVisible()
    assert page.title() == "In force"
    go(desk, page, Place("documents"))
    assert not page._bar.title.isVisible()


def test_opportunities_open_their_list(desk: Desk, qtbot: Any) -> None:
    desk.deals()
    view_id = desk.services.views.add(
        Kind.OPPORTUNITY, "Robots", View(Query().also(Condition("title", Op.IS, "Robot")))
    )
    page = OpportunitiesPage(desk.context)
    qtbot.addWidget(page)
    page.resize(1072, 728)
    page.show()
    page.open_place(view_place("opportunity", view_id))
    desk.settle()
    assert page.view() == "list"
    assert page.list is not None
    assert len(page.list.model.ids) == 1
    assert page.title() == "Robots"
    assert page.handles("save_view")
    page.open_place(Place.to("opportunities", view="list"))
    desk.settle()
    assert len(page.list.model.ids) == 2


@pytest.mark.parametrize("kind", [Kind.ACTIVITY, Kind.PERSON, Kind.QUOTE])
def test_places_of_views(kind: Kind) -> None:
    from crm_desktop.ui.catalogue import PAGES

    place = view_place(kind.value, 7)
    assert place.page in PAGES
    assert Place.parse(str(place)) == place
    assert place.wish("saved") == "7"


def test_a_long_name_does_not_make_the_menu_as_wide_as_the_screen(desk: Desk) -> None:
    page = desk.open(ContactsPage)
    desk.services.views.add(Kind.PERSON, "Bearings & " + "x" * 300, View())
    menu = page._views.menu()
    assert any(text.startswith("Bearings && x") and text.endswith("…") for text in titles(page))
    assert menu.sizeHint().width() < 450
