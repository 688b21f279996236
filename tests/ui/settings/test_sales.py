"""How the firm sells: its way, defaults and numbers of papers, stages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import item_name
from crm_desktop.services.house import Services
from crm_desktop.ui.language import tr
from crm_desktop.ui.settings.page import SettingsPage
from crm_desktop.ui.settings.sales import SalesGroup
from crm_desktop.ui.widgets import ParsedField
from tests.ui.settings.steps import open_group, rest, type_into


def test_the_way_of_selling_is_chosen_and_its_stages_shown(
    page: SettingsPage, services: Services, qtbot: Any
) -> None:
    group = open_group(page, "sales", qtbot)
    assert isinstance(group, SalesGroup)
    assert group.way.value() == "standard"
    group.way.setFocus()
    qtbot.keyClick(group.way, Qt.Key.Key_Down)
    qtbot.keyClick(group.way, Qt.Key.Key_Down)
    rest(page, qtbot)
    assert services.opportunities.selling.way() == group.way.value() == "project"
    assert group.stages.rows.item(0).text() == "Project found"
    (project,) = (one.id for one in services.opportunities.pipelines())
    own = services.lists.add("pipeline", "Our way")
    services.lists.put_in_order("pipeline", [own, project])
    services.lists.set_active(project, active=False)
    rest(page, qtbot)
    assert group.way.value() == ""
    assert group.way.currentText() == "Our way"
    assert services.opportunities.pipelines()[0].id == own


def test_sales_defaults_refuse_nonsense_in_place(
    page: SettingsPage, services: Services, qtbot: Any
) -> None:
    group = open_group(page, "sales", qtbot)
    assert isinstance(group, SalesGroup)
    rate = group.form.editors["tax_rate"]
    assert isinstance(rate, ParsedField)
    type_into(rate, "much", qtbot)
    assert not rate.read()
    assert services.business.trade().tax_rate == Decimal(13)
    type_into(rate, "6%", qtbot)
    assert rate.read()
    rest(page, qtbot)
    assert services.business.trade().tax_rate == Decimal(6)
    number = group.numbers.editors["quote_number"]
    assert isinstance(number, ParsedField)
    type_into(number, "HY", qtbot)
    assert group._examples["quote_number"].text() == tr("settings.sales.no_example")
    assert not number.read()
    type_into(number, "HY{yy}{month}-{number:03}", qtbot)
    assert group._examples["quote_number"].text() == "Example: HY2611-119"
    assert number.read()
    rest(page, qtbot)
    assert services.business.trade().quote_number == "HY{yy}{month}-{number:03}"


def test_payments_received_and_expenses_are_numbered_as_the_firm_does(
    page: SettingsPage, services: Services, qtbot: Any
) -> None:
    group = open_group(page, "sales", qtbot)
    assert isinstance(group, SalesGroup)
    for key, pattern in (("receipt_number", "SK{number:03}"), ("expense_number", "ZC{number:03}")):
        editor = group.numbers.editors[key]
        assert isinstance(editor, ParsedField)
        type_into(editor, pattern, qtbot)
        assert editor.read()
        rest(page, qtbot)
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    values = {"company": company, "amount": Decimal(30)}
    for kind, number in ((Kind.RECEIPT, "SK001"), (Kind.EXPENSE, "ZC001")):
        made = services.records.create(kind, values)
        assert services.records.card(kind, made).values["number"] == number


def test_stages_are_added_moved_and_retired(
    page: SettingsPage, services: Services, qtbot: Any
) -> None:
    group = open_group(page, "sales", qtbot)
    editor = group.stages
    before = [item.id for item in services.opportunities.stages()]
    editor.new.setText("Trial")
    editor.add()
    rest(page, qtbot)
    item = editor.current()
    assert item is not None
    assert item.name == "Trial"
    assert item.data["state"] == "open"
    group.probability.setValue(70)
    group._save_stage("probability", 70)
    rest(page, qtbot)
    assert services.lists.item(item.id).data["probability"] == 70
    editor._choose(item.id)
    editor.move_by(-1)
    rest(page, qtbot)
    order = [stage.id for stage in services.opportunities.stages()]
    assert order.index(item.id) == len(before) - 3  # before one open stage, won and lost
    editor._choose(item.id)
    editor.retire.click()
    rest(page, qtbot)
    assert item.id not in [stage.id for stage in services.opportunities.stages()]
    editor._choose(item.id)
    assert editor.retire.text() == tr("settings.lists.bring_back")


def test_stages_of_every_pipeline_in_use_are_edited(
    page: SettingsPage, services: Services, qtbot: Any
) -> None:
    services.records.create(Kind.OPPORTUNITY, {"title": "Retrofit"})
    old = services.opportunities.pipelines()[0]
    services.opportunities.selling.choose("project")
    group = open_group(page, "sales", qtbot)
    assert isinstance(group, SalesGroup)
    assert group.stages.parent_id != old.id
    assert group.pipeline.isVisibleTo(group)
    group.pipeline.set_value(old.id)
    group.pipeline.changed.emit(old.id)
    assert group.stages.rows.count() == len(services.opportunities.stages(old.id))
    group.stages.rows.item(0).setText("Inquiry")
    rest(page, qtbot)
    assert item_name(services.opportunities.stages(old.id)[0], tr) == "Inquiry"
    assert group.stages.parent_id == old.id  # news keep the choice


def test_a_pipeline_is_added_renamed_and_retired(
    page: SettingsPage, services: Services, qtbot: Any
) -> None:
    group = open_group(page, "sales", qtbot)
    assert isinstance(group, SalesGroup)
    editor = group.pipelines
    editor.new.setText("Rentals")
    qtbot.keyClick(editor.new, Qt.Key.Key_Return)
    rest(page, qtbot)
    own = editor.current()
    assert own is not None
    assert own.name == "Rentals"
    assert group.stages.parent_id == own.id == group.pipeline.value()
    assert group.stages.rows.count() == len(services.opportunities.stages(own.id)) > 3
    editor.rows.currentItem().setText("Hire")
    rest(page, qtbot)
    assert [item_name(one, tr) for one in services.opportunities.pipelines()][-1] == "Hire"
    editor.retire.click()
    rest(page, qtbot)
    assert own.id not in [one.id for one in services.opportunities.pipelines()]
    assert group.stages.parent_id != own.id
    assert not editor.colour.isVisibleTo(group)
