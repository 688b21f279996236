"""Amounts of yuan in capitals (人民币大写) for quotes, contracts and receipts.

Of the spellings that the regulation allows we choose: 整 after 元 only when there is neither
角 nor 分; 零 after 元 when the yuan end in 0 and 角 follow, or when 角 are missing; no 零
between 万 and 仟 for a bare nought at the end of the 万 (壹拾万柒仟元).
"""

from __future__ import annotations

from decimal import Decimal

from crm_desktop.domain.money import LARGEST, rounded
from crm_desktop.domain.problems import Refused

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SECTIONS = ("", "万", "亿")


def rmb_capitals(amount: Decimal, prefix: str = "人民币") -> str:
    """壹拾万元整 for 100000; the amount must be whole in fen and below a trillion."""
    if amount != rounded(amount, 2):
        raise ValueError(f"{amount} is not whole in fen; round it first")
    if abs(amount) > LARGEST:
        raise Refused("money.too_large", text=str(amount))
    yuan, fen = divmod(int(abs(amount) * 100), 100)
    jiao, fen = divmod(fen, 10)
    words = prefix + ("负" if amount < 0 else "")
    if yuan or not (jiao or fen):
        words += _whole(yuan) + "元"
    if not (jiao or fen):
        return words + "整"
    if yuan and (jiao == 0 or yuan % 10 == 0):
        words += "零"
    if jiao:
        words += _DIGITS[jiao] + "角"
    return words + (_DIGITS[fen] + "分" if fen else "")


def _whole(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    words = ""
    for power in range(len(_SECTIONS) - 1, -1, -1):
        section = number // 10_000**power % 10_000
        if section:
            if words and section < 1000:
                words += _DIGITS[0]
            words += _section(section) + _SECTIONS[power]
        elif words and number % 10_000**power >= 1000 and power:
            words += _DIGITS[0]
    return words


def _section(section: int) -> str:
    """Four digits: 1054 → 壹仟零伍拾肆."""
    words, skipped = "", False
    for place in range(3, -1, -1):
        digit = section // 10**place % 10
        if digit:
            words += (_DIGITS[0] if skipped and words else "") + _DIGITS[digit] + _PLACES[place]
        skipped = digit == 0
    return words
