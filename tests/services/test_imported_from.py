"""A record says which file, sheet and row it came from."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import Condition, Group, Op, Query, from_plain, to_plain
from crm_desktop.services.house import Services
from crm_desktop.words import Words
from tests.services.test_imports import workbook


def told(services: Services, kind: Kind, record_id: int) -> list[tuple[str, str]]:
    entries = services.timeline.of(Ref(kind, record_id, ""))
    return [(one.code, one.title) for one in entries]


def test_the_timeline_names_file_sheet_and_row(services: Services, tmp_path: Path) -> None:
    known = services.records.create(Kind.PERSON, {"name": "李娜", "mobile": ("13900000002",)})
    rows = [["甲公司", "张伟", "13800000001", "经理"], ["甲公司", "李娜", "13900000002", "总监"]]
    path = workbook(tmp_path / "名单.xlsx", rows, ["公司", "联系人", "手机", "职务"])
    plan = services.imports.preview(path).plan
    services.imports.run(path, plan, Words("zh"))
    (made,) = set(services.records.ids(Kind.PERSON)) - {known}
    (firm,) = services.records.ids(Kind.COMPANY)
    where = f"名单.xlsx › {plan.sheet_name} › "
    assert told(services, Kind.PERSON, made) == [("imported", f"{where}{plan.header_row + 1}")]
    assert told(services, Kind.COMPANY, firm) == [("imported", f"{where}{plan.header_row + 1}")]
    # Who was here before was made by hand, though the file filled something in.
    assert told(services, Kind.PERSON, known)[-1] == ("created", "")


def test_what_one_import_made_is_told_from_others_of_the_day(
    services: Services, clock: FixedClock, tmp_path: Path
) -> None:
    reports = []
    for number, names in enumerate((("张伟", "李娜"), ("李娜", "王芳"))):
        path = workbook(
            tmp_path / "名单.xlsx", [["甲公司", one] for one in names], ["公司", "姓名"]
        )
        plan = services.imports.preview(path).plan
        reports.append(services.imports.run(path, plan, Words("zh")))
        clock.moment += timedelta(seconds=1)
        services.records.create(Kind.PERSON, {"name": f"手工{number}"})
        clock.moment += timedelta(seconds=1)
    expected: list[list[str]] = [["张伟", "李娜"], ["王芳"]]
    for report, wanted in zip(reports, expected, strict=True):
        made = Query(Group((Condition("created_at", Op.IS, report.moment),)))
        kept = from_plain(json.loads(json.dumps(to_plain(made))))
        assert kept == made
        ids = services.records.ids(Kind.PERSON, kept)
        found = [row.values[0] for row in services.records.rows(Kind.PERSON, ids, ["name"])]
        assert sorted(found) == sorted(wanted)
        others = Query(Group((Condition("created_at", Op.IS_NOT, report.moment),)))
        assert services.records.count(Kind.PERSON, others) == 5 - len(wanted)
