"""As a process of its own: no Qt, one document, closed pipes, a book somebody holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def process(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "crm_desktop", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        check=False,
    )


def test_one_document_and_nothing_else(book: Path, tmp_path: Path) -> None:
    done = process("--book", book, "--home", tmp_path / "home", "today", "--json")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "actions" in json.loads(done.stdout)
    wrong = process("serch", "--json")
    assert wrong.returncode == 2
    assert json.loads(wrong.stdout)["error"]["code"] == "usage"


def test_no_command_loads_qt(book: Path, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from crm_desktop.__main__ import main\n"
        f"base = ['--book', {str(book)!r}, '--home', {str(tmp_path / 'home')!r}, '--json']\n"
        "for words in (['today'], ['search', 'z'], ['undo'], ['redo'], ['backup'], ['check'],\n"
        f"              ['export', 'people', {str(tmp_path / 'x.xlsx')!r}],\n"
        f"              ['import', {str(tmp_path / 'x.xlsx')!r}]):\n"
        "    assert main([*base, *words]) == 0, words\n"
        "loaded = [name for name in sys.modules if name.startswith(('PySide6', 'shiboken'))]\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8",
        env=ENVIRONMENT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_closed_pipe_is_no_failure(book: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "crm_desktop", "--book", book, "--home", tmp_path, "today"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        told = child.stderr.read()
        assert child.wait() == 0
    assert told == b""


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no device that is always full")
def test_a_full_disk_behind_standard_output(book: Path, tmp_path: Path) -> None:
    for words in (["today"], ["today", "--json"]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "crm_desktop", "--book", book, "--home", tmp_path, *words,
                 "--lang", "en"],
                stdout=full, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, check=False,
            )  # fmt: skip
        assert done.returncode == 1
        assert done.stderr.startswith("The disk is full")
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="only a shell of Unix closes a stream")
def test_closed_streams_are_no_failure(book: Path, tmp_path: Path) -> None:
    program = [sys.executable, "-m", "crm_desktop", "--book", book, "--home", tmp_path / "home"]
    for words in (["today"], ["today", "--json"]):
        done = subprocess.run(
            ["sh", "-c", 'exec "$@" >&-', "sh", *map(str, program), *words],
            stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *map(str, program), "export", "people", "x.pdf"],
        stdout=subprocess.PIPE, text=True, env=ENVIRONMENT, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
