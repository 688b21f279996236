"""Hostile and broken workbooks: a sentence, and the program lives."""

from __future__ import annotations

import zipfile
from pathlib import Path

import psutil
import pytest

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.reading import Limits, open_file
from crm_desktop.words import Words
from tests.exchange import hostile

_ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(9))


def read_all(path: Path, limits: Limits | None = None) -> int:
    """The number of rows in all sheets."""
    with open_file(path, limits=limits) as opened:
        batches = (rows for number in range(len(opened.sheets)) for rows in opened.rows(number))
        return sum(len(rows) for rows in batches)


def refused(path: Path, limits: Limits | None = None) -> str:
    """The code of the refusal; its sentence exists in both languages."""
    with pytest.raises(Refused) as caught:
        read_all(path, limits)
    for language in ("en", "zh"):
        assert path.name in Words(language).text(caught.value.key, **caught.value.args_for_words)
    assert not [child for child in psutil.Process().children() if "spawn_main" in str(child)]
    return caught.value.code


@pytest.mark.parametrize("ratio", [120, 300, 1000])
def test_bomb_is_not_opened(tmp_path: Path, ratio: int) -> None:
    assert refused(hostile.bomb(tmp_path / "名单.xlsx", ratio)) == "reading.bomb"


def test_tightly_packed_honest_part_is_read(tmp_path: Path) -> None:
    with open_file(hostile.bomb(tmp_path / "a.xlsx", 10)) as opened:
        assert opened.head() == [(1.0,)]


def test_sum_of_parts_is_limited(tmp_path: Path) -> None:
    path = hostile.bomb(tmp_path / "a.xlsx", 10, megabytes=4)
    assert refused(path, Limits(inflated_bytes=3 << 20)) == "reading.bomb"


def test_lying_directory(tmp_path: Path) -> None:
    path = hostile.bomb(tmp_path / "a.xlsx", 10, megabytes=4)
    hostile.lie_about_sizes(path)
    assert refused(path) == "reading.bomb"


def test_too_many_parts(tmp_path: Path) -> None:
    others = [(f"xl/media/{number}.bin", b"") for number in range(2001)]
    path = hostile.package(tmp_path / "a.xlsx", hostile.sheet(""), others=others)
    assert refused(path) == "reading.bomb"


def test_nested_archive_stays_packed(tmp_path: Path) -> None:
    inner = hostile.bomb(tmp_path / "inner.xlsx", 1000).read_bytes()
    rows = hostile.sheet(hostile.cells("A1"))
    path = hostile.package(tmp_path / "a.xlsx", rows, others=[("xl/embeddings/b.xlsx", inner)])
    with open_file(path) as opened:
        assert opened.sheets[0].rows == 1


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE lolz [{_ENTITIES}]>",
        f'<!DOCTYPE q [<!ENTITY a "{"a" * 5000}">]>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_document_type_is_refused(tmp_path: Path, doctype: str) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    path = hostile.package(tmp_path / "a.xlsx", hostile.sheet(rows, before=doctype))
    assert refused(path) == "reading.doctype"


@pytest.mark.parametrize("far", ["XFD1048576", "A200001", "IW2", "ZZZ9", "A4000000000"])
def test_far_cell_gives_the_sentence(tmp_path: Path, far: str) -> None:
    path = hostile.package(tmp_path / "a.xlsx", hostile.sheet(hostile.cells("A1", far)))
    assert refused(path) == "reading.too_large"


def test_far_cell_in_single_quotes(tmp_path: Path) -> None:
    rows = hostile.cells("A1", "XFD1048576").replace('"', "'")
    path = hostile.package(tmp_path / "a.xlsx", hostile.sheet(rows))
    assert refused(path) == "reading.too_large"


def test_far_cells_without_values_do_no_harm(tmp_path: Path) -> None:
    rows = hostile.cells("A1") + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    extra = '<dimension ref="A1:XFD1048576"/>'
    path = hostile.package(tmp_path / "a.xlsx", hostile.sheet(rows, extra=extra))
    with open_file(path) as opened:
        assert (opened.sheets[0].rows, opened.sheets[0].columns) == (1, 1)


def test_too_many_rows_without_numbers(tmp_path: Path) -> None:
    path = hostile.package(tmp_path / "a.xlsx", hostile.sheet("<row><c><v>1</v></c></row>" * 50))
    assert refused(path, Limits(rows=40)) == "reading.too_large"


def test_memory_is_watched(tmp_path: Path) -> None:
    rows = "".join(hostile.cells(f"A{number}", f"GR{number}") for number in range(1, 60_000, 2))
    path = hostile.package(tmp_path / "a.xlsx", hostile.sheet(rows))
    assert refused(path, Limits(memory_bytes=40 << 20)) == "reading.too_much_memory"


def test_time_is_watched(tmp_path: Path) -> None:
    rows = "".join(hostile.cells(f"A{number}", f"GR{number}") for number in range(1, 60_000, 2))
    path = hostile.package(tmp_path / "a.xlsx", hostile.sheet(rows))
    assert refused(path, Limits(cpu_seconds=0.05, silent_seconds=0.05)) == "reading.too_slow"


def test_parts_that_name_other_folders(tmp_path: Path) -> None:
    others = [("../../evil.txt", b"x"), ("/etc/evil", b"x"), ("C:\\evil", b"x")]
    rows = hostile.sheet(hostile.cells("A1"))
    with open_file(hostile.package(tmp_path / "a.xlsx", rows, others=others)) as opened:
        assert opened.sheets[0].rows == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.xlsx"]


@pytest.mark.parametrize("seed", range(60))
def test_mutated_workbooks(tmp_path: Path, seed: int) -> None:
    path = hostile.mutated(tmp_path / "a.xlsx", seed)
    try:
        outcome = f"{read_all(path)} rows"
    except Refused as problem:
        outcome = Words("zh").text(problem.key, **problem.args_for_words)
    assert outcome


def test_zip_without_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert refused(path) == "reading.archive"
