"""`roundtrip`: an edited export comes back; `import` knows it too."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.domain.kinds import Kind
from tests.cli.conftest import Run
from tests.services.roundtrip.sheets import EN, Sheet


@pytest.fixture
def sheet(run: Run, book: Path, tmp_path: Path) -> Sheet:
    """The companies of the sample, opened as a spreadsheet."""
    path = tmp_path / "companies.xlsx"
    assert run("--book", book, "--lang", "en", "export", "companies", path, "--json")[0] == 0
    return Sheet(path, Kind.COMPANY, EN)


def test_changes_are_listed_then_taken_over_then_gone(run: Run, book: Path, sheet: Sheet) -> None:
    name, old = sheet.get(2, "name"), sheet.get(2, "city")
    sheet.put(2, "city", "Kunshan")
    sheet.put(3, "name", None)
    sheet.put(4, "city", None)
    sheet.put(sheet.cells.max_row + 1, "name", "Brand new")
    lost = sheet.get(5, "name")
    sheet.cells.delete_rows(5)
    path = sheet.save()
    words = ("--book", book, "--lang", "en", "roundtrip", path, "--json")
    code, told, _ = run(*words, "--check")
    assert code == 0
    assert {key: told[key] for key in ("kind", "edits", "conflicts", "blanks", "new_rows")} == {
        "kind": "companies",
        "edits": 1,
        "conflicts": 0,
        "blanks": 1,
        "new_rows": 1,
    }
    assert told["applied"] is None
    change = told["changes"][0]
    assert (change["name"], change["field"], change["old"] or None, change["new"]) == (
        name,
        "city",
        old,
        "Kunshan",
    )
    assert [one["name"] for one in told["missing_records"]] == [lost]
    assert [(one["row"], one["code"]) for one in told["problem_list"]] == [
        (3, "roundtrip.never_empty")
    ]
    _, done, _ = run(*words, "--blank", "clear", "--trash-missing")
    assert {key: done["applied"][key] for key in ("cells", "created", "trashed")} == {
        "cells": 2,
        "created": 1,
        "trashed": 1,
    }
    again = run(*words)[1]
    assert [again[key] for key in ("edits", "blanks", "new_rows", "missing")] == [0, 0, 0, 0]
    assert again["applied"]["gesture"] is None
    assert run("--book", book, "undo", "--json")[0] == 0
    assert run(*words, "--check")[1]["edits"] == 1


def test_conflicts_are_decided_by_the_option(run: Run, book: Path, sheet: Sheet) -> None:
    sheet.put(2, "city", "Here")
    first = sheet.save().read_bytes()
    sheet.put(2, "city", "There")
    sheet.save()
    other = sheet.path.with_name("other.xlsx")
    other.write_bytes(first)
    words = ("--book", book, "--lang", "en", "--json", "roundtrip")
    assert run(*words, other)[1]["applied"]["cells"] == 1
    kept = run(*words, sheet.path)[1]
    assert (kept["conflicts"], kept["applied"]["cells"]) == (1, 0)
    assert kept["changes"][0]["now"] == "Here"
    assert run(*words, sheet.path, "--conflicts", "mine")[1]["applied"]["cells"] == 1


def test_an_import_of_it_says_what_it_is(run: Run, book: Path, sheet: Sheet) -> None:
    unchanged = run("--book", book, "--json", "import", sheet.path)[1]
    assert unchanged["rows"] == unchanged["same"] > 0
    assert unchanged["roundtrip"]["unchanged"] == unchanged["rows"]
    sheet.put(2, "city", "Kunshan")
    path = sheet.save()
    code, text, _ = run("--book", book, "--lang", "en", "import", path, "--check")
    assert code == 0
    assert "is an export of this book" in text
    assert "→ Kunshan" in text
    assert "1 change would be made" in text
    done = run("--book", book, "--json", "import", path)[1]
    assert (done["updated"], done["same"]) == (1, done["rows"] - 1)
    assert done["gesture"] is not None


def test_an_option_makes_it_a_list(run: Run, book: Path, sheet: Sheet) -> None:
    told = run("--book", book, "--json", "import", sheet.path, "--existing", "skip")[1]
    assert "roundtrip" not in told
    assert told["skipped"] + told["same"] == told["rows"] > 0


def test_other_files_are_refused(run: Run, book: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name\nSomebody\n", encoding="utf-8")
    code, _, said = run("--book", book, "--lang", "en", "roundtrip", path)
    assert code == 1
    assert "not an export of this program" in said
