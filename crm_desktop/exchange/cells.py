"""One cell of a foreign sheet brought into the form its field holds, or a problem told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from crm_desktop.domain import phones
from crm_desktop.domain.currency_signs import meant
from crm_desktop.domain.fields import Address
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.domain.text import clean, clean_name, half_width
from crm_desktop.domain.written_amounts import Mark, parse_amount, parse_number
from crm_desktop.exchange.reading.facts import Value

Convert = Callable[[Value, list[Problem]], Any]
"""Takes a cell and a list for its problems; None where nothing is to be stored."""

_BLANKS = (
    "null (null) n/a #n/a #null! #value! #ref! #div/0! #name? #num! none nil nan "
    "无 暂无 没有 空 - -- --- — —— － / \\ ."
)
_BLANK_WORDS = frozenset(("", *_BLANKS.split()))
_LONGEST_BLANK = 9
_LOST_DIGITS_FROM = 1e15
_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_MAIL_SEPARATORS = re.compile(r"[;；,，、/／|()\s]+")
_TAG_SEPARATORS = re.compile(r"[;；,，、|\n]+")
_QUOTE = '"'
# A part in quotes that ends where the next one begins, or all up to the next separator.
_PARTS = re.compile(r"""\s*(?:"((?:[^"]|"")*)"(?=\s*(?:[;；,，、|\n]|\Z))|([^;；,，、|\n]+))""")
_EMAIL = re.compile(r"[^@\s<>\"(),;:]+@[^@\s<>\"(),;:]+\.[^@\s<>\"(),;:.]{2,}")
_PLAIN_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_ONE, _HUNDRED = Decimal(1), Decimal(100)
_OFF = re.compile(r"(\d+(?:\.\d+)?|[一二三四五六七八九]{1,2})\s*折")
_DIGITS_ZH = str.maketrans("一二三四五六七八九", "123456789")
_NO_TAX = frozenset(["免税", "免征", "零税率", "0税率", "tax-free", "exempt"])
_MASKED = re.compile(r"\d?[*＊xX•●…]{2,}|…")
_BARE_DIGITS = re.compile(r"1[\d -]+")
"""No area code in brackets, none of another country."""
_WRONG_LENGTHS = frozenset({"phone.short_mobile", "phone.long_mobile"})
_QUOTED_DIGITS = re.compile(r"['‘’](?=\d{6,}\Z)")
_LABEL = re.compile(r"(?:qq|微信号?|wechat|wx|vx)\s*[:：]\s*", re.IGNORECASE)
_SITE_SEPARATORS = re.compile(r"[;；，、\n]+|\s+|,(?=\s|https?:|www\.)")
_YES_WORDS = (
    "是 有 y yes true t 1 √ ✓ ✔ v x 对 启用 在售 重要 重点 on 上架 在用 有效 含税 含"
    " 收到 收礼 received"
)
_NO_WORDS = (
    "否 无 没有 n no false f 0 × ✗ ✘ 不是 不 停用 停售 下架 off 停产 无效 不含税 未税 不含"
    " 送出 送礼 给出 given"
)
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())


def is_blank(value: Value) -> bool:
    """Whether a cell says nothing: blank, or one of the words for it (NULL, N/A, 无, -)."""
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    if len(value) > _LONGEST_BLANK:
        return value.isspace()
    return value.strip().lower() in _BLANK_WORDS


def as_text(value: Value) -> str:
    """The value as it would be written by hand; whole numbers without a decimal point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if abs(value) < _LOST_DIGITS_FROM and abs(value - round(value)) < 1e-3:
            return str(round(value))
        return repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value)


def digits_lost(value: Value) -> bool:
    """Whether a long number has already lost its last digits in the spreadsheet."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return abs(value) >= _LOST_DIGITS_FROM
    if not isinstance(value, str) or not _POWER.fullmatch(value.strip()):
        return False
    mantissa, _, power = value.strip().lower().partition("e")
    return len(mantissa.replace(".", "")) < int(power) + 1


def text(value: Value, problems: list[Problem]) -> str | None:
    """One line of text."""
    if is_blank(value):
        return None
    if not isinstance(value, str):
        if digits_lost(value):
            problems.append(Problem("reading.cell_digits_lost", args={"value": as_text(value)}))
            return None
        return as_text(value)
    return clean_name(value) or None


