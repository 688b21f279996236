"""Rows of a clipboard: headings, guesses, cells that are no amounts."""

from __future__ import annotations

from decimal import Decimal

from crm_desktop.ui.papers.pasting import drafts, read


def test_headings_name_the_columns() -> None:
    found = read("序号\t品名\t规格型号\t单位\t数量\t单价\t金额\n1\t轴承\t6204\t个\t4\t120\t480\n")
    assert found.targets == ("", "name", "description", "unit", "quantity", "price", "")
    lines, strange = drafts(found, found.targets)
    assert (lines[0].name, lines[0].description, lines[0].unit) == ("轴承", "6204", "个")
    assert (lines[0].quantity, lines[0].price) == (Decimal(4), Decimal(120))
    assert strange == []


def test_without_headings_words_and_figures_tell() -> None:
    found = read("轴承\t个\t4\t¥1,200.50\n皮带轮\t件\t2\t35\n")
    assert found.targets == ("name", "unit", "quantity", "price")
    assert drafts(found, found.targets)[0][0].price == Decimal("1200.50")


def test_a_running_number_is_no_quantity() -> None:
    assert read("1\t轴承\t4\t120\n2\t皮带\t2\t35").targets == ("", "name", "quantity", "price")


def test_cells_that_are_no_amounts_are_named() -> None:
    found = read("名称\t数量\n轴承\t若干\n")
    lines, strange = drafts(found, found.targets)
    assert lines[0].quantity == 1
    assert strange == ["若干"]


def test_rows_without_an_item_are_left_out() -> None:
    found = read("名称\t数量\n轴承\t1\n\t9\n")
    assert len(drafts(found, found.targets)[0]) == 1


def test_a_line_break_in_quotes_stays_in_its_cell() -> None:
    found = read('名称\t说明\n轴承\t"进口\n带座"\n')
    assert found.rows == (("轴承", "进口\n带座"),)
