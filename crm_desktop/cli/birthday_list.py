"""The birthdays ahead: on the terminal, as JSON, and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from crm_desktop.domain.greetings import ComingBirthday
from crm_desktop.exchange.writing import write_table
from crm_desktop.services.exports.occasions import birthdays
from crm_desktop.words import Words

YEAR = 365


def once(rows: Iterable[ComingBirthday]) -> list[ComingBirthday]:
    """Everybody's next birthday: over a year, today's and lunar ones come twice."""
    first: dict[int, ComingBirthday] = {}
    for one in rows:
        first.setdefault(one.person.id, one)
    return list(first.values())


def row(coming: ComingBirthday) -> dict[str, Any]:
    """One birthday with its stable keys."""
    return {
        "name": coming.person.title,
        "company": coming.company.title if coming.company else None,
        "date": coming.on,
        "calendar": calendar(coming),
        "age": coming.age,
        "days": coming.days,
    }


def calendar(coming: ComingBirthday) -> str:
    """Lunar or solar."""
    return "lunar" if coming.birthday.lunar else "solar"


def lines(rows: Iterable[ComingBirthday], words: Words) -> list[tuple[str, ...]]:
    """Aligned lines for the terminal."""
    return [
        (
            one.on.isoformat(),
            near(one.days, words),
            one.person.title,
            words.text(f"common.{calendar(one)}"),
            "" if one.age is None else words.text("cli.age", age=one.age),
            one.company.title if one.company else "",
        )
        for one in rows
    ]


def near(days: int, words: Words) -> str:
    """Today, Tomorrow, In 3 days."""
    if days in (0, 1):
        return words.text("format.tomorrow" if days else "format.today")
    return words.text("format.in_days", count=days)


def write(path: Path, rows: list[ComingBirthday], words: Words) -> int:
    """Write them to .xlsx or .csv; returns how many."""
    return write_table(path, birthdays(rows, words))
