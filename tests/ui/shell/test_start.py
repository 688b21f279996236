"""The start: what may be imported before the first picture, and what happens without a book."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.app import Options, Program
from crm_desktop.paths import Home
from crm_desktop.settings import Settings
from crm_desktop.ui.places import Place

_LATE = (
    *("sqlalchemy", "alembic", "openpyxl", "reportlab", "pypinyin", "dateutil", "tzlocal"),
    *("PySide6.QtNetwork", "crm_desktop.data", "crm_desktop.services"),
    "crm_desktop.ui.widgets",
)
_SCRIPT = """
import sys
from pathlib import Path
from crm_desktop.app import Options, Program, make_application
from crm_desktop.paths import Home
from crm_desktop.settings import Settings
app = make_application()
before = set(sys.modules)
home = Home.at(Path(sys.argv[1]))
program = Program(home, Settings(), home.book, Options())
program.window.show()
program.window.repaint()
print(" ".join(sorted(sys.modules)))
"""


def test_the_first_picture_imports_nothing_of_the_book(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
    )
    loaded = set(run.stdout.split())
    assert [name for name in _LATE if name in loaded] == []


@pytest.fixture
def program(dressed: Any, home: Home) -> Iterator[Program]:
    made = Program(
        home, Settings(language="en"), home.book, Options(place=Place("today"), lang="en")
    )
    made.window.show()
    yield made
    made.window.close()
    made.close()


def test_a_new_book_is_made_and_opened(program: Program, qtbot: Any) -> None:
    program.open_book()
    qtbot.waitUntil(lambda: program.window.desk is not None, timeout=30000)
    assert program.home.book.is_file()
    assert program.window.navigator.here == Place("today")
    qtbot.waitUntil(lambda: program.window.jobs.idle, timeout=30000)


def test_a_file_that_is_no_book_is_said_with_a_way_out(program: Program, qtbot: Any) -> None:
    program.home.data.mkdir(parents=True)
    program.home.book.write_bytes(b"not a book at all" * 500)
    program.open_book()
    qtbot.waitUntil(lambda: program.window.rescue_page is not None, timeout=30000)
    assert program.window.desk is None
    assert program.home.book.read_bytes().startswith(b"not a book")
    assert not program.window.commands.action("new_person").isEnabled()
