"""Readings of names: surnames, polyphones, sorting, and the table against the library."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from crm_desktop.domain.pinyin import initials, sort_key, syllables


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("曾国藩", "zeng guo fan"), ("单雄信", "shan xiong xin"), ("仇英", "qiu ying"),
        ("解缙", "xie jin"), ("区小姐", "ou xiao jie"), ("尉迟恭", "yu chi gong"),
        ("欧阳修", "ou yang xiu"), ("朴正熙", "piao zheng xi"), ("查良镛", "zha liang yong"),
        ("乐嘉", "yue jia"), ("翟天临", "zhai tian lin"), ("重庆", "chong qing"),
        ("重庆长安银行", "chong qing chang an yin hang"), ("长沙", "chang sha"),
        ("厦门大厦", "xia men da sha"), ("吕布", "lv bu"), ("单位", "dan wei"),
        ("解放汽车", "jie fang qi che"), ("音乐学院", "yin yue xue yuan"), ("万俟卨", "mo qi xie"),
        ("长孙无忌", "zhang sun wu ji"), ("成都银行", "cheng du yin hang"), ("㐂堃喆昇镕",
        "xi kun zhe sheng rong"),
        ("董事长", "dong shi zhang"), ("上海浦东发展银行", "shang hai pu dong fa zhan yin hang"),
        ("li明", "li ming"), ("Wei 张", "wei zhang"), ("3号店", "3 hao dian"),
    ],
)  # fmt: skip
def test_the_fitting_reading(name: str, reading: str) -> None:
    assert " ".join(ways[0] for ways in syllables(name)) == reading
    assert initials(name) == "".join(word[0] for word in reading.split())


def test_other_readings_are_known_too() -> None:
    assert {"shan", "dan", "chan"} <= set(syllables("单雄信")[0])
    assert {"lv", "lu", "lyu"} == set(syllables("吕")[0])
    assert {"yue", "le"} <= set(syllables("乐")[0])


@pytest.mark.parametrize(
    ("name", "own", "reading"),
    [
        ("曾国藩", "ceng guo fan", "ceng guo fan"), ("单老师", "Chán Lǎoshī", "chan lao shi"),
        ("吕布", "lü3 bu4", "lv bu"), ("张伟", "zhangwei", "zhang wei"), ("朴", "Park", "park"),
    ],
)  # fmt: skip
def test_the_own_reading_wins(name: str, own: str, reading: str) -> None:
    chosen = syllables(name, own)
    assert " ".join(ways[0] for ways in chosen) == reading


def test_order() -> None:
    ordered = [
        "3号店", "10号店", "Anna", "安娜", "Bob", "曹操", "单位", "Li Ming", "李四", "李伟", "吕布",
        "仇英", "单雄信", "尉迟恭", "曾国藩", "查良镛", "翟天临", "张三", "张伟", "章伟",
        "Zhangjia", "重阳木",
    ]  # fmt: skip
    shuffled = random.Random(1).sample(ordered, len(ordered))
    found = sorted(shuffled, key=sort_key)
    assert found.index("张三") < found.index("张伟") < found.index("章伟")
    assert found.index("重阳木") < found.index("单位") < found.index("李四")
    assert found[:4] == ["3号店", "10号店", "安娜", "Anna"]
    assert (
        found.index("曾国藩") < found.index("查良镛") < found.index("翟天临") < found.index("张三")
    )
    assert sort_key("曾国藩", "ceng guofan") < sort_key("陈一")
    assert sort_key("潘") < sort_key("朴", "Park Lee") < sort_key("裴")


@given(st.text(max_size=20), st.none() | st.text(max_size=12))
def test_any_name_has_a_key(name: str, own: str | None) -> None:
    assert isinstance(sort_key(name, own), str)
    assert len(initials(name, own)) == len(syllables(name, own))
    assert all(ways and all(ways) for ways in syllables(name, own))


def test_the_table_agrees_with_the_library() -> None:
    common = "".join(
        bytes([high, low]).decode("gb2312")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
        if not (high == 0xD7 and low > 0xF9)
    )
    assert len(common) == 6763
    for character in common:
        (theirs,) = lazy_pinyin(character, style=Style.NORMAL, v_to_u=False)
        ours = {way for ways in syllables(character) for way in ways}
        assert theirs in ours, character
