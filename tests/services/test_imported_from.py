"""A record says which file, sheet and row it came from."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.kinds import Kind, Ref
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
