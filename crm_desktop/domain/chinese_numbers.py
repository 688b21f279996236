"""Small numbers in Chinese writing: 二十三, 廿三, 初八, 二〇二四."""

from __future__ import annotations

from typing import Final

DIGITS: Final[dict[str, int]] = {
    **{sign: value for value, sign in enumerate("〇一二三四五六七八九")},
    "零": 0,
    "○": 0,
    "两": 2,
}

# For regular expressions: the signs a number below one hundred may be written with.
NUMERAL: Final = "[一二两三四五六七八九十廿卅]{1,4}"
YEAR_NUMERAL: Final = "[〇零○一二三四五六七八九]{4}|[〇零○一二三四五六七八九]{2}"


def number(text: str) -> int | None:
    """A number below one hundred, in digits or in Chinese; None where it is none."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if ten:
        high = DIGITS.get(tens) if tens else 1
        low = DIGITS.get(ones) if ones else 0
        return None if high is None or low is None else high * 10 + low
    return DIGITS.get(text)


def year_number(text: str) -> int | None:
    """A year said digit by digit: 2024, 二〇二四, 八五."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    digits = [DIGITS.get(sign) for sign in text]
    if None in digits:
        return None
    return int("".join(str(digit) for digit in digits))
