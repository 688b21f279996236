"""A quote written with keys and an input method, seen beside its paper."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.formats import money
from crm_desktop.ui.language import set_language
from crm_desktop.ui.papers import paper_files
from crm_desktop.ui.places import Place
from tests.ui.papers.conftest import Desk, type_line, written

Key, Held = Qt.Key, Qt.KeyboardModifier


def test_three_lines_by_keys(desk: Desk) -> None:
    quote = desk.services.quotes.create({"company": desk.company})
    page = desk.open_quote(quote)
    page.lines.focus_new()
    type_line(desk, "数控改造套件", "3", "", "", "5", "")
    type_line(desk, "现场安装", "1", "项", "6800", "", "6")
    type_line(desk, "运费", "1", "次", "1.2k", "", "")
    desk.rest()
    stored = desk.services.quotes.card(quote)
    assert [(line.name, line.quantity, line.price) for line in stored.lines] == [
        ("数控改造套件", Decimal(3), Decimal(28800)),
        ("现场安装", Decimal(1), Decimal(6800)),
        ("运费", Decimal(1), Decimal(1200)),
    ]
    assert stored.lines[0].product is not None
    assert stored.lines[0].discount_percent == 5
    assert stored.lines[1].tax_rate == 6
    assert page.sums.values["total"] == money(stored.totals.total, "CNY", cents=True)
    assert "人民币" in page.sums.capitals.text()
    assert [row.amount() for row in page.lines.rows] == [line.amount for line in stored.lines]
    text = desk.preview_text(page)
    assert "现场安装" in text
    assert "90,080.00" in text
    assert page.preview.pdf == desk.services.quotes.preview_pdf(quote)


def test_what_is_typed_shows_in_the_amount_at_once(desk: Desk) -> None:
    page = written(desk)
    row = page.lines.rows[0]
    row.cells["quantity"].setFocus()
    row.cells["quantity"].selectAll()
    desk.say("10")
    assert row.amount() == Decimal(288000)
    assert desk.services.quotes.card(page.record_id or 0).lines[0].quantity == 3


def test_what_cannot_be_read_stays_with_its_reason(desk: Desk) -> None:
    page = written(desk)
    price = page.lines.rows[0].cells["price"]
    price.setFocus()
    price.selectAll()
    desk.say("about ten")
    desk.press(Key.Key_Enter)
    assert price.text() == "about ten"
    assert price.hasFocus()
    assert price.property("wrong")
    desk.press(Key.Key_Escape)
    assert price.text() == "28,800.00"


# The list of offers is a window of its own, which has no keyboard to grab without a screen.
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_an_unknown_item_becomes_a_product(desk: Desk) -> None:
    quote = desk.services.quotes.create({"company": desk.company})
    page = desk.open_quote(quote)
    page.lines.focus_new()
    desk.say("主轴维修")
    item = page.lines._open.item if page.lines._open else None
    assert item is not None
    item._ask()
    desk.press(Key.Key_Enter)
    desk.say("2")
    desk.press(Key.Key_Tab)
    desk.rest()
    line = desk.services.quotes.card(quote).lines[0]
    assert (line.name, line.quantity) == ("主轴维修", Decimal(2))
    assert line.product is not None
    assert desk.services.records.count(Kind.PRODUCT) == 2


def test_a_figure_that_arrives_late_is_replaced_by_typing(desk: Desk) -> None:
    quote = desk.services.quotes.create({"company": desk.company})
    page = desk.open_quote(quote)
    page.lines.focus_new()
    desk.say("伺服压装机")
    desk.press(Key.Key_Enter)
    desk.rest()  # the quantity 1 comes from the book while the keyboard is in its cell
    desk.say("2")
    desk.press(Key.Key_Enter)
    desk.rest()
    assert desk.services.quotes.card(quote).lines[0].quantity == 2


def test_a_line_stays_while_an_older_reading_arrives(desk: Desk) -> None:
    quote = desk.services.quotes.create({"company": desk.company})
    page = desk.open_quote(quote)
    page.lines.focus_new()
    desk.say("伺服压装机")
    desk.press(Key.Key_Enter)
    row = page.lines.rows[0]
    end = monotonic() + 10
    while row.handle.id is None and monotonic() < end:
        pass  # the writer has added it; the window has not heard of that yet
    assert row.handle.id is not None
    page.lines.show_lines((), "CNY", editable=True)
    assert page.lines.rows == [row]
    assert row.cells["quantity"].hasFocus()
    desk.rest()
    assert [row.line.name for row in page.lines.rows if row.line] == ["伺服压装机"]


def test_words_that_are_left_are_a_line_without_product(desk: Desk) -> None:
    quote = desk.services.quotes.create({"company": desk.company})
    page = desk.open_quote(quote)
    page.lines.focus_new()
    desk.say("杂费")
    desk.press(Key.Key_Tab)
    desk.rest()
    line = desk.services.quotes.card(quote).lines[0]
    assert (line.name, line.product) == ("杂费", None)
    assert page.lines.rows[0].cells["quantity"].hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_tab_leads_to_the_quantity_while_the_offers_are_up(desk: Desk) -> None:
    quote = desk.services.quotes.create({"company": desk.company})
    page = desk.open_quote(quote)
    page.lines.focus_new()
    desk.say("杂费")
    item = page.lines._open.item if page.lines._open else None
    assert item is not None
    item._ask()
    assert item._popup.isVisible()
    desk.qtbot.keyClick(item._popup, Key.Key_Tab)  # a list of offers hears the keys first
    desk.rest()
    assert not item._popup.isVisible()
    line = desk.services.quotes.card(quote).lines[0]
    assert (line.name, line.product) == ("杂费", None)
    assert page.lines.rows[0].cells["quantity"].hasFocus()


def test_nothing_typed_is_lost_on_leaving(desk: Desk) -> None:
    page = written(desk)
    quote = page.record_id or 0
    page.lines.rows[1].cells["price"].setFocus()
    desk.say("950")
    assert page.has_unsaved_text()
    desk.open(Place.record("quote", desk.services.quotes.create({"company": desk.company})))
    assert desk.services.quotes.card(quote).lines[1].price == 950


def test_terms_are_stored_when_typing_rests(desk: Desk) -> None:
    page = written(desk)
    page.terms.area.setFocus()
    desk.say("货到付款")
    page.terms._rest.setInterval(0)
    page.terms._rest.start()
    desk.qtbot.waitUntil(lambda: not page.terms.has_unsaved_text())
    desk.rest()
    card = desk.services.records.card(Kind.QUOTE, page.record_id or 0)
    assert "货到付款" in str(card.values["terms"])


def test_descriptions_are_shown_and_stored(desk: Desk) -> None:
    quote = desk.services.quotes.create(
        {"company": desk.company}, [LineDraft(name="安装", description="两名工程师\n现场三天")]
    )
    page = desk.open_quote(quote)
    area = page.lines.rows[0].description
    assert area is not None
    assert area.text() == "两名工程师\n现场三天"
    page.save_unsaved_text()
    desk.rest()
    assert desk.services.quotes.card(quote).lines[0].description == "两名工程师\n现场三天"
    area.setFocus()
    area.moveCursor(area.textCursor().MoveOperation.End)
    desk.say("。")
    page.lines.rows[0].item.setFocus()
    desk.rest()
    assert desk.services.quotes.card(quote).lines[0].description == "两名工程师\n现场三天。"


def test_another_language_keeps_what_is_typed(desk: Desk) -> None:
    page = written(desk)
    price = page.lines.rows[1].cells["price"]
    price.setFocus()
    desk.say("95")
    set_language("zh")
    QApplication.processEvents()
    assert price.text() == "95"
    assert page.lines._open is not None
    assert page.lines._open.item.placeholderText() == "输入品名或产品…"
    assert page.header.buttons["send"].text() == "标记为已发送"


def test_lines_move_by_keys_and_go_with_a_way_back(desk: Desk) -> None:
    page = written(desk)
    quote = page.record_id or 0
    page.lines.rows[1].item.setFocus()
    desk.press(Key.Key_Up, Held.AltModifier)
    desk.rest()
    assert [line.name for line in desk.services.quotes.card(quote).lines] == [
        "安装",
        "数控改造套件",
    ]
    assert page.lines.rows[0].item.hasFocus()
    desk.press(Key.Key_Down, Held.AltModifier | Held.ShiftModifier)
    desk.rest()
    assert len(desk.services.quotes.card(quote).lines) == 3
    desk.press(Key.Key_Delete, Held.ControlModifier | Held.ShiftModifier)
    desk.rest()
    assert len(page.lines.rows) == 2
    desk.services.history.undo()
    desk.rest()
    assert len(page.lines.rows) == 3


def test_rows_from_a_sheet_are_shown_before_they_are_added(desk: Desk) -> None:
    page = written(desk)
    quote = page.record_id or 0
    QApplication.clipboard().setText("品名\t数量\t单价\n轴承\t4\t120.5\n皮带\t2\t¥35\n")
    page.lines.focus_new()
    desk.press(Key.Key_V, Held.ControlModifier)
    panel = page.lines._panel
    assert panel is not None
    assert len(desk.services.quotes.card(quote).lines) == 2
    desk.qtbot.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)
    desk.rest()
    added = desk.services.quotes.card(quote).lines[2:]
    assert [(line.name, line.quantity, line.price) for line in added] == [
        ("轴承", Decimal(4), Decimal("120.5")),
        ("皮带", Decimal(2), Decimal(35)),
    ]


def test_characters_without_a_glyph_are_named(desk: Desk) -> None:
    quote = desk.services.quotes.create(
        {"company": desk.company}, [LineDraft(name="零件 \U0001f600")]
    )
    page = desk.open_quote(quote)
    assert "U+1F600" in page.notes.text("uncovered")


def test_saving_the_pdf(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = written(desk)
    asked: list[str] = []

    def ask(_parent: object, name: str) -> Path:
        asked.append(name)
        return tmp_path / name

    monkeypatch.setattr(paper_files, "ask_pdf", ask)
    page.lines.rows[1].cells["price"].setFocus()
    desk.say("777")
    page.save_pdf()
    desk.rest()
    assert asked[0] == "Q-2026-0001 苏州恒远精密机械有限公司.pdf"
    assert (tmp_path / asked[0]).read_bytes()[:5] == b"%PDF-"
    assert "777.00" in desk.preview_text(page)
    assert (tmp_path / asked[0]).read_bytes() == page.preview.pdf
    assert "Saved" in desk.window.toasts.text


def test_the_strip_asks_for_the_firm_once(desk: Desk) -> None:
    desk.services.business.set_own_company(name="")
    page = written(desk)
    assert page.company.isVisible()
    page.company.name.setFocus()
    desk.say("明锐")
    desk.press(Key.Key_Enter)
    desk.say("0512")
    desk.press(Key.Key_Enter)
    desk.rest()
    assert not page.company.isVisible()
    assert desk.services.business.own_company().name == "明锐"
    assert "明锐" in desk.preview_text(page)


def test_the_preview_lies_behind_its_button_where_room_is_short(desk: Desk) -> None:
    page = written(desk)
    assert page.preview.isVisible()
    desk.window.resize(1024, 600)
    desk.rest()
    assert not page.preview.isVisible()
    page.act("preview")
    assert page.preview.isVisible()
    assert not page._scroll.isVisible()


def test_redo_brings_an_undone_quote_back_to_the_open_page(desk: Desk) -> None:
    page = written(desk)
    history = desk.services.history
    history.undo()
    desk.rest()
    assert not page.lines.isVisible()
    assert not page.header.buttons["save_pdf"].isVisible()
    history.redo()
    desk.rest()
    assert page.lines.isVisible()
    assert page.header.buttons["save_pdf"].isVisible()


def test_every_column_has_its_name_also_where_the_figures_stand_below(desk: Desk) -> None:
    page = written(desk)
    head, row = page.lines.head, page.lines.rows[0]
    heights = set()
    for width in (1600, 1240):
        desk.window.resize(width, 800)
        desk.rest()
        shown = head.shown()
        assert head.rect().contains(shown["amount"])
        for key, cell in row.cells.items():
            at = shown[key]
            assert abs(at.center().x() - cell.geometry().center().x()) <= 2
            assert at.top() // at.height() == cell.y() // cell.height()
        heights.add(head.height() // shown["name"].height())
    assert heights == {1, 2}
