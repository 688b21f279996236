"""What the words and figures of foreign lists become: sizes, levels, tags, currencies, rates."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.words import Words
from tests.services.test_imports import workbook

ZH = Words("zh")


def taken_in(services: Services, file: Path, header: list[str], *rows: list[Any]) -> ImportReport:
    workbook(file, rows, header)
    return services.imports.run(file, services.imports.preview(file).plan, ZH)


def values(services: Services, kind: Kind, key: str) -> list[Any]:
    ids = sorted(services.records.ids(kind))
    return [row.values[0] for row in services.records.rows(kind, ids, [key])]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (120, "medium"),
        ("35", "small"),
        ("9人", "micro"),
        ("约 1,200 人", "huge"),
        ("250", "large"),
        ("50-249人", "medium"),
    ],
)
def test_a_number_of_people_is_a_size(
    services: Services, tmp_path: Path, written: Any, code: str
) -> None:
    before = services.lists.items("company_size")
    report = taken_in(
        services,
        tmp_path / "公司.xlsx",
        ["公司名称", "公司规模", "行业"],
        ["恒远机械", written, "机械"],
    )
    (size,) = values(services, Kind.COMPANY, "size")
    assert {item.id: item.code for item in before}[size] == code
    assert services.lists.items("company_size") == before
    assert report.problems == []


def test_a_number_no_size_spans_stays_out_of_the_list(services: Services, tmp_path: Path) -> None:
    before = services.lists.items("company_size")
    report = taken_in(
        services, tmp_path / "公司.xlsx", ["公司名称", "公司规模", "行业"], ["恒远机械", 0, "机械"]
    )
    assert services.lists.items("company_size") == before
    assert values(services, Kind.COMPANY, "size") == [None]
    assert [(one.column, one.code) for one in report.problems] == [("公司规模", "import.no_size")]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("A（重点客户）", "a"),
        ("A类", "a"),
        ("B级", "b"),
        ("c", "c"),
        ("B 类客户", "b"),
        ("重点客户", "a"),
    ],
)
def test_levels_are_known_in_every_usual_spelling(
    services: Services, tmp_path: Path, written: str, code: str
) -> None:
    before = services.lists.items("level")
    taken_in(services, tmp_path / "公司.xlsx", ["公司名称", "客户级别"], ["恒远机械", written])
    (level,) = values(services, Kind.COMPANY, "level")
    assert {item.id: item.code for item in before}[level] == code
    assert services.lists.items("level") == before


def test_a_level_of_the_users_own_is_made(services: Services, tmp_path: Path) -> None:
    taken_in(services, tmp_path / "公司.xlsx", ["公司名称", "客户级别"], ["恒远机械", "S（战略）"])
    assert [item.name for item in services.lists.items("level") if item.code is None] == [
        "S（战略）"
    ]


TAGS = ("重点；老客户", "a, b", '"引号"', "普通", 'x"; y')


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_tags_with_separators_come_back_whole(
    services: Services, tmp_path: Path, ending: str
) -> None:
    services.records.create(Kind.PERSON, {"name": "张伟", "tags": TAGS})
    file = tmp_path / f"people.{ending}"
    services.exports.export(Kind.PERSON, file, ZH)
    report = services.imports.run(file, services.imports.preview(file).plan, ZH)
    assert report.gesture is None
    assert sorted(values(services, Kind.PERSON, "tags")[0]) == sorted(TAGS)


@pytest.mark.parametrize(("written", "kept"), [("usd", "USD"), ("人民币", "CNY"), ("ABC", None)])
def test_currencies_are_those_of_the_standard(
    services: Services, tmp_path: Path, written: str, kept: str | None
) -> None:
    report = taken_in(
        services,
        tmp_path / "商机.xlsx",
        ["商机名称", "公司", "金额", "币种"],
        ["采购水泵", "恒远机械", 100, written],
    )
    told = [one.code for one in report.problems]
    assert told == ([] if kept else ["reading.cell_not_currency"])
    # Nobody said the book's own.
    assert values(services, Kind.OPPORTUNITY, "currency") == ([kept] if kept else [])


RATES = (Decimal(100), Decimal(1), Decimal("0.5"), Decimal(13), Decimal(0))


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_rates_come_back_as_they_were(services: Services, tmp_path: Path, ending: str) -> None:
    for rate in RATES:
        services.records.create(Kind.PRODUCT, {"name": f"泵 {rate}", "tax_rate": rate})
        services.records.create(
            Kind.OPPORTUNITY, {"title": f"商机 {rate}", "probability": int(rate)}
        )
    for kind in (Kind.PRODUCT, Kind.OPPORTUNITY):
        file = tmp_path / f"{kind}.{ending}"
        services.exports.export(kind, file, ZH)
        plan = services.imports.preview(file).plan
        report = services.imports.run(file, plan, ZH)
        assert report.problems == []
        assert report.gesture is None


def test_in_a_column_of_fractions_one_is_the_whole(services: Services, tmp_path: Path) -> None:
    taken_in(
        services,
        tmp_path / "产品.xlsx",
        ["产品名称", "产品编号", "税率"],
        ["泵", "P1", 0.13],
        ["阀", "P2", 1.0],
        ["管", "P3", 0],
    )
    assert values(services, Kind.PRODUCT, "tax_rate") == [13, 100, 0]
