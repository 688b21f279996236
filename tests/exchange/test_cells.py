"""Golden cells: what comes in, what is stored, what is told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain import schema
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import Address
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Problem
from crm_desktop.exchange.converters import converter
from crm_desktop.exchange.reading.facts import Value
from crm_desktop.words import Words

TODAY = dt.date(2026, 11, 21)
P, C, O = Kind.PERSON, Kind.COMPANY, Kind.OPPORTUNITY  # noqa: E741
LOST = "reading.cell_digits_lost"


def convert(kind: Kind, key: str, value: Value, **options: str) -> tuple[Any, list[str]]:
    """The value as stored and the codes of its problems, each with words in both languages."""
    problems: list[Problem] = []
    field = schema.find(kind, key)
    stored = converter(field, options=options, today=TODAY)(value, problems)
    for problem in problems:
        for language in ("en", "zh"):
            assert Words(language).text(problem.code, **problem.args)
    return stored, [problem.code for problem in problems]


@pytest.mark.parametrize("blank", [None, "", "  ", "NULL", "null", "N/A", "#N/A", "无", "-", "—"])
@pytest.mark.parametrize("key", ["name", "mobile", "email", "birthday", "address", "tags", "notes"])
def test_blanks(key: str, blank: Value) -> None:
    assert convert(P, key, blank) == (None, [])


@pytest.mark.parametrize(
    ("key", "value", "stored"),
    [
        ("name", "  张 伟 ", "张 伟"),
        ("name", "张\u202e伟\x00", "张伟"),
        ("title", 3.0, "3"),
        ("mobile", 13800138000.0, ("13800138000",)),
        ("mobile", 13800138000.000002, ("13800138000",)),
        ("mobile", "13800138000", ("13800138000",)),
        ("mobile", "１３８００１３８０００", ("13800138000",)),
        ("mobile", "1.3800138E+10", ("13800138000",)),
        ("mobile", "13800138000/13900139000", ("13800138000", "13900139000")),
        ("mobile", "13800138000、13900139000", ("13800138000", "13900139000")),
        ("mobile", "+86 138-0013-8000", ("+86 138-0013-8000",)),
        ("phone", "0512-65881234转801", ("0512-65881234转801",)),
        ("phone", "(5) 555-4729", ("(5) 555-4729",)),
        ("phone", "051265881234", ("051265881234",)),
        ("email", "A@b.cn；c@d.com", ("A@b.cn", "c@d.com")),
        ("email", "mailto:a@b.cn", ("a@b.cn",)),
        ("email", "张伟 <zw@b.cn>", ("zw@b.cn",)),
        ("wechat", "zhang_wei", ("zhang_wei",)),
        ("qq", 123456789.0, ("123456789",)),
        ("tags", "VIP；展会、老客户", ("VIP", "展会", "老客户")),
        ("birthday", dt.datetime(1985, 8, 15), Birthday(8, 15, 1985)),
        ("birthday", "1985/8/15", Birthday(8, 15, 1985)),
        ("birthday", "8月15日", Birthday(8, 15)),
        ("birthday", "农历腊月初八", Birthday(12, 8, lunar=True)),
        ("birthday", 31274.0, Birthday(8, 15, 1985)),
        ("important", "是", True),
        ("important", "√", True),
        ("important", "No", False),
        ("important", 1.0, True),
        ("address", "苏州市\n工业园区 1 号", (Address(line="苏州市 工业园区 1 号"),)),
        ("notes", "a\r\nb", "a\nb"),
        ("family_size", "4", 4),
    ],
)
def test_people(key: str, value: Value, stored: Any) -> None:
    assert convert(P, key, value) == (stored, [])


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (1234.5, "1234.5"),
        (0.1 + 0.2, "0.3"),
        ("¥1,234.50", "1234.50"),
        ("￥ 1,234.50 元", "1234.50"),
        ("3.5万", "35000"),
        ("(120)", "-120"),
        ("$15.99 ", "15.99"),
        ("229,932.50", "229932.50"),
        ("１２３", "123"),
    ],
)
def test_amounts(value: Value, stored: str) -> None:
    assert convert(O, "amount", value) == (Decimal(stored), [])


@pytest.mark.parametrize(
    ("value", "stored"), [("13%", "13"), (0.13, "13"), (13.0, "13"), ("0.06", "6"), ("９％", "9")]
)
def test_rates(value: Value, stored: str) -> None:
    assert convert(Kind.PRODUCT, "tax_rate", value) == (Decimal(stored), [])


def test_order_of_the_column_decides() -> None:
    assert convert(O, "closed_on", "3/1/2017", date_order="mdy")[0] == dt.date(2017, 3, 1)
    assert convert(O, "closed_on", "3/1/2017", date_order="dmy")[0] == dt.date(2017, 1, 3)
    assert convert(O, "closed_on", "3/1/2017") == (None, ["dates.ambiguous"])


@pytest.mark.parametrize(
    ("kind", "key", "value", "code"),
    [
        (C, "bank_account", 6.222021234567891e18, LOST),
        (C, "tax_number", "9.13205E+17", LOST),
        (P, "mobile", "1.38E+10", LOST),
        (P, "mobile", 1.10101199003071e17, LOST),
        (P, "mobile", "打前台", "reading.cell_not_phone"),
        (P, "mobile", dt.date(2024, 5, 6), "reading.cell_not_phone"),
        (P, "email", "zhang.wei", "reading.cell_not_email"),
        (P, "email", "a@@b.cn", "reading.cell_not_email"),
        (P, "birthday", "明年", "dates.not_a_date"),
        (P, "birthday", dt.time(0, 0), "dates.not_a_date"),
        (P, "important", "也许", "reading.cell_not_yes_no"),
        (P, "family_size", "3.5", "reading.cell_not_whole"),
        (O, "amount", "面议", "money.not_an_amount"),
        (O, "amount", True, "money.not_an_amount"),
        (O, "currency", "贝壳币", "reading.cell_not_currency"),
    ],
)
def test_what_cannot_be_used_is_told(kind: Kind, key: str, value: Value, code: str) -> None:
    assert convert(kind, key, value) == (None, [code])


def test_good_parts_of_a_cell_stay() -> None:
    assert convert(P, "email", "a@b.cn; c@") == (("a@b.cn",), ["reading.cell_not_email"])


def test_eighteen_digits_as_text_are_whole() -> None:
    assert convert(C, "bank_account", "622202123456789012")[0] == "622202123456789012"


VALUES = st.one_of(
    st.none(),
    st.text(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1381234567", "phone.short_mobile"),
        (1381234567.0, "phone.short_mobile"),
        ("138-1234-567", "phone.short_mobile"),
        ("138123456789", "phone.long_mobile"),
        ("13812345678", ""),
        ("13812345678/13912345678", ""),
        ("+49 151 1234567", ""),
        ("(171) 555-7788", ""),
        ("051265881234", ""),
    ],
)
def test_a_mobile_with_a_digit_too_few_or_too_many_is_kept_and_told(
    value: Value, code: str
) -> None:
    stored, told = convert(P, "mobile", value)
    assert stored
    assert told == ([code] if code else [])
    assert convert(P, "phone", value)[1] == []


def test_codes_are_kept_in_half_width() -> None:
    assert convert(C, "tax_number", "９１３２０５００ＭＡ１Ｗ１２３４５６") == (
        "91320500MA1W123456",
        [],
    )


@given(VALUES)
def test_no_value_breaks_a_field(value: Value) -> None:
    for kind in (P, C, O, Kind.PRODUCT, Kind.ACTIVITY, Kind.TICKET):
        for field in schema.FIELDS[kind]:
            problems: list[Problem] = []
            converter(field, options={}, today=TODAY)(value, problems)
