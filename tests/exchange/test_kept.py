"""A large file stays open behind its use and is read anew as soon as anything about it differs."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import openpyxl
import pytest

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.reading import KeptFile, Limits, OpenedFile, kept
from crm_desktop.exchange.reading.facts import Value
from crm_desktop.exchange.reading.workbook import Workbook

HEADER = ["公司名称", "姓名"]


def workbook(path: Path, *names: str) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (HEADER, *([name, "王芳"] for name in names)):
        book.active.append(row)
    book.save(path)
    return path


def text(path: Path, *names: str) -> Path:
    lines = "\n".join(f"{name},王芳" for name in names)
    path.write_text(f"{','.join(HEADER)}\n{lines}\n", "utf-8")
    return path


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Iterator[KeptFile]:
    """Keeps files of any size."""
    monkeypatch.setattr(kept, "WORTH_KEEPING", 1)
    files = KeptFile()
    yield files
    files.close()


def children() -> set[int]:
    return {child.pid for child in multiprocessing.active_children() if child.pid}


def read(opening: AbstractContextManager[OpenedFile]) -> tuple[list[Value], set[int]]:
    """The names in a file, and the children there are while they are read."""
    with opening as opened:
        rows = [row for batch in opened.rows(0, 2) for row in batch]
        return [row[0] for row in rows], children()


@pytest.mark.parametrize("make", [workbook, text])
def test_the_same_child_reads_it_again(
    files: KeptFile, tmp_path: Path, make: Callable[..., Path]
) -> None:
    file = make(tmp_path / f"名单{'.xlsx' if make is workbook else '.csv'}", "恒远", "海拓")
    before = children()
    first, second = read(files.opened(file)), read(files.opened(file))
    assert first == second
    assert first[0] == ["恒远", "海拓"]
    assert len(first[1] - before) == 1
    assert read(files.opened(file, last=True)) == first
    assert children() == before


@pytest.mark.parametrize("make", [workbook, text])
def test_what_changed_meanwhile_is_read_anew(
    files: KeptFile, tmp_path: Path, make: Callable[..., Path]
) -> None:
    file = make(tmp_path / f"名单{'.xlsx' if make is workbook else '.csv'}", "恒远", "海拓")
    facts = file.stat()
    before = children()
    first = read(files.opened(file))
    other = make(file.with_stem("新"), "恒达", "海拓")
    os.replace(other, file)
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    second = read(files.opened(file))
    assert second[0] == ["恒达", "海拓"]
    assert first[1] & second[1] == before
    assert read(files.opened(file, encoding="gbk"))[1] & second[1] == before


def test_one_that_is_gone_is_told(files: KeptFile, tmp_path: Path) -> None:
    file = workbook(tmp_path / "名单.xlsx", "恒远")
    before = children()
    read(files.opened(file))
    file.unlink()
    with pytest.raises(Refused, match="missing"):
        read(files.opened(file))
    assert children() == before


def test_another_file_takes_its_place(files: KeptFile, tmp_path: Path) -> None:
    one, other = workbook(tmp_path / "a.xlsx", "恒远"), workbook(tmp_path / "b.xlsx", "海拓")
    before = children()
    first = read(files.opened(one))
    second = read(files.opened(other))
    assert (first[0], second[0]) == (["恒远"], ["海拓"])
    assert first[1] & second[1] == before
    assert len(children() - before) == 1
    files.close()
    assert children() == before


def test_its_time_is_limited(
    files: KeptFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = workbook(tmp_path / "名单.xlsx", "恒远")
    monkeypatch.setattr(kept, "_SECONDS", 0)
    first = read(files.opened(file))
    for child in multiprocessing.active_children():
        if child.pid in first[1]:
            child.join()  # ends by itself
    assert read(files.opened(file))[0] == first[0]


def test_its_memory_is_limited(
    files: KeptFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = workbook(tmp_path / "名单.xlsx", "恒远")
    monkeypatch.setattr(kept, "_BYTES", 0)
    before = children()
    read(files.opened(file))
    assert children() == before


def test_a_child_that_was_ended_is_replaced(files: KeptFile, tmp_path: Path) -> None:
    file = workbook(tmp_path / "名单.xlsx", "恒远")
    before = children()
    first = read(files.opened(file))
    for child in multiprocessing.active_children():
        if child.pid in first[1] - before:
            child.kill()
    second = read(files.opened(file))
    assert second[0] == first[0]
    assert first[1] & second[1] == before


def test_one_that_was_not_heard_to_the_end_is_let_go(files: KeptFile, tmp_path: Path) -> None:
    file = workbook(tmp_path / "名单.xlsx", *(f"恒远{n}" for n in range(3_000)))
    before = children()
    with files.opened(file) as opened:
        assert len(next(opened.rows(0, 2))) == 2_000
    assert children() == before
    with pytest.raises(ZeroDivisionError), files.opened(file):
        raise ZeroDivisionError
    assert children() == before


def test_two_at_the_same_time_have_a_child_each(files: KeptFile, tmp_path: Path) -> None:
    file = workbook(tmp_path / "名单.xlsx", "恒远")
    before = children()
    with files.opened(file):
        assert read(files.opened(file))[0] == ["恒远"]
        assert len(children() - before) == 2
    assert len(children() - before) == 1


def test_small_ones_are_not_worth_it(
    files: KeptFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    file = workbook(tmp_path / "名单.xlsx", "恒远")
    assert file.stat().st_size < kept.WORTH_KEEPING
    before = children()
    read(files.opened(file))
    assert children() == before


@pytest.mark.parametrize("suffix", [".xlsx", ".dat"])  # by name, by content
def test_sheets_that_did_not_stay_parsed_are_read_from_the_file(
    tmp_path: Path, suffix: str
) -> None:
    file = workbook(tmp_path / "名单.xlsx", "恒远").rename(tmp_path / f"名单{suffix}")
    book = Workbook(file, "xlsx", Limits(), lambda done, total: None)
    before = list(book.rows(0))
    book.let_go()
    assert list(book.rows(0)) == before
    book._loaded.clear()
    assert list(book.rows(0)) == before
