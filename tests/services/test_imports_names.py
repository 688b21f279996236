"""Titles in the column of names: to their own field, but where the book has the name as it is."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.imports import ImportReport, Outcome
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.services.imports.titles import ADDRESSED, NOTE
from crm_desktop.words import LANGUAGES, Words

EN = Words("en")


def imported(services: Services, path: Path, header: str, *rows: str) -> ImportReport:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(row.split("|") for row in (header, *rows))
    plan = services.imports.preview(path, kind="people").plan
    assert services.imports.check(path, plan, EN).outcomes
    return services.imports.run(path, plan, EN)


def people(services: Services) -> list[tuple[Any, ...]]:
    ids = services.search.find("139", kinds=(Kind.PERSON,))
    cards = [services.records.card(Kind.PERSON, hit.id).values for hit in ids]
    return sorted((one["name"], one["title"], one["salutation"]) for one in cards)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("张伟经理", ("张伟", "经理", None)),
        ("张伟 总经理", ("张伟", "总经理", None)),
        ("张伟（副总经理）", ("张伟", "副总经理", None)),
        ("王芳女士", ("王芳", None, "女士")),
        ("欧阳娜娜小姐", ("欧阳娜娜", None, "小姐")),
        ("Dr. Anna Müller", ("Anna Müller", None, "Dr.")),
        ("Mr. John Smith", ("John Smith", None, "Mr.")),
        ("张总", ("张总", None, "张总")),
        ("李经理", ("李经理", None, "李经理")),
        ("王老师", ("王老师", None, "王老师")),
        ("陈工", ("陈工", None, "陈工")),
        ("赵主任", ("赵主任", None, "赵主任")),
        ("孙局", ("孙局", None, "孙局")),
        ("周处长", ("周处长", None, "周处长")),
        ("刘医生", ("刘医生", None, "刘医生")),
        ("黄小姐", ("黄小姐", None, "黄小姐")),
        ("欧阳教授", ("欧阳教授", None, "欧阳教授")),
        ("欧阳总", ("欧阳总", None, "欧阳总")),
        ("张伟总", ("张伟", None, "张总")),
        ("张伟明总", ("张伟明", None, "张总")),
        ("张伟明经理", ("张伟明", "经理", None)),
        ("钱主", ("钱主", None, None)),
        ("李建工", ("李建工", None, None)),
        ("王总明", ("王总明", None, None)),
        ("李老总", ("李老总", None, None)),
        ("徐大姐", ("徐大姐", None, None)),
        ("李科", ("李科", None, None)),
        ("Dr. Müller", ("Dr. Müller", None, None)),
        ("John Smith PhD", ("John Smith PhD", None, None)),
    ],
)
def test_names(services: Services, tmp_path: Path, name: str, told: tuple[Any, ...]) -> None:
    report = imported(services, tmp_path / "a.csv", "姓名|手机", f"{name}|13900001111")
    assert people(services) == [told]
    filled = NOTE if told[0] != name else ADDRESSED
    assert report.notes == ({filled: 1} if told[1] or told[2] else {})
    again = imported(services, tmp_path / "a.csv", "姓名|手机", f"{name}|13900001111")
    assert again.count(Outcome.SAME) == 1
    for language in LANGUAGES:
        assert Words(language).text(NOTE, count=1)
        assert Words(language).text(ADDRESSED, count=1)


def test_with_a_column_of_titles_names_stay(services: Services, tmp_path: Path) -> None:
    rows = ("张伟经理|采购经理|13900001111", "王芳主任||13900001112")
    imported(services, tmp_path / "a.csv", "姓名|职务|手机", *rows)
    assert people(services) == [("张伟经理", "采购经理", None), ("王芳主任", None, None)]


def test_a_name_of_the_book_stays(services: Services, tmp_path: Path) -> None:
    services.records.create(Kind.PERSON, {"name": "张伟经理", "mobile": ("13900001111",)})
    report = imported(services, tmp_path / "a.csv", "姓名|手机", "张伟经理|13900001111")
    assert (report.count(Outcome.SAME), report.notes) == (1, {})
    assert people(services) == [("张伟经理", None, None)]