def long_text(value: Value, problems: list[Problem]) -> str | None:
    """Text with its lines."""
    if isinstance(value, str) and not is_blank(value):
        return clean(value) or None
    return text(value, problems)


def code_text(value: Value, problems: list[Problem]) -> str | None:
    """Text of digits that a spreadsheet may have damaged: bank accounts, tax numbers."""
    if digits_lost(value):
        problems.append(Problem("reading.cell_digits_lost", args={"value": as_text(value)}))
        return None
    written = text(value, problems)
    if written and "+" in written and _POWER.fullmatch(written):
        return str(int(Decimal(written)))
    if written and written.isalnum():  # ＝ and the like may be meant as they stand
        return half_width(written)
    return _QUOTED_DIGITS.sub("", written) if written else None


def phone_numbers(value: Value, problems: list[Problem]) -> tuple[str, ...] | None:
    """One phone or several in a cell, as they are written; 1.3800138E+10 is rescued."""
    if isinstance(value, str) and phones.usual(value):
        return (value,)
    if isinstance(value, float) and 1e6 < value < _LOST_DIGITS_FROM and value.is_integer():
        return (str(int(value)),)
    if is_blank(value):
        return None
    if isinstance(value, date | time):
        problems.append(Problem("reading.cell_not_phone", args={"value": as_text(value)}))
        return None
    if phones.looks_damaged(value):
        problems.append(Problem("reading.cell_digits_lost", args={"value": as_text(value)}))
        return None
    written = clean(value) if isinstance(value, str) else value
    found = phones.split(written)
    kept = tuple(
        part
        for part in found
        if sum(letter.isdigit() for letter in part) >= 5 and not _MASKED.search(part)
    )
    if len(kept) < len(found) or not found or phones.says_more(written):
        problems.append(Problem("reading.cell_not_phone", args={"value": as_text(value)[:60]}))
    return kept or None


def mobile_numbers(value: Value, problems: list[Problem]) -> tuple[str, ...] | None:
    """The same of a column of mobiles: a Chinese one with a digit too few or too many is told."""
    found = phone_numbers(value, problems)
    for one in found or ():
        if not phones.usual(one) and _BARE_DIGITS.fullmatch(one):
            doubt = phones.problem(one)
            if doubt is not None and doubt.code in _WRONG_LENGTHS:
                problems.append(doubt)
    return found


def emails(value: Value, problems: list[Problem]) -> tuple[str, ...] | None:
    """One e-mail address or several."""
    if isinstance(value, str) and _PLAIN_EMAIL.fullmatch(value):
        return (value,)
    if is_blank(value):
        return None
    written = half_width(clean(as_text(value)))
    found: list[str] = []
    wrong = False
    for part in _MAIL_SEPARATORS.split(written):
        address = part.strip("<>()[]\"'.").removeprefix("mailto:")
        if _EMAIL.fullmatch(address):
            found.append(address)
        elif "@" in address:
            wrong = True
    if wrong or not found:
        problems.append(Problem("reading.cell_not_email", args={"value": written[:60]}))
    return tuple(dict.fromkeys(found)) or None


def handles(value: Value, problems: list[Problem]) -> tuple[str, ...] | None:
    """A WeChat, QQ or web address, or several."""
    written = code_text(value, problems)
    if written is None:
        return None
    if written.isalnum():
        return (written,)
    parts = (_LABEL.sub("", part.strip()) for part in re.split(r"[;；,，、\n]+|\s+", written))
    return tuple(dict.fromkeys(part for part in parts if part)) or None


def accounts(value: Value, problems: list[Problem]) -> tuple[str, ...] | None:
    """Accounts of any service, which may be named before them: Skype: wei zhang."""
    written = long_text(value, problems)
    parts = (part.strip() for part in re.split(r"[;；\n]+", written or ""))
    return tuple(dict.fromkeys(part for part in parts if part)) or None


def websites(value: Value, problems: list[Problem]) -> tuple[str, ...] | None:
    """One address of a site or several; a comma may be part of one."""
    written = text(value, problems)
    parts = _SITE_SEPARATORS.split(written) if written else ()
    return tuple(dict.fromkeys(part for part in parts if part)) or None


