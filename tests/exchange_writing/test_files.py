"""Files appear whole or not at all, on as many sheets as needed, and failures are told kindly."""

from __future__ import annotations

import errno
import os
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.writing import Column, ColumnType, whole_file, write_table, xlsx
from crm_desktop.exchange.writing.package import sheet_name
from crm_desktop.progress import Cancelled, Progress
from crm_desktop.words import LANGUAGES, Words
from tests.exchange_writing.tables import by_calamine, by_csv, by_openpyxl, table, written

COLUMNS = [Column("A"), Column("Mail", ColumnType.LINK_MAIL)]


def rows(count: int) -> Iterator[tuple[Any, ...]]:
    return ((f"n{number}", f"n{number}@example.com") for number in range(count))


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_all_rows_in_order_and_counted(tmp_path: Path, ending: str) -> None:
    seen: list[tuple[int, int]] = []
    path = tmp_path / f"a.{ending}"
    progress = Progress(lambda done, total: seen.append((done, total)))
    assert write_table(path, table(COLUMNS, rows(12_345)), progress) == 12_345
    read = by_csv(path) if ending == "csv" else by_calamine(path)
    assert [row[0] for row in read] == [f"n{number}" for number in range(12_345)]
    assert seen[-1][0] == 12_345


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_empty_table_has_its_header(tmp_path: Path, ending: str) -> None:
    path = written(tmp_path, COLUMNS, [], ending)
    assert (by_csv(path) if ending == "csv" else by_openpyxl(path)) == []


def test_more_rows_than_a_sheet_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS_PER_SHEET", 1001)
    path = written(tmp_path, COLUMNS, rows(2500))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["T", "T (2)", "T (3)"]
    assert [sheet.max_row for sheet in book.worksheets] == [1001, 1001, 501]
    assert by_calamine(path, 2)[-1] == ["n2499", "n2499@example.com"]
    assert [sheet["A1"].value for sheet in book.worksheets] == ["A"] * 3


def test_exactly_full_sheets_make_no_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "ROWS_PER_SHEET", 1001)
    book = openpyxl.load_workbook(written(tmp_path, COLUMNS, rows(2000)))
    assert book.sheetnames == ["T", "T (2)"]


def test_links_end_where_excel_ends_them(tmp_path: Path) -> None:
    path = written(tmp_path, COLUMNS, rows(66_000))
    with zipfile.ZipFile(path) as package:
        assert package.read("xl/worksheets/sheet1.xml").count(b"<hyperlink ") == 65_530
        assert (
            package.read("xl/worksheets/_rels/sheet1.xml.rels").count(b"<Relationship ") == 65_530
        )
    assert len(by_calamine(path)) == 66_000


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path, COLUMNS, rows(50)).read_bytes()
    assert written(tmp_path, COLUMNS, rows(50)).read_bytes() == first


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("客户", "客户"),
        ("a/b:c*d?e[f]\\g", "a b c d e f  g"),
        ("'quoted'", "quoted"),
        ("", "1"),
        ("History", "History_"),
        ("x" * 40, "x" * 31),
        ("😀" * 40, "😀" * 15),
        ('R&D <"1"> _x0041_', 'R&D <"1"> _x0041_'),
    ],
)
def test_sheet_names(tmp_path: Path, title: str, name: str) -> None:
    assert sheet_name(title) == name
    path = tmp_path / "a.xlsx"
    write_table(path, table(COLUMNS, rows(3), title))
    assert by_calamine(path)[0][0] == "n0"


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_cancelling_leaves_the_old_file(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(b"old")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_table(path, table(COLUMNS, rows(5000)), progress)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_row_of_the_wrong_length_is_our_bug(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    with pytest.raises(ValueError, match="argument"):
        write_table(path, table(COLUMNS, [("a", "b"), ("c",)]))
    assert os.listdir(tmp_path) == []


def refused(path: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        write_table(path, table(COLUMNS, rows(10)))
    for language in LANGUAGES:
        assert Words(language).text(caught.value.key, **caught.value.args_for_words)
    return caught.value


def test_open_in_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "sharing violation")

    monkeypatch.setattr("crm_desktop.exchange.writing.whole._PAUSE_SECONDS", 0)
    monkeypatch.setattr(os, "replace", held)
    assert refused(path).code == "writing.file_open"
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.xlsx"]


def test_held_only_for_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, tries = os.replace, []

    def held_twice(source: str, target: str) -> None:
        tries.append(source)
        if len(tries) < 3:
            raise PermissionError(errno.EACCES, "sharing violation")
        replace(source, target)

    monkeypatch.setattr("crm_desktop.exchange.writing.whole._PAUSE_SECONDS", 0)
    monkeypatch.setattr(os, "replace", held_twice)
    assert len(by_calamine(written(tmp_path, COLUMNS, rows(3)))) == 3


def test_disk_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert refused(tmp_path / "a.xlsx").code == "writing.disk_full"
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_disk_full_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    path = tmp_path / f"a.{ending}"
    (tmp_path / f"a.{ending}.part").symlink_to("/dev/full")
    with pytest.raises(Refused) as caught:
        write_table(path, table(COLUMNS, rows(60_000)))
    assert caught.value.code == "writing.disk_full"
    assert os.listdir(tmp_path) == []


def test_no_such_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "none" / "a.xlsx").code == "writing.no_folder"


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="only Linux has such a folder")
def test_a_folder_that_takes_no_files_is_not_said_to_be_missing() -> None:
    assert refused(Path("/proc/a.xlsx")).code == "writing.protected"


def test_unknown_ending(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.xls").code == "writing.unknown_format"


def test_a_failed_block_leaves_nothing(tmp_path: Path) -> None:
    def half() -> None:
        with whole_file(tmp_path / "a") as file:
            file.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert os.listdir(tmp_path) == []


def test_libreoffice_reads_it(tmp_path: Path) -> None:
    office = next(
        (name for name in ("/usr/bin/soffice", "/usr/bin/libreoffice") if Path(name).exists()), ""
    )
    if not office:
        pytest.skip("LibreOffice is not installed")
    path = written(tmp_path, COLUMNS, [("=1+1", "a@b.cn"), ("013800", "+86 1")])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    form = "csv:Text - txt - csv (StarCalc):44,34,76"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", form, "--outdir", tmp_path, path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert (tmp_path / "table.csv").read_text("utf-8").splitlines() == [
        "A,Mail",
        "=1+1,a@b.cn",
        "013800,+86 1",
    ]
