"""The catalogue of words is whole: both languages, their arguments, every key code names."""

from __future__ import annotations

import ast
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.words import LANGUAGES, Words

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "resources" / "words").glob("*.json"))
KEYS: dict[str, Any] = {}
for _file in FILES:
    KEYS |= json.loads(_file.read_text("utf-8"))
AREAS = {file.stem for file in FILES}


def no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"twice: {[n for n in names if names.count(n) > 1]}"
    return dict(pairs)


def texts(entry: str | dict[str, str]) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def arguments(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_entry_is_whole(file: Path) -> None:
    entries = json.loads(file.read_text("utf-8"), object_pairs_hook=no_repeats)
    for key, entry in entries.items():
        assert key.startswith(file.stem + "."), key
        assert set(entry) == set(LANGUAGES), key
        for language in LANGUAGES:
            assert all(text.strip() for text in texts(entry[language])), key
            if isinstance(entry[language], dict):
                assert set(entry[language]) <= {"one", "other"}, key
                assert "other" in entry[language], key
        # A plural may leave its number out, never invent an argument.
        # Formats take what their language needs: 八月十五 from words, 15/8 from numbers.
        if file.stem == "format":
            continue
        used = [set().union(*map(arguments, texts(entry[language]))) for language in LANGUAGES]
        assert used[0] - {"count"} == used[1] - {"count"}, key


def test_chinese_is_chinese() -> None:
    """Half-width , ; : ? ! behind a Chinese character are slips of the keyboard."""
    wrong = [
        (key, text)
        for key, entry in KEYS.items()
        for text in texts(entry["zh"])
        if re.search(r"[\u4e00-\u9fff][,;:?!]", text)
    ]
    assert wrong == []


_KEY = re.compile(r"[a-z_]+(\.[A-Za-z0-9_-]+)+")


def named_keys() -> Iterator[tuple[str, str]]:
    """Literal keys in calls of tr, text and Refused: (file, key)."""
    for file in (ROOT / "crm_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            first = node.args[0]
            if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                continue
            key = first.value
            if called == "Refused" and "." not in key:
                key = f"problem.{key}"
            if called in {"tr", "Refused", "text"} and _KEY.fullmatch(key):
                yield str(file.relative_to(ROOT)), key


def test_every_key_that_code_names_is_there() -> None:
    missing = sorted({(file, key) for file, key in named_keys() if key not in KEYS})
    assert missing == []


def test_counts_have_their_thousands_apart_and_years_do_not() -> None:
    english = Words("en")
    assert english.text("birthday_page.count_missed", count=12345, missed=9) == (
        "12,345 coming · 9 missed"
    )
    assert "1,000 rows" in english.text("dump.saved", name="a", count=1000)
    assert english.text("document.day", year=2026, month=1, day=2) == "2026-01-02"
    assert Words("zh").text("birthday_page.missing", count=50000) == "缺生日：50,000 位联系人"
