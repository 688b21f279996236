"""A book on a locked stick: what only reads still works, what writes says why it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import DAY, Run
from tests.cli.test_papers import number_of
from tests.locked_stick import locked


def test_what_only_reads_works_and_says_how(run: Run, book: Path, tmp_path: Path) -> None:
    asked = (
        ("search", "张伟明"),
        ("today", "--today", DAY),
        ("birthdays", "--today", DAY),
        ("undo", "--list"),
    )
    number = number_of(run, book, "quotes", tmp_path)
    wanted = [run("--book", book, *words, "--json")[1] for words in asked]
    before = {file.name: file.read_bytes() for file in book.parent.glob("book.crm*")}
    out = tmp_path / "out"
    out.mkdir()
    with locked(book.parent):
        for words, expected in zip(asked, wanted, strict=True):
            code, told, aside = run("--book", book, *words, "--json")
            assert (code, told) == (0, expected)
            assert f"{book} is read-only" in aside
        for kind, what, file in (
            ("export", "people", out / "people.xlsx"),
            ("export", "book", out / "book.json"),
            ("quote", number, out / "quote.pdf"),
        ):
            code, _, aside = run("--book", book, "--lang", "en", kind, what, file)
            assert code == 0, aside
            assert aside.count("read-only") == 1
            assert file.stat().st_size > 1000
        code, told, _ = run("--book", book, "check", "--json")
        assert (code, told) == (0, {"ok": True, "problems": []})
    assert {file.name: file.read_bytes() for file in book.parent.glob("book.crm*")} == before


@pytest.mark.parametrize("words", [("undo",), ("sample", "--remove"), ("redo",)])
def test_what_writes_is_refused(run: Run, book: Path, words: tuple[str, ...]) -> None:
    content = book.read_bytes()
    with locked(book.parent):
        code, _, told = run("--book", book, "--lang", "en", *words)
    assert code == 1
    assert "Nothing can be written" in told
    assert book.read_bytes() == content


def test_a_damaged_book_is_not_read_from_a_copy(run: Run, book: Path) -> None:
    content = bytearray(book.read_bytes())
    content[8192:40960] = b"\xa5" * 32768
    book.write_bytes(content)
    with locked(book.parent):
        code, _, told = run("--book", book, "--lang", "en", "search", "张")
    assert code == 1
    assert "damaged" in told
