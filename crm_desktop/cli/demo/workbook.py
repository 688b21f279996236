"""The list the demonstration starts from: 300 invented rows below a title, always the same."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from crm_desktop import paths
from crm_desktop.domain.lunar import lunar_text, to_lunar

ROWS = 300
COMPANIES = 210  # the rest work for companies of earlier rows
_HERO = 9
_SOLAR, _LUNAR, _SINCE = 30, 60, 1983  # two rows with birthdays in the coming week


def material() -> dict[str, Any]:
    """Names, products and sentences of the demonstration."""
    file = paths.shipped("resources") / "demo.json"
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


def write(path: Path, today: date) -> int:
    """Write the workbook; returns its number of rows. Only two birthdays depend on `today`."""
    told = material()
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = told["sheet"]
    sheet.append([told["title"]])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(told["headers"]))
    sheet.append(told["headers"])
    for row in _rows(told, today):
        sheet.append(row)
    book.save(path)
    return ROWS


def _rows(told: dict[str, Any], today: date) -> Iterator[list[Any]]:
    dice = random.Random(300)
    names = _names(told, dice)
    companies = [_company(told, number) for number in range(COMPANIES)]
    for number in range(ROWS):
        again = number >= COMPANIES
        company = companies[(number - COMPANIES) * 2 if again else number]
        gender, job = "男女"[number % 2], told["jobs"][number % len(told["jobs"])]
        name, level = next(names), told["levels"][number % 3]
        hero = number == _HERO
        if hero:
            name, job = told["hero"]["name"], told["hero"]["job"]
        yield [
            name,
            gender,
            job,
            _birthday(number, dice, today),
            f"139{number * 7 + 10_000_000:08d}",
            f"0512-6{number:07d}" if number % 3 == 0 else None,
            f"kehu{number + 1:03d}@example.com",
            company["name"],
            # Some colleagues write another address: both are kept.
            company["address"] + (" 二期" if again and number % 10 == 0 else ""),
            company["trade"],
            # Some know the company at another level: the first wins, the other becomes a note.
            level if number % 14 == 0 or not again else company["level"],
            told["sources"][number % len(told["sources"])] if not again else None,
            company["note"] if number % 5 == 0 else None,
        ]


def _names(told: dict[str, Any], dice: random.Random) -> Iterator[str]:
    seen = {told["hero"]["name"]}
    while True:
        given = "".join(dice.choice(told["given"]) for _ in range(dice.choice((1, 2, 2))))
        name = dice.choice(told["surnames"]) + given
        # Only one person is to be found by the initials that the demonstration types.
        if name not in seen and not (name[0] in "林李刘罗" and len(name) == 3):
            seen.add(name)
            yield name


def _company(told: dict[str, Any], number: int) -> dict[str, str]:
    cities, words, trades = told["cities"], told["words"], told["trades"]
    city, word = cities[number % len(cities)], words[number // len(cities) % len(words)]
    short, trade = trades[number % len(trades)]
    if number == _HERO:
        return {**told["hero"], "name": told["hero"]["company"], "level": "A", "note": ""}
    return {
        "name": f"{city}{word}{short}有限公司",
        "address": f"{city}市{told['streets'][number % 6]} {number * 3 % 400 + 1} 号",
        "trade": trade,
        "level": told["levels"][number % 3],
        "note": told["note"].format(city=city, trade=trade),
    }


def _birthday(number: int, dice: random.Random, today: date) -> Any:
    """As people write them: real dates, text, without a year, lunar, none."""
    month, day, year = dice.randint(1, 12), dice.randint(1, 28), dice.randint(1955, 2002)
    if number == _SOLAR:
        soon = today + timedelta(days=2)
        return f"{_SINCE}-{soon:%m-%d}" if (soon.month, soon.day) != (2, 29) else "1984-02-29"
    if number == _LUNAR:
        lunar = to_lunar(today + timedelta(days=4))
        return "农历" + lunar_text(lunar.month, lunar.day, leap=lunar.leap)
    if number % 10 == 3:
        return None
    if number % 10 == 7:
        return f"{month}月{day}日"
    return date(year, month, day) if number % 2 else f"{year}-{month:02}-{day:02}"
