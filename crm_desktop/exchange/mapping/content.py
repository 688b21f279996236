"""What the values of a column look like, whatever stands above them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, time

from crm_desktop.exchange.cells import is_blank
from crm_desktop.exchange.reading.facts import Value

_MOBILE = re.compile(r"(?:\+?(?:00)?86)?1[3-9]\d{9}(?:\.0+)?")
_PHONE = re.compile(r"[+(]?[\d][\d()+./ -]{5,24}(?:(?:ext|x|转)\.?\d{1,6})?")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}")
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_COMPANY = re.compile(
    r"公司|集团|厂$|商行|商店|事务所|研究院|研究所|医院|大学|学院|银行|合作社|经营部|中心$|门市|工作室"
    r"|\b(?:ltd|limited|inc|llc|gmbh|co|corp|corporation|company|s\.?a|ag|bv|plc|pty|srl|oy|ab)\b\.?$",
    re.IGNORECASE,
)
_TAX = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_ADDRESS = re.compile(
    r"(?:省|市|区|县|镇|路|街|道|巷|村|号|座|室).*\d|(?:省|自治区).*(?:市|县)|(?:路|街).*座"
)
_DATE = re.compile(
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    r"|\d{1,2}月\d{1,2}).*"
)
_NUMBER = re.compile(r"[-+]?[¥￥$€]?\s?\d[\d,]*(?:\.\d+)?\s?%?")
# The hundred commonest surnames cover some 85 % of the Chinese.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任"
    "卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史贺陶顾毛郝龚邵万钱严赖覃洪武莫孔"
)
_SHARE = 0.6


def spelled(value: Value) -> str:
    """The value as it would be written; whole numbers without a decimal point."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return unicodedata.normalize("NFKC", str(value)).strip()


def share(values: Sequence[Value], look: str) -> float:
    """The share of the filled values that look like `look` (a key of LOOKS)."""
    filled = [value for value in values if not is_blank(value)]
    if not filled:
        return 0.0
    return sum(LOOKS[look](value) for value in filled) / len(filled)


def looks_like(values: Sequence[Value]) -> str:
    """The one thing that most values look like, or nothing."""
    if sum(not is_blank(value) for value in values) < 2:
        return ""
    for look in LOOKS:
        if share(values, look) >= _SHARE:
            return look
    return ""


def is_data(value: Value) -> bool:
    """Whether a cell can hardly be a header: numbers, dates, mails, phones."""
    if value is None:
        return False
    if not isinstance(value, str):
        return True
    text = spelled(value)
    patterns = (_EMAIL, _WEB, _PHONE, _DATE, _NUMBER, _TAX)
    return any(pattern.fullmatch(text) for pattern in patterns)


def is_surely_data(value: Value) -> bool:
    """Whether a cell cannot be a header at all; a bare number may be one: a year, a month."""
    return (is_data(value) and not _number(value)) or _mobile(value)


def _mobile(value: Value) -> bool:
    return _MOBILE.fullmatch(re.sub(r"[\s-]", "", spelled(value))) is not None


def _phone(value: Value) -> bool:
    text = spelled(value)
    if isinstance(value, float | int) or text.isdigit():
        return False
    digits = sum(letter.isdigit() for letter in text)
    return digits >= 7 and _PHONE.fullmatch(text) is not None and not _DATE.fullmatch(text)


def _person(value: Value) -> bool:
    text = spelled(value)
    return 2 <= len(text) <= 4 and text[0] in _SURNAMES and not _COMPANY.search(text)


def _date(value: Value) -> bool:
    if isinstance(value, date):
        return True
    return isinstance(value, str) and _DATE.fullmatch(spelled(value)) is not None


def _number(value: Value) -> bool:
    if isinstance(value, date | time | bool):
        return False
    return isinstance(value, int | float) or _NUMBER.fullmatch(spelled(value)) is not None


LOOKS: dict[str, Callable[[Value], bool]] = {
    "mobile": _mobile,
    "email": lambda value: _EMAIL.fullmatch(spelled(value)) is not None,
    "website": lambda value: _WEB.fullmatch(spelled(value)) is not None,
    "tax_number": lambda value: _TAX.fullmatch(spelled(value)) is not None,
    "company": lambda value: isinstance(value, str) and _COMPANY.search(spelled(value)) is not None,
    "person": _person,
    "phone": _phone,
    "date": _date,
    "address": lambda value: isinstance(value, str) and _ADDRESS.search(spelled(value)) is not None,
    "number": _number,
}
"""Kinds of values, the surest first."""
