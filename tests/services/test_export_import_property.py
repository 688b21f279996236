"""A thousand people of hypothesis go out and come into an empty book: every value is there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.cells import is_blank
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import Words

EXAMPLES, PEOPLE = 40, 25
KEYS = ["name", "title", "department", "mobile", "email", "birthday", "notes", "company"]

_letters = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Cn", "Co"),
    exclude_characters="\ufffd",  # says that something was lost: such a row is told, not taken
)
_line = st.text(_letters, max_size=30).map(str.strip)
_line = _line.filter(lambda text: not (text and is_blank(text)))  # "/" stands for nothing
_notes = st.lists(_line.filter(bool), max_size=3).map("\n".join)
_solar = st.dates(date(1920, 1, 1), date(2020, 12, 31)).map(
    lambda day: Birthday(day.month, day.day, year=day.year)
)
_lunar = st.builds(
    lambda month, day, year: Birthday(month, day, lunar=True, year=year),
    st.integers(1, 12),
    st.integers(1, 29),
    st.none() | st.integers(1920, 2020),
)
_person = st.fixed_dictionaries(
    {
        "title": _line,
        "department": _line,
        "birthday": st.none() | _solar | _lunar,
        "notes": _notes,
        "company": st.none() | st.integers(1, 6),
    }
)


@contextmanager
def empty(fresh: Path, folder: Path, clock: FixedClock, name: str) -> Iterator[Services]:
    path = folder / f"{name}.crm"
    shutil.copy(fresh, path)
    with open_book(path, clock) as book:
        yield Services(book, clock, Home.at(folder / name))


def people(services: Services) -> list[tuple[Any, ...]]:
    """All values of all people; a company as it is called."""
    rows = services.records.rows(Kind.PERSON, services.records.ids(Kind.PERSON), KEYS)
    told = [(*row.values[:-1], row.values[-1] and row.values[-1].title) for row in rows]
    return sorted(told, key=str)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@settings(max_examples=EXAMPLES // 2)
@given(made=st.lists(_person, min_size=PEOPLE, max_size=PEOPLE))
def test_what_goes_out_comes_back(
    fresh_book: Path, clock: FixedClock, ending: str, made: list[dict[str, Any]]
) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        file = folder / f"people.{ending}"
        with empty(fresh_book, folder, clock, "first") as services:
            firms = [
                services.records.create(Kind.COMPANY, {"name": f"Firm {number}"})
                for number in range(6)
            ]
            for number, values in enumerate(made):
                firm = values["company"]
                own = {
                    "name": f"{number:02} Zhang",
                    "email": (f"p{number}@example.com",),
                    "mobile": (f"138000000{number:02}",),
                    "company": None if firm is None else firms[firm - 1],
                }
                services.records.create(Kind.PERSON, {**values, **own})
            before = people(services)
            services.exports.export(Kind.PERSON, file, Words("zh"))
        with empty(fresh_book, folder, clock, "second") as services:
            report = services.imports.run(file, services.imports.preview(file).plan, Words("zh"))
            assert (report.rows, report.problems) == (PEOPLE, [])
            assert people(services) == before
