"""How dates, times, amounts and numbers read in the language of the window."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from PySide6.QtCore import QDate, QLocale, QTime

from crm_desktop.domain.amounts import amount_text, grouped
from crm_desktop.domain.amounts import sign as sign
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.lunar import lunar_text
from crm_desktop.domain.money import rounded
from crm_desktop.domain.parts import Helper, Part, Proposal
from crm_desktop.ui.language import language, locale, tr

_NEAR = {0: "today", 1: "tomorrow", -1: "yesterday"}


def first_weekday() -> int:
    """The day a week starts on, 1 for Monday, in both languages."""
    return 1


def weekday(day: date, *, short: bool = True) -> str:
    """Mon or Monday, 周一 or 星期一."""
    kind = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return locale().standaloneDayName(day.isoweekday(), kind)


def month_name(month: int, *, short: bool = False) -> str:
    """November, Nov or 11月."""
    kind = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    # The British locale shortens September to "Sept", wider than all others.
    return QLocale("en_US").standaloneMonthName(month, kind) if language() == "en" else f"{month}月"


def day_text(day: date, today: date | None = None) -> str:
    """28 Nov or 11月28日; with the year when it is not that of `today`."""
    with_year = today is None or day.year != today.year
    if language() == "zh":
        return f"{day.year}年{day.month}月{day.day}日" if with_year else f"{day.month}月{day.day}日"
    plain = f"{day.day} {month_name(day.month, short=True)}"
    return f"{plain} {day.year}" if with_year else plain


def day_long(day: date) -> str:
    """Friday, 21 November or 11月21日 星期五, as the heading of a day."""
    if language() == "zh":
        return f"{day.month}月{day.day}日 {weekday(day, short=False)}"
    return f"{weekday(day, short=False)}, {day.day} {month_name(day.month)}"


def day_input(day: date) -> str:
    """2026-11-28: what a date field shows while it is edited; the same in both languages."""
    return day.isoformat()


def time_text(moment: time | datetime) -> str:
    """14:00, on 24 hours in both languages."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def weekday_near(day: date, today: date) -> str:
    """The day of a coming week: Wed within six days; 29 Nov Sun where Sun alone might be today."""
    return weekday(day) if abs((day - today).days) < 7 else day_near(day, today)


def moment_text(moment: datetime, today: date) -> str:
    """A local moment: Today 14:00, Yesterday 16:20, 18 Nov 09:00."""
    return _with_time(moment.date(), time_text(moment), today)


def _with_time(day: date, clock: str, today: date) -> str:
    near = _NEAR.get((day - today).days)
    if near:
        return tr(f"format.{near}_at", time=clock)
    return tr("format.day_at", day=day_text(day, today), time=clock)


def day_near(day: date, today: date, at: time | None = None) -> str:
    """A day beside today: Today 14:00, Tomorrow, Fri 28 Nov, 28 Nov 2027."""
    if at is not None and abs((day - today).days) <= 1:
        return _with_time(day, time_text(at), today)
    near = _NEAR.get((day - today).days)
    if near:
        return tr(f"format.{near}")
    text = day_text(day, today)
    if 0 < (day - today).days <= 14:
        parts = (text, weekday(day)) if language() == "zh" else (weekday(day), text)
        text = " ".join(parts)
    return f"{text} {time_text(at)}" if at is not None else text


def due_text(day: date | None, today: date, at: time | None = None) -> str:
    """When something is due: 2 days overdue, Today 14:00, Tomorrow, Fri 28 Nov, No date."""
    if day is None:
        return tr("format.no_date")
    if day < today:
        return tr("format.overdue", count=(today - day).days)
    return day_near(day, today, at)


def due_colour(day: date | None, today: date) -> str:
    """The chip colour that goes with `due_text`."""
    if day is None:
        return "amber"
    return "red" if day < today else "blue" if day == today else "grey"


def in_days(day: date, today: date) -> str:
    """Today, Tomorrow, In 3 days; 2 days ago."""
    distance = (day - today).days
    if abs(distance) <= 1:
        return tr(f"format.{_NEAR[distance]}")
    if distance > 0:
        return tr("format.in_days", count=distance)
    return tr("format.days_ago", count=-distance)


