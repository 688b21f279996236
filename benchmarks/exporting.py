"""A plain list of 100,000 people as a workbook: 20 filled columns, and those a list shows."""

from __future__ import annotations

import random
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

from benchmarks import books
from benchmarks.measure import Result, in_turns, ratio
from crm_desktop.data.book import Book
from crm_desktop.data.bulk import Bulk
from crm_desktop.domain.fields import Address
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.schema import default_columns
from crm_desktop.services.house import Services
from crm_desktop.words import Words

PEOPLE = 100_000
ROUNDS = 3
COLUMNS = (
    *("name", "gender", "company", "title", "department", "mobile", "phone", "email", "wechat"),
    *("qq", "address", "lifecycle", "level", "source", "city", "important", "birthday"),
    *("hobbies", "notes", "created_at"),
)


def run(people: int = PEOPLE) -> list[Result]:
    """Against deflating the same XML, at the level zlib has by itself."""
    services = books.kept("full", people, _fill)
    try:
        return [
            _measured(services, f"export of {people:,} people x {len(COLUMNS)} columns", COLUMNS),
            _measured(services, "the same, columns of the list", default_columns(Kind.PERSON)),
        ]
    finally:
        services.book.close()


def _measured(services: Services, what: str, columns: Sequence[str]) -> Result:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "people.xlsx"

        def export() -> None:
            services.exports.export(Kind.PERSON, path, words=Words("zh"), columns=columns)

        export()
        with ZipFile(path) as packed:
            xml = b"".join(packed.read(entry) for entry in packed.namelist())
        took, floor = in_turns(export, lambda: zlib.compress(xml), ROUNDS)
    return ratio(what, took, floor, 2, f"{len(xml) >> 20} MB of XML")


def _fill(book: Book, count: int) -> None:
    chance = random.Random(5)
    services = Services(book, books.clock(), books.HOME)
    lists = services.lists
    items = {
        key: [item.id for item in lists.items(key)]
        for key in ("gender", "lifecycle", "level", "source")
    }
    for first in range(1, count + 1, books.BATCH):
        numbers = range(first, min(first + books.BATCH, count + 1))
        with book.write("gesture.noted", origin="system") as writing:
            insert = Bulk(writing.session, Kind.COMPANY, (), lambda _: None).insert
            companies = sorted({(number - 1) // 10 + 1 for number in numbers})
            insert(
                {n: {"name": f"苏州{chance.choice(books.GIVEN)}{n}机械有限公司"} for n in companies}
            )
            insert = Bulk(writing.session, Kind.PERSON, (), lambda _: None).insert
            insert({number: _person(number, chance, items) for number in numbers})


def _person(number: int, chance: random.Random, items: dict[str, list[int]]) -> dict[str, object]:
    return books.person(number, chance) | {
        **{key: chance.choice(ids) for key, ids in items.items()},
        "company": (number - 1) // 10 + 1,
        "title": chance.choice(("经理", "主管", "工程师")),
        "department": chance.choice(("采购部", "技术部")),
        "phone": (f"0512-6{number % 10_000_000:07}",),
        "wechat": (f"wx{number}",),
        "qq": (str(10_000 + number),),
        "address": (Address(line=f"星湖街 {number} 号", city="苏州", province="江苏"),),
        "city": "苏州",
        "important": number % 7 == 0,
        "hobbies": "钓鱼",
        "notes": f"年前联系，带样品 {number}",
    }
