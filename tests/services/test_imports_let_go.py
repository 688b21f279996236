"""What a check made is gone before the window looks for garbage; what it tells is kept small."""

from __future__ import annotations

import gc
import multiprocessing
from pathlib import Path

import pytest

from crm_desktop.domain.imports import Outcome, RowOutcome, RowOutcomes
from crm_desktop.exchange.reading import kept
from crm_desktop.services.house import Services
from tests.services.test_imports import ZH, workbook

ROWS = 1_500


def test_a_check_leaves_no_drafts_to_the_search_for_garbage(
    services: Services, tmp_path: Path
) -> None:
    rows = [[f"恒远{n}机械", f"王芳{n}", f"138{n:08}", f"a{n}@b.cn"] for n in range(ROWS)]
    file = workbook(tmp_path / "名单.xlsx", rows, ["公司名称", "姓名", "手机", "邮箱"])
    plan = services.imports.preview(file).plan
    services.imports.check(file, plan, ZH)
    gc.collect()
    gc.disable()
    try:
        report = services.imports.check(file, plan, ZH)
        found = gc.collect()
    finally:
        gc.enable()
    assert report.by_kind == {"people": ROWS, "companies": ROWS}
    assert found < ROWS


def test_outcomes_are_kept_as_they_were_told() -> None:
    told = [
        RowOutcome(2, Outcome.CREATED, "张伟"),
        RowOutcome(3, Outcome.FAILED, ""),
        RowOutcome(5, Outcome.SAME, "李娜"),
    ]
    kept, other = RowOutcomes(), RowOutcomes()
    for one in told:
        kept.append(one)
        other.append(one)
    assert (list(kept), kept[1:], kept[-1]) == (told, told[1:], told[-1])
    assert kept == other
    other[1] = RowOutcome(3, Outcome.CREATED, "王芳")
    assert other[1].title == "王芳"
    assert kept != other


def test_the_file_looked_at_stays_open_until_it_is_taken_in(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "WORTH_KEEPING", 1)
    before = set(multiprocessing.active_children())
    file = workbook(tmp_path / "名单.xlsx", [["恒远机械", "王芳"]], ["公司名称", "姓名"])
    plan = services.imports.preview(file).plan
    (child,) = set(multiprocessing.active_children()) - before
    services.imports.check(file, plan, ZH)
    assert set(multiprocessing.active_children()) - before == {child}
    assert services.imports.run(file, plan, ZH).by_kind == {"people": 1, "companies": 1}
    assert set(multiprocessing.active_children()) == before
    services.imports.preview(file)
    assert len(multiprocessing.active_children()) == len(before) + 1
    services.close()
    assert set(multiprocessing.active_children()) == before
