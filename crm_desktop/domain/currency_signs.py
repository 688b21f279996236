"""Which currency a sign or a word stands for: $, 美元, RMB, JP¥. Some may stand for several."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.domain.money import CURRENCIES, ISO_4217

_DOLLARS = ("USD", "HKD", "TWD", "SGD", "AUD", "CAD", "NZD", "MOP", "MXN", "CLP", "COP", "ARS")
_YUAN = ("CNY", "HKD", "TWD", "SGD", "MOP")
_LOOSE = ("元", "圆", "圓", "块", "块钱", "元整", "元正", "圆整", "圓整")
"""Said of nearly any currency: 100 元 beside 美元 are dollars."""
# What is usual first; the firm's own currency, and one that is told, come before it.
_SHARED = {
    "$": _DOLLARS,
    "DOLLAR": _DOLLARS,
    "DOLLARS": _DOLLARS,
    **dict.fromkeys(("¥", "￥"), ("CNY", "JPY")),
    **dict.fromkeys(_LOOSE, _YUAN),
    "KR": ("SEK", "NOK", "DKK"),
    "RS": ("INR", "PKR"),
    "卢比": ("INR", "PKR"),
    **dict.fromkeys(("£", "￡"), ("GBP", "EGP")),
    "法郎": ("CHF",),
}
_ALONE = {
    "CNY": "CN¥ RMB RMB¥ 人民币 人民幣 人民币元 元人民币 RENMINBI YUAN",
    "USD": "US$ U$ USD$ 美元 美金",
    "EUR": "欧元 歐元 EURO EUROS",
    "GBP": "英镑 英鎊 STG",
    "HKD": "HK$ HKD$ 港币 港幣 港元",
    "JPY": "JP¥ 日元 日圆 日圓 日币 日幣 円 YEN",
    "TWD": "NT$ 台币 台幣 新台币 新台幣 新臺幣",
    "MOP": "MOP$ 澳门元 澳門元 澳门币",
    "KRW": "₩ ￦ 韩元 韓元 韩币 韩圆",
    "SGD": "S$ SG$ 新加坡元 新币 坡币",
    "AUD": "A$ AU$ 澳元 澳币",
    "CAD": "C$ CA$ 加元 加币",
    "NZD": "NZ$ 新西兰元 纽币",
    "CHF": "SFR 瑞士法郎 瑞郎",
    "THB": "泰铢 泰币",
    "VND": "越南盾",
    "MYR": "令吉 林吉特 马币",
    "IDR": "印尼盾 印尼卢比",
    "PHP": "菲律宾比索",
    "INR": "印度卢比",
    "RUB": "卢布 俄罗斯卢布",
    "BRL": "雷亚尔",
    "AED": "迪拉姆 DHS",
    "SAR": "沙特里亚尔",
    "TRY": "土耳其里拉",
    "PLN": "兹罗提",
    "ZAR": "兰特",
}


def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {code: (code,) for code in ISO_4217}
    for one in CURRENCIES.values():
        table.setdefault(one.symbol.upper(), (one.code,))
    for code, words in _ALONE.items():
        table |= {word: (code,) for word in words.split()}
    return table | _SHARED


_MEANINGS = _table()
SIGNS = tuple(
    sorted((sign for sign, codes in _MEANINGS.items() if codes[0] in CURRENCIES), key=len)
)[::-1]
"""All signs, words and codes of the currencies we count in, in capitals, the longest first."""


def may_mean(signs: Sequence[str]) -> tuple[str, ...]:
    """The codes that all of these signs may stand for, the usual one first; those of the first
    sign where they contradict each other, none where it is unknown."""
    sets = [_MEANINGS.get(sign.strip().upper(), ()) for sign in signs]
    if not sets:
        return ()
    common = tuple(code for code in min(sets, key=len) if all(code in one for one in sets))
    return common or sets[0]


def are_loose(signs: Sequence[str]) -> bool:
    """Whether they only say that it is money."""
    return all(sign in _LOOSE for sign in signs)


def meant(signs: Sequence[str], own: str, told: str = "") -> str:
    """The code meant: the one that is `told` otherwise or the firm's `own`, where it may be that;
    else the usual one; "" for unknown signs."""
    if told and are_loose(signs):
        return told
    possible = may_mean(signs)
    for code in (told, own):
        if code in possible:
            return code
    return possible[0] if possible else ""
