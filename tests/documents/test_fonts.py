"""The shipped fonts: what they cover, how text is divided between them."""

from __future__ import annotations

import pytest

from crm_desktop import paths
from crm_desktop.documents import fonts


@pytest.mark.parametrize("char", "㐂堃喆昇镕䶮𬭎łšőČßΩЖ￥¥€①㎡✓〇")
def test_names_and_signs_are_covered(char: str) -> None:
    assert fonts.covers(char)
    assert ord(char) in fonts.widths(fonts.BOLD)


def test_all_of_gb2312_is_covered() -> None:
    # The hanzi of the standard: rows 16 to 87.
    pairs = (bytes((a, b)) for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF))
    hanzi = "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    assert len(hanzi) == 6763
    assert [char for char in hanzi if not fonts.covers(char)] == []


@pytest.mark.parametrize("char", "𠮷한ไع\U0001f600")
def test_others_are_known_to_be_missing(char: str) -> None:
    assert not fonts.covers(char)


def test_figures_are_all_equally_wide() -> None:
    assert len({fonts.width(figure, 10) for figure in "0123456789"}) == 1


def test_quotes_follow_their_neighbours() -> None:
    assert fonts.runs("“甲”", False) == [(fonts.REGULAR, "“甲”")]
    assert fonts.runs("it’s", True) == [
        (fonts.BOLD, "it"),
        (fonts.NARROW_BOLD, "’"),
        (fonts.BOLD, "s"),
    ]


def test_what_leaves_no_mark_is_dropped() -> None:
    assert fonts.printable("甲\u200b\u202e乙\ufeff\x00\t丙\u2028丁") == "甲乙 丙\n丁"
    assert fonts.covers("\u200d")


def test_the_map_writes_utf16_beyond_the_bmp() -> None:
    text = fonts.to_unicode_map("X", [0, 0x7532, 0x2CB4E])
    assert "<01> <7532>" in text
    assert "<02> <D872DF4E>" in text
    assert "2 beginbfchar" in text


def test_the_licences_lie_beside_the_fonts() -> None:
    folder = paths.shipped("resources") / "fonts"
    for name in ("OFL-NotoSansSC.txt", "OFL-NotoSans.txt"):
        assert "SIL OPEN FONT LICENSE" in (folder / name).read_text(encoding="utf-8")
