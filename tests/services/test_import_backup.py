"""Many rows come in only after a backup of the book as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services, open_book
from crm_desktop.services.imports.service import LARGE
from crm_desktop.words import Words


@pytest.mark.parametrize(("rows", "backups"), [(LARGE, 0), (LARGE + 1, 1)])
def test_a_backup_before_a_large_import(
    services: Services, clock: FixedClock, tmp_path: Path, rows: int, backups: int
) -> None:
    services.records.create(Kind.PERSON, {"name": "Before"})
    file = tmp_path / "list.csv"
    lines = [f"Person {number},138{number:08}" for number in range(rows)]
    file.write_text("\n".join(["Name,Mobile", *lines]), encoding="utf-8")
    preview = services.imports.preview(file)
    services.imports.run(file, preview.plan, Words("en"))
    assert services.records.count(Kind.PERSON) == rows + 1
    made = services.backups.list()
    assert [each.reason for each in made] == ["import"] * backups
    for each in made:
        with open_book(each.path, clock) as book:
            assert Services(book, clock, services.home).records.count(Kind.PERSON) == 1
