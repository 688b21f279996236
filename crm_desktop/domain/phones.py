"""Phone numbers as people write them: several in a cell, with labels, extensions and damage.

The raw text is kept beside what this module makes of it. Chinese mobiles and landlines are
recognised here; the library knows the rest of the world and is imported only for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from crm_desktop.domain.problems import Problem
from crm_desktop.domain.text import half_width

Raw = str | int | float | Decimal | None

_EMPTY = frozenset(
    ("", "无", "没有", "暂无", "不详", "未知", "空", "n/a", "na", "none", "null", "nil")
)
_DASHES = re.compile("[‐-―−－﹣ー~～]")
_SEPARATORS = re.compile(r"[、;；,，|\n\r\t]+|\s+(?:或|or|and|&)\s+|或")
_LABEL = re.compile(
    r"^[\s'‘’]*(?:(?:(?:联系|办公|公司|移动|固定|家庭)?(?:手机|电话)(?:号码?)?|座机|总机|固话|传真"
    r"|tel(?:ephone)?|phone|mob(?:ile)?|cell|fax)\s*[:：.]?\s*)?(?=[+(\d])",
    re.IGNORECASE,
)
_SLASH = re.compile(r"\s*[/／\\]\s*")
_EXTENSION = re.compile(
    r"\s*(?:转接|转|分机号?|ext(?:ension)?\.?|[x#])\s*[:：-]?\s*(\d{1,7})\s*$", re.I
)
_DASHED_EXTENSION = re.compile(r"^(\(?0\d{2,3}\)?[- ]?\d{7,8})-(\d{1,6})$")
_NUMERIC = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE]\+?\d+)?")
_NOT_DIGITS = re.compile(r"[^0-9]")
_CHINA = re.compile(r"^(?:\+|00)?86(?=1[3-9]\d{9}$|0?[1-9]\d{8,11}$)|^(?:\+|00)86")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7}")
_DASHED_LANDLINE = re.compile(r"0(?:(?:10|2\d)-|[3-9]\d{2}-?)[2-8]\d{6,7}")
_SERVICE = re.compile(r"[48]00\d{7}")
_NEAR = Decimal("0.001")
_EXACT_IN_EXCEL = 15
_SHOWN_IN_A_CELL = 6  # significant digits of 1.38001E+10
_LONGEST = 15
_SHORTEST = 3
_MOBILE_LENGTH = 11
_NOTHING_SAID = re.compile(r"[\s\-./:：()*‐-―−－~～、;；,，|]")


@dataclass(frozen=True, slots=True)
class PhoneKey:
    """One number to compare and dial by: "+8613812345678", or bare digits where unsure."""

    number: str
    extension: str = ""

    def __bool__(self) -> bool:
        return bool(self.number)

    @property
    def digits(self) -> str:
        """The digits alone, for the search."""
        return self.number.removeprefix("+")

    @property
    def tail(self) -> str:
        """The last seven digits: what looks for duplicates in blocks."""
        return self.number[-7:]


NOTHING = PhoneKey("")


def as_text(raw: Raw) -> str:
    """A cell as the digits it meant: 13800138000.0 and 1.3800138E+10 are 13800138000."""
    if raw is None or isinstance(raw, bool):
        return ""
    if isinstance(raw, str):
        text = half_width(raw).strip()
        if not _NUMERIC.fullmatch(text) or not ("." in text or "e" in text.lower()):
            return text
    else:
        text = repr(raw) if isinstance(raw, float) else str(raw)
    try:
        number = Decimal(text)
        whole = number.to_integral_value()
    except InvalidOperation:  # infinities, and exponents without measure
        return text
    if not whole.is_finite() or whole.adjusted() > 2 * _EXACT_IN_EXCEL:
        return text
    return str(int(whole)) if abs(number - whole) < _NEAR else text


def split(raw: Raw) -> tuple[str, ...]:
    """The numbers in one cell, each as it was written; none for "无" and "-"."""
    return tuple(dict.fromkeys(piece for piece in _pieces(raw) if not _is_empty(piece)))


def says_more(raw: Raw) -> bool:
    """Whether a cell holds words that are no number beside its numbers: 13800138000/打前台."""
    return any(
        not _NOT_DIGITS.sub("", piece) and piece.strip(" -.:/()*").lower() not in _EMPTY
        for piece in _pieces(raw)
    )


def _pieces(raw: Raw) -> Iterator[str]:
    text = _DASHES.sub("-", as_text(raw))
    for part in _SEPARATORS.split(text):
        for piece in _at_slashes(part):
            for one in _at_blanks(piece):
                yield _LABEL.sub("", one)


def _is_empty(text: str) -> bool:
    bare = text.strip(" -.:/()*").lower()
    return bare in _EMPTY or not _NOT_DIGITS.sub("", bare).strip("0")


def _at_slashes(text: str) -> list[str]:
    parts = [part for part in _SLASH.split(text) if part.strip()]
    found: list[str] = []
    for part in parts:
        digits = _NOT_DIGITS.sub("", part)
        before = _NOT_DIGITS.sub("", found[-1]) if found else ""
        if found and 0 < len(digits) <= 4 and len(before) >= 7 and digits == part.strip():
            # 65881234/35: the second number differs in its last digits only
            found.append(found[-1].rstrip()[: -len(digits)] + digits)
        elif found and len(before) <= 4 and before:
            found[-1] = f"{found[-1]}-{part}"  # 030/1234567: an area code, German style
        else:
            found.append(part)
    return found


def _at_blanks(text: str) -> list[str]:
    parts = text.split()
    whole = all(len(_NOT_DIGITS.sub("", part)) >= 10 for part in parts)
    return parts if len(parts) > 1 and whole else [text.strip()]


def normalise(raw: Raw, region: str = "CN") -> PhoneKey:
    """The key of the first number in a cell; an empty one where there is none."""
    return next(iter(normalise_all(raw, region)), NOTHING)


def usual(text: str) -> str:
    """The number of a Chinese mobile or landline as nearly every list writes it; else nothing."""
    if not text.isascii():
        return ""
    if _MOBILE.fullmatch(text):
        return "+86" + text
    if _DASHED_LANDLINE.fullmatch(text):
        return "+86" + text[1:].replace("-", "")
    return ""


def normalise_all(raw: Raw, region: str = "CN") -> tuple[PhoneKey, ...]:
    """The keys of all numbers in a cell, in order, each once."""
    if isinstance(raw, str) and region == "CN" and (number := usual(raw)):
        return (PhoneKey(number),)
    keys = (_key(part, region) for part in split(raw))
    return tuple(dict.fromkeys(key for key in keys if key))


def _key(text: str, region: str) -> PhoneKey:
    extension = ""
    if found := _EXTENSION.search(text):
        text, extension = text[: found.start()], found[1]
    elif found := _DASHED_EXTENSION.match(text):
        text, extension = found[1], found[2]
    plus = "+" if text.lstrip(" (:：").startswith("+") or re.search(r"\D\+\d", text) else ""
    digits = _NOT_DIGITS.sub("", text.replace("(0)", "") if plus else text)
    if not digits.strip("0"):
        return NOTHING
    home = _CHINA.sub("", plus + digits)
    if (region == "CN" or home != plus + digits) and not home.startswith("+"):
        if home != plus + digits and not home.startswith(("0", "1", "4", "8")):
            home = "0" + home
        if _MOBILE.fullmatch(home) or _SERVICE.fullmatch(home):
            return PhoneKey("+86" + home, extension)
        if _LANDLINE.fullmatch(home):
            return PhoneKey("+86" + home[1:], extension)
    return PhoneKey(_of_the_world(plus + digits, region), extension)


def _of_the_world(dialled: str, region: str) -> str:
    import phonenumbers  # a large table, needed for few numbers

    if dialled.startswith("00"):
        dialled = "+" + dialled[2:]
    try:
        parsed = phonenumbers.parse(dialled, region)
    except phonenumbers.NumberParseException:
        return dialled.removeprefix("+")
    if phonenumbers.is_valid_number(parsed):
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return dialled


def looks_damaged(raw: Raw) -> bool:
    """Whether digits were lost before we saw the number: Excel keeps fifteen.

    True for numbers of sixteen digits and more that a sheet stored as numbers, for their
    text with an exponent, and for long digits ending in the noughts Excel put there.
    """
    if isinstance(raw, bool) or raw is None:
        return False
    if isinstance(raw, str):
        text = half_width(raw).strip()
        if "e" in text.lower() and _NUMERIC.fullmatch(text):
            mantissa, _, exponent = text.lower().partition("e")
            shown = len(_NOT_DIGITS.sub("", mantissa))
            places = int(exponent) + 1
            return shown < places and (shown <= _SHOWN_IN_A_CELL or places > _EXACT_IN_EXCEL)
        bare = text.replace(" ", "").replace("-", "")
        zeros = len(bare) - _EXACT_IN_EXCEL
        return bare.isdecimal() and 18 <= len(bare) <= 19 and bare.endswith("0" * zeros)
    number = Decimal(str(raw))
    return number.is_finite() and number.adjusted() >= _EXACT_IN_EXCEL


def display(number: str | PhoneKey) -> str:
    """Grouped as it is read aloud: 138 1234 5678, 0512 6588 1234, +1 202-555-0123."""
    key = number if isinstance(number, PhoneKey) else normalise(number) or PhoneKey(number)
    shown = _grouped(key.number)
    return f"{shown}-{key.extension}" if key.extension else shown


def _grouped(number: str) -> str:
    if number.startswith("+86"):
        home = number[3:]
        if _MOBILE.fullmatch(home):
            return f"{home[:3]} {home[3:7]} {home[7:]}"
        if _SERVICE.fullmatch(home):
            return f"{home[:3]} {home[3:6]} {home[6:]}"
        if _LANDLINE.fullmatch("0" + home):
            area = 2 if home[0] in "12" else 3
            return f"0{home[:area]} {home[area:-4]} {home[-4:]}"
    if number.startswith("+"):
        import phonenumbers  # as above

        try:
            parsed = phonenumbers.parse(number, None)
        except phonenumbers.NumberParseException:
            return number
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return number


def problem(raw: Raw, field: str = "phone") -> Problem | None:
    """What to look at in a cell of phone numbers; it may be saved all the same."""
    if isinstance(raw, str) and _MOBILE.fullmatch(raw):
        return None
    if looks_damaged(raw):
        return Problem("phone.digits_lost", field, {"text": str(raw)})
    parts = split(raw)
    if not parts:
        text = as_text(raw)
        bare = _NOTHING_SAID.sub("", text).lower()
        known = bare in _EMPTY or any(letter.isdecimal() for letter in bare)
        return None if known else Problem("phone.no_digits", field, {"text": text})
    return next((found for part in parts if (found := _problem_of(part, field))), None)


def _problem_of(part: str, field: str) -> Problem | None:
    key = _key(part, "CN")
    if key.number.startswith("+") and _is_known(key.number):
        return None
    digits = _CHINA.sub("", key.number).removeprefix("+")
    mobile = re.match("1[3-9]", digits) is not None
    if len(digits) > _LONGEST:
        code = "phone.too_long"
    elif mobile and 9 <= len(digits) < _MOBILE_LENGTH:
        code = "phone.short_mobile"
    elif mobile and len(digits) > _MOBILE_LENGTH:
        code = "phone.long_mobile"
    elif len(digits) < _SHORTEST:
        code = "phone.too_short"
    else:
        return None
    return Problem(code, field, {"text": part, "digits": len(digits)})


def _is_known(number: str) -> bool:
    if number.startswith("+86"):
        return True
    import phonenumbers  # as above

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return False
