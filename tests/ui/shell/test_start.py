"""The start: what may be imported before the first picture, and what happens without a book."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence

from crm_desktop.app import Options, Program
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.services.mornings import prepare_mornings
from crm_desktop.settings import Settings
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.topbar import SEARCH_KEYS
from crm_desktop.ui.shell.window import MainWindow

_LATE = (
    *("sqlalchemy", "alembic", "openpyxl", "reportlab", "pypinyin", "dateutil", "tzlocal"),
    *("PySide6.QtNetwork", "crm_desktop.data", "crm_desktop.services"),
    *("crm_desktop.ui.widgets", "crm_desktop.ui.shell.furniture", "crm_desktop.opening"),
)
# Names of Qt that PySide must not have built: Qt has a hundred enums, QStyle a dozen.
_LATE_IN_QT = ("QtCore.Qt", "QtWidgets.QStyle", "QtGui.QKeySequence", "QtGui.QIcon")
# What reads and writes other programs' files and paper, and services Today does not show.
_NOT_FOR_TODAY = (
    *("reportlab", "PIL", "openpyxl", "python_calamine", "psutil", "charset_normalizer"),
    "sqlalchemy.orm",
    *("rapidfuzz", "num2words", "segno", "vobject", "pypinyin", "phonenumbers", "stdnum"),
    *("alembic", "multiprocessing", "pypdfium2"),
    *("crm_desktop.exchange", "crm_desktop.documents", "crm_desktop.ui.table.list_page"),
    *("crm_desktop.services.quotes", "crm_desktop.services.imports", "crm_desktop.data.undo"),
)
_TODAY_SCRIPT = """
import os, sys
from crm_desktop import __main__ as way_in
app = way_in.window_program()
first = app.Program.open_book
def open_book(program):
    first(program)
    from crm_desktop.ui.today.page import TodayPage
    def arrived(page, *found, fill=TodayPage._arrived):
        fill(page, *found)
        print(" ".join(sorted(sys.modules)))
        sys.stdout.flush()
        os._exit(0)
    TodayPage._arrived = arrived
app.Program.open_book = open_book
app.main(["--home", sys.argv[1], "--book", sys.argv[2], "--lang", "en"])
"""
_FORETOLD_SCRIPT = """
import os, sys
from crm_desktop import __main__ as way_in
app = way_in.window_program()
first = app.Program.open_book
def open_book(program):
    first(program)
    assert program.window.area.page._found is not None
    print(" ".join(sorted(sys.modules)))
    sys.stdout.flush()
    os._exit(0)
app.Program.open_book = open_book
app.main(["--home", sys.argv[1], "--book", sys.argv[2], "--lang", "en"])
"""
_SCRIPT = """
import builtins, os, sys
from crm_desktop import __main__ as way_in
app = way_in.window_program()
assert builtins.__import__.__name__ != "__feature_import__"
def painted(program):
    print(" ".join(sorted(sys.modules)))
    for name in ("QtCore", "QtGui", "QtWidgets"):
        print(" ".join(f"{name}.{each}" for each in vars(sys.modules[f"PySide6.{name}"])))
    print(type(program.window.sidebar).__name__, program.window.sidebar.focus_row().text())
    sys.stdout.flush()
    os._exit(0)
app.Program.open_book = painted
app.main(["--home", sys.argv[1], "--lang", "en"])
"""


def _names_printed(script: str, *arguments: str) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
    )
    return run.stdout.split()


@pytest.fixture(scope="module")
def first_picture(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """All names a process has loaded when its window is painted; at the end what is lit."""
    return _names_printed(_SCRIPT, str(tmp_path_factory.mktemp("start")))


def test_the_rows_of_today_load_only_what_they_show(home: Home, tmp_path: Path) -> None:
    book = tmp_path / "book.crm"
    clock = Clock()
    with open_book(book, clock) as opened:
        Services(opened, clock, home).records.create(Kind.PERSON, {"name": "王芳"})
    loaded = _names_printed(_TODAY_SCRIPT, str(tmp_path / "home"), str(book))
    assert "crm_desktop.services.today" in loaded
    assert [name for name in _NOT_FOR_TODAY if name in loaded] == []


def test_prepared_rows_are_shown_before_the_book_can_be_read(home: Home, tmp_path: Path) -> None:
    book = tmp_path / "book.crm"
    clock = Clock()
    with open_book(book, clock) as opened:
        services = Services(opened, clock, home)
        services.records.create(Kind.PERSON, {"name": "王芳"})
        prepare_mornings(services)
    loaded = _names_printed(_FORETOLD_SCRIPT, str(tmp_path / "home"), str(book))
    assert "crm_desktop.ui.today.page" in loaded
    assert [name for name in (*_NOT_FOR_TODAY, "sqlalchemy") if name in loaded] == []


def test_the_first_picture_loads_nothing_of_the_book(first_picture: list[str]) -> None:
    assert [name for name in _LATE if name in first_picture] == []


def test_the_first_picture_builds_no_large_part_of_qt(first_picture: list[str]) -> None:
    assert [name for name in _LATE_IN_QT if name in first_picture] == []


def test_the_first_picture_is_the_real_sidebar(first_picture: list[str]) -> None:
    assert first_picture[-2:] == ["Sidebar", "Today"]


def test_the_search_box_names_the_keys_of_its_command(window: MainWindow) -> None:
    shortcut = window.commands.action("palette").shortcut()
    assert shortcut.toString(QKeySequence.SequenceFormat.NativeText) == SEARCH_KEYS


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


def test_the_services_of_other_pages_are_made_behind_the_first_page(
    program: Program, qtbot: Any
) -> None:
    program.open_book()
    qtbot.waitUntil(lambda: program.window.desk is not None, timeout=30000)
    qtbot.waitUntil(lambda: program.window.jobs.idle, timeout=30000)
    qtbot.waitUntil(lambda: "workbook_templates" in vars(program.services), timeout=30000)


def test_a_file_that_is_no_book_is_said_with_a_way_out(program: Program, qtbot: Any) -> None:
    program.home.data.mkdir(parents=True)
    program.home.book.write_bytes(b"not a book at all" * 500)
    program.open_book()
    qtbot.waitUntil(lambda: program.window.rescue_page is not None, timeout=30000)
    assert program.window.desk is None
    assert program.home.book.read_bytes().startswith(b"not a book")
    assert not program.window.commands.action("new_person").isEnabled()
