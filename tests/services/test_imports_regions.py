"""Province, city and district out of addresses: for new records, never against what is there."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.fields import Address
from crm_desktop.domain.imports import ImportReport, Outcome
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.regions import REGION_KEYS
from crm_desktop.exchange.mapping import Existing
from crm_desktop.services.house import Services
from crm_desktop.services.imports.regions import NOTE
from crm_desktop.words import LANGUAGES, Words

ZH = Words("zh")
WHOLE = "浙江省杭州市西湖区文三路 478 号"
ROWS = [
    ["公司名称", "地址"],
    ["恒远机械有限公司", WHOLE],
    ["鼓楼商贸有限公司", "鼓楼区中山北路 1 号"],
    ["Acme Ltd", "1 Main Street, Springfield"],
    ["华通科技有限公司", "内蒙古呼和浩特市新城区海东路 2 号"],
]


def written(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "公司.csv", ROWS)


def run(services: Services, path: Path, existing: Existing = Existing.FILL) -> ImportReport:
    plan = services.imports.preview(path).plan
    plan.existing = existing
    checked = services.imports.check(path, plan, ZH)
    report = services.imports.run(path, plan, ZH)
    assert (checked.notes, checked.values) == (report.notes, report.values)
    return report


def region(services: Services, name: str, kind: Kind = Kind.COMPANY) -> tuple[Any, ...]:
    """Its region, then its addresses as they are shown."""
    (hit,) = services.search.find(name, kinds=(kind,))
    card = services.records.card(kind, hit.id).values
    lines = tuple(one.text() for one in card["address"] or ())
    return *(card[key] for key in REGION_KEYS), lines


def test_what_is_sure_is_filled_and_the_address_stays(services: Services, file: Path) -> None:
    report = run(services, file)
    assert region(services, "恒远机械") == ("浙江省", "杭州市", "西湖区", (WHOLE,))
    assert region(services, "鼓楼商贸") == (None, None, None, (ROWS[2][1],))
    assert region(services, "Acme") == (None, None, None, (ROWS[3][1],))
    assert region(services, "华通")[:3] == ("内蒙古自治区", "呼和浩特市", "新城区")
    assert report.problems == []
    assert report.notes == {NOTE: 2}
    assert report.values["company.district"] == 2
    for language in LANGUAGES:
        assert "2" in Words(language).text(NOTE, count=2)


def test_again_changes_nothing_and_undo_takes_all_back(services: Services, file: Path) -> None:
    run(services, file)
    again = run(services, file)
    assert (again.count(Outcome.SAME), again.gesture, again.notes) == (4, None, {})
    services.history.undo()
    assert services.records.count(Kind.COMPANY) == 0


@pytest.mark.parametrize("existing", [Existing.FILL, Existing.OVERWRITE, Existing.SKIP])
def test_no_value_of_the_user_is_overwritten(
    services: Services, file: Path, existing: Existing
) -> None:
    values = {"name": "恒远机械有限公司", "city": "余杭"}
    own = services.records.create(Kind.COMPANY, values)
    run(services, file, existing)
    card = services.records.card(Kind.COMPANY, own).values
    assert [card[key] for key in REGION_KEYS] == [None, "余杭", None]


def test_the_region_is_that_of_the_main_address(services: Services, file: Path) -> None:
    main = (Address(line="虎丘路 1 号"),)
    services.records.create(Kind.COMPANY, {"name": "恒远机械有限公司", "address": main})
    services.records.create(Kind.COMPANY, {"name": "华通科技有限公司"})
    report = run(services, file)
    assert region(services, "恒远机械") == (None, None, None, ("虎丘路 1 号", WHOLE))
    assert region(services, "华通")[1] == "呼和浩特市"
    assert report.notes == {NOTE: 1}


def test_columns_of_its_own_are_meant(services: Services, tmp_path: Path) -> None:
    rows = [
        ["公司名称", "地址", "城市"],
        ["恒远机械有限公司", WHOLE, ""],
        ["甲有限公司", "文三路 478 号", "杭州"],
    ]
    path = written(tmp_path / "a.csv", rows)
    assert run(services, path).notes == {}
    assert region(services, "恒远机械") == (None, None, None, (WHOLE,))
    assert region(services, "甲有限公司") == (None, "杭州", None, ("杭州文三路 478 号",))
    services.history.undo()
    plan = services.imports.preview(path).plan
    plan.columns[2].target = "company.city"
    services.imports.run(path, plan, ZH)
    assert region(services, "恒远机械")[:3] == (None, None, None)


def test_people_with_their_companies(services: Services, tmp_path: Path) -> None:
    rows = [
        ["姓名", "公司", "手机", "地址"],
        ["张伟", "恒远机械有限公司", "13812345678", ""],
        ["王芳", "恒远机械有限公司", "13812345679", WHOLE],
        ["李娜", "", "13812345670", "上海浦东新区世纪大道 1 号"],
    ]
    report = run(services, written(tmp_path / "a.csv", rows))
    assert region(services, "恒远机械")[:3] == ("浙江省", "杭州市", "西湖区")
    assert region(services, "李娜", Kind.PERSON)[:3] == ("上海市", "上海市", "浦东新区")
    assert region(services, "张伟", Kind.PERSON)[:3] == (None, None, None)
    assert report.notes == {NOTE: 2}


def test_pasted_text_too(services: Services) -> None:
    text = f"单位名称：临海鸿图自动化有限公司\n地址：{WHOLE}\n电话：0576-85881234"
    draft = services.pasting.read(text)
    assert [draft.values[key] for key in REGION_KEYS] == ["浙江省", "杭州市", "西湖区"]
    assert draft.values["address"] == (Address(line=WHOLE),)
    there = services.records.create(Kind.COMPANY, {"name": "鸿图", "city": "台州"})
    services.pasting.fill(Ref(Kind.COMPANY, there, "鸿图"), draft.values)
    card = services.records.card(Kind.COMPANY, there).values
    assert [card[key] for key in REGION_KEYS] == [None, "台州", None]
    bare = services.records.create(Kind.COMPANY, {"name": "鸿图二"})
    services.pasting.fill(Ref(Kind.COMPANY, bare, "鸿图二"), draft.values)
    assert services.records.card(Kind.COMPANY, bare).values["district"] == "西湖区"
