"""A contract: open blanks, states, and what keeps the PDF from being written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.papers import paper_files
from crm_desktop.ui.papers.contract_page import ContractPage
from tests.ui.papers.conftest import Desk

Key = Qt.Key
BODY = "# 第一条\n交货地点：{{delivery_place}}。\n{{lines}}\n总价 {{total}}，管辖 {{court}}。"


def made(desk: Desk, body: str = BODY) -> ContractPage:
    contract = desk.services.contracts.create(
        {"company": desk.company, "body": body}, [LineDraft(product=desk.product)]
    )
    return desk.open_contract(contract)


def test_what_is_missing_is_listed_and_led_to(desk: Desk) -> None:
    page = made(desk)
    assert list(page.missing.inputs) == ["delivery_place", "court"]
    page.jump_to("court")
    assert page.text.area.textCursor().selectedText() == "{{court}}"
    assert page.text.area.hasFocus()


def test_a_value_typed_in_the_list_goes_into_the_text(desk: Desk) -> None:
    page = made(desk)
    page.missing.inputs["delivery_place"].setFocus()
    desk.say("苏州")
    desk.press(Key.Key_Enter)
    desk.rest()
    assert list(page.missing.inputs) == ["court"]
    assert "交货地点：苏州。" in page.text.area.text()
    assert page.missing.inputs["court"].hasFocus()
    assert "苏州" in desk.preview_text(page)


def test_tab_goes_from_value_to_value(desk: Desk) -> None:
    page = made(desk, BODY.replace("管辖", "质保 {{warranty_months}}，管辖"))
    inputs = page.missing.inputs
    inputs["delivery_place"].setFocus()
    for value in ("苏州", "12", "苏州工业园区"):
        desk.say(value)
        desk.press(Key.Key_Tab)
    desk.rest()
    assert not page.missing.inputs
    assert page.text.area.hasFocus()
    text = page.text.area.text()
    assert "交货地点：苏州。" in text
    assert "质保 12，管辖 苏州工业园区" in text


def test_blanks_keep_the_pdf_back(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(desk)
    asked: list[str] = []

    def ask(_parent: object, name: str) -> Path:
        asked.append(name)
        return tmp_path / "contract.pdf"

    monkeypatch.setattr(paper_files, "ask_pdf", ask)
    page.save_pdf()
    desk.rest()
    assert asked == []
    assert "2 blanks" in page.notes.text("refused")
    page.act("signed")
    desk.rest()
    assert desk.services.contracts.card(page.record_id or 0).card.values["state"] == "draft"
    desk.services.contracts.fill(page.record_id or 0, {"delivery_place": "苏州", "court": "苏州"})
    desk.rest()
    assert page.notes.text("refused") == ""
    page.save_pdf()
    desk.rest()
    assert (tmp_path / "contract.pdf").read_bytes() == page.preview.pdf or asked


def test_the_text_is_stored_while_one_types(desk: Desk) -> None:
    page = made(desk, "第一条")
    page.text.area.setFocus()
    page.text.area.moveCursor(page.text.area.textCursor().MoveOperation.End)
    desk.say("，完。")
    page.text.leave()
    desk.rest()
    card = desk.services.records.card(Kind.CONTRACT, page.record_id or 0)
    assert card.values["body"] == "第一条，完。"
    assert page.text.area.textCursor().position() == len("第一条，完。")


def test_marking_placeholders_is_no_typing(desk: Desk) -> None:
    page = made(desk)
    assert not page.has_unsaved_text()


def test_from_draft_to_completed(desk: Desk) -> None:
    page = made(desk, "全文。")
    for state in ("reviewed", "signed", "in_force", "completed"):
        assert page.header.buttons[state].isVisible()
        page.act(state)
        desk.rest()
        shown = desk.services.contracts.card(page.record_id or 0)
        assert shown.card.values["state"] == state
        assert page.text.area.isReadOnly()
    assert not page.header.buttons["completed"].isVisible()
    assert page.header.buttons["revise"].isVisible()


def test_a_template_replaces_the_text(desk: Desk) -> None:
    page = made(desk)
    _name, body = page._ready_texts()[0]
    page.text._take(body)
    desk.rest()
    assert page.text.area.text() == body.strip()
    assert len(page.missing.inputs) > 2
