"""The set-up holds: pins, groups, the wheel's contents, the way in, and Qt's reference counts."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from crm_desktop import __main__ as way_in

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def names(requirements: list[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9_.-]+", line) for line in requirements)
    return {re.sub(r"[-_.]+", "-", match.group().lower()) for match in found if match}


def test_qt_does_not_lose_references_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11: each void call takes one, and the interpreter dies of it."""
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("warm")
    before = sys.getrefcount(None)
    for number in range(2000):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 200


def test_extra_and_group_name_the_same_tools() -> None:
    assert PROJECT["dependency-groups"]["dev"] == ["crm-desktop[dev]"]
    assert PROJECT["project"]["optional-dependencies"]["dev"]


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_pins_have_hashes_and_no_hosts(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text
    pins = re.findall(r"^[a-z0-9][^=\n]*==(?:.*\n)(?: {4}--hash=.*\n)*", text, re.MULTILINE)
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)


def test_pins_cover_what_the_project_asks_for() -> None:
    project = PROJECT["project"]
    pinned = names((ROOT / "requirements.txt").read_text("utf-8").splitlines())
    pinned_dev = names((ROOT / "requirements-dev.txt").read_text("utf-8").splitlines())
    assert names(project["dependencies"]) <= pinned
    assert names(project["optional-dependencies"]["dev"]) <= pinned_dev
    assert pinned <= pinned_dev


def test_same_version_in_both_lists() -> None:
    def versions(file: str) -> set[str]:
        text = (ROOT / file).read_text("utf-8")
        return set(re.findall(r"^[a-z0-9][^ \n]*==[^ \n]+", text, re.MULTILINE))

    assert versions("requirements.txt") <= versions("requirements-dev.txt")


def test_wheel_carries_resources_and_migrations(tmp_path: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder

    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("resources", "migrations"):
        tracked = subprocess.run(
            ["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split("\n")[:-1]
        missing = [name for name in tracked if f"crm_desktop/{name}" not in inside]
        assert missing == []
    assert "crm_desktop/__main__.py" in inside


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("", ""),
        ("run", "run"),
        ("--book a.crm", ""),
        ("--book a.crm today --json", "today"),
        ("--home x --book a.crm import f.xlsx", "import"),
        ("--help", "--help"),
        ("--self-test", "--self-test"),
    ],
)
def test_the_word_that_decides(line: str, command: str) -> None:
    assert way_in.command_of(line.split()) == command


def test_the_way_in_imports_only_the_standard_library_at_start() -> None:
    """The child process that reads foreign files imports it again; it must not load the program."""
    tree = ast.parse((ROOT / "crm_desktop" / "__main__.py").read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Import):
            assert all(alias.name in sys.stdlib_module_names for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module == "__future__"


def test_without_a_screen_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert way_in.main([]) == 1
    assert "crm-desktop demo" in capsys.readouterr().err
