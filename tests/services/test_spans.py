"""What an import made is known to history, timeline, "as of", prices and erasing by its span."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from crm_desktop.data import replay
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services
from crm_desktop.words import Words
from tests.services.test_imports import workbook
from tests.services.test_journal_properties import digest

ZH = Words("zh")
PEOPLE = [
    ["恒远机械", "张伟", "13812345678", "重点"],
    ["恒远机械", "李娜", "13912345678", "独一"],
    ["海拓电子", "王芳", "13712345678", "重点"],
]


@pytest.fixture
def imported(services: Services, tmp_path: Path) -> Services:
    """A firm in whose book a list was imported."""
    file = workbook(tmp_path / "名单.xlsx", PEOPLE, ["公司名称", "姓名", "手机", "标签"])
    services.imports.run(file, services.imports.preview(file).plan, ZH)
    return services


def person(services: Services, name: str) -> int:
    return next(hit.id for hit in services.search.find(name) if hit.kind is Kind.PERSON)


def journal(services: Services) -> str:
    """Everything the history keeps, as one text."""
    with services.book.read() as session:
        return json.dumps(
            [
                [list(row) for row in session.execute(text(f"SELECT * FROM {table}"))]
                for table in ("journal_change", "journal_span")
            ],
            ensure_ascii=False,
        )


def test_the_journal_keeps_no_value_of_what_was_imported(imported: Services) -> None:
    told = journal(imported)
    assert '"people"' in told
    assert not any(word in told for row in PEOPLE for word in row[:3])


def test_the_record_knows_since_when_it_is_there(imported: Services, clock: FixedClock) -> None:
    ref = Ref(Kind.PERSON, person(imported, "李娜"))
    made_at = clock.moment
    clock.moment += timedelta(days=3)
    imported.records.update(Kind.PERSON, ref.id, {"name": "李娜娜", "mobile": ()})
    (created,) = [one for one in imported.timeline.of(ref) if one.code == "imported"]
    assert created.at == made_at
    assert imported.as_of.days(ref) == [clock.moment.date(), made_at.date()]
    then = imported.as_of.at(ref, made_at.date())
    assert (then.values["name"], then.values["mobile"]) == ("李娜", ("13912345678",))
    with pytest.raises(Refused, match="not_yet"):
        imported.as_of.at(ref, (made_at - timedelta(days=1)).date())


def test_one_of_them_is_erased_and_the_others_can_still_be_undone(
    imported: Services, tmp_path: Path
) -> None:
    gone, stays = person(imported, "李娜"), person(imported, "张伟")
    imported.records.update(Kind.PERSON, gone, {"name": "李娜改"})
    imported.erasing.erase([Ref(Kind.PERSON, gone)])
    with imported.book.read() as session:
        spans = session.execute(
            text("SELECT first_row, last_row FROM journal_span WHERE table_name = 'people'")
        )
        kept = {one for first, last in spans for one in range(first, last + 1)}
    assert gone not in kept
    assert stays in kept
    told = journal(imported)
    assert not any(word in told for word in ("李娜", "13912345678", "独一"))
    assert replay.rebuild(imported.book, tmp_path / "rebuilt.crm") == digest(imported)
    imported.history.undo()
    assert not imported.records.count(Kind.PERSON)
    assert not imported.records.count(Kind.COMPANY)
    imported.history.redo()
    assert imported.records.count(Kind.PERSON) == 2
    assert not any(word in journal(imported) for word in ("李娜", "13912345678", "独一"))


def test_anonymised_it_begins_nameless(imported: Services, tmp_path: Path) -> None:
    gone = person(imported, "李娜")
    imported.records.update(Kind.PERSON, gone, {"name": "李娜改"})
    imported.history.undo()
    imported.history.undo()
    imported.history.redo()
    imported.erasing.anonymise([Ref(Kind.PERSON, gone)])
    assert "李娜" not in journal(imported)
    assert replay.rebuild(imported.book, tmp_path / "rebuilt.crm") == digest(imported)


def test_undone_redone_and_undone_again(imported: Services, tmp_path: Path) -> None:
    end = digest(imported)
    for _ in range(2):
        imported.history.undo()
        assert not imported.records.count(Kind.PERSON)
        imported.history.redo()
        assert digest(imported) == end
    assert replay.rebuild(imported.book, tmp_path / "rebuilt.crm") == end


def test_prices_begin_with_the_imported_one(services: Services, tmp_path: Path) -> None:
    file = workbook(tmp_path / "产品.xlsx", [["水泵", 120], ["阀门", 30]], ["产品名称", "单价"])
    services.imports.run(file, services.imports.preview(file, kind="products").plan, ZH)
    pump = next(hit.id for hit in services.search.find("水泵") if hit.kind is Kind.PRODUCT)
    services.records.update(Kind.PRODUCT, pump, {"price": Decimal(150)})
    services.records.update(Kind.PRODUCT, pump, {"name": "大水泵"})
    prices = [one.price for one in services.products.price_history(pump)]
    assert prices == [Decimal(120), Decimal(150)]
