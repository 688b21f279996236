"""Whether a text tells of somebody: by name, number, address, or as a search would find them."""

from __future__ import annotations

import pytest

from crm_desktop.domain.search_words import SearchFields
from crm_desktop.domain.telling import Telling

WEI = SearchFields(
    names=(("张伟", None),),
    codes=("wei_zh88",),
    phones=("+86 138 0013 8000",),
    emails=("wei.zhang@example.cn",),
    other=("恒远精密", "采购经理"),
)
SMITH = SearchFields(names=(("John Smith", None),))


@pytest.mark.parametrize(
    "text",
    [
        "明天下午3点给张伟打电话",
        "call 138-0013-8000 tomorrow",
        "+86 13800138000",
        "0013 8000",
        "answer to Wei.Zhang@example.cn",
        "wechat wei_zh88",
        "zhangwei",
        "zw",
        "ask john smith about the price, then go on to the next one of the list",
    ],
)
def test_it_tells(text: str) -> None:
    assert Telling([WEI, SMITH])(text)


@pytest.mark.parametrize(
    "text",
    [
        "恒远精密",  # the employer, and a title, are not theirs alone
        "采购经理",
        "给李娜打电话",
        "blacksmith",
        "johnson",
        "13900139000",
        "张",  # one character alone is too little
        "",
        " ",
    ],
)
def test_it_tells_of_others(text: str) -> None:
    assert not Telling([WEI, SMITH])(text)


def test_nobody_is_told_of_by_nothing() -> None:
    assert not Telling()("anything")


def test_who_was_called_otherwise_before() -> None:
    assert Telling([WEI], ["王大锤"])("王大锤来过")
