"""Text at the boundary: what is taken out stays out, and everything else is kept."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.text import clean, clean_name, fold, half_width, shortened

ANY = st.text(st.characters(codec=None) if sys.version_info else st.characters())


@given(ANY)
def test_clean_text_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not set(cleaned) & {chr(code) for code in [*range(9), *range(11, 32), 0xFFFE, 0xFFFF]}
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert clean(cleaned) == cleaned


@given(ANY, st.integers(1, 50))
def test_a_text_is_shortened_to_what_it_is_known_by(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
    assert (short == text) == (len(text) <= most or text == short)


@given(ANY)
def test_a_clean_name_is_one_line(text: str) -> None:
    name = clean_name(text)
    assert "\n" not in name
    assert "  " not in name
    assert clean_name(name) == name
    assert not any(unicodedata.bidirectional(character) in BIDI for character in name)


BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(ANY)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(clean(text))
    assert fold(once) == once


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\0b", "ab"), (" 张伟\u3000", "张伟"), ("e\u0301", "é"), ("a\r\nb\rc", "a\nb\nc"),
        ("a\tb", "a\tb"), ("\ud800x\ufffe", "x"), ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("\u202eabc", "\u202eabc"), ("", ""),
    ],
)  # fmt: skip
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("张\u202e伟", "张伟"), ("张\n伟", "张 伟"), ("Wei \t Zhang", "Wei Zhang"),
        ("\ufeff张伟\u200b", "张伟"), ("张  伟", "张 伟"),
    ],
)  # fmt: skip
def test_clean_name(raw: str, name: str) -> None:
    assert clean_name(raw) == name


def test_half_width() -> None:
    assert half_width("ＡＢＣ１２３（）　，") == "ABC123() ,"
    assert half_width("张伟") == "张伟"


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("MÜLLER", "muller"), ("Straße", "strasse"), ("Łódź", "lodz"), ("ＡＢＣ１２", "abc12"),
        ("張偉", "張偉"), ("  A   B ", "a b"), ("Ørsted", "orsted"), ("㈱", "(株)"), ("한글",
        "한글"),
    ],
)  # fmt: skip
def test_fold(raw: str, folded: str) -> None:
    assert fold(raw) == folded
