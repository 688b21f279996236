"""Text printed is text read: what pdftotext finds equals what was written."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.documents import fonts
from crm_desktop.documents.layout import style
from crm_desktop.documents.layout.blocks import P
from crm_desktop.documents.layout.sheet import Running, build
from tests.documents.samples import text_of
from tests.long_form import LONG

_MANY = 500 if LONG else 40
_RUNNING = Running("t", "", "", "", "", lambda page, pages: "")


def _printed(text: str) -> str:
    pdf = build([P(text, style.BODY)], _RUNNING)
    with tempfile.TemporaryDirectory() as folder:
        return text_of(pdf, Path(folder), "-raw")


def _bare(text: str) -> str:
    return "".join(fonts.printable(text).split())


def _letters() -> list[str]:
    # Marks that combine have no place of their own, so a reader may order them as it likes.
    covered = map(chr, fonts.widths(fonts.REGULAR))
    return [c for c in covered if fonts.covers(c) and not unicodedata.combining(c)]


@settings(max_examples=_MANY, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_covered_text_extracts_as_itself(data: st.DataObject) -> None:
    alphabet = st.sampled_from(_letters()) | st.sampled_from("<b>&amp;</i>{}%()\\/ 。，：甲乙\n")
    text = data.draw(st.text(alphabet, min_size=1, max_size=120))
    assert _bare(_printed(text)) == _bare(text)


@pytest.mark.parametrize(
    "text",
    [
        "㐂堃喆昇镕",
        "Michał Šimůnek, Kovács Erdő",
        "𬭎𬱖𬟁 与 𫖯",
        "a<b & c>d </para><img src='/etc/hostname'/>",
        "&lt;b&gt; {{name}} %s \\n (括号)",
        "“引号” and “quotes”, it’s … 中文……——",
        "１２３ＡＢＣ ①②③ ㎡ ℃ ± × ¥ ￥ €",
    ],
)
def test_named_texts_extract_exactly(text: str) -> None:
    assert _bare(_printed(text)) == _bare(text)


def test_more_than_256_different_characters() -> None:
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 900))
    assert _bare(_printed(text)) == text


def test_a_missing_character_is_shown_as_missing() -> None:
    assert _bare(_printed("甲\U0001f600乙")) == f"甲{fonts.SUBSTITUTE}乙"
