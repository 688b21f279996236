"""The time of day as it is said: 下午3点, 15:30, 3pm, half past 4, noon, 半小时后.

Hours 1 to 6 without morning or afternoon are the afternoon's: offices sleep at three in the
morning. A part of the day alone stands for an hour: morning 9, noon 12, afternoon 15, evening 19.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Final

from crm_desktop.domain.chinese_numbers import number

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time said in a text, where, and the moment itself where it was said from now on."""

    time: time
    spans: tuple[Span, ...]
    moment: datetime | None = None


_PART_HOURS: Final = {
    "morning": 9,
    "noon": 12,
    "afternoon": 15,
    "evening": 19,
    "night": 3,
    "end": 17,
}
_PARTS: Final = {
    **dict.fromkeys(("清晨", "早上", "早晨", "早", "上午", "am", "morning"), "morning"),
    **dict.fromkeys(("中午", "正午", "noon", "midday"), "noon"),
    **dict.fromkeys(("下午", "午后", "pm", "afternoon"), "afternoon"),
    **dict.fromkeys(
        ("傍晚", "晚上", "晚间", "夜里", "晚", "evening", "tonight", "night"), "evening"
    ),
    **dict.fromkeys(("凌晨", "半夜"), "night"),
    **dict.fromkeys(("下班前", "eod", "end of day", "cob", "end of the day"), "end"),
}
_ZH_PART: Final = "凌晨|半夜|清晨|早上|早晨|上午|中午|正午|下午|午后|傍晚|晚上|晚间|夜里|早|晚"
_H: Final = r"(?P<h>\d{1,2}|十[一二]?|[一二两三四五六七八九])"
_ADVICE: Final = "(?!意见|建议|要求|问题|想法|说明|原因|钟头|以上|左右手)"


@cache
def _exact() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(
            rf"(?P<part>{_ZH_PART})?\s*{_H}\s*[点點](?:钟|整)?(?:(?P<half>半)|(?P<quarter>[一三])刻"
            rf"|(?P<m>\d{{1,2}}|[一二三四五]?十[一二三四五六七八九]?"
            rf"|零[一二三四五六七八九])分?)?{_ADVICE}"
        ),
        re.compile(
            rf"(?P<part>{_ZH_PART})?\s*(?<![\d:.])(?P<h>\d{{1,2}})[:：h](?P<m>[0-5]\d)(?![\d:])"
            r"\s*(?P<ap>[ap]\.?m\b\.?)?",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?<![\w.])(?P<h>\d{1,2})(?:\.(?P<m>[0-5]\d))?\s*(?P<ap>[ap]\.?m\b\.?)", re.IGNORECASE
        ),
        re.compile(
            r"\b(?P<rel>half past|quarter past|quarter to)\s+(?P<h>\d{1,2})\b"
            r"(?:\s*(?P<ap>[ap]m)\b)?",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:at|@)\s*(?P<h>\d{1,2})(?:\s*o'?clock)?(?![\d:./-]|\s*%|\w)", re.IGNORECASE
        ),
        re.compile(r"\b(?P<h>\d{1,2})\s*o'?clock\b", re.IGNORECASE),
    )


@cache
def _part_alone() -> re.Pattern[str]:
    return re.compile(
        r"(?<=[今明后昨])[早晚](?![餐饭宴])|(?:凌晨|早上|早晨|上午|中午|正午|下午|傍晚|晚上|下班前)(?![好茶])"
        r"|\b(?:in the |this )?(?P<en>morning|afternoon|evening)\b|\b(?:at )?(?P<one>noon|midday)\b"
        r"|\b(?P<late>tonight|(?:by |before )?(?:eod|cob|end of (?:the )?day))\b",
        re.IGNORECASE,
    )


@cache
def _from_now_ways() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(
            r"(?P<n>\d{1,3}|半|[一二两三四五六七八九十]{1,3})个?"
            r"(?P<u>小时|钟头|分钟)(?P<half>半)?(?:之后|以后|后)"
        ),
        re.compile(
            r"\bin\s+(?P<n>\d{1,3}|an?|half an|one|two|three)\s*"
            r"(?P<u>h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?)\b",
            re.IGNORECASE,
        ),
    )


_WORDS: Final = {
    "a": 1.0,
    "an": 1.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "half an": 0.5,
    "半": 0.5,
}


def find_time(text: str, now: datetime | None = None) -> FoundTime | None:
    """The first time of day said in the text; `now` on the wall clock allows "in 2 hours"."""
    if now is not None and (ahead := _from_now(text, now)) is not None:
        return ahead
    part = _part_alone().search(text)
    for pattern in _exact():
        for found in pattern.finditer(text):
            said = _part_of(found)
            used = [found.span()]
            if said is None and part is not None and not _overlap(part.span(), found.span()):
                said = _part_word(part)
                used.append(part.span())
            made = _made(found, said)
            if made is not None:
                return FoundTime(made, tuple(used))
    if part is None:
        return None
    return FoundTime(time(_PART_HOURS[_part_word(part)]), (part.span(),))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _part_word(found: re.Match[str]) -> str:
    word = (found["en"] or found["one"] or found["late"] or found[0]).lower()
    return _PARTS[word.removeprefix("by ").removeprefix("before ")]


def _part_of(found: re.Match[str]) -> str | None:
    groups = found.groupdict()
    if groups.get("ap"):
        return _PARTS[groups["ap"].replace(".", "").lower()]
    return _PARTS[groups["part"]] if groups.get("part") else None


def _made(found: re.Match[str], part: str | None) -> time | None:
    groups = found.groupdict()
    hour = number(groups["h"])
    minute = number((groups.get("m") or "0").removeprefix("零"))
    if groups.get("half") or (groups.get("rel") or "").lower() == "half past":
        minute = 30
    if groups.get("quarter"):
        minute = 15 if groups["quarter"] == "一" else 45
    if hour is None or minute is None or minute > 59:
        return None
    relative = (groups.get("rel") or "").lower()
    if relative.startswith("quarter"):
        hour, minute = (hour, 15) if relative == "quarter past" else (hour - 1, 45)
    if (
        groups["h"] == "一"
        and found[0].endswith("点")
        and part not in ("afternoon", "night", "noon")
    ):
        return None  # 早一点, 快一点: a little, not one o'clock
    hour = _hour(hour, part, bare=not groups["h"].startswith("0"))
    return time(hour, minute) if 0 <= hour <= 23 else None


def _hour(hour: int, part: str | None, *, bare: bool) -> int:
    if part in ("afternoon", "evening", "end") and 1 <= hour < 12:
        return hour + 12
    if part == "noon" and 1 <= hour <= 3:
        return hour + 12
    if part == "night" and hour == 12:
        return 0
    if part is None and bare and 1 <= hour <= 6:
        return hour + 12
    return hour


def _from_now(text: str, now: datetime) -> FoundTime | None:
    for pattern in _from_now_ways():
        found = pattern.search(text)
        if found is None:
            continue
        word = found["n"].lower()
        count = _WORDS.get(word)
        if count is None:
            count = float(number(word) or 0)
        if found.groupdict().get("half"):
            count += 0.5
        minutes = count if found["u"][0].lower() == "m" or found["u"] == "分钟" else count * 60
        moment = (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
        return FoundTime(moment.time(), (found.span(),), moment)
    return None
