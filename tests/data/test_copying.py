"""Copies of books that lie where nothing can be written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crm_desktop.data.backup import companions
from crm_desktop.data.copying import copy_book
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book


def _stick(tmp_path: Path) -> Path:
    """A book whose last gesture is only in the log: the stick was pulled out."""
    stick = tmp_path / "stick"
    stick.mkdir()
    clock = Clock()
    with open_book(tmp_path / "book.crm", clock) as book:
        services = Services(book, clock, Home.at(tmp_path / "home"))
        services.records.create(Kind.PERSON, {"name": "张伟"})
        for file in (book.path, *companions(book.path)):
            if file.exists():
                shutil.copy(file, stick / file.name)
    assert (stick / "book.crm-wal").stat().st_size > 0
    return stick


def test_the_copy_holds_what_the_log_holds(tmp_path: Path) -> None:
    stick = _stick(tmp_path)
    before = {file.name: file.read_bytes() for file in stick.iterdir()}
    made = copy_book(stick / "book.crm", tmp_path / "copy.crm")
    assert {file.name: file.read_bytes() for file in stick.iterdir()} == before
    assert not [file for file in companions(made) if file.exists()]
    clock = Clock()
    with open_book(made, clock) as book:
        services = Services(book, clock, Home.at(tmp_path / "home"))
        assert services.records.count(Kind.PERSON) == 1


def test_nothing_is_written_over_and_nothing_half_is_left(tmp_path: Path) -> None:
    stick = _stick(tmp_path)
    taken = tmp_path / "taken.crm"
    taken.write_bytes(b"other")
    with pytest.raises(Refused, match=r"book\.exists"):
        copy_book(stick / "book.crm", taken)
    assert taken.read_bytes() == b"other"
    (stick / "book.crm-wal").unlink()
    content = bytearray((stick / "book.crm").read_bytes())
    content[8192:40960] = b"\xa5" * 32768
    (stick / "book.crm").write_bytes(content)
    folder = tmp_path / "new"
    folder.mkdir()
    with pytest.raises(Refused, match=r"book\.damaged"):
        copy_book(stick / "book.crm", folder / "copy.crm")
    assert list(folder.iterdir()) == []
    with pytest.raises(Refused, match=r"book\.missing|no_folder"):
        copy_book(stick / "book.crm", tmp_path / "nowhere" / "copy.crm")
