"""What a header says of the unit of the amounts below it: 金额（万元）, 单价/元, Amount in k€."""

from __future__ import annotations

import re

from crm_desktop.domain.written_amounts import Unit, unit_of

_INSIDE = re.compile(r"[(（\[【](?P<unit>[^()（）\[\]【】]*)[)）\]】]\s*\Z")
_IN = re.compile(r"\s+in\s+(?P<unit>[^/／]+)\Z", re.IGNORECASE)
_BEHIND = re.compile(r"(?:\s*[/／_:：]\s*|\s+)(?P<unit>[^\s/／_:：]+)\s*\Z")
_TOGETHER = re.compile(r"(?P<unit>[十百千]?[万萬亿億][元圆圓]|千[元圆圓])\s*\Z")  # 合同金额万元
_EACH = re.compile(r"\s*[/／每].*\Z|\s+per\b.*\Z", re.IGNORECASE)  # 元/台
_SAYS = re.compile(r"\A(?:单位|unit|in)\b\s*[:：]?\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"[,，、;；]")


def header_unit(header: str) -> tuple[str, Unit] | None:
    """The words without what they say of the unit, and the unit; None where they say nothing.

    Behind the words it must name a currency: 单价/千 is the price of a thousand. In brackets it may
    stand among other words, and other brackets behind it: 金额（含税，万元）, Amount (USD) (net).
    """
    inside = _INSIDE.search(header)
    found = inside or next(
        (one for at in (_IN, _BEHIND, _TOGETHER) if (one := at.search(header))), None
    )
    rest = header[: found.start()].strip() if found else ""
    if found is None or not rest:
        return None
    if inside is not None:
        units = [unit for one in _BETWEEN.split(inside["unit"]) if (unit := _unit(one))]
        return (rest, units[0]) if len(units) == 1 else header_unit(rest)
    unit = _unit(found["unit"])
    return None if unit is None or not unit.sign or _is_word(unit.sign) else (rest, unit)


def _unit(text: str) -> Unit | None:
    return unit_of(_EACH.sub("", _SAYS.sub("", text.strip())))


def _is_word(sign: str) -> bool:
    """Whether a code is written as words are: "Contact in all"."""
    return sign.isascii() and sign.isalpha() and not sign.isupper()
