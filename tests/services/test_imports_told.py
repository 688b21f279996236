"""Values a problem or a note quotes are told in words of the language, as the pages tell them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.mapping.guess import HEAD_ROWS
from crm_desktop.services.house import Services
from crm_desktop.services.imports import ImportPlan
from crm_desktop.services.value_words import birthday_words, day_words, number_words
from crm_desktop.ui import formats
from crm_desktop.ui.language import set_language
from crm_desktop.words import LANGUAGES, Words
from tests.services.test_imports import workbook

BIRTHDAYS = (
    Birthday(10, 15, lunar=True),
    Birthday(6, 3, year=1987, lunar=True, leap=True),
    Birthday(9, 30, year=1985),
    Birthday(2, 29),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_and_numbers_read_as_on_the_pages(language: str) -> None:
    words = Words(language)
    set_language(language)
    try:
        for one in BIRTHDAYS:
            assert birthday_words(one, words) == formats.birthday_text(one)
        for month in range(1, 13):
            day = date(2026, month, 28)
            assert day_words(day, words) == formats.day_text(day)
        for number in (1234567, Decimal("1200.50"), Decimal("-3.00"), Decimal(1000), 0):
            assert number_words(number) == formats.number(number)
    finally:
        set_language("en")


def told(services: Services, file: Path, language: str, **targets: str) -> dict[str, Any]:
    """What the book keeps against the file, by column."""
    plan: ImportPlan = services.imports.preview(file, kind="people").plan
    for column in plan.columns:
        column.target = targets.get(column.header, column.target)
    report: ImportReport = services.imports.check(file, plan, Words(language))
    return {one.column: one.args for one in report.problems if one.code == "import.kept"}


def test_what_the_book_keeps_is_told_in_words(services: Services, tmp_path: Path) -> None:
    member = services.custom.add(Kind.PERSON, "会员", FieldType.BOOLEAN)
    joined = services.custom.add(Kind.PERSON, "入会日", FieldType.DATE)
    paid = services.custom.add(Kind.PERSON, "会费", FieldType.NUMBER)
    keys = {"会员": member, "入会日": joined, "会费": paid}
    assert all(key.startswith("custom.") for key in keys.values())
    services.records.create(
        Kind.PERSON,
        {
            "name": "张伟",
            "mobile": ("13812345678",),
            "birthday": BIRTHDAYS[0],
            joined: date(2020, 5, 1),
            paid: Decimal("12000.50"),
        },
    )
    header = ["姓名", "手机", "生日", "入会日", "会费"]
    row = ["张伟", "13812345678", "1990-02-03", "2021-06-02", 9000]
    file = workbook(tmp_path / "新.xlsx", [row], header)
    targets = {name: f"person.{key}" for name, key in keys.items()}
    zh = told(services, file, "zh", **targets)
    assert zh["生日"] == {"kept": "生日：农历十月十五", "file": "生日：1990年2月3日"}
    assert zh["入会日"] == {"kept": "入会日：2020年5月1日", "file": "入会日：2021年6月2日"}
    assert zh["会费"] == {"kept": "会费：12,000.5", "file": "会费：9,000"}
    en = told(services, file, "en", **targets)
    assert en["生日"] == {"kept": "Birthday: lunar 10/15", "file": "Birthday: 3 Feb 1990"}
    assert en["入会日"]["kept"] == "入会日: 1 May 2020"


def test_kept_amounts_are_told_with_their_currency(services: Services, tmp_path: Path) -> None:
    header = ["商机名称", "商机金额", "币种"]
    for name, rows in (
        ("a.xlsx", [["大单", 86400, "USD"], ["小单", 12.5, "CNY"]]),
        ("b.xlsx", [["大单", 90000.5, "EUR"], ["小单", 13, None]]),
    ):
        file = workbook(tmp_path / name, rows, header)
        plan = services.imports.preview(file, kind="opportunities").plan
        report = services.imports.run(file, plan, Words("en"))
    assert [(one.column, one.args["kept"], one.args["file"]) for one in report.problems] == [
        ("商机金额", "Amount: $86,400", "Amount: €90,000.50"),
        ("币种", "Currency: USD", "Currency: EUR"),
        ("商机金额", "Amount: ¥12.50", "Amount: ¥13"),
    ]


def test_unit_prices_keep_all_their_digits(services: Services, tmp_path: Path) -> None:
    header = ["产品编码", "产品名称", "单价"]
    for price in (0.0125, 0.02):
        file = workbook(tmp_path / "p.xlsx", [["P-1", "垫片", price]], header)
        plan = services.imports.preview(file, kind="products").plan
        report = services.imports.run(file, plan, Words("en"))
    (kept,) = report.problems
    assert (kept.args["kept"], kept.args["file"]) == ("Price: ¥0.0125", "Price: ¥0.02")


def test_all_columns_that_bring_a_kept_value_are_told(services: Services, tmp_path: Path) -> None:
    services.records.create(Kind.PERSON, {"code": "K-1", "name": "王伟"})
    file = workbook(tmp_path / "新.xlsx", [["K-1", "王", "小伟"]], ["编号", "姓", "名"])
    plan = services.imports.preview(file, kind="people").plan
    plan.columns[0].target = "person.code"
    (kept,) = services.imports.check(file, plan, Words("zh")).problems
    assert (kept.column, kept.cells) == ("姓 / 名", (1, 2))
    assert (kept.args["kept"], kept.args["file"]) == ("姓名：王伟", "姓名：王小伟")


def test_a_note_written_without_the_sign_of_the_currency_is_known_again(
    services: Services, tmp_path: Path
) -> None:
    header, row = ["姓名", "公司", "年营业额"], ["张伟", "恒远机械", 900]
    services.records.create(Kind.COMPANY, {"name": "恒远机械", "turnover": Decimal(500)})
    file = workbook(tmp_path / "a.xlsx", [row], header)
    plan = services.imports.preview(file, kind="people").plan
    services.imports.run(file, plan, Words("zh"))
    (person,) = services.records.ids(Kind.PERSON)
    noted = services.records.card(Kind.PERSON, person).values["notes"]
    assert noted == "年营业额：¥900"
    services.records.update(Kind.PERSON, person, {"notes": "年营业额：900"})
    assert services.imports.run(file, plan, Words("zh")).gesture is None


def test_cells_below_the_preview_are_quoted_as_they_stand(
    services: Services, tmp_path: Path
) -> None:
    level = next(one.id for one in services.lists.items("level"))
    services.records.create(
        Kind.PERSON, {"name": "张伟", "mobile": ("13812345678",), "level": level}
    )
    rows: list[list[Any]] = [[f"人{n}", f"139{n:08}", None, None] for n in range(HEAD_ROWS + 40)]
    rows[HEAD_ROWS + 20] = ["张伟", "13812345678", " c 级 ", "1980-13-45"]
    rows[7] = ["李娜", "13812345679", None, "明年"]  # the preview holds it
    file = workbook(tmp_path / "长.xlsx", rows, ["姓名", "手机", "级别", "生日"])
    plan = services.imports.preview(file, kind="people").plan
    report = services.imports.check(file, plan, Words("zh"))
    row = HEAD_ROWS + 20 + plan.header_row + 1
    assert [(one.row, one.column) for one in report.problems] == [
        (7 + plan.header_row + 1, "生日"), (row, "生日"), (row, "级别"),
    ]  # fmt: skip
    assert report.texts == {(row, 3): "1980-13-45", (row, 2): "c 级"}
    assert services.imports.run(file, plan, Words("zh")).texts == {}
