"""A book filled once through the command line itself, copied per test."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.cli.main import main

DAY = "2026-11-20"

Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture(scope="session")
def sample_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    path = folder / "sample.crm"
    words = ["--book", str(path), "--home", str(folder / "home"), "--lang", "zh"]
    assert main([*words, "sample", "--today", DAY, "--json"]) == 0
    return path


@pytest.fixture
def book(sample_book: Path, tmp_path: Path) -> Path:
    path = tmp_path / "book.crm"
    shutil.copy(sample_book, path)
    return path


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command: its exit code, standard output (parsed where it is JSON), standard error."""
    capsys.readouterr()

    def running(*words: Any) -> tuple[int, Any, str]:
        code = main(["--home", str(tmp_path / "home"), *map(str, words)])
        out, err = capsys.readouterr()
        return code, json.loads(out) if "--json" in words else out, err

    return running
