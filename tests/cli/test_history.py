"""Undo and redo across processes."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from tests.cli.conftest import Run

KEYS = {"gesture", "restored", "kept", "blocked"}


def imported(run: Run, book: Path, folder: Path) -> int:
    file = folder / "list.csv"
    file.write_text("姓名,手机\n陈独一,13800000001\n", encoding="utf-8-sig")
    gesture: int = run("--book", book, "import", file, "--json")[1]["gesture"]
    return gesture


def test_undo_takes_back_and_redo_brings_back(run: Run, book: Path, tmp_path: Path) -> None:
    gesture = imported(run, book, tmp_path)
    find = ("--book", book, "search", "陈独一", "--json")
    assert len(run(*find)[1]) == 1

    code, undone, _ = run("--book", book, "undo", "--json")
    assert code == 0
    assert set(undone) >= KEYS
    assert undone["gesture"] == gesture
    assert undone["restored"] > 0
    assert undone["kept"] == undone["blocked"] == []
    assert run(*find)[1] == []

    code, redone, _ = run("--book", book, "redo", "--json")
    assert code == 0
    assert set(redone) >= KEYS
    assert len(run(*find)[1]) == 1
    code, told, _ = run("--book", book, "redo", "--json")
    assert (code, told["error"]["code"]) == (1, "book.redo_none")


def test_the_list_names_what_was_done(run: Run, book: Path, tmp_path: Path) -> None:
    gesture = imported(run, book, tmp_path)
    told = run("--book", book, "undo", "--list", "--json", "--lang", "zh")[1]
    assert told[0]["id"] == gesture
    assert told[0]["title"] == "导入“list.csv”"
    assert told[0]["undoable"] is True
    text = run("--book", book, "undo", "--list", "--lang", "zh")[1]
    assert "导入“list.csv”" in text


def test_undo_in_words(run: Run, book: Path, tmp_path: Path) -> None:
    imported(run, book, tmp_path)
    assert "list.csv" in run("--book", book, "undo", "--lang", "en")[1]


def test_undo_until_nothing_is_left(run: Run, book: Path) -> None:
    for _ in range(50):
        code, told, _ = run("--book", book, "undo", "--json")
        if code:
            break
    assert told["error"]["code"] == "book.undo_none"


def test_an_older_step_is_taken_back_and_says_what_was_edited_since(
    run: Run, book: Path, tmp_path: Path
) -> None:
    with open_book(book, Clock()) as opened:
        services = Services(opened, Clock(), Home.at(tmp_path / "other"))
        one, other = (services.records.create(Kind.PERSON, {"name": "欧阳独一"}) for _ in range(2))
        merged = services.merging.merge(Kind.PERSON, one, [other])
        services.records.update(Kind.PERSON, one, {"city": "苏州"})
    code, undone, _ = run("--book", book, "undo", merged, "--json")
    assert code == 0
    assert undone["gesture"] == merged
    (kept,) = undone["kept"]
    assert (kept["kind"], kept["id"], kept["field"]) == ("person", one, "city")
    assert kept["reason"] == "since"
    assert kept["name"] == "City (欧阳独一)"
    code, told, _ = run("--book", book, "undo", merged, "--json")
    assert (code, told["error"]["code"]) == (1, "book.undo_already")
    run("--book", book, "redo")
    words = run("--book", book, "undo", merged, "--lang", "zh")[1]
    assert "欧阳独一的城市：合并之后的改动，已保留" in words
    code, told, _ = run("--book", book, "undo", 0, "--json")
    assert code != 0
