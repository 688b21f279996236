"""What a header says of the unit of the amounts below it: 金额（万元）, 单价/元, Amount in k€."""

from __future__ import annotations

import re

from crm_desktop.domain.written_amounts import Unit, unit_of

_INSIDE = re.compile(r"[(（\[【](?P<unit>[^()（）\[\]【】]*)[)）\]】]\s*\Z")
_IN = re.compile(r"\s+in\s+(?P<unit>[^/／]+)\Z", re.IGNORECASE)
_BEHIND = re.compile(r"(?:\s*[/／_]\s*|\s+)(?P<unit>[^\s/／_]+)\s*\Z")
_EACH = re.compile(r"\s*[/／每].*\Z|\s+per\b.*\Z", re.IGNORECASE)  # 元/台
_SAYS = re.compile(r"\A(?:单位|unit|in)\b\s*[:：]?\s*", re.IGNORECASE)


def header_unit(header: str) -> tuple[str, Unit] | None:
    """The words without what they say of the unit, and the unit; None where they say nothing.

    Behind the words it must name a currency: 单价/千 is the price of a thousand.
    """
    inside = _INSIDE.search(header)
    found = inside or _IN.search(header) or _BEHIND.search(header)
    rest = header[: found.start()].strip() if found else ""
    told = _EACH.sub("", _SAYS.sub("", found["unit"].strip())) if found else ""
    unit = unit_of(told) if rest else None
    if unit is None or (inside is None and (not unit.sign or _is_word(unit.sign))):
        return None
    return rest, unit


def _is_word(sign: str) -> bool:
    """Whether a code is written as words are: "Contact in all"."""
    return sign.isascii() and sign.isalpha() and not sign.isupper()
