"""A page of the window on paper: all its parts, one page where it can be, odd texts too."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from crm_desktop.documents.page_pdf import page_pdf
from crm_desktop.domain.page_paper import (
    PagePaper,
    PaperEntries,
    PaperEntry,
    PaperFacts,
    PaperFigure,
    PaperFigures,
    PaperPicture,
    PaperTable,
)


def texts(paper: PagePaper) -> list[str]:
    data = page_pdf(paper, firm="恒远", language="zh")
    assert page_pdf(paper, firm="恒远", language="zh") == data
    with pdfium.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (800, 300), "white").save(file, "PNG")
    return file.getvalue()


def test_all_sorts_of_parts() -> None:
    figures = tuple(PaperFigure(f"数{n}", str(n), "上期") for n in range(7))
    [page] = texts(
        PagePaper(
            "标题",
            "副标题",
            (
                PaperFigures(figures, "本月"),
                PaperPicture("图", png()),
                PaperTable("表", ("名称", "金额"), (False, True), [("张伟", "¥1")]),
                PaperFacts("事实", (("姓名", "张伟"), ("一个非常长的自定义字段名称放不下", "值"))),
                PaperEntries("动态", (PaperEntry("11月2日", "电话", "谈了价格"),)),
            ),
        )
    )
    for text in ("标题", "副标题", "本月", "数6", "图", "张伟", "¥1", "放不下", "谈了价格", "恒远"):
        assert text in page


def test_entries_give_way_to_keep_one_page_but_facts_never() -> None:
    entries = tuple(PaperEntry("11月2日", f"第 {n} 条", "说了很多" * 20) for n in range(80))
    facts = tuple((f"字段{n}", "值") for n in range(20))
    paper = PagePaper(
        "张伟",
        "",
        left=(PaperFacts("", facts),),
        right=(PaperEntries("最近", entries, shortens=True),),
    )
    [page] = texts(paper)
    assert "第 0 条" in page
    assert "第 79 条" not in page
    assert "字段19" in page
    long = PagePaper("张伟", "", left=(PaperFacts("", facts * 5),), right=paper.right)
    assert sum(page.count("字段19") for page in texts(long)) == 5


def test_what_is_a_little_too_much_is_printed_smaller_on_one_page() -> None:
    figures = PaperFigures(tuple(PaperFigure(f"数{n}", "¥94,800") for n in range(14)))
    facts = tuple(PaperFacts(f"组{n}", (("字段", "值"),) * 5) for n in range(7))
    last = PaperEntries("最近", (PaperEntry("今天", "电话"),) * 3, shortens=True)
    [page] = texts(PagePaper("张伟", "副标题", (figures,), facts, (last,)))
    assert page.count("字段") == 35


def test_what_no_page_holds_begins_on_the_first_and_loses_nothing() -> None:
    figures = PaperFigures((PaperFigure("成交额", "¥94,800"),))
    facts = tuple(PaperFacts(f"组{n}", (("字段", "值"),) * 5) for n in range(20))
    first, *more = texts(
        PagePaper("张伟", "", (figures,), facts, (PaperFacts("右", facts[0].facts),))
    )
    assert first.count("字段") > 25
    assert first.count("字段") + sum(page.count("字段") for page in more) == 105


def test_a_long_number_is_one_line_and_no_time_lies_over_what_happened() -> None:
    figures = PaperFigures(tuple(PaperFigure("额", "¥123,456,789.99") for _ in range(5)))
    late = PaperEntries("下一步", (PaperEntry("46 days overdue", "Call back"),))
    data = page_pdf(PagePaper("A", "", (figures,), (), (late,)), firm="", language="en")
    with pdfium.PdfDocument(data) as document:
        page = document[0].get_textpage()
        text = page.get_text_bounded()
        assert text.count("¥123,456,789.99") == 5
        whole = page.get_text_range()
        end = whole.index("overdue") + len("overdue") - 1
        assert page.get_charbox(end)[2] < page.get_charbox(whole.index("Call"))[0]


def test_a_heading_goes_over_with_what_it_heads() -> None:
    fill = PaperEntries("", tuple(PaperEntry("", f"行 {n}") for n in range(41)))
    table = PaperTable("表头", ("名称",), (False,), [("甲",), ("乙",)])
    first, second = texts(PagePaper("页", "", (fill, table)))
    assert "表头" not in first
    assert second.index("表头") < second.index("甲")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_prints(one: str, two: str) -> None:
    texts(
        PagePaper(
            one,
            two,
            (PaperTable(one, (two, one), (False, True), [(one, two)]),),
            (PaperFacts(two, ((one, two), (two, one))),),
            (PaperEntries(one, (PaperEntry(two, one, two),), shortens=True),),
        )
    )
