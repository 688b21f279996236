"""From the start of a process to the first painted window, and to the rows of Today in it.

The measured process counts for itself, from its first line: what the interpreter needs before
is the same for both and left out.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

from benchmarks import books
from benchmarks.measure import Result, clock, ratio

PEOPLE = 100_000
ROUNDS = 15
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
    def arrived(page, *found, fill=TodayPage._arrived):
        fill(page, *found)
        # Laid out in the next turn, then painted.
        QTimer.singleShot(0, lambda: (page.repaint(), said()))
    TodayPage._arrived = arrived
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
    """The bare window, ours, and ours with the rows of a large book, in turns."""
    services = books.people(people)
    path = services.book.path
    services.close()
    bare, picture, today = [], [], []
    with tempfile.TemporaryDirectory() as home:
        for _ in range(ROUNDS + 1):
            # A process that ends in the middle leaves its mark.
            path.with_name(path.name + ".open").unlink(missing_ok=True)
            bare.append(_once(BARE, home=home))
            picture.append(_once(PICTURE, home=home))
            today.append(_once(TODAY, "--book", str(path), home=home))
    # The first of each warms the caches.
    floor, first, rows = (_medians(each[1:]) for each in (bare, picture, today))
    return [
        ratio("start to the first painted window", first[0], floor[0], 1.3),
        ratio("memory at the first painted window", first[1], floor[1], 1.4, unit="MB"),
        ratio(
            f"start to the rows of Today, {people:,} people",
            rows[0],
            floor[0],
            4.5,
            f"{rows[1]:.0f} MB",
        ),
    ]


def _medians(runs: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)
