"""A day's work through the services, in a process of its own; each finished step is acknowledged.

    python -m tests.crash.scenario FOLDER [FAULT]

The acknowledgement is a line in `FOLDER/acks`, written after the step has returned, with the
content the book must have from then on. A FAULT breaks one promise on purpose, to prove that
the harness finds it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from crm_desktop.data import backup
from crm_desktop.data.digest import content_digest
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import Words
from tests.crash.faults import break_promise

ZONE = "Asia/Shanghai"


def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 20, 1, 0, tzinfo=UTC), ZONE)


def list_file(folder: Path) -> Path:
    path = folder / "list.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["公司名称", "姓名", "手机", "生日", "备注"])
    for number in range(40):
        phone = f"138{number:08}"
        sheet.append([f"公司{number // 2}", f"客户{number}", phone, "1980-05-06", "展会"])
    book.save(path)
    return path


def steps(services: Services, folder: Path) -> list[Callable[[], object]]:
    """What the user does; later steps find what earlier ones made by its known id."""
    records, quotes = services.records, services.quotes
    plan = services.imports.preview(list_file(folder)).plan
    day = services.clock.today() + timedelta(days=2)
    person, deal, quote = Ref(Kind.PERSON, 1), 1, 1
    lines = [
        LineDraft(name=f"数控套件 {number}", price=Decimal(1280 * number)) for number in (1, 2, 3)
    ]
    return [
        lambda: records.create(Kind.COMPANY, {"name": "恒远精密", "phone": ("0512-66668888",)}),
        lambda: records.create(Kind.PERSON, {"name": "张伟", "company": 1}),
        lambda: services.imports.run(folder / "list.xlsx", plan, Words("zh")),
        lambda: services.activities.log(person, "谈了价格\n要便宜 5%", "call"),
        lambda: services.activities.plan(person, "回访", Due(day, None, ZONE)),
        lambda: records.create(Kind.OPPORTUNITY, {"title": "数控改造", "company": 1}),
        lambda: services.opportunities.move(deal, services.opportunities.stages()[2].id),
        lambda: quotes.from_opportunity(deal),
        lambda: quotes.set_lines(quote, lines),
        lambda: quotes.send(quote),
        lambda: services.opportunities.win(deal),
        lambda: records.trash(Kind.PERSON, [2, 3, 4]),
        lambda: services.history.undo(),
        lambda: services.history.redo(),
        lambda: backup.back_up(
            services.book.path, folder / "backups", services.clock, reason="test"
        ),
        lambda: records.update(Kind.PERSON, list(range(5, 30)), {"notes": "批量 " * 50}),
        lambda: services.business.set_own_company(name="我方公司"),
    ]


def digest(services: Services) -> str:
    with services.book.read() as session:
        return str(content_digest(session, services.book.metadata))


def main(folder: Path, fault: str) -> None:
    acks = os.open(folder / "acks", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    moment = clock()

    def acknowledge(number: int, content: str) -> None:
        os.write(acks, json.dumps({"step": number, "digest": content}).encode() + b"\n")

    break_promise(fault)
    with closing(open_book(folder / "book.crm", moment)) as book:
        services = Services(book, moment, Home.at(folder / "home"))
        acknowledge(0, digest(services))
        for number, step in enumerate(steps(services, folder), start=1):
            moment.moment += timedelta(minutes=5)
            step()
            acknowledge(number, digest(services))
    os.close(acks)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
