"""Settings over a real book: stored at once, undoable, live, nothing typed is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import item_name
from crm_desktop.services.dumps import make_book
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.history.rows import local
from crm_desktop.ui.language import tr
from crm_desktop.ui.settings.company import CompanyGroup
from crm_desktop.ui.settings.data import DataGroup
from crm_desktop.ui.settings.fields import FieldsGroup
from crm_desktop.ui.settings.lists import ListsGroup
from crm_desktop.ui.settings.page import GROUPS, SettingsPage
from crm_desktop.ui.settings.staff import StaffGroup
from crm_desktop.ui.settings.tags import TagsGroup
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.widgets import ChoiceField
from tests.ui.settings.steps import open_group, rest, type_into


def test_every_group_opens_in_both_languages(page: SettingsPage, qtbot: Any) -> None:
    for key in GROUPS:
        open_group(page, key, qtbot)
        assert page.current == key
    page.context.settings.language = "zh"
    page.context.window.apply_settings()
    assert page.list.item(1).text() == "我的公司"


def test_my_company_is_stored_when_left_and_undone(
    page: SettingsPage, services: Services, qtbot: Any
) -> None:
    group = open_group(page, "company", qtbot)
    assert isinstance(group, CompanyGroup)
    editor = group.form.editors["name"]
    type_into(editor, "Hengyuan", qtbot)
    assert services.business.own_company().name == ""
    editor.read()  # type: ignore[attr-defined]
    rest(page, qtbot)
    assert services.business.own_company().name == "Hengyuan"
    services.history.undo()
    rest(page, qtbot)
    assert services.business.own_company().name == ""


def test_a_live_switch_of_language_keeps_what_is_typed(
    page: SettingsPage, services: Services, qtbot: Any
) -> None:
    group = open_group(page, "company", qtbot)
    editor = group.form.editors["address"]
    type_into(editor, "Half an addr", qtbot)
    page.context.settings.language = "zh"
    page.context.window.apply_settings()
    assert editor.text() == "Half an addr"
    assert group.form.rows["address"]._label.text() == "地址"
    services.business.set_own_company(name="News from elsewhere")
    rest(page, qtbot)
    assert editor.text() == "Half an addr"
    page.save_unsaved_text()
    rest(page, qtbot)
    assert services.business.own_company().address == "Half an addr"


def test_the_logo_is_read_kept_and_removed(
    page: SettingsPage, services: Services, tmp_path: Path, qtbot: Any
) -> None:
    group = open_group(page, "company", qtbot)
    image = QImage(3000, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    path = tmp_path / "logo.png"
    assert image.save(str(path))
    group.logo.take(path)
    rest(page, qtbot)
    stored = QImage.fromData(services.business.logo())
    assert (stored.width(), stored.height()) == (1200, 240)
    group.logo.remove.click()
    rest(page, qtbot)
    assert services.business.logo() == b""
    (tmp_path / "not.png").write_bytes(b"no picture")
    group.logo.take(tmp_path / "not.png")
    assert "not.png" in group.logo._hint.text()


def test_the_buttons_of_a_list_keep_the_keyboard(
    page: SettingsPage, services: Services, qtbot: Any
) -> None:
    group = open_group(page, "lists", qtbot)
    assert isinstance(group, ListsGroup)
    group.which.set_value("source")
    group._chosen("source")
    editor = group.editor
    editor.retire.setFocus()
    for words in ("settings.lists.bring_back", "settings.lists.retire"):
        qtbot.keyClick(editor.retire, Qt.Key.Key_Space)
        rest(page, qtbot)
        assert editor.retire.text() == tr(words)
        assert editor.retire.hasFocus()
    editor._choose(services.lists.items("source")[1].id)
    editor.up.setFocus()
    qtbot.keyClick(editor.up, Qt.Key.Key_Space)
    rest(page, qtbot)
    assert editor.rows.currentRow() == 0
    assert editor.down.hasFocus()


def test_list_items_are_renamed_and_recoloured(
    page: SettingsPage, services: Services, qtbot: Any
) -> None:
    group = open_group(page, "lists", qtbot)
    assert isinstance(group, ListsGroup)
    group.which.set_value("source")
    group._chosen("source")
    row = group.editor.rows.item(0)
    row.setText("Old friends")
    rest(page, qtbot)
    first = services.lists.items("source")[0]
    assert item_name(first, tr) == "Old friends"
    group.editor._choose(first.id)
    group.editor.set_colour("teal")
    rest(page, qtbot)
    assert services.lists.item(first.id).color == "teal"
    group.editor.new.setText("Old friends")
    group.editor.add()
    rest(page, qtbot)
    assert len([i for i in services.lists.items("source") if i.name == "Old friends"]) == 1
    assert "Old friends" in page.context.window.toasts.text  # type: ignore[attr-defined]


def test_own_fields_and_people(page: SettingsPage, services: Services, qtbot: Any) -> None:
    fields = open_group(page, "fields", qtbot)
    assert isinstance(fields, FieldsGroup)
    fields.new.setText("Shoe size")
    fields.type.set_value(FieldType.INTEGER)
    fields.add()
    rest(page, qtbot)
    assert [row.name for row in services.custom.of(Kind.PERSON)] == ["Shoe size"]
    fields.rows.item(0).setText("Hat size")
    rest(page, qtbot)
    assert [row.name for row in services.custom.of(Kind.PERSON)] == ["Hat size"]
    fields.remove.click()
    rest(page, qtbot)
    assert services.custom.of(Kind.PERSON) == []
    staff = open_group(page, "staff", qtbot)
    assert isinstance(staff, StaffGroup)
    staff.new.setText("陈经理")
    staff.add()
    rest(page, qtbot)
    cell = staff.table.item(0, 1)
    assert cell is not None
    cell.setText("销售一部")
    rest(page, qtbot)
    ids = services.records.ids(Kind.STAFF)
    assert services.records.rows(Kind.STAFF, ids, ["name", "team"])[0].values == (
        "陈经理",
        "销售一部",
    )


def test_tags_are_renamed_coloured_and_removed(
    page: SettingsPage, services: Services, qtbot: Any
) -> None:
    person = services.records.create(Kind.PERSON, {"name": "张伟", "tags": ("expo",)})
    group = open_group(page, "tags", qtbot)
    assert isinstance(group, TagsGroup)
    qtbot.keyClicks(group.new, "VIP")
    group.add()
    rest(page, qtbot)
    assert not group.new.isUndoAvailable()  # Ctrl+Z takes back the tag, not the typing
    assert group.rows.count() == 2
    row = next(r for n in range(2) if (r := group.rows.item(n)) and r.text() == "expo")
    group.rows.setCurrentItem(row)
    row.setText("Expo 2026")
    rest(page, qtbot)
    assert services.records.card(Kind.PERSON, person).values["tags"] == ("Expo 2026",)
    group.set_colour("purple")
    rest(page, qtbot)
    assert {tag.name: tag.color for tag in services.tags.all()}["Expo 2026"] == "purple"
    qtbot.keyClick(group.rows, Qt.Key.Key_Delete)
    rest(page, qtbot)
    assert services.records.card(Kind.PERSON, person).values["tags"] == ()
    services.history.undo()
    assert services.records.card(Kind.PERSON, person).values["tags"] == ("Expo 2026",)


def test_a_tag_renamed_to_another_is_told_to_be_one_with_it(
    page: SettingsPage, services: Services, window: MainWindow, qtbot: Any
) -> None:
    person = services.records.create(Kind.PERSON, {"name": "张伟", "tags": ("expo", "VIP")})
    group = open_group(page, "tags", qtbot)
    assert isinstance(group, TagsGroup)
    row = next(r for n in range(2) if (r := group.rows.item(n)) and r.text() == "expo")
    row.setText("VIP")
    rest(page, qtbot)
    assert services.records.card(Kind.PERSON, person).values["tags"] == ("VIP",)
    assert "VIP" in window.toasts.text


def test_no_backups_are_told_without_an_empty_box(page: SettingsPage, qtbot: Any) -> None:
    group = open_group(page, "backup", qtbot)
    assert isinstance(group, DataGroup)
    rest(page, qtbot)
    assert (group.table.isVisible(), group.restore.isVisible()) == (False, False)
    assert group._state.text() == tr("shell.not_backed_up")
    group.back_up()
    rest(page, qtbot)
    assert (group.table.isVisible(), group.restore.isVisible()) == (True, True)


def test_backups_are_made_listed_and_restored(
    page: SettingsPage, services: Services, qtbot: Any
) -> None:
    group = open_group(page, "backup", qtbot)
    assert isinstance(group, DataGroup)
    services.records.create(Kind.PERSON, {"name": "张伟"})
    for button in (group.make, group.check):
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        qtbot.keyClick(button, Qt.Key.Key_Space)  # impatient
        rest(page, qtbot)
        assert button.hasFocus()
    assert len(group.backups) == 1
    assert group.table.rowCount() == 1
    assert group.whole.text() == tr("settings.data.whole")
    window = page.context.window
    assert isinstance(window, MainWindow)
    made = local(group.backups[0].at, page.context.clock)
    assert f"{made:%H:%M}" in window.sidebar._status.text()
    wished: list[Path] = []
    window.restore_wished.connect(wished.append)
    group.restore_from(group.backups[0].path)
    assert wished == [group.backups[0].path]  # the program does it: tests/ui/shell/test_rescue.py


def test_everything_is_saved_as_json_and_restored(
    page: SettingsPage, services: Services, tmp_path: Path, qtbot: Any
) -> None:
    group = open_group(page, "backup", qtbot)
    assert isinstance(group, DataGroup)
    services.records.create(Kind.PERSON, {"name": "张伟"})
    path = tmp_path / "all.json"
    group.whole_book.save_to(path)
    assert not group.whole_book.save.isEnabled()
    rest(page, qtbot)
    assert group.whole_book.save.isEnabled()
    assert group.whole_book.bar.isHidden()
    made = tmp_path / "made.crm"
    make_book(path, made, services.clock)
    with open_book(made, services.clock) as book:
        assert Services(book, services.clock, services.home).records.count(Kind.PERSON) == 1
    group.whole_book.save_to(tmp_path / "nowhere" / "all.json")
    rest(page, qtbot)
    assert "nowhere" in group.whole_book.told.text()


def test_who_works_here_is_named_in_new_records(
    page: SettingsPage, services: Services, qtbot: Any
) -> None:
    group = open_group(page, "staff", qtbot)
    assert isinstance(group, StaffGroup)
    lin = services.records.create(Kind.STAFF, {"name": "林静"})
    rest(page, qtbot)
    choice = group.form.editors["colleague"]
    assert isinstance(choice, ChoiceField)
    uid = services.records.card(Kind.STAFF, lin).uid
    choice.set_value(uid)
    choice.changed.emit(uid)
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    recorded = services.records.card(Kind.COMPANY, company).values["recorded_by"]
    assert (recorded.id, recorded.title) == (lin, "林静")
    choice.changed.emit("")
    other = services.records.create(Kind.COMPANY, {"name": "海拓"})
    assert services.records.card(Kind.COMPANY, other).values["recorded_by"] is None
