"""The demonstration, and pictures."""

from __future__ import annotations

import sys
from multiprocessing import spawn
from pathlib import Path

import pytest

from crm_desktop.cli.demo.run import STEPS
from crm_desktop.cli.demo.story import expect
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from tests.cli.conftest import DAY, Run
from tests.main_job import Figures

# Those docs/command-line.md names.
MAIN_PAGES = (
    "today",
    "contacts",
    "opportunities",
    "followups",
    "birthdays",
    "service",
    "documents",
    "products",
    "reports",
    "settings",
    "import",
    "trash",
    "history",
)


def test_the_whole_main_job(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ("demo", "--out", out, "--no-pictures", "--today", DAY)
    code, told, _ = run(*words, "--json")
    assert code == 0
    assert [step["step"] for step in told["steps"]] == [*STEPS, "backup"]
    steps = {step["step"]: step for step in told["steps"]}
    assert steps["take_in"]["people"] == 300
    assert steps["again"]["created"] == 0
    assert steps["birthdays"]["lunar"] >= 1
    assert steps["quote"]["lines"] == 3
    for name in ("demo.crm", "customers.xlsx", "people.xlsx", "quote.pdf", "contract.pdf"):
        assert (out / name).stat().st_size > 1000
    # Once more, in Chinese: the folder of an earlier demonstration may be used again.
    code, told, _ = run(*words, "--lang", "zh")
    assert code == 0
    assert len(told.splitlines()) == len(STEPS) + 2


@pytest.mark.parametrize("day", ["2024-02-27", "2025-07-24", "2026-12-28"])
def test_it_works_on_any_day(day: str, run: Run, tmp_path: Path) -> None:
    """29 February, a leap month, the end of the year."""
    words = ("demo", "--out", tmp_path / "out", "--no-pictures", "--today", day, "--json")
    assert run(*words)[0] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the process")
def test_pictures_that_die_are_no_success(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho KeyError: 7 >&2\nexit 3\n")
    broken.chmod(0o755)
    spawn.get_executable()  # who reads files has looked up its interpreter by now
    monkeypatch.setattr(sys, "executable", str(broken))
    code, told, _ = run("demo", "--out", tmp_path / "out", "--today", DAY, "--json")
    assert (code, told["error"]["code"]) == (1, "cli.demo_half")
    assert "KeyError: 7" in told["error"]["message"]
    assert (tmp_path / "out" / "contract.pdf").exists()


def test_a_folder_with_other_files_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    code, told, _ = run("demo", "--out", tmp_path / "out", "--json")
    assert (code, told["error"]["code"]) == (1, "cli.demo_folder")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_a_step_that_does_not_hold_stops_it() -> None:
    with pytest.raises(Refused):
        expect(False, "quote")


def test_a_picture_of_a_page(run: Run, book: Path, tmp_path: Path) -> None:
    path = tmp_path / "companies.png"
    code, told, err = run(
        "--book", book, "picture", "companies", path, "--size", "1024x600", "--lang", "zh", "--json"
    )
    assert (code, err) == (0, ""), told
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("page", MAIN_PAGES)
def test_every_page_of_the_guide_can_be_pictured(
    run: Run, book: Path, tmp_path: Path, page: str
) -> None:
    file = tmp_path / "x.png"
    assert run("--book", book, "picture", page, file, "--json")[0] == 0
    assert file.read_bytes().startswith(b"\x89PNG")


def test_a_page_of_records_without_a_number_shows_the_first(
    run: Run, book: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new.crm"
    open_book(new, Clock()).close()
    code, told, _ = run("--book", new, "picture", "company", tmp_path / "none.png", "--json")
    assert (code, told["error"]["code"]) == (1, "cli.no_record")
    assert not (tmp_path / "none.png").exists()
    with open_book(book, Clock()) as opened:
        number = Services(opened, Clock(), Home.at(tmp_path)).records.ids(Kind.COMPANY)[0]
    run("--book", book, "picture", "companies", tmp_path / "told.png")  # reminders come up once
    for page in ("company", "orgchart"):
        first, asked = tmp_path / f"{page}1.png", tmp_path / f"{page}.png"
        assert run("--book", book, "picture", page, asked, "--json")[0] == 0
        assert run("--book", book, "picture", f"{page}/{number}", first, "--json")[0] == 0
        assert asked.read_bytes() == first.read_bytes()


def test_pictures_that_cannot_be(run: Run, book: Path, tmp_path: Path) -> None:
    code, told, _ = run("--book", book, "picture", "nowhere", tmp_path / "x.png", "--json")
    assert (code, told["error"]["code"]) == (2, "cli.no_page")
    code, told, _ = run("--book", book, "picture", "person/999999", tmp_path / "x.png", "--json")
    assert (code, told["error"]["code"]) == (1, "record.gone")
    assert not (tmp_path / "x.png").exists()
    assert run("--book", book, "picture", "companies", tmp_path, "--json")[0] == 1
    assert run("--book", book, "picture", "companies", tmp_path / "no/x.png", "--json")[0] == 1
    code, told, _ = run("--book", book, "picture", "companies", tmp_path / "x.jpg", "--json")
    assert (code, told["error"]["code"]) == (1, "cli.picture_ending")
    too_long = tmp_path / f"{'x' * 250}.png"  # the file beside it, until it is whole, does not fit
    code, told, _ = run("--book", book, "picture", "today", too_long, "--json")
    assert (code, told["error"]["code"]) == (1, "writing.failed")


def test_figures_left_out_do_not_count_as_expected(tmp_path: Path) -> None:
    figures = Figures()
    assert figures.verdict() == "all as expected"
    figures.leave_out(tmp_path / "customers.csv")
    assert "NOT looked at: 1" in figures.verdict()
    figures.check("rows", 1, 2)
    assert figures.verdict() == "1 WRONG"
