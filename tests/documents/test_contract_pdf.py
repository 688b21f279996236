"""The printed contract."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_desktop.documents import placeholders
from crm_desktop.documents.contract_pdf import contract_pdf
from crm_desktop.domain.problems import Refused
from tests.documents import samples


def test_a_contract_says_everything(tmp_path: Path) -> None:
    text = samples.text_of(contract_pdf(samples.contract(3, draft=False)), tmp_path, "-layout")
    for words in (
        "产品销售合同",
        "HT-2026-0042",
        "甲方",
        "乙方",
        "法定代表人",
        "陈镕昇",
        "第一条",
        "8.2",
        "壹拾万元整",
        "签字盖章",
        "2026-12-01 至 2027-11-30",
        "第 2 页，共 2 页",
    ):
        assert words in text
    assert "{{" not in text
    assert text.index("1.1") < text.index("名称及规格") < text.index("1.2")


@pytest.mark.parametrize("extra", range(0, 40, 3))
def test_both_signatures_stay_on_one_page(extra: int, tmp_path: Path) -> None:
    body = "\n".join(["双方确认本条款并遵照执行。"] * (20 + extra))
    paper = samples.contract(2, body=body, draft=False)
    pages = samples.text_of(contract_pdf(paper), tmp_path, "-layout").split("\f")
    assert [page.count("签字盖章") for page in pages if "签字盖章" in page] == [2]


ENDINGS = {
    "clause": "8.9 最后一条。",
    "long": "8.9 " + "最后一条很长，写满许多行。" * 30,
    "heading": "# 第九条　标题\n9.1 内容。",
    "lines": "{{lines}}",
    "blank": "最后一句。\n\n\n",
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_signatures_never_stand_alone(ending: str, tmp_path: Path) -> None:
    lines: dict[str, Any] = {} if ending == "lines" else {"lines": (), "totals": None}
    seen = set()
    for extra in range(0, 40, 2):
        body = "\n".join(["填充一行。"] * (12 + extra) + [ENDINGS[ending]])
        paper = samples.contract(3, body=body, notes="", draft=False, **lines)
        pages = samples.text_of(contract_pdf(paper), tmp_path, "-layout").split("\f")
        ((number, page),) = [one for one in enumerate(pages) if "签字盖章" in one[1]]
        above = page[: page.index("签字盖章")]
        assert any(words in above for words in ("最后", "9.1", "大写金额")), extra
        seen.add(number)
    assert len(seen) > 1


def test_a_heading_never_ends_a_page(tmp_path: Path) -> None:
    for extra in range(14):
        body = "\n".join(["填充一行。"] * (14 + extra) + ["# 第九条　标题", "9.1 内容在此。"])
        paper = samples.contract(1, body=body, lines=(), totals=None, draft=False)
        pages = samples.text_of(contract_pdf(paper), tmp_path, "-layout").split("\f")
        page = next(page for page in pages if "第九条" in page)
        assert "内容在此" in page


def test_lines_without_their_place_follow_the_text(tmp_path: Path) -> None:
    text = samples.text_of(
        contract_pdf(samples.contract(2, body="只有一段。", draft=False)), tmp_path, "-layout"
    )
    assert text.index("只有一段") < text.index("标的明细") < text.index("名称及规格")


def test_an_open_placeholder_blocks_the_pdf() -> None:
    with pytest.raises(Refused) as caught:
        contract_pdf(samples.contract(1, body="交货：{{delivery_date}}"))
    assert caught.value.key == "paper.unfilled"
    assert "delivery_date" in caught.value.args_for_words["names"]


@pytest.mark.parametrize("name", placeholders.TEMPLATES)
def test_shipped_texts_print_in_their_language(name: str) -> None:
    text = placeholders.template(name)
    names = placeholders.unfilled(text)
    filled = placeholders.fill(text, dict.fromkeys(names, "甲"))
    assert placeholders.unfilled(filled) == []
    assert placeholders.LINES in filled
    assert contract_pdf(samples.contract(1, body=filled)).startswith(b"%PDF")


def test_the_same_contract_gives_the_same_bytes() -> None:
    paper = samples.contract(5, "bi")
    assert contract_pdf(paper) == contract_pdf(paper)
