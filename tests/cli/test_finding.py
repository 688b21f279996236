"""Search, today and birthdays."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.cli.output import one_line, width
from tests.cli.conftest import DAY, Run


def test_search_by_initials(run: Run, book: Path) -> None:
    code, told, _ = run("--book", book, "search", "zwm", "--json")
    assert code == 0
    assert set(told[0]) == {"kind", "id", "uid", "title", "subtitle"}
    assert "张伟明" in [hit["title"] for hit in told]
    assert len(run("--book", book, "search", "张", "--limit", "1", "--json")[1]) == 1


def test_search_without_a_hit_is_no_failure(run: Run, book: Path) -> None:
    assert run("--book", book, "search", "qqqqqq", "--json")[:2] == (0, [])
    assert "qqqqqq" in run("--book", book, "search", "qqqqqq")[1]


def test_birthdays_are_sorted_with_their_keys(run: Run, book: Path) -> None:
    code, told, _ = run("--book", book, "birthdays", "--days", "30", "--today", DAY, "--json")
    assert code == 0
    assert told
    assert all(set(one) == {"name", "company", "date", "calendar", "age", "days"} for one in told)
    assert [one["date"] for one in told] == sorted(one["date"] for one in told)
    assert {one["calendar"] for one in told} == {"solar", "lunar"}
    assert all(0 <= one["days"] <= 30 for one in told)


def test_birthdays_follow_the_date_given(run: Run, book: Path) -> None:
    words = ("--book", book, "birthdays", "--days", "0", "--json", "--today")
    first = run("--book", book, "birthdays", "--days", "30", "--today", DAY, "--json")[1][-1]
    there = run(*words, first["date"])[1]
    assert first["name"] in [one["name"] for one in there]
    assert all(one["days"] == 0 for one in there)


def test_today_has_all_panels(run: Run, book: Path) -> None:
    code, told, _ = run("--book", book, "today", "--today", DAY, "--json")
    assert code == 0
    panels = "birthdays actions recent_companies notices month recent_people recent_opportunities"
    assert set(panels.split()) <= set(told)
    assert told["day"] == DAY
    assert told["birthday_count"] == len(told["birthdays"])
    assert told["actions"]["counts"]["overdue"] == len(told["actions"]["overdue"])


def test_today_in_words(run: Run, book: Path) -> None:
    for language, word in (("zh", "待跟进"), ("en", "Follow-ups")):
        code, told, _ = run("--book", book, "today", "--today", DAY, "--lang", language)
        assert code == 0
        assert word in told


def test_text_is_aligned_and_harmless() -> None:
    assert width("张a") == 3
    assert one_line("a\x1b[31m\nb") == "a [31m b"
