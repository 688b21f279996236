"""What a company needs in a year, in money: how its unit is written."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.domain.money import CURRENCIES

_WORDS = {
    "CNY": "元 人民币 人民币元 rmb ￥ cn¥",
    "USD": "美元 美金 us$",
    "EUR": "欧元",
    "HKD": "港币 港元",
    "JPY": "日元 日圆",
    "GBP": "英镑",
    "TWD": "台币 新台币",
}
TEN_THOUSAND = 10_000

MONEY_UNITS: Mapping[str, Mapping[str, int]] = {
    code: {code.lower(): 1, CURRENCIES[code].symbol.lower(): 1, **dict.fromkeys(words.split(), 1)}
    | {f"万{word}": TEN_THOUSAND for word in words.split() if word[-1] in "元币镑圆"}
    for code, words in _WORDS.items()
}
"""By currency, what its units are called, in small letters, and how much of it each is."""
