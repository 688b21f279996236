"""From the page of a person: all that is held as a zip, and erasing for good."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.ui.record.page import RecordPage
from crm_desktop.ui.view_state import ViewState
from tests.ui.history.test_erasing import acted, on_disk
from tests.ui.record.conftest import Desk


def test_both_stand_in_the_record_menu_of_customers_alone(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    assert isinstance(page, RecordPage)
    assert page.privacy is not None
    menu = desk.window.menus.record
    assert menu is not None
    assert page.privacy.erase in menu.actions()
    assert desk.open("opportunity", desk.opportunity).privacy is None


def test_a_zip_of_all_that_is_held(desk: Desk, tmp_path: Path) -> None:
    page = desk.open("person", desk.person)
    desk.services.attachments.add_bytes(Ref(Kind.PERSON, desk.person), "a.txt", b"held")
    page.privacy.export_to(tmp_path / "own.zip")
    desk.settle()
    with zipfile.ZipFile(tmp_path / "own.zip") as archive:
        assert archive.read("files/a.txt") == b"held"
    assert "own.zip" in desk.window.toasts.text


def test_the_file_offered_is_called_as_the_whole_title(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.services.records.update(Kind.PERSON, desk.person, {"name": "王/刚"})
    page = desk.open("person", desk.person)
    asked: list[str] = []

    def ask(dialog: QFileDialog) -> int:
        asked.extend(dialog.selectedFiles())
        return 0

    monkeypatch.setattr(QFileDialog, "exec", ask)
    page.privacy.export.trigger()
    assert [Path(name).name for name in asked] == ["王_刚.zip"]


def test_an_erased_person_leads_back_to_the_list(desk: Desk) -> None:
    page = desk.open("person", desk.colleague)
    page.note.text.set_text("half a note")
    page.note.keep_draft()
    assert b"half a note" in on_disk(desk.window)
    acted(desk.window, page.privacy.erase.trigger, "Erase for good", desk.qtbot)
    desk.settle()
    with pytest.raises(Refused):
        desk.services.records.card(Kind.PERSON, desk.colleague)
    here = desk.window.navigator.here
    assert here is not None
    assert here.page == "contacts"
    assert b"half a note" not in on_disk(desk.window)


def test_a_note_begun_elsewhere_goes_when_it_tells_of_them(desk: Desk) -> None:
    page = desk.open("company", desk.company)
    page.note.text.set_text("李娜 wants to see the new machine")
    page.note.keep_draft()
    other = desk.open("person", desk.person)
    other.note.text.set_text("half a note about the price")
    other.note.keep_draft()
    desk.open("person", desk.colleague)
    acted(desk.window, other.privacy.erase.trigger, "Erase for good", desk.qtbot)
    desk.settle()
    assert page.note.text.text() == ""
    desk.window.state.flush()
    left = ViewState(desk.window.home.config)
    uid = desk.services.records.card(Kind.COMPANY, desk.company).uid
    assert not left.get(f"draft/note/{uid}")
    assert b"half a note about the price" in on_disk(desk.window)
