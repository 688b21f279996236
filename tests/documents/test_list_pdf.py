"""Lists on paper: all rows, the heading on every page, long texts wrapped, nothing cut."""

from __future__ import annotations

import pypdfium2 as pdfium

from crm_desktop.documents.list_pdf import ListPaper, list_pdf


def pages(data: bytes) -> list[str]:
    with pdfium.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_all_rows_under_a_heading_on_every_page() -> None:
    rows = [(f"客户{n:03}", "苏州恒远精密机械有限公司" * 3, f"{n:,}.50") for n in range(120)]
    paper = ListPaper(
        "联系人", "120 位联系人", ("姓名", "公司", "金额"), (False, False, True), rows
    )
    found = pages(list_pdf(paper))
    assert len(found) > 3
    assert all("姓名" in page and "金额" in page for page in found)
    whole = "".join(found)
    assert all(f"客户{n:03}" in whole for n in range(120))
    assert whole.replace("\r\n", "").count("精密机械") >= 300  # wrapped, never cut
    assert list_pdf(paper) == list_pdf(paper)


def test_many_columns_share_the_width_and_no_rows_are_a_page_too() -> None:
    count = 14
    paper = ListPaper(
        "List",
        "1 row",
        tuple(f"Column {n}" for n in range(count)),
        (False,) * count,
        [tuple(f"value {n}" for n in range(count))],
        language="en",
    )
    assert "value" in pages(list_pdf(paper))[0]
    empty = ListPaper("List", "0 rows", ("Name",), (False,), [], language="en")
    assert "0 rows" in pages(list_pdf(empty))[0]


def test_a_cell_of_several_lines_is_measured_line_by_line() -> None:
    paper = ListPaper(
        "List",
        "1 row",
        ("Name", "Note"),
        (False, False),
        [("Wei\u200b", "one\ntwo\tthree\x00")],
        language="en",
    )
    [page] = pages(list_pdf(paper))
    assert "one" in page
    assert "two" in page
