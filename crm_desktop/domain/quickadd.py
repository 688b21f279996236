"""One line typed into quick add, in either language, read as a follow-up.

明天下午3点给张伟打电话 and "call Wei tomorrow 3pm" give the same item. Nothing is invented: what
was understood is listed as chips, the rest stays in the subject.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final

from crm_desktop.domain.day_phrases import find_day
from crm_desktop.domain.time_phrases import Span, find_time


@dataclass(frozen=True, slots=True)
class FoundName:
    """A known name in the text, where, and what it stands for (the caller's value)."""

    name: str
    start: int
    end: int
    value: Any = None


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing understood: `kind` is day, time, person or type; the span is of the typed text."""

    kind: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuickAdd:
    """What was understood; `type_code` is "other" where the text names none.

    `remaining` is the text without what was understood. `subject` is the same where a person was
    found (it may be empty: type and person say it all); else the sentence without day and time.
    """

    type_code: str
    subject: str
    day: date | None
    time: time | None
    person: FoundName | None
    remaining: str
    chips: tuple[Chip, ...]


def without_date(text: str, parsed: QuickAdd) -> str:
    """The typed text without day and time: 给张伟打电话 for 明天下午3点给张伟打电话."""
    sentence = list(text)
    for chip in parsed.chips:
        if chip.kind in ("day", "time"):
            _blank(sentence, (chip.start, chip.end))
    return _plain("".join(sentence))


# Sign for sign, so that the chips point into the text as it was typed.
_HALF_WIDTH: Final[dict[int, int]] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    0x3000: 0x20,
    0: 0x20,
}
Names = Mapping[str, Any] | Callable[[str], Iterable[FoundName]]

_TYPE_WORDS: Final[dict[str, str]] = {
    "visit": r"上门拜访|登门拜访|拜访|上门|走访|访问|回访|登门"
    r"|\b(?:visit(?:ed)?|drop by|stop by|drop in on|go see)\b",
    "call": r"打\s*一?个?\s*电话|电话回访|电话联系|电话沟通|回个?电话?(?=$|[\s给,，。])"
    r"|致电|通电话|去电|电话|通话"
    r"|\b(?:give (?=.*\bcall\b)|(?:phone |video )?call(?:ed)?(?: back)?|phone|ring|telephone)\b",
    "meeting": r"开个?会|会议|会面|见个?面|约见|碰个?头|面谈|洽谈|"
    r"\b(?:have an? meeting|meeting|meet(?: up)?|met|conference|see(?= \0))",
    "email": r"发一?封?个?(?:电子)?邮件|写一?封?邮件|回邮件|(?:电子)?邮件|电邮|发邮箱"
    r"|\b(?:send (?=.*\be-?mail\b)|e-?mail(?:ed)?|mail(?! (?:the|an?|samples?|letters?)\b))\b",
    "dinner": r"请?吃个?(?:晚饭|午饭|饭)|请客|宴请|聚餐|(?:晚|午|早)(?:饭|餐|宴)|饭局|喝酒|喝茶"
    r"|\b(?:have )?(?:dinner|lunch|breakfast|supper)\b",
    "courtesy": r"(?:节日|生日)?(?:问候|祝福|祝贺)|关怀|送礼物?|慰问|拜年|道贺"
    r"|\b(?:greet|congratulate|send (?:a )?gift|birthday wishes|congratulations)\b",
    "reception": r"接待|来访|接机|接站|\b(?:receive|reception|host|pick up)\b",
    "wechat": r"发一?个?条?微信|加微信|微信|\bwe ?chat\b",
    "sms": r"发一?个?条?(?:短信|信息)|短信|\b(?:send (?=.*\b(?:sms|text)\b)|sms|text(?: message)?)"
    r"\b",
    "fax": r"发一?份?个?传真|传真|\b(?:send (?=.*\bfax\b)|fax)\b",
}
TYPE_CODES: Final = (*_TYPE_WORDS, "other")


@cache
def _types() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE | re.ASCII
    return {code: re.compile(words, flags) for code, words in _TYPE_WORDS.items()}


# 今晚, 明早 and tonight say a time of day as well.
_SAYS_TIME: Final = re.compile(r"(?:[早晚]|tonight)$", re.IGNORECASE)
_BEFORE_DAY: Final = re.compile(
    r"(?:(?<![A-Za-z])(?:on|by|due|before|for|until)\s+|[在于@])$", re.I
)
_AFTER_DAY: Final = re.compile(r"^(?:之?前|[的,，、])")
_BEFORE_TIME: Final = re.compile(
    r"(?:(?<![A-Za-z])(?:at|by|before|around|from)\s+|@\s*|[在于])$", re.I
)
_BEFORE_NAME: Final = re.compile(
    # Not the ends of 宴请, 合同, 慰问, 核对, 收到, 续约.
    r"(?:(?<![A-Za-z])(?:with|to|for|of)\s+|[给跟和向找陪去]|(?<!参)与|(?<![宴申邀])请|(?<![合共])同"
    r"|(?<![慰访询])问|(?<![核校])对|(?<![收见达])到|(?<![续预])约)\s*$",
    re.IGNORECASE,
)
_AFTER_NAME: Final = re.compile(
    r"^(?:'s\b|\s*(?:先生|女士|小姐|老师|经理|总(?!结|部|体|共|额|价)))"
)
_EDGES: Final = " \t,，.。;；:：、!！-–—|"
_FILLERS: Final = re.compile(
    r"^(?:(?:a|an|the|to|with|please|need to|remind me to|have|make"
    r"|give|send|about|re|regarding|at|on)"
    r"\b[\s:]*|(?:提醒我|记得|请|要|去|关于|一下|个|的|给|和|跟|了|[,，:：、\s])+)+",
    re.IGNORECASE,
)
_TRAILERS: Final = re.compile(
    r"(?:\s+(?:a|an|the|to|with|at|on|by|for|about)|一下|[给跟和与约的])+$", re.IGNORECASE
)


def parse(
    text: str,
    now: datetime | date,
    names: Names | None = None,
    types: Mapping[str, str] | None = None,
) -> QuickAdd:
    """Read one line. `now` is the user's wall clock; with a bare date there is no "in 2 hours".

    `names` are the known names with what they stand for, or a function that finds them. `types`
    adds words of the user's own types: {"培训": "training"}. A time without a day is today's, or
    tomorrow's once it has passed.
    """
    moment = now if isinstance(now, datetime) else None
    today = now.date() if isinstance(now, datetime) else now
    text = text.translate(_HALF_WIDTH)
    chips: list[Chip] = []
    sentence = list(text)

    day, at = _when(text, today, moment, sentence, chips)
    dated = "".join(sentence)
    person = _person(dated, names)
    if person is not None:
        chips.append(Chip("person", person.value, person.start, person.end))
        _blank(sentence, _widened(dated, (person.start, person.end), _BEFORE_NAME, _AFTER_NAME))
    type_code, span = _type_of("".join(sentence), types or {})
    if span is not None:
        chips.append(Chip("type", type_code, *span))
        _blank(sentence, span)
        if type_code != "other":
            _blank_echo(sentence, type_code)
    remaining = _tidy("".join(sentence))
    subject = remaining if person is not None or not remaining else _plain(dated)
    chips.sort(key=lambda chip: (chip.start, chip.end))
    return QuickAdd(type_code, subject, day, at, person, remaining, tuple(chips))


def _when(
    text: str, today: date, moment: datetime | None, sentence: list[str], chips: list[Chip]
) -> tuple[date | None, time | None]:
    """Day and time; both are blanked out of the sentence."""
    wall = moment.replace(tzinfo=None) if moment is not None else None
    found_day = find_day(text, today)
    rest = text
    if found_day is not None and not _SAYS_TIME.search(text[: found_day.end]):
        gap = " " * (found_day.end - found_day.start)
        rest = text[: found_day.start] + gap + text[found_day.end :]
    found_time = find_time(rest, wall)
    day = found_day.day if found_day else None
    at = found_time.time if found_time else None
    if found_day is not None:
        chips.append(Chip("day", found_day.day, found_day.start, found_day.end))
        _blank(sentence, _widened(text, (found_day.start, found_day.end), _BEFORE_DAY, _AFTER_DAY))
    if found_time is not None:
        first = min(found_time.spans)
        chips.append(Chip("time", at, *first))
        for span in found_time.spans:
            _blank(sentence, _widened(text, span, _BEFORE_TIME, _AFTER_DAY))
        if day is None and found_time.moment is not None:
            day = found_time.moment.date()
        elif day is None and at is not None:
            passed = wall is not None and at <= wall.time()
            day = today + timedelta(days=1) if passed else today
    return day, at


def _blank(sentence: list[str], span: Span) -> None:
    for place in range(*span):
        sentence[place] = "\0"


def _widened(text: str, span: Span, before: re.Pattern[str], after: re.Pattern[str]) -> Span:
    """The span with the small words that belong to it."""
    start, end = span
    if found := before.search(text[:start]):
        start = found.start()
    if found := after.match(text[end:]):
        end += found.end()
    return start, end


def _person(text: str, names: Names | None) -> FoundName | None:
    if names is None:
        return None
    found = names(text) if callable(names) else _known(text, names)
    return max(found, key=lambda one: (one.end - one.start, -one.start), default=None)


_LONGEST_NAME: Final = 40


def _known(text: str, names: Mapping[str, Any]) -> Iterable[FoundName]:
    """Every known name in the text; words in Latin letters only as whole words, in any case."""
    for start, sign in enumerate(text):
        if sign in _EDGES or sign == "\0":
            continue
        if start and sign.isascii() and text[start - 1].isascii() and text[start - 1].isalnum():
            continue
        for end in range(start + 1, min(start + _LONGEST_NAME, len(text)) + 1):
            last = text[end - 1]
            if last == "\0":
                break
            if last.isascii() and end < len(text) and text[end].isascii() and text[end].isalnum():
                continue
            part = text[start:end]
            if part.isascii() and len(part) < 2:
                continue
            for key in dict.fromkeys((part, part.casefold(), part.title())):
                if key in names:
                    yield FoundName(part, start, end, names[key])
                    break


def _type_of(text: str, own: Mapping[str, str]) -> tuple[str, Span | None]:
    """The first type named; of two that begin together, the longer word."""
    hits = [
        (found.start(), -found.end(), code)
        for code, pattern in _types().items()
        if (found := pattern.search(text))
    ]
    for word, code in own.items():
        found = re.search(re.escape(word), text, re.IGNORECASE) if word else None
        if found is not None:
            hits.append((found.start(), -found.end(), code))
    if not hits:
        return "other", None
    start, end, code = min(hits)
    return code, (start, -end)


_ECHO: Final = {
    "call": re.compile(r"\b(?:a )?call\b", re.IGNORECASE),
    "email": re.compile(r"\b(?:an )?e-?mail\b", re.IGNORECASE),
    "sms": re.compile(r"\b(?:an? )?(?:sms|text)(?: message)?\b", re.IGNORECASE),
    "fax": re.compile(r"\b(?:a )?fax\b", re.IGNORECASE),
}


def _blank_echo(sentence: list[str], code: str) -> None:
    """The noun of "give Wei a call", whose verb was the type's word."""
    text = "".join(sentence)
    found = _ECHO[code].search(text) if code in _ECHO else None
    if found is not None:
        _blank(sentence, found.span())


def _plain(text: str) -> str:
    """Without the gaps left by what was taken out."""
    text = re.sub(r"(?<=[A-Za-z0-9])\0+(?=[A-Za-z0-9])", " ", text).replace("\0", "")
    return " ".join(text.split()).strip(_EDGES)


def _tidy(text: str) -> str:
    """Without gaps and the small words that only joined what was taken out."""
    text = _plain(text)
    text = _FILLERS.sub("", text)
    return _TRAILERS.sub("", f" {text}").strip(_EDGES)
