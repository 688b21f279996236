"""Lines break where Chinese and Latin setting allow it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.documents import fonts
from crm_desktop.documents.layout.lines import CANNOT_END, CANNOT_START, break_lines

_TEXT = st.text(st.sampled_from("甲乙丙丁戊己庚 abc12：，。；（）“”%、—…-\n"), max_size=200)


@given(_TEXT)
def test_nothing_is_lost_and_every_line_fits(text: str) -> None:
    lines = break_lines(text, 90, 10)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(fonts.width(line.rstrip(), 10) <= 90 + 0.02 for line in lines)


@given(st.text(st.sampled_from("甲乙丙丁戊己庚辛壬癸"), min_size=1, max_size=8).map(str), st.data())
def test_no_line_starts_with_a_stop(word: str, data: st.DataObject) -> None:
    stops = data.draw(st.lists(st.sampled_from("：，。；、）”"), min_size=1, max_size=20))
    text = "".join(f"{word}{stop}" for stop in stops)
    for line in break_lines(text, 60, 10)[1:]:
        assert line[0] not in CANNOT_START


def test_no_line_ends_with_an_opening_bracket() -> None:
    for width in range(60, 130):
        lines = break_lines("供货范围（含安装）与价格《附件一》“详见清单”", width, 10)
        assert all(line[-1] not in CANNOT_END for line in lines[:-1])


def test_latin_words_in_chinese_stay_whole() -> None:
    for width in range(80, 200, 3):
        for line in break_lines("型号为 HGH20CA 与 Schneider 控制器配套使用", width, 10):
            for word in ("HGH20CA", "Schneider"):
                assert (word in line) or not set(line.split()) & {word[:3], word[-3:]}


def test_a_word_longer_than_the_line_is_cut_not_lost() -> None:
    lines = break_lines("W" * 100, 80, 10)
    assert "".join(lines) == "W" * 100
    assert len(lines) > 5


def test_an_address_is_cut_at_its_signs_and_not_at_all_where_a_line_holds_it() -> None:
    address = "wei_zhang-purchasing@hengyuan.precision-machinery.example.com"
    whole = fonts.width(address, 10)
    for width in range(170, int(whole) + 120, 7):
        lines = break_lines(f"邮箱：{address}", width, 10)
        if width >= whole + 1:
            assert any(address in line for line in lines)
        else:
            assert len(lines) > 1
            assert all(a[-1] in "：./_-" or b[0] == "@" for a, b in pairwise(lines)), lines


def test_own_line_ends_are_kept() -> None:
    assert break_lines("一\n\n二\r\n三", 200, 10) == ["一", "", "二", "三"]


def test_dashes_and_dots_in_pairs_stay_together() -> None:
    for width in range(30, 120):
        for line in break_lines("甲方应当如此——乙方不然……丙方", width, 10):
            assert line.count("—") in (0, 2)
            assert line.count("…") in (0, 2)
