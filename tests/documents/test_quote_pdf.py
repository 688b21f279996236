"""The printed quote."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from crm_desktop.documents.paper import Language, PaperLine, PaperTotals, Party, TaxSum
from crm_desktop.documents.quote_pdf import quote_pdf
from crm_desktop.domain.capitals import rmb_capitals
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.totals import Line, totals
from crm_desktop.progress import Cancelled, Progress
from tests.documents import samples


def _pages(pdf: bytes, folder: Path) -> list[str]:
    return samples.text_of(pdf, folder, "-layout").split("\f")[:-1]


def test_a_quote_says_everything(tmp_path: Path) -> None:
    paper = samples.quote(3, draft=False)
    text = samples.text_of(quote_pdf(paper), tmp_path, "-layout")
    for words in (
        "报价单",
        "Q-2026-0119",
        "2026-12-21",
        "上海㐂堃自动化设备股份有限公司",
        "Michał Nagy-Kovácső",
        "王喆",
        "Ball screw SFU1605, 600 mm, C7",
        "壹拾万元整",
        "第 1 页，共 1 页",
        f"¥{paper.totals.total:,.2f}",
        "付款方式",
        "5%",
        "13%",
    ):
        assert words in text
    assert "草稿" not in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["草稿", "合计"]),
        ("en", ["DRAFT", "Quotation", "Total", "Page 1 of 1", "thousand"]),
        ("bi", ["草稿", "DRAFT", "报价单", "Quotation", "合计 Total", "Page 1 of 1"]),
    ],
)
def test_each_language_and_its_draft_mark(
    language: Language, words: list[str], tmp_path: Path
) -> None:
    text = samples.text_of(quote_pdf(samples.quote(3, language)), tmp_path)
    for word in words:
        assert word in text
    if language == "en":
        assert "合计" not in text


@pytest.mark.parametrize("count", [11, 12, 60, 100, 200])
def test_long_quotes_repeat_the_heading_and_total_once(count: int, tmp_path: Path) -> None:
    paper = samples.quote(count, terms="", notes="", draft=False)
    pages = _pages(quote_pdf(paper), tmp_path)
    total = f"¥{paper.totals.total:,.2f}"
    for number, page in enumerate(pages, start=1):
        assert f"第 {number} 页，共 {len(pages)} 页" in page
        assert "名称及规格" in page  # the sums never come to a page without a row
        assert (total in page) == (number == len(pages))
    assert len(pages) > 1 or count < 12
    found = re.findall(r"^ {0,12}(\d+) {2,}\S", "\n".join(pages), re.M)
    assert [int(number) for number in found] == list(range(1, count + 1))


def test_the_same_paper_gives_the_same_bytes() -> None:
    paper = samples.quote(30, "bi", logo=samples.logo())
    assert hashlib.sha256(quote_pdf(paper)).digest() == hashlib.sha256(quote_pdf(paper)).digest()


def test_several_threads_may_print_at_once() -> None:
    paper = samples.quote(40, "bi")
    alone = quote_pdf(paper)
    with ThreadPoolExecutor(4) as pool:
        assert all(pdf == alone for pdf in pool.map(quote_pdf, [paper] * 8))


def test_fonts_are_embedded_and_bold_is_real(tmp_path: Path) -> None:
    file = tmp_path / "q.pdf"
    file.write_bytes(quote_pdf(samples.quote(3)))
    done = subprocess.run(["pdffonts", str(file)], capture_output=True, check=True, text=True)
    rows = done.stdout.splitlines()[2:]
    assert any("Bold" in row for row in rows)
    assert all(re.search(r"yes\s+yes\s+yes", row) for row in rows)  # embedded, subset, unicode


def test_the_file_is_small() -> None:
    assert len(quote_pdf(samples.quote(60))) < 200_000


def test_a_description_longer_than_a_page_goes_on(tmp_path: Path) -> None:
    text = "".join(f"第{number}项检验要求；" for number in range(1500))
    line = replace(samples.lines(1)[0], detail=text)
    pdf = quote_pdf(samples.quote(1, lines=(line,), draft=False, terms="", notes=""))
    pages = _pages(pdf, tmp_path)
    assert len(pages) > 2
    assert "第0项检验要求" in pages[0]
    assert "第1499项检验要求" in re.sub(r"\s", "", "".join(pages[1:]))


def test_fields_of_absurd_length_still_print() -> None:
    long = "很长的名字" * 800
    party = Party(name=long, address=long, contact=long)
    line = PaperLine(description=long, quantity=Decimal(1), price=Decimal(1), amount=Decimal(1))
    paper = samples.quote(
        1, seller=party, customer=party, lines=(line,), terms=long, notes=long, title=long
    )
    assert quote_pdf(paper).startswith(b"%PDF")


def test_a_quote_without_lines_or_extras_prints(tmp_path: Path) -> None:
    paper = samples.quote(
        0, lines=(), totals=PaperTotals(Decimal(0), Decimal(0)), valid_until=None, terms=""
    )
    assert "0.00" in samples.text_of(quote_pdf(paper), tmp_path)


def test_discount_and_several_taxes_are_shown(tmp_path: Path) -> None:
    sums = PaperTotals(
        subtotal=Decimal("1000"),
        discount=Decimal("50"),
        discount_percent=Decimal(5),
        taxes=(TaxSum(Decimal(13), Decimal("78.00")), TaxSum(Decimal(6), Decimal("21.00"))),
        total=Decimal("1049.00"),
        capitals="壹仟零肆拾玖元整",
    )
    text = samples.text_of(quote_pdf(samples.quote(3, totals=sums)), tmp_path, "-layout")
    for words in ("优惠 5%", "-50.00", "税额 13%", "78.00", "税额 6%", "21.00", "¥1,049.00"):
        assert words in text


def test_sums_of_the_one_calculation_print_as_they_are(tmp_path: Path) -> None:
    line = Line(quantity=Decimal(3), unit_price=Decimal("33333.33"), tax_rate=Decimal(13))
    worked_out = totals([line], "CNY", tax_included=False, discount_percent=Decimal(5))
    sums = PaperTotals.of(worked_out, discount_percent=Decimal(5))
    text = samples.text_of(quote_pdf(samples.quote(1, totals=sums)), tmp_path, "-layout")
    assert f"¥{worked_out.total:,.2f}" in text
    assert f"{worked_out.tax:,.2f}" in text
    assert rmb_capitals(worked_out.total) in text
    assert "四舍五入" in text


def test_tax_included_says_so(tmp_path: Path) -> None:
    sums = PaperTotals(
        subtotal=Decimal("113"),
        total=Decimal("113"),
        taxes=(TaxSum(Decimal(13), Decimal("13.00")),),
        tax_included=True,
    )
    text = samples.text_of(quote_pdf(samples.quote(1, totals=sums)), tmp_path, "-layout")
    assert "含税单价" in text
    assert "其中税额 13%" in text


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "CMYK", "1", "I;16"])
def test_logos_of_every_colour_kind_print(mode: str) -> None:
    target = io.BytesIO()
    Image.new(mode, (40, 20)).save(target, "TIFF")
    assert quote_pdf(samples.quote(1, logo=target.getvalue())).startswith(b"%PDF")


def test_a_logo_that_is_no_picture_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        quote_pdf(samples.quote(1, logo=b"not a picture"))
    assert caught.value.key == "paper.picture_unreadable"


def test_the_work_can_be_cancelled() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        quote_pdf(samples.quote(60), progress=progress)
