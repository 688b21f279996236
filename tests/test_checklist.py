"""The forty-four points name tests and pages that are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from benchmarks.__main__ import NAMES
from crm_desktop.ui.catalogue import PAGES
from crm_desktop.ui.places import Place

TESTS = Path(__file__).parent
TEXT = (TESTS.parent / "docs" / "checklist.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+) \| .+ \| (.+) \|$", TEXT, re.MULTILINE)


def functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_point_is_held_by_something() -> None:
    assert [int(number) for number, _ in ROWS] == list(range(1, 45))
    for number, held_by in ROWS:
        assert "::" in held_by or "benchmark" in held_by, number


def test_the_tests_that_are_named_are_there() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", TEXT.partition("## Shell")[2])
    assert len(named) > 60
    missing = [f"{file}::{test}" for file, test in named if test not in functions(TESTS / file)]
    assert missing == []


def test_the_pages_and_benchmarks_that_are_named_are_there() -> None:
    for _, held_by in ROWS:
        for part in re.findall(r"pictures? ([^;`]+)", held_by):
            for place in part.split(", "):
                assert Place.parse(place).page in PAGES, place
        for part in re.findall(r"benchmarks? ([a-z, ]+)", held_by):
            for name in filter(None, part.replace(" ", "").split(",")):
                assert name in NAMES, name
