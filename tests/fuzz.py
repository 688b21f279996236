"""Broken files by the thousand, each a whole import: `python -m tests.fuzz [SEED] [WORKBOOKS]`.

By default 1,000 workbooks, 300 binary ones of either sort, 300 text tables and 300 files of address
cards. Every one gives an account that adds up or a sentence; a file that is refused leaves nothing.
Ends with 1 otherwise. Says which file took longest, by the clock on the wall, and how much memory
the largest of the reading processes held.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crm_desktop.data.digest import content_digest
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import LANGUAGES, Words
from tests.exchange import hostile
from tests.exchange.xls5_file import write_xls5
from tests.exchange.xlsb_file import write_xlsb

if sys.platform != "win32":
    import resource

TEXTS = 0.3  # of each other sort, for each workbook
ROWS: list[list[Any]] = [
    ["姓名", "公司", "手机"],
    *([f"张伟{n}", f"公司{n}", 13800000000 + n] for n in range(20)),
]
TABLE = "姓名,公司,手机,邮箱\n" + "".join(
    f"张伟{n},公司{n},138{n:08d},a{n}@b.cn\n" for n in range(20)
)
CARDS = "".join(
    f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:张伟{n}\r\nTEL:138{n:08d}\r\nEND:VCARD\r\n" for n in range(9)
)


def damaged(path: Path, whole: bytes, seed: int) -> Path:
    """A file with some of its bytes changed, taken out or doubled."""
    chance, data = random.Random(seed), bytearray(whole)
    for _ in range(chance.randrange(1, 30)):
        at = chance.randrange(len(data))
        way = chance.randrange(3)
        if way == 0:
            data[at] = chance.randrange(256)
        elif way == 1:
            del data[at : at + chance.randrange(1, 20)]
        else:
            data[at:at] = data[at : at + chance.randrange(1, 200)]
    path.write_bytes(bytes(data))
    return path


def files(folder: Path, seed: int, workbooks: int) -> Iterator[Path]:
    """Broken files, each in the place of the one before."""
    for number in range(seed, seed + workbooks):
        yield hostile.mutated(folder / "a.xlsx", number)
    binary = {
        name: write(folder / name, {"客户": ROWS, "二": ROWS}).read_bytes()
        for name, write in (("a.xls", write_xls5), ("a.xlsb", write_xlsb))
    }
    for number in range(seed, seed + int(workbooks * TEXTS)):
        for name, whole in binary.items():
            yield damaged(folder / name, whole, number)
        encoding = random.Random(number).choice(("utf-8", "gb18030", "utf-16", "utf-8-sig"))
        yield damaged(folder / "a.csv", TABLE.encode(encoding), number)
        yield damaged(folder / "a.vcf", CARDS.encode(), number)


def taken_in(services: Services, path: Path) -> str:
    """Import one file and take it back: "rows", or the code of the refusal."""
    before = _digest(services)
    refusal: Refused | None = None
    try:
        plan = services.imports.preview(path).plan
        report = services.imports.run(path, plan, Words("zh"), remind=False)
    except Refused as why:
        refusal = why
    if refusal is not None:
        for language in LANGUAGES:
            assert Words(language).text(refusal.key, **refusal.args_for_words)
        assert _digest(services) == before, f"{path.name}: something stayed"
        return refusal.code
    assert report.rows == sum(report.outcomes.values()), f"{path.name}: rows got lost"
    if report.gesture is not None:
        services.history.undo()
    assert _digest(services) == before, f"{path.name}: undo left something"
    return "rows"


@dataclass
class Account:
    """What came of how many files, and which took longest."""

    told: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    """Seconds of the whole import, of its check and of its undo."""


def run(seed: int, workbooks: int) -> Account:
    """Take in all of them; what came of them. Raises AssertionError where one did harm."""
    account = Account()
    with tempfile.TemporaryDirectory() as name:
        folder, clock = Path(name), Clock()
        with open_book(folder / "book.crm", clock) as book:
            services = Services(book, clock, Home.at(folder))
            for number, path in enumerate(files(folder, seed, workbooks)):
                called, began = f"file {number} of seed {seed}: {path.name}", time.monotonic()
                try:
                    account.told[taken_in(services, path)] += 1
                except Exception:
                    sys.stdout.write(f"{called}\n")
                    raise
                account.slowest = max(account.slowest, (time.monotonic() - began, called))
    return account


def largest_child() -> str:
    """The most memory that one of the processes begun here has held; where the system tells."""
    if sys.platform != "linux":
        return "not told by this system"
    return f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB"


def _digest(services: Services) -> str:
    with services.book.read() as session:
        return content_digest(session, services.book.metadata)


def main() -> int:
    """Print what came of how many."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    workbooks = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    account = run(seed, workbooks)
    for code, count in account.told.most_common():
        sys.stdout.write(f"{count:6} {code}\n")
    sys.stdout.write(f"{sum(account.told.values()):6} files of seed {seed}: none did harm\n")
    seconds, called = account.slowest
    sys.stdout.write(f"slowest: {seconds:.2f} s, {called}; largest child: {largest_child()}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
