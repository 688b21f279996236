"""From the start of a process to the first painted window, and to the rows of Today in it.

The measured process counts for itself, from its first line: what the interpreter needs before
is the same for both and left out.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from benchmarks import books
from benchmarks.measure import Result, clock, ratio
from crm_desktop.domain.clock import Clock, FixedClock
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.services.mornings import prepare_mornings

PEOPLE = 100_000
ROUNDS = 15
RESTED = 14  # days
CLOCK = (
    "import os, time\nnow = time.process_time if os.environ.get('PROCESSOR') else time.perf_counter"
)
# Both say when the window is painted and on the screen, and what the process holds then.
SAID = """
def said():
    took = now() - started
    held = next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmRSS'))
    print(took, held, flush=True)
    os._exit(0)
"""
BARE = f"""
{SAID}
started = now()
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.resize(1280, 800); window.show()
app.processEvents(); said()
"""
PRODUCT = f"""
{SAID}
started = now()
import sys
from crm_desktop import __main__ as way_in
app = way_in.window_program()
"""
PICTURE = f"""
{PRODUCT}
app.Program.open_book = lambda program: said()
app.main(sys.argv[1:])
"""
TODAY = f"""
{PRODUCT}
first = app.Program.open_book
def open_book(program):
    first(program)
    from PySide6.QtCore import QTimer
    from crm_desktop.ui.today.page import TodayPage
    def seen(page):
        # Laid out in the next turn, then painted.
        QTimer.singleShot(0, lambda: (page.repaint(), said()))
    def arrived(page, *found, fill=TodayPage._arrived):
        fill(page, *found)
        seen(page)
    TodayPage._arrived = arrived
    if isinstance(program.window.area.page, TodayPage):
        seen(program.window.area.page)
app.Program.open_book = open_book
app.main(sys.argv[1:])
"""
LIVE = f"""
{PRODUCT}
first = app.Program.open_book
def open_book(program):
    first(program)
    from crm_desktop.ui.shell.desk import Desk
    Desk.read_all = lambda desk: said()
app.Program.open_book = open_book
app.main(sys.argv[1:])
"""


def _once(code: str, *arguments: str, home: str) -> tuple[float, float]:
    """Seconds, and MB of memory."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": home}
    environment |= {"PROCESSOR": "1"} if clock.processor else {}
    # As installed: compiled once, whatever the shell of a developer says of byte code.
    environment["PYTHONPYCACHEPREFIX"] = str(books.FOLDER / "bytecode")
    for name in [each for each in environment if each.startswith("XDG_")]:
        del environment[name]
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", f"{CLOCK}\n{code}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    took, held = done.stdout.split()[:2]
    return float(took), int(held) / 1024


def run(people: int = PEOPLE) -> list[Result]:
    """The bare window, ours, and ours with the rows of a large book, in turns.

    The rows three times: of a book that was just closed, which prepares its mornings, of one that
    has rested since, and of one whose mornings are not true any more.
    """
    services = books.people(people)
    away = services.book.path
    services.close()
    runs: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as home:
        path = _closed(away, Path(home), days_ago=0)
        rested = _closed(away, Path(home), days_ago=RESTED)
        for _ in range(ROUNDS + 1):
            for what, code, *of in (
                ("bare", BARE),
                ("picture", PICTURE, path),
                ("today", TODAY, path),
                ("live", LIVE, path),
                ("rested", TODAY, rested),
                ("away", TODAY, away),
            ):
                for opened in of:
                    # A process that ends in the middle leaves its mark.
                    opened.with_name(opened.name + ".open").unlink(missing_ok=True)
                named = [f"--book={opened}" for opened in of]
                runs.setdefault(what, []).append(_once(code, *named, home=home))
    # The first of each warms the caches.
    found = {what: _medians(each[1:]) for what, each in runs.items()}
    floor = found["bare"]
    rows = f"the rows of Today, {people:,} people"
    return [
        ratio("start to the first painted window", found["picture"][0], floor[0], 1.3),
        ratio("memory at the first painted window", found["picture"][1], floor[1], 1.4, unit="MB"),
        ratio(f"start to {rows}", found["today"][0], floor[0], 4.5, _memory(found["today"])),
        ratio(f"after {RESTED} days: {rows}", found["rested"][0], floor[0], 4.5),
        ratio(f"unprepared: {rows}", found["away"][0], floor[0], 4.5, _memory(found["away"])),
        Result(
            f"start to Today at work, {people:,} people",
            found["live"][0],
            floor[0],
            "none of its own",
            reached=True,
        ),
    ]


def _closed(book: Path, folder: Path, *, days_ago: int) -> Path:
    """A copy of the book, closed by its window that many days ago."""
    path = folder / f"closed-{days_ago}.crm"
    shutil.copy(book, path)
    now = Clock()
    then = FixedClock(now.now() - timedelta(days=days_ago), now.zone)
    services = Services(open_book(path, then), then, Home.at(folder))
    prepare_mornings(services)
    services.close()
    return path


def _memory(run: tuple[float, float]) -> str:
    return f"{run[1]:.0f} MB"


def _medians(runs: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)
