"""Amounts as people write them: ¥1,234.50, 8.5万, US$ 12k, 1.234,56 €, (1,200)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from crm_desktop.domain.currency_signs import SIGNS
from crm_desktop.domain.money import LARGEST
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import half_width

Mark = Literal[",", "."]
"""What stands before the fraction."""

_SIGN = "|".join(re.escape(sign) for sign in SIGNS)
_BEFORE = re.compile(rf"\s*({_SIGN})\s*", re.IGNORECASE)
_BEHIND = re.compile(rf"\s*({_SIGN})\s*\Z", re.IGNORECASE)
_NO_CENTS = re.compile(r"[.,][-–—]+\Z")  # 500,- as it is written in Switzerland and Germany
_SCALES = {
    "十": 10, "百": 100, "千": 1000, "万": 10_000, "萬": 10_000, "w": 10_000,
    "k": 1000, "m": 1_000_000, "亿": 100_000_000, "億": 100_000_000,
    "thousand": 1000, "mn": 1_000_000, "mio": 1_000_000, "million": 1_000_000,
    "bn": 1_000_000_000, "billion": 1_000_000_000,
}  # fmt: skip
_SCALE_WORDS = sorted(_SCALES, key=len, reverse=True)
_SCALE = re.compile("|".join(_SCALE_WORDS), re.IGNORECASE)
_AMOUNT = re.compile(
    rf"([0-9][0-9.,' ]*|\.[0-9]+)(e\+?[0-9]{{1,2}})?((?:{'|'.join(_SCALE_WORDS)})*)\.?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[,' ][0-9]{3})+(?:\.[0-9]*)?|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_COMMA_DECIMAL = re.compile(r"[0-9]{1,3}(?:[. '][0-9]{3})+,[0-9]+|[0-9]+,[0-9]{1,2}|0,[0-9]+")
_INDIAN_OR_CHINESE = re.compile(r"[0-9]{1,4}(?:,[0-9]{2,4})+(?:\.[0-9]*)?")
_UNIT_SCALE = rf"[十百千][万萬亿億]|(?:{'|'.join(_SCALE_WORDS)})s?|['’]?000s?"
_UNIT = re.compile(
    rf"(?:(?P<scale>{_UNIT_SCALE})\.?\s*)?(?:of\s+)?(?P<sign>{_SIGN})?", re.IGNORECASE
)
_UNIT_BEHIND = re.compile(rf"(?P<sign>{_SIGN})\s*(?P<scale>{_UNIT_SCALE})\.?", re.IGNORECASE)
_BY_COMMA = re.compile(r"[0-9]{1,3}(?:[. '][0-9]{3})*(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?")
_OPEN: dict[Mark | None, re.Pattern[str]] = {
    None: re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}"),
    ",": re.compile(r"[1-9][0-9]{0,2},[0-9]{3}"),
}
_SURE_COMMA = re.compile(
    r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|0,[0-9]+"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]{1,3}(?: [0-9]{3})+,[0-9]+"
)
_SURE_POINT = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|0?\.[0-9]+"
    r"|[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{4,}\.[0-9]+"
)


@dataclass(frozen=True, slots=True)
class Written:
    """An amount, the signs of a currency that stand with it, and how it says its size."""

    amount: Decimal
    signs: tuple[str, ...] = ()
    whole: bool = False
    """Whether it says of which size it is, 12万 or 500元: a header cannot multiply it."""
    open: bool = False
    """Whether it may be a thousand times as much or less: 1.234, and 12,000 where commas stand
    before fractions."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a header says of the amounts below it: 万元, USD, k€."""

    scale: int = 1
    sign: str = ""


def written_amount(raw: str | int | float | Decimal, mark: Mark | None = None) -> Written:
    """An amount as typed or pasted: 8.5万, ¥1,234.50, 12k, (1,200), １２３; Refused if none.

    `mark` is what stands before fractions, where that is known.
    """
    if isinstance(raw, bool):
        raise Refused("money.not_an_amount", text=str(raw))
    if isinstance(raw, (int, float, Decimal)):
        return Written(_checked(Decimal(str(raw)), str(raw)))
    signs: list[str] = []
    text = half_width(raw).replace("−", "-").replace("–", "-").lstrip(" '")
    text = _bare(text, signs)
    negative = text.startswith("(") and text.endswith(")")
    text = _bare(text[1:-1] if negative else text, signs)
    text = _NO_CENTS.sub("", text)
    if text.startswith(("-", "负", "+")):
        negative, text = negative ^ (text[0] != "+"), text[1:]
    elif text.endswith("-"):
        negative, text = not negative, text[:-1]
    found = _AMOUNT.fullmatch(_bare(text, signs))
    number = _plain(found[1].strip(), mark) if found else None
    if found is None or number is None:
        raise Refused("money.not_an_amount", text=raw)
    amount = Decimal(number + (found[2] or ""))
    scales = _SCALE.findall(found[3])
    for scale in scales:
        amount *= _SCALES[scale.lower()]
    return Written(
        _checked(-amount if negative else amount, raw),
        tuple(signs),
        whole=bool(scales) or any(sign[:1] in "元圆圓块円" for sign in signs),
        open=not scales and mark in _OPEN and bool(_OPEN[mark].fullmatch(found[1].strip())),
    )


