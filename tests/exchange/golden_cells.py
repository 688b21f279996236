"""What may stand in a cell, by what its column means: what is stored of it, what is told.

Every spelling of the list of traps, and what sheets of firms hold besides. `ABSENT` is stored where
nothing is; a problem is told by its code, and never without need.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import Address
from crm_desktop.exchange.reading.facts import Value

ABSENT = None
ZONE = "Asia/Shanghai"
_LOST, _NO_PHONE = "reading.cell_digits_lost", "reading.cell_not_phone"
_NO_MAIL, _NO_NUMBER = "reading.cell_not_email", "money.not_a_number"
_NO_AMOUNT, _NOT_WHOLE = "money.not_an_amount", "reading.cell_not_whole"
_NO_DATE, _NUMBER, _NO_SUCH = "dates.not_a_date", "dates.number", "dates.no_such_date"


@dataclass(frozen=True)
class GoldenCell:
    """A cell below a column that means `target`, with the options of that column."""

    target: str
    raw: Value
    stored: Any
    problem: str = ""
    options: dict[str, str] = field(default_factory=dict)


def _cells(target: str, *rows: tuple[Any, ...], **options: str) -> Iterator[GoldenCell]:
    for raw, stored, *problem in rows:
        yield GoldenCell(target, raw, stored, problem[0] if problem else "", options)


def _numbers(target: str, *rows: tuple[Value, str], **options: str) -> Iterator[GoldenCell]:
    for raw, stored in rows:
        yield GoldenCell(target, raw, Decimal(stored), options=options)


def _same(target: str, stored: Any, *raws: Value, **options: str) -> Iterator[GoldenCell]:
    for raw in raws:
        yield GoldenCell(target, raw, stored, options=options)


def _told(target: str, problem: str, *raws: Value, **options: str) -> Iterator[GoldenCell]:
    for raw in raws:
        yield GoldenCell(target, raw, ABSENT, problem, options)


def _solar(month: int, day: int, year: int | None = None) -> Birthday:
    return Birthday(month, day, year)


def _lunar(month: int, day: int, year: int | None = None, *, leap: bool = False) -> Birthday:
    return Birthday(month, day, year, lunar=True, leap=leap)


def _due(hour: int | None, minute: int = 0) -> Due:
    return Due(dt.date(2026, 11, 28), None if hour is None else dt.time(hour, minute), ZONE)


_MOBILE, _TWO = ("13800138000",), ("13800138000", "13900139000")
_BORN, _MAY_6 = _solar(8, 15, 1985), dt.date(2024, 5, 6)

EMPTY = (
    *_same("person.name", ABSENT, None, "", "  ", "NULL", "null", "(null)", "N/A", "#N/A", "n/a"),
    *_same(
        "person.title", ABSENT, "无", "暂无", "没有", "空", "-", "--", "—", "——", "－", "/", "\\"
    ),
    *_same("opportunity.amount", ABSENT, "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "none"),
    *_same("person.mobile", ABSENT, "无", "-", "nil", "."),
    *_same("person.birthday", ABSENT, "无", "0000-00-00", "N/A"),
)
NAMES = (
    *_cells(
        "person.name",
        ("  张 伟 ", "张 伟"),
        ("张\u202e伟\x00", "张伟"),
        ("张\u200b伟", "张伟"),
        ("张伟\n李娜", "张伟 李娜"),
        ("𠮷田", "𠮷田"),
        ("O'Brien, Pat", "O'Brien, Pat"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        (123.0, "123"),
        (6.222021234567891e18, ABSENT, _LOST),
    ),
)
PHONES = (
    *_same("person.mobile", _MOBILE, 13800138000, 13800138000.0, 13800138000.000002, "13800138000"),
    *_same("person.mobile", _MOBILE, "1.3800138E+10", "１３８００１３８０００", "'13800138000"),
    *_same("person.mobile", _MOBILE, "手机：13800138000", "13800138000.0", " 13800138000 "),
    *_same("person.mobile", _TWO, "13800138000/13900139000", "13800138000、13900139000"),
    *_same("person.mobile", _TWO, "13800138000，13900139000", "13800138000;13900139000"),
    *_same("person.mobile", _TWO, "13800138000\n13900139000", "13800138000 13900139000"),
    *_cells(
        "person.mobile",
        ("+86 138 0013 8000", ("+86 138 0013 8000",)),
        ("+8613800138000", ("+8613800138000",)),
        ("0086-13800138000", ("0086-13800138000",)),
        ("138-0013-8000", ("138-0013-8000",)),
        ("13800138000（微信同号）", ("13800138000(微信同号)",)),
        ("13800138000/打前台", _MOBILE, _NO_PHONE),
    ),
    *_told("person.mobile", _LOST, "1.38E+10", 1.10101199003071e17),
    *_told("person.mobile", _NO_PHONE, "打前台", "138****8000", "138…", dt.date(2024, 5, 6)),
    *_cells(
        "company.phone",
        ("0512-65881234", ("0512-65881234",)),
        ("051265881234", ("051265881234",)),
        ("（0512）65881234", ("(0512)65881234",)),
        ("0512 65881234", ("0512 65881234",)),
        ("0512-65881234转801", ("0512-65881234转801",)),
        ("0512-65881234-801", ("0512-65881234-801",)),
        ("020-87654321 ext. 12", ("020-87654321 ext. 12",)),
        ("0512-65881234/35", ("0512-65881234", "0512-65881235")),
        ("总机 0512-65881234", ("0512-65881234",)),
        ("tel: 0512-65881234", ("0512-65881234",)),
        ("+1 (206) 555-9857", ("+1 (206) 555-9857",)),
        ("(5) 555-4729", ("(5) 555-4729",)),
        ("400-820-8820", ("400-820-8820",)),
        (51265881234.0, ("51265881234",)),
        ("1", ABSENT, _NO_PHONE),
    ),
)
MAILS_AND_HANDLES = (
    *_cells(
        "person.email",
        ("A@b.cn", ("A@b.cn",)),
        ("a＠b.cn", ("a@b.cn",)),
        ("a@b.cn；c@d.com", ("a@b.cn", "c@d.com")),
        ("a@b.cn/c@d.cn", ("a@b.cn", "c@d.cn")),
        ("张伟 <zw@b.cn>", ("zw@b.cn",)),
        ("mailto:a@b.cn", ("a@b.cn",)),
        ("a@b.cn(工作)", ("a@b.cn",)),
        ("张伟@公司.中国", ("张伟@公司.中国",)),
        ("a@b.cn; c@", ("a@b.cn",), _NO_MAIL),
    ),
    *_told("person.email", _NO_MAIL, "zhang.wei", "a@b", "a@@b.cn", "a@b。cn", 5),
    *_cells(
        "person.wechat",
        ("zhang_wei", ("zhang_wei",)),
        ("微信：zhang_wei", ("zhang_wei",)),
        (13800138000.0, _MOBILE),
        ("wxid_a;wxid_b", ("wxid_a", "wxid_b")),
    ),
    *_cells("person.qq", (123456789.0, ("123456789",)), ("QQ:12345678", ("12345678",))),
    *_told("person.qq", _LOST, 1.2e16),
    *_cells(
        "company.website",
        ("www.a.cn", ("www.a.cn",)),
        ("a.cn；b.cn", ("a.cn", "b.cn")),
        ("https://a.cn/?x=1,2", ("https://a.cn/?x=1,2",)),
    ),
)
BIRTHDAYS = (
    *_same("person.birthday", _BORN, "1985-08-15", "1985/8/15", "1985.8.15", "1985年8月15日"),
    *_same("person.birthday", _BORN, "85.8.15", "19850815", "850815", "１９８５年８月１５日"),
    *_same("person.birthday", _BORN, 31274, 31274.0, dt.date(1985, 8, 15), "15/8/1985"),
    *_same("person.birthday", _BORN, dt.datetime(1985, 8, 15), "Aug 15, 1985", "公历1985-8-15"),
    *_same("person.birthday", _solar(8, 15), "8.15", "08-15", "8/15", "8月15日", 8.15, "--08-15"),
    *_same(
        "person.birthday", _lunar(8, 15), "八月十五", "农历八月十五", "八月十五(农历)", "农历8.15"
    ),
    *_same("person.birthday", _lunar(8, 15, 1985), "农历1985年八月十五", "1985年农历八月十五"),
    *_same("person.birthday", _lunar(12, 8), "农历腊月初八", "腊月初八"),
    *_same("person.birthday", _lunar(12, 30), "大年三十", "农历十二月三十"),
    *_same("person.birthday", _lunar(4, 3, leap=True), "闰四月初三", "农历闰四月初三"),
    *_same("person.birthday", _lunar(11, 11), "冬月十一"),
    *_same("person.birthday", _lunar(8, 15), "8-15", "8月15日", calendar="lunar"),
    *_same("person.birthday", _solar(2, 29), "2/29", "2月29日"),
    *_cells(
        "person.birthday",
        ("1985-2-29", ABSENT, "dates.no_leap_day"),
        ("2085-08-15", ABSENT, "dates.birthday_ahead"),
        (60, _solar(2, 28, 1900)),
    ),
    *_told("person.birthday", _NO_DATE, "明年", "1985-8", dt.time(0, 0)),
    *_told("person.birthday", _NUMBER, -5, 1e9),
)
DATES = (
    *_same("opportunity.closed_on", _MAY_6, "2024/5/6", "2024-05-06", "2024.5.6", "2024年5月6日"),
    *_same("opportunity.closed_on", _MAY_6, "20240506", 45418, 45418.5, "45418", "6-May-24"),
    *_same(
        "opportunity.closed_on",
        _MAY_6,
        "二〇二四年五月六日",
        "2024-05-06T12:30:00Z",
        "2024/5/6 周一",
    ),
    *_same("opportunity.closed_on", _MAY_6, dt.datetime(2024, 5, 6, 23, 59), "2024年5月6日14点"),
    *_same("opportunity.closed_on", _MAY_6, "05/06/2024", "5/6/24", date_order="mdy"),
    *_same("opportunity.closed_on", _MAY_6, "06/05/2024", "6.5.24", date_order="dmy"),
    *_cells("opportunity.closed_on", (60, dt.date(1900, 2, 28)), (1, dt.date(1900, 1, 1))),
    *_told("opportunity.closed_on", "dates.ambiguous", "05/06/2024", "5-6-24"),
    *_told("opportunity.closed_on", "dates.other_order", "5/28/2024", date_order="dmy"),
    *_told("opportunity.closed_on", _NUMBER, -5, 0, 1e9, 2024),
    *_told("opportunity.closed_on", _NO_SUCH, "2024-02-30", "2024/13/1"),
    *_told("opportunity.closed_on", "dates.no_year", "3月15日"),
    *_told("opportunity.closed_on", _NO_DATE, "年底", "2024-5", dt.time(0, 0)),
    *_same("activity.due", _due(None), "2026-11-28", dt.datetime(2026, 11, 28), 46354),
    *_same(
        "activity.due", _due(14), "2026-11-28 14:00", "2026/11/28 下午2点", "2026-11-28 2:00 PM"
    ),
    *_same(
        "activity.due",
        _due(14, 30),
        "2026年11月28日14:30",
        "2026-11-28 14:30:59",
        "2026-11-28 下午2点半",
    ),
    *_same("activity.due", _due(12), 46354.5, dt.datetime(2026, 11, 28, 12), "2026-11-28 中午12点"),
    *_same("activity.due", _due(0, 15), "2026-11-28 凌晨12:15", "2026-11-28 12:15 am"),
)
AMOUNTS = (
    *_numbers(
        "opportunity.amount",
        ("¥1,234.50", "1234.50"),
        ("￥ 1,234.50 元", "1234.50"),
        ("CN¥100", "100"),
        ("RMB 5,000", "5000"),
        ("人民币5000元整", "5000"),
        ("3.5万", "35000"),
        ("3.5万元", "35000"),
        ("5,000 万元", "50000000"),
        ("1.2亿", "120000000"),
        ("12k", "12000"),
        ("(120)", "-120"),
        ("（120）", "-120"),
        ("−120", "-120"),
        ("120-", "-120"),
        ("￥-5", "-5"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1'234.50", "1234.50"),
        ("'1234", "1234"),
        ("$15.99 ", "15.99"),
        ("€ 1.234,50", "1234.50"),
        ("229,932.50", "229932.50"),
        ("１，２３４", "1234"),
        (1234.5, "1234.5"),
        (0.1 + 0.2, "0.3"),
        (0, "0"),
    ),
    *_told(
        "opportunity.amount", _NO_AMOUNT, "面议", "免费", "约5000", "5000-8000", True, "12元/台"
    ),
    *_told("opportunity.amount", "money.too_large", 1e13),
    *_numbers("quote.line.price", ("¥12.3456", "12.3456"), ("1.5万", "15000")),
    *_numbers("quote.line.quantity", ("2", "2"), (2.0, "2"), ("2.5", "2.5"), ("1,000", "1000")),
    *_told("quote.line.quantity", _NO_NUMBER, "两个", "2 套", "1/2", "若干"),
    *_numbers("product.stock", ("-3", "-3"), (12.0, "12")),
    *_told("product.stock", _NO_NUMBER, "缺货"),
)
RATES = (
    *_numbers(
        "product.tax_rate", ("13%", "13"), ("13 %", "13"), ("9％", "9"), ("13", "13"), (13, "13")
    ),
    *_numbers("product.tax_rate", (0.13, "13"), ("0.06", "6"), (1, "1"), (0, "0"), ("免税", "0")),
    *_numbers("product.tax_rate", (1, "100"), (0.13, "13"), rate="fraction"),
    *_told("product.tax_rate", _NO_NUMBER, "一般"),
    *_numbers("quote.line.discount_percent", ("10%", "10"), ("九折", "10"), ("8.5折", "15")),
    *_numbers("quote.line.discount_percent", ("95折", "5"), ("九五折", "5"), (0.1, "10")),
    *_same("opportunity.probability", 60, "60%", "60", "0.6", 0.6, 60, 60.0),
    *_told("opportunity.probability", _NO_NUMBER, "高"),
    *_cells("person.family_size", ("4", 4), (4.0, 4), ("3.5", ABSENT, _NOT_WHOLE)),
    *_told("activity.duration", _NO_NUMBER, "1小时", "半天"),
)
CURRENCIES = (
    *_same("opportunity.currency", "CNY", "CNY", "人民币", "¥", "￥", "元", "RMB", "cny "),
    *_same("opportunity.currency", "USD", "USD", "$", "US$", "美元", "美金", "usd"),
    *_same("opportunity.currency", "KRW", "韩元", "₩"),
    *_cells(
        "opportunity.currency", ("新台币", "TWD"), ("C$", "CAD"), ("HK$", "HKD"), ("欧元", "EUR")
    ),
    *_told("opportunity.currency", "reading.cell_not_currency", "贝壳币"),
)
TICKS = (
    *_same(
        "person.important", True, True, 1, 1.0, "是", "有", "√", "✓", "Yes", "Y", "TRUE", "1", "x"
    ),
    *_same("person.important", False, False, 0, "否", "无", "×", "No", "N", "FALSE", "0", "不是"),
    *_told("person.important", "reading.cell_not_yes_no", "也许"),
    *_cells("product.active", ("在售", True), ("上架", True), ("停售", False), ("下架", False)),
    *_cells("quote.tax_included", ("含税", True), ("不含税", False), ("未税", False)),
    *_same("activity.state", "done", "完成", "已完成", "Done"),
    *_cells("activity.state", ("待办", "planned"), ("x?", ABSENT, "reading.cell_not_a_state")),
)
LONG_DIGITS = (
    *_cells(
        "company.bank_account",
        ("622202123456789012", "622202123456789012"),
        ("'6222021234567890123", "6222021234567890123"),
        ("6222 0212 3456 7890", "6222 0212 3456 7890"),
        (622202123456, "622202123456"),
        (6.222021234567891e18, ABSENT, _LOST),
        ("6.22E+18", ABSENT, _LOST),
        ("6.22202123456789e+18", ABSENT, _LOST),
        ("1.23456789012E+11", "123456789012"),
    ),
    *_cells(
        "company.tax_number",
        ("91330100MA2B1C2D3E", "91330100MA2B1C2D3E"),
        (330100123456789, "330100123456789"),
        ("9.13205E+17", ABSENT, _LOST),
    ),
    *_cells("company.code", ("001", "001"), ("00123", "00123"), (1.0, "1"), ("1E5", ABSENT, _LOST)),
    *_cells("ticket.serial", ("0012", "0012"), (12.0, "12")),
)
TEXTS = (
    *_cells(
        "person.tags",
        ("VIP；展会、老客户", ("VIP", "展会", "老客户")),
        ("a|b,c", ("a", "b", "c")),
        ('"a, b"; c', ("a, b", "c")),
        ("VIP\nVIP", ("VIP",)),
        (5.0, ("5",)),
    ),
    *_cells(
        "person.notes",
        ("a\r\nb", "a\nb"),
        ("  多行\n备注 ", "多行\n备注"),
        ("=1+1", "=1+1"),
        ("\x07bell", "bell"),
    ),
    *_cells(
        "company.address",
        ("苏州市\n工业园区 1 号", (Address(line="苏州市 工业园区 1 号"),)),
        ("浙江省杭州市西湖区文三路", (Address(line="浙江省杭州市西湖区文三路"),)),
    ),
    *_cells(
        "company.address.postcode",
        ("021000", (Address(postcode="021000"),)),
        (215000.0, (Address(postcode="215000"),)),
    ),
)
CELLS: tuple[GoldenCell, ...] = (
    *EMPTY, *NAMES, *PHONES, *MAILS_AND_HANDLES, *BIRTHDAYS, *DATES, *AMOUNTS, *RATES, *CURRENCIES,
    *TICKS, *LONG_DIGITS, *TEXTS,
)  # fmt: skip
