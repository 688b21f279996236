"""Backup, restore, check, and one process per book."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.data.lock import BookLock
from tests.cli.conftest import Run


def test_backup_and_restore(run: Run, book: Path, tmp_path: Path) -> None:
    code, made, _ = run("--book", book, "backup", "--to", tmp_path / "safe", "--json")
    assert code == 0
    assert Path(made["file"]).parent == tmp_path / "safe"
    before = run("--book", book, "search", "张伟明", "--json")[1]
    assert run("--book", book, "sample", "--remove", "--json")[0] == 0
    assert run("--book", book, "search", "张伟明", "--json")[1] == []

    code, told, _ = run("--book", book, "restore", made["file"], "--json")
    assert code == 0
    assert Path(told["kept"]).exists()
    assert run("--book", book, "search", "张伟明", "--json")[1] == before


def test_backup_goes_beside_the_book(run: Run, book: Path) -> None:
    code, told, _ = run("--book", book, "backup")
    assert code == 0
    made = list((book.parent / "backups").glob("*.crm"))
    assert len(made) == 1
    assert str(made[0]) in told


def test_backup_into_a_file_is_refused(run: Run, book: Path) -> None:
    assert run("--book", book, "backup", "--to", book, "--json")[0] == 1


def test_restore_refuses_what_is_no_backup(run: Run, book: Path, tmp_path: Path) -> None:
    for name, content in (("text.crm", b"no"), ("empty.crm", b"")):
        (tmp_path / name).write_bytes(content)
        assert run("--book", book, "restore", tmp_path / name, "--json")[0] == 1
    assert run("--book", book, "restore", tmp_path / "none.crm", "--json")[0] == 1
    assert run("--book", book, "check", "--json")[1] == {"ok": True, "problems": []}


def test_check_finds_damage(run: Run, book: Path) -> None:
    assert run("--book", book, "check")[0] == 0
    content = bytearray(book.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 8192] = b"\xff" * 8192
    book.write_bytes(content)
    code, told, _ = run("--book", book, "check", "--json")
    assert code == 1
    assert told["ok"] is False
    assert all(one["code"] and one["message"] for one in told["problems"])
    book.write_bytes(content[:3000])  # cut short: told once, in words
    code, told, _ = run("--book", book, "check", "--json")
    (problem,) = told["problems"]
    assert (code, problem["code"]) == (1, "book.damaged")
    assert str(book) in problem["message"]


def test_a_book_in_use_is_refused(run: Run, book: Path) -> None:
    with BookLock(book):
        for words in (["today"], ["check"], ["backup"], ["undo"], ["sample"]):
            code, told, _ = run("--book", book, *words, "--json")
            assert (code, told["error"]["code"]) == (1, "book.in_use"), words
    assert run("--book", book, "today", "--json")[0] == 0


def test_sample_twice_is_refused(run: Run, book: Path) -> None:
    assert run("--book", book, "sample", "--json")[0] == 1