def names(value: Value, problems: list[Problem]) -> tuple[str, ...] | None:
    """Tags or choices, several in a cell."""
    written = long_text(value, problems)
    if written is None:
        return None
    parts = (clean_name(part) for part in _separated(written))
    return tuple(dict.fromkeys(part for part in parts if part)) or None


def listed(several: Iterable[str]) -> str:
    """Tags or choices in one cell, as `names` reads them back."""
    return "; ".join(
        f'"{one.replace(_QUOTE, _QUOTE * 2)}"'
        if one.startswith(_QUOTE) or _TAG_SEPARATORS.search(one)
        else one
        for one in several
    )


def _separated(written: str) -> list[str]:
    if _QUOTE not in written:
        return _TAG_SEPARATORS.split(written)
    return [
        found[1].replace(_QUOTE * 2, _QUOTE) if found[1] is not None else found[2]
        for found in _PARTS.finditer(written)
    ]


def amount(
    value: Value,
    problems: list[Problem],
    parse: Callable[[str | Decimal], Decimal] = parse_amount,
) -> Decimal | None:
    """An amount of money: ¥ 1,234.50, 3.5万, (120) = −120, 229,932.50 元."""
    if is_blank(value):
        return None
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            # Spreadsheets hold 15 digits; what lies behind them is noise.
            return parse(Decimal(f"{value:.15g}"))
        return parse(clean(as_text(value)))
    except Refused as refused:
        problems.append(Problem(refused.code, args=refused.args_for_words))
        return None


def number(value: Value, problems: list[Problem], mark: Mark | None = None) -> Decimal | None:
    """A quantity or another number that is no money, in the same spellings; `mark` is what stands
    before its fraction, where that is known."""
    return amount(value, problems, lambda text: parse_number(text, mark))


def percent(value: Value, problems: list[Problem], below: Decimal = _ONE) -> Decimal | None:
    """A rate: 13 %, 13 and 0.13 all mean 13, 九折 is 10 off; numbers `below` are parts of one."""
    if isinstance(value, str):
        written = value.strip()
        if written.endswith(("%", "％")):
            return number(written.rstrip("%％"), problems)
        if found := _OFF.fullmatch(half_width(written)):
            paid = Decimal(found[1].translate(_DIGITS_ZH))
            return _HUNDRED - (paid * 10 if paid < 10 else paid)
        if written.lower() in _NO_TAX:
            return Decimal(0)
    rate = number(value, problems)
    if rate is not None and 0 < abs(rate) < below:
        return (rate * 100).normalize()
    return rate


def are_fractions(values: Sequence[Value]) -> bool:
    """Whether the numbers of a column of rates are parts of one, as cells formatted in % are."""
    numbers = [one for one in values if isinstance(one, float | int) and type(one) is not bool]
    return all(0 <= one <= 1 for one in numbers) and any(0 < one < 1 for one in numbers)


def integer(value: Value, problems: list[Problem], below: Decimal = _ONE) -> int | None:
    """A whole number; 60 % and 0.6 are 60 where a probability is asked for."""
    whole = percent(value, problems) if isinstance(value, str) else number(value, problems)
    if whole is None:
        return None
    if 0 < whole < below:
        whole *= 100
    if whole != whole.to_integral_value():
        problems.append(Problem("reading.cell_not_whole", args={"value": as_text(value)}))
        return None
    return int(whole)


def boolean(value: Value, problems: list[Problem]) -> bool | None:
    """是 / 否, yes / no, √ / ×, 1 / 0."""
    if isinstance(value, bool):
        return value
    word = as_text(value).strip().lower()
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    if not is_blank(value):
        problems.append(Problem("reading.cell_not_yes_no", args={"value": word[:60]}))
    return None


def currency(value: Value, problems: list[Problem]) -> str | None:
    """The code of a currency."""
    written = text(value, problems)
    if written is None:
        return None
    if code := meant((half_width(written),), own=""):
        return code
    problems.append(Problem("reading.cell_not_currency", args={"value": written[:20]}))
    return None


def address(value: Value, problems: list[Problem]) -> tuple[Address, ...] | None:
    """A whole address on its line; it is not taken apart here."""
    written = long_text(value, problems)
    return None if written is None else (Address(line=clean_name(written)),)
