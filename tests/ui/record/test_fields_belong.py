"""Own fields come and go on a record page with what the record has; what is held stays."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.page import RecordPage
from tests.ui.record.conftest import Desk


def limited(services: Services, kind: Kind, name: str, *items: int) -> str:
    """A field of the kind that belongs to the items."""
    key = services.custom.add(kind, name, FieldType.TEXT)
    services.custom.limit(kind, key, items)
    return key


def shown(page: RecordPage, key: str) -> bool:
    """Whether the facts show the field."""
    return page.facts.rows[key].isVisibleTo(page)


def told(page: RecordPage, key: str) -> str:
    """What stands below a field that is shown for its value alone."""
    label = page.facts.rows[key]._belonging
    return label.text() if label is not None and label.isVisibleTo(page) else ""


def test_a_field_comes_and_goes_with_the_product_lines_of_a_company(desk: Desk) -> None:
    services = desk.services
    tractors, combines = (services.lists.add("product_line", name) for name in ("拖拉机", "收割机"))
    key = limited(services, Kind.COMPANY, "马力", tractors, combines)
    everywhere = services.custom.add(Kind.COMPANY, "门牌")
    page = desk.open("company", desk.company)
    assert not shown(page, key)
    page.facts.more.click()  # "+ n empty fields" brings what is folded, not what belongs elsewhere
    assert not shown(page, key)
    assert shown(page, everywhere)
    page.facts.more.click()
    services.records.update(Kind.COMPANY, desk.company, {"product_lines": (combines,)})
    desk.settle()
    assert shown(page, key)  # asked of such companies, so not folded away
    assert told(page, key) == ""
    services.history.undo()
    desk.settle()
    assert not shown(page, key)
    services.custom.limit(Kind.COMPANY, key, ())
    desk.settle()
    page.facts.more.click()
    assert shown(page, key)


def test_a_value_held_where_the_field_does_not_belong_stays_in_sight(desk: Desk) -> None:
    services = desk.services
    tractors = services.lists.add("product_line", "拖拉机")
    customer = services.lists.by_code("company_kind", "customer").id
    key = limited(services, Kind.COMPANY, "马力", tractors, customer)
    flag = services.custom.add(Kind.COMPANY, "四驱", FieldType.BOOLEAN)
    services.custom.limit(Kind.COMPANY, flag, [tractors])
    fitting = {"product_lines": (tractors,), "kinds": (customer,), key: "120", flag: False}
    services.records.update(Kind.COMPANY, desk.company, fitting)
    page = desk.open("company", desk.company)
    assert (shown(page, key), told(page, key)) == (True, "")
    services.records.update(Kind.COMPANY, desk.company, {"product_lines": ()})
    desk.settle()
    row = page.facts.rows[key]
    assert shown(page, key)
    assert shown(page, flag)  # a no is held, too
    what = tr("format.dot", one="拖拉机", other=tr("list.company_kind.customer"))
    assert told(page, key) == tr("record_page.belongs", what=what)
    assert row.line.accessibleDescription() == told(page, key)
    row.edit()
    assert shown(page, key)
    line = row.findChild(QLineEdit)
    assert line is not None
    line.clear()
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    assert desk.value(Kind.COMPANY, desk.company, key) is None
    assert not shown(page, key)
    services.history.undo()
    desk.settle()
    assert shown(page, key)


def test_people_follow_the_company_they_work_at(desk: Desk) -> None:
    services = desk.services
    tractors = services.lists.add("product_line", "拖拉机")
    key = limited(services, Kind.PERSON, "驾照", tractors)
    page = desk.open("person", desk.person)
    assert not shown(page, key)
    services.records.update(Kind.COMPANY, desk.company, {"product_lines": (tractors,)})
    desk.settle()
    assert shown(page, key)
    services.records.update(Kind.PERSON, desk.person, {"company": None})
    desk.settle()
    assert not shown(page, key)


def test_an_opportunity_that_goes_to_another_pipeline(desk: Desk) -> None:
    services = desk.services
    tender = services.lists.add("pipeline", "招投标")
    key = limited(services, Kind.OPPORTUNITY, "招标编号", tender)
    page = desk.open("opportunity", desk.opportunity)
    assert not shown(page, key)
    stage = services.lists.items("stage", parent_id=tender)[0].id
    page.editing.save("stage", stage)
    desk.settle()
    assert shown(page, key)


def test_the_search_for_a_field_says_where_it_belongs(desk: Desk) -> None:
    services = desk.services
    tractors = services.lists.add("product_line", "拖拉机")
    key = limited(services, Kind.COMPANY, "马力", tractors)
    page = desk.open("company", desk.company)
    assert not page.facts.elsewhere.isVisibleTo(page)
    page.facts._search("马")
    assert not shown(page, key)
    assert page.facts.elsewhere.text() == tr("record_page.elsewhere", name="马力", what="拖拉机")
    assert page.facts.elsewhere.isVisibleTo(page)
    page.facts._search("")
    assert not page.facts.elsewhere.isVisibleTo(page)
