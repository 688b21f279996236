"""Large books made for measuring, kept below build/benchmarks so that they are made once."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import sqlcipher3
from openpyxl import Workbook

from crm_desktop.data import search, upgrade
from crm_desktop.data.book import Book
from crm_desktop.data.bulk import Bulk
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book

FOLDER = Path(__file__).resolve().parent.parent / "build" / "benchmarks"
HOME = Home.at(FOLDER / "home")
FAMILY = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文斌宇浩"
GIVEN_LATIN = ("John", "Emily", "Andrew", "Elizabeth", "Peter", "Sarah", "Hans", "Marie", "Omar")
FAMILY_LATIN = ("Miller", "Schmidt", "Clark", "Novak", "O'Brien", "Johansson", "Rossi", "Meyer")
LATIN_EACH = 20  # one of so many people has a name in Latin letters
PEOPLE = "mixed"  # the book of people of both scripts
TRADES = ("机械", "电子", "食品", "化工", "纺织", "物流", "软件", "建筑")
OWN_FIELD = "会员号"
BATCH = 20_000
HEADER = (
    *("公司名称", "姓名", "性别", "手机", "电话", "邮箱", "生日", "地址", "邮编", "城市"),
    *("来源", "级别", "行业", "部门", "职务", "微信", "QQ", "喜好", "标签", "备注"),
)
OF_THE_FIRM = tuple(map(HEADER.index, ("地址", "邮编", "城市", "来源", "级别", "行业")))


def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 20, 1, 0, tzinfo=UTC), "Asia/Shanghai")


def person(number: int, chance: random.Random) -> dict[str, object]:
    name = chance.choice(FAMILY) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
    if number % LATIN_EACH == 0:
        name = f"{chance.choice(GIVEN_LATIN)} {chance.choice(FAMILY_LATIN)}"
    values: dict[str, object] = {
        "name": name,
        "mobile": (f"1{30 + number % 70}{number % 100_000_000:08}",),
        "email": (f"u{number}@example.com",),
    }
    if number % 2:
        lunar = number % 3 == 0
        values["birthday"] = Birthday(
            chance.randint(1, 12), chance.randint(1, 28), year=1950 + number % 50, lunar=lunar
        )
    return values


def people(count: int) -> Services:
    """A book with `count` people and a company for each ten of them."""
    return kept(PEOPLE, count, _fill)


def with_own_field(count: int) -> tuple[Services, str]:
    """The book of people, all with a value in one searchable field of the user's own; its key.

    The values are written past the program: by its own way they would take hours to journal.
    """
    path = FOLDER / f"own-{count}-{_shape()}.crm"
    if not path.exists():
        for old in FOLDER.glob(f"own-{count}-*"):
            old.unlink()
        people(count).book.close()
        making = path.with_suffix(".making")
        shutil.copyfile(FOLDER / f"{PEOPLE}-{count}-{_shape()}.crm", making)
        services = Services(open_book(making, clock()), clock(), HOME)
        key = services.custom.add(Kind.PERSON, OWN_FIELD).removeprefix("custom.")
        services.book.close()
        plain = sqlcipher3.connect(making)
        plain.execute("UPDATE people SET custom = json_object(?, printf('M%07d', id))", (key,))
        plain.commit()
        plain.close()
        services = Services(open_book(making, clock()), clock(), HOME)
        services.custom.set_searchable(Kind.PERSON, f"custom.{key}", True)
        services.book.close()
        making.rename(path)
    services = Services(open_book(path, clock()), clock(), HOME)
    (field,) = services.custom.of(Kind.PERSON)
    return services, field.key


def kept(what: str, count: int, fill: Callable[[Book, int], None]) -> Services:
    """The book of this sort and size; made, or one of an older shape brought up, where needed."""
    path = FOLDER / f"{what}-{count}-{_shape()}.crm"
    if not path.exists():
        making = path.with_suffix(".making")
        making.unlink(missing_ok=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        older = sorted(FOLDER.glob(f"{what}-{count}-*.crm"), key=lambda book: book.stat().st_mtime)
        if older:
            shutil.copyfile(older[-1], making)
            upgrade.migrate(making, upgrade.Upgrades.shipped())
        else:
            book = open_book(making, clock())
            fill(book, count)
            book.close()
        making.rename(path)
        for old in older:
            old.unlink()
    moment = clock()
    return Services(open_book(path, moment), moment, HOME)


def _shape() -> str:
    """Changes with the tables: a book made for other ones would not be the product's."""
    scripts = sorted((FOLDER.parent.parent / "migrations" / "versions").glob("*.py"))
    return sha256(b"".join(script.read_bytes() for script in scripts)).hexdigest()[:8]


def _fill(book: Book, count: int) -> None:
    chance = random.Random(7)
    made = 0
    while made < count:
        size = min(BATCH, count - made)
        with book.write("gesture.noted", origin="system") as writing:
            session = writing.session
            companies = {
                made // 10 + n + 1: {
                    "name": f"{chance.choice(GIVEN)}{chance.choice(FAMILY)}{made // 10 + n}"
                    f"{chance.choice(TRADES)}有限公司"
                }
                for n in range(size // 10)
            }
            Bulk(session, Kind.COMPANY, (), lambda _: None).insert(companies)
            rows = {}
            for number in range(made + 1, made + size + 1):
                rows[number] = person(number, chance) | {"company": (number - 1) // 10 + 1}
            Bulk(session, Kind.PERSON, (), lambda _: None).insert(rows)
        made += size
    with book.write("gesture.noted", origin="system") as writing:
        search.pack(writing.session, made)  # as a large import does


def workbook(count: int, *, to_a_firm: int = 0) -> Path:
    """A customer list of `count` rows and 20 columns.

    Nearly every row names another firm; with `to_a_firm` so many rows behind each other name one,
    and tell the same of it.
    """
    path = FOLDER / (f"list-{count}-of-{to_a_firm}.xlsx" if to_a_firm else f"list-{count}.xlsx")
    if path.exists():
        return path
    FOLDER.mkdir(parents=True, exist_ok=True)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("客户")
    sheet.append(HEADER)
    first: list[str] = []  # of a firm
    for number, row in enumerate(_rows(count)):
        if to_a_firm:
            if number % to_a_firm == 0:
                first = row
            for place in OF_THE_FIRM:
                row[place] = first[place]
            firm = number // to_a_firm
            row[0] = f"苏州{GIVEN[firm % len(GIVEN)]}{firm}机械有限公司"
        sheet.append(row)
    book.save(path)
    return path


def _rows(count: int) -> Iterator[list[str]]:
    chance = random.Random(3)
    for n in range(count):
        name = chance.choice(FAMILY) + "".join(chance.choices(GIVEN, k=2))
        yield [
            f"苏州{chance.choice(GIVEN)}{n // 10}机械有限公司",
            name,
            chance.choice("男女"),
            f"13{n:09}",
            f"0512-6{n % 10_000_000:07}",
            f"u{n}@example.com",
            f"19{chance.randint(50, 99)}-0{chance.randint(1, 9)}-{chance.randint(10, 28)}",
            f"江苏省苏州市星湖街 {n // 10} 号",
            "215000",
            "苏州",
            chance.choice(("展会", "网站", "转介绍")),
            chance.choice("ABC"),
            chance.choice(("机械制造", "电子", "食品")),
            chance.choice(("采购部", "技术部")),
            chance.choice(("经理", "主管")),
            f"wx{n}",
            str(10_000 + n),
            "钓鱼",
            chance.choice(("重点", "普通")),
            "年前联系，带样品",
        ]
