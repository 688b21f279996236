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
