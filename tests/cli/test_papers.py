"""Quotes and contracts as files."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run


def number_of(run: Run, book: Path, kind: str, folder: Path) -> str:
    path = folder / "numbers.xlsx"
    run("--book", book, "export", kind, path, "--lang", "en", "--json")
    return str(openpyxl.load_workbook(path).worksheets[0]["A2"].value)


def test_a_quote_becomes_a_pdf(run: Run, book: Path, tmp_path: Path) -> None:
    number = number_of(run, book, "quotes", tmp_path)
    path = tmp_path / "quote.pdf"
    code, told, _ = run("--book", book, "quote", number, path, "--json")
    assert code == 0
    assert told["file"] == str(path)
    assert path.read_bytes().startswith(b"%PDF-")
    code, told, _ = run("--book", book, "quote", number, path)
    assert code == 0
    assert number in told


def test_an_unknown_number_is_refused(run: Run, book: Path, tmp_path: Path) -> None:
    for command in ("quote", "contract"):
        path = tmp_path / "x.pdf"
        code, told, _ = run("--book", book, command, "X-1", path, "--json")
        assert code == 1
        assert "X-1" in told["error"]["message"]
        assert not path.exists()


def test_a_folder_is_no_target(run: Run, book: Path, tmp_path: Path) -> None:
    number = number_of(run, book, "quotes", tmp_path)
    assert run("--book", book, "quote", number, tmp_path, "--json")[0] == 1
    assert run("--book", book, "quote", number, tmp_path / "none" / "x.pdf", "--json")[0] == 1


def test_a_paper_is_saved_under_its_own_ending_only(run: Run, book: Path, tmp_path: Path) -> None:
    number = number_of(run, book, "quotes", tmp_path)
    for name in ("quote.txt", "quote.xlsx", "quote"):
        code, told, _ = run("--book", book, "quote", number, tmp_path / name, "--json")
        assert (code, told["error"]["code"]) == (1, "cli.paper_ending")
        assert not (tmp_path / name).exists()
    words = ("quote", number, tmp_path / "own.pdf", "--template", tmp_path / "numbers.xlsx")
    code, told, _ = run("--book", book, *words, "--json")
    assert (code, told["error"]["code"]) == (1, "cli.paper_ending")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system")
def test_a_pipe_or_device_is_left_in_its_place(run: Run, book: Path, tmp_path: Path) -> None:
    number = number_of(run, book, "quotes", tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for words in (("quote", number, pipe), ("export", "people", pipe), ("picture", "today", pipe)):
        code, told, _ = run("--book", book, *words, "--json")
        assert (code, told["error"]["code"]) == (1, "cli.file_special")
    assert pipe.is_fifo()
