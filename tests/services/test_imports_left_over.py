"""Rows that stayed out of an import are kept in mind until they are in, or put aside."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.imports import ImportReport
from crm_desktop.services.house import Services
from crm_desktop.services.imports import Wishes
from crm_desktop.words import Words


def people(path: Path, count: int = 4) -> Path:
    lines = [f"张{n},1380000000{n}" for n in range(count)]
    path.write_text("\n".join(["姓名,手机", *lines]), encoding="utf-8")
    return path


def take_in(services: Services, path: Path, out: set[int], *, remind: bool = True) -> ImportReport:
    plan = services.imports.preview(path).plan
    wishes = Wishes(left_out=out)
    return services.imports.run(path, plan, Words("zh"), wishes=wishes, remind=remind)


def reminded(services: Services) -> dict[str, int]:
    found = services.today.attention()
    return {Path(one.file).name: one.count for one in found if one.code == "rows_left_over"}


def test_rows_left_out_are_counted_until_they_are_in(services: Services, tmp_path: Path) -> None:
    path = people(tmp_path / "名单.csv")
    take_in(services, path, {3, 5})
    assert reminded(services) == {"名单.csv": 2}
    take_in(services, path, {5})
    assert reminded(services) == {"名单.csv": 1}
    take_in(services, path, set())
    assert reminded(services) == {}


def test_undo_of_the_import_takes_the_reminder_along(services: Services, tmp_path: Path) -> None:
    take_in(services, people(tmp_path / "a.csv"), {2})
    services.history.undo()
    assert reminded(services) == {}
    services.history.redo()
    assert reminded(services) == {"a.csv": 1}


def test_a_file_is_put_aside_and_brought_back(services: Services, tmp_path: Path) -> None:
    one, two = people(tmp_path / "a.csv"), people(tmp_path / "b.csv", 6)
    take_in(services, one, {2})
    take_in(services, two, {6})
    services.imports.put_aside(str(one))
    assert reminded(services) == {"b.csv": 1}
    services.history.undo()
    assert reminded(services) == {"a.csv": 1, "b.csv": 1}


def test_nobody_is_reminded_of_a_file_that_goes(services: Services, tmp_path: Path) -> None:
    take_in(services, people(tmp_path / "a.csv"), {2}, remind=False)
    assert reminded(services) == {}


def test_the_latest_five_files_are_kept(services: Services, tmp_path: Path) -> None:
    for number in range(7):
        take_in(services, people(tmp_path / f"{number}.csv", number + 1), {2})
    assert list(reminded(services)) == [f"{number}.csv" for number in range(2, 7)]