def parse_amount(raw: str | int | float | Decimal) -> Decimal:
    """The amount alone, whatever its currency; Refused if none."""
    return written_amount(raw).amount


def parse_number(raw: str | int | float | Decimal, mark: Mark | None = None) -> Decimal:
    """The same for what is no money: a quantity, a rate, a count. Refused as a number."""
    try:
        return written_amount(raw, mark).amount
    except Refused as refused:
        if refused.code != "money.not_an_amount":
            raise
        raise Refused("money.not_a_number", **refused.args_for_words) from None


def unit_of(text: str) -> Unit | None:
    """What 万元, USD, k€, 美元, 百万 or '000 says of amounts; None for any other words."""
    bare = half_width(text).strip()
    found = _UNIT.fullmatch(bare) or _UNIT_BEHIND.fullmatch(bare)
    if found is None or not found[0]:
        return None
    return Unit(_size(found["scale"] or ""), found["sign"] or "")


def _size(scale: str) -> int:
    """What to multiply by: 10,000 for 万, a million for 百万."""
    if "000" in scale:
        return 1000
    return math.prod(_SCALES[one.lower()] for one in _SCALE.findall(scale))


def decimal_mark(values: Iterable[object]) -> Mark | None:
    """What stands before the fractions of a column; None where nothing or both is said."""
    said: set[Mark] = set()
    for value in values:
        if isinstance(value, str) and (found := _number_in(value)):
            if _SURE_COMMA.fullmatch(found):
                said.add(",")
            elif _SURE_POINT.fullmatch(found):
                said.add(".")
    return said.pop() if len(said) == 1 else None


def is_mark_open(values: Iterable[object]) -> bool:
    """Whether a column has numbers like 1.234 and nothing says whether these are thousands."""
    looked_at = list(values)
    return decimal_mark(looked_at) is None and any(
        isinstance(value, str) and _OPEN[None].fullmatch(_number_in(value)) for value in looked_at
    )


def _number_in(text: str) -> str:
    """The digits of an amount with what sets them apart; "" where it is none."""
    bare = _bare(half_width(text).strip("()-+− '"), []).strip("-+ ")
    found = _AMOUNT.fullmatch(bare)
    return found[1].strip() if found else ""


def _bare(text: str, signs: list[str]) -> str:
    """Without the signs and names of currencies around it, which are added to `signs`."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    while found := _BEFORE.match(text):
        signs.append(found[1])
        text = text[found.end() :]
    while found := _BEHIND.search(text):
        signs.append(found[1])
        text = text[: found.start()]
    return text


def _plain(written: str, mark: Mark | None) -> str | None:
    """The digits with a point for the fraction, however the thousands were set apart."""
    if mark == "," and _BY_COMMA.fullmatch(written):
        return re.sub("[. ']", "", written).replace(",", ".")
    if re.fullmatch(r"[0-9]+\.?[0-9]*|\.[0-9]+", written):
        return written
    if _THOUSANDS.fullmatch(written) and not written.startswith("0,"):
        groups_by_point = "." in written and not re.search("[,' ]", written)
        return re.sub("[.]" if groups_by_point else "[,' ]", "", written)
    if _COMMA_DECIMAL.fullmatch(written):
        return re.sub("[. ']", "", written).replace(",", ".")
    if _INDIAN_OR_CHINESE.fullmatch(written):
        return written.replace(",", "")
    return None


def _checked(amount: Decimal, text: str) -> Decimal:
    if not amount.is_finite():
        raise Refused("money.not_an_amount", text=text)
    if abs(amount) > LARGEST:
        raise Refused("money.too_large", text=text)
    return amount if amount else Decimal(0)
