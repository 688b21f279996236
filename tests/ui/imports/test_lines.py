"""The lines of the check show each cell as it stands in the file, however far down."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.mapping.guess import HEAD_ROWS
from crm_desktop.services.house import Services
from crm_desktop.ui.imports.draft import Draft
from crm_desktop.ui.imports.lines import lines_of
from crm_desktop.words import Words


def test_a_cell_is_shown_as_it_stands_in_the_file(services: Services, tmp_path: Path) -> None:
    level = next(one.id for one in services.lists.items("level"))
    for name, mobile in (("张伟", "13812345678"), ("王芳", "13812345679")):
        values = {"name": name, "mobile": (mobile,), "level": level}
        services.records.create(Kind.PERSON, values)
    path = tmp_path / "long.csv"
    rows = ["姓名,手机,级别", "张伟,13812345678,c 级"]
    rows += [f"人{n},139{n:08}," for n in range(HEAD_ROWS)]
    rows += ["王芳,13812345679,c 级"]
    path.write_text("\n".join(rows), "utf-8")
    preview = services.imports.preview(path, kind="people")
    draft = Draft(preview, preview.plan)
    report = services.imports.check(path, draft.plan, Words("en"), wishes=draft.wishes)
    lines = lines_of(draft, report, draft.wishes).shown["all"]
    shown = [line for line in lines if line.problem is not None]
    assert [(line.row, line.text) for line in shown] == [
        (2, "c 级"), (HEAD_ROWS + 3, "c 级"),
    ]  # fmt: skip
    assert "Level" in shown[1].what()
    draft.wishes.fixes[HEAD_ROWS + 3, 2] = "still c"
    report = services.imports.check(path, draft.plan, Words("en"), wishes=draft.wishes)
    lines = lines_of(draft, report, draft.wishes).shown["all"]
    assert [line.text for line in lines if line.row == HEAD_ROWS + 3] == ["still c"]
