"""Grammar, help and exit codes."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from crm_desktop.cli import parser
from crm_desktop.cli.main import _COMMANDS, main
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.mapping import IMPORT_KINDS
from crm_desktop.words import LANGUAGES, Words
from tests.cli.conftest import Run


def test_import_kinds_are_those_of_the_mapping() -> None:
    assert set(parser.IMPORTED) == set(IMPORT_KINDS)


def test_kinds_are_the_promised_words() -> None:
    promised = "people companies activities opportunities products quotes contracts tickets"
    more = "receipts expenses payment_plans anniversaries gifts"
    assert set(parser.KINDS) == {*promised.split(), *more.split()}
    assert parser.KINDS["people"] is Kind.PERSON


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_has_help(
    command: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--help", "--lang", language]) == 0
    told = capsys.readouterr().out
    about = Words(language).text(f"cli.{command}_about")
    assert "".join(about.split()) in "".join(told.split())


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("crm-desktop ")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["serch", "x"],
        ["search"],
        ["search", "x", "--limit", "many"],
        ["search", "x", "--nonsense"],
        ["search", "x", "--limit"],
        ["export", "cats", "x.xlsx"],
        ["birthdays", "--days", "-1"],
        ["birthdays", "--today", "20.11.2026"],
        ["import", "x.csv", "--existing", "maybe"],
        ["picture", "today", "x.png", "--size", "big"],
        ["picture", "today", "x.png", "--size", "10x10"],
        ["--lang", "fr", "today"],
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_usage_is_two(
    words: list[str], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = words if "--lang" in words else ["--lang", language, *words]
    assert main(given) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) >= 2


def test_wrong_usage_as_json(run: Run) -> None:
    code, told, err = run("serch", "--json", "--lang", "en")
    assert code == 2
    assert set(told) == {"error"}
    assert told["error"]["code"] == "usage"
    assert "serch" in told["error"]["message"]
    assert err == ""


def test_common_options_stand_before_or_after(run: Run, book: Path) -> None:
    before = run("--book", book, "--json", "search", "张")
    after = run("search", "张", "--book", book, "--json")
    assert before == after
    assert before[0] == 0


def test_language_comes_from_the_system(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value, sentence in (("zh_CN.UTF-8", "没有找到"), ("de_DE.UTF-8", "Nothing found")):
        monkeypatch.setenv("LC_ALL", value)
        code, told, _ = run("--book", book, "search", "qqqqqq")
        assert code == 0
        assert sentence in told


@pytest.mark.parametrize("words", [["today"], ["search", "x"], ["undo"], ["check"], ["backup"]])
def test_a_missing_book_is_refused(words: list[str], run: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.crm"
    code, told, _ = run("--book", path, *words, "--json")
    assert code == 1
    assert told["error"]["code"] == "cli.no_book"
    assert str(path) in told["error"]["message"]
    assert not path.exists()
    code, out, err = run("--book", path, *words)
    assert code == 1
    assert out == ""
    assert str(path) in err


def test_something_else_is_no_book(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.crm"
    path.write_bytes(b"no book at all" * 1000)
    assert run("--book", path, "today", "--json")[0] == 1
    assert run("--book", tmp_path, "today", "--json")[0] == 1
    assert path.read_bytes() == b"no book at all" * 1000


def test_every_command_and_option_is_in_the_docs() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text("utf-8")
    top = parser.build(Words("en"))
    (commands,) = (a for a in top._actions if isinstance(a, argparse._SubParsersAction))
    for name, command in commands.choices.items():
        assert f"crm-desktop {name}" in docs, name
        for option in (o for action in command._actions for o in action.option_strings):
            assert option in docs or option in ("-h", "--help"), f"{name} {option}"