def ago(moment: datetime, now: datetime) -> str:
    """Just now, 5 minutes ago, 3 hours ago, 4 days ago."""
    seconds = max(0, int((now - moment).total_seconds()))
    for size, key in ((86400, "days_ago"), (3600, "hours_ago"), (60, "minutes_ago")):
        if seconds >= size:
            return tr(f"format.{key}", count=seconds // size)
    return tr("format.just_now")


def duration(minutes: int) -> str:
    """6 min, 2 hours, 1 h 30 min."""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return tr("format.hours_minutes", hours=hours, minutes=rest)
    return tr("format.hours", count=hours) if hours else tr("format.minutes", count=rest)


def number(value: int | Decimal, places: int | None = None) -> str:
    """1,234,567.5: grouped by thousands; without superfluous zeros unless `places` is given."""
    return grouped(value, places)


def money(value: Decimal | int, currency: str = "CNY", *, cents: bool | None = None) -> str:
    """¥86,400.00, -¥5; `cents` None leaves them out where they are zero."""
    return amount_text(value, currency, cents=cents)


def money_short(value: Decimal | int, currency: str = "CNY") -> str:
    """¥128k, ¥1.2M; ¥12.8 万, ¥1.2 亿: for bars and tiles."""
    amount = Decimal(value)
    size = abs(amount)
    steps: tuple[tuple[int, str], ...] = (
        (10**9, "billions"),
        (10**6, "millions"),
        (10**3, "thousands"),
    )
    if language() == "zh":
        steps = ((10**8, "hundred_millions"), (10**4, "ten_thousands"))
    minus = "-" if amount < 0 else ""
    for step, key in steps:
        if size >= step:
            scaled = size / step
            shown = number(rounded(scaled, 0 if scaled >= 100 else 1))
            return minus + sign(currency) + tr(f"format.{key}", number=shown)
    return money(rounded(amount, 0), currency)


def percent(value: Decimal | int, places: int = 0) -> str:
    """61 %: `value` is in percent."""
    shown = number(Decimal(value), places)
    return f"{shown}%"


def size_text(count: int) -> str:
    """512 B, 4.2 MB."""
    for power, key in ((3, "gigabytes"), (2, "megabytes"), (1, "kilobytes")):
        if count >= 1024**power:
            value = Decimal(count) / Decimal(1024**power)
            return tr(f"format.{key}", number=number(value, 1))
    return tr("format.bytes", number=number(count))


def birthday_text(birthday: Birthday) -> str:
    """12 Dec 1985, lunar 10/23; 1985年12月12日, 农历十月廿三."""
    if birthday.lunar:
        words = lunar_text(birthday.month, birthday.day, leap=birthday.leap, year=birthday.year)
        key = "format.lunar_leap" if birthday.leap else "format.lunar"
        plain = tr(key, month=birthday.month, day=birthday.day, words=words)
        return f"{plain} {birthday.year}" if birthday.year and language() == "en" else plain
    if language() == "zh":
        year = f"{birthday.year}年" if birthday.year else ""
        return f"{year}{birthday.month}月{birthday.day}日"
    year = f" {birthday.year}" if birthday.year else ""
    return f"{birthday.day} {month_name(birthday.month, short=True)}{year}"


def joined(texts: list[str]) -> str:
    """Names one after another: a, b / 甲、乙."""
    return tr("format.list_separator").join(texts)


def part_text(part: Part, name: str) -> str:
    """GTX Pro × 2; Bearings: 1,200 t (2026); Han. A single one goes without its number."""
    if isinstance(part, Helper):
        return name
    if isinstance(part, Proposal):
        single = part.quantity in (None, 1)
        return name if single else f"{name} × {number(part.quantity or 1)}"
    amount = number(part.amount or 0)
    told = tr("format.colon", name=name, value=" ".join(filter(None, (amount, part.unit))))
    return told if part.year is None else tr("format.of_year", what=told, year=part.year)


def qdate(day: date) -> QDate:
    """The day as Qt's calendar wants it."""
    return QDate(day.year, day.month, day.day)


def pydate(day: QDate) -> date:
    """The day Qt's calendar gave."""
    return date(day.year(), day.month(), day.day())


def qtime(moment: time) -> QTime:
    """The time as Qt's editors want it."""
    return QTime(moment.hour, moment.minute)
