"""From the call to the first painted window, each in a process of its own."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

from benchmarks.measure import Result, clock, ratio

# The measured process counts for itself; PROCESSOR is set for a machine with other work.
CLOCK = (
    "import os, time\nnow = time.process_time if os.environ.get('PROCESSOR') else time.perf_counter"
)
BARE = """
started = now()
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.resize(1280, 800); window.show()
app.processEvents(); print(now() - started)
"""
PRODUCT = """
started = now()
import sys
from pathlib import Path
from crm_desktop import app
from crm_desktop.ui.shell import window
def painted(self, event, original=window.MainWindow.paintEvent):
    original(self, event)
    print(now() - started, flush=True)
    import os; os._exit(0)
window.MainWindow.paintEvent = painted
app.main(["--home", sys.argv[1]])
"""


def _once(code: str, folder: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment |= {"PROCESSOR": "1"} if clock.processor else {}
    done = subprocess.run(
        [sys.executable, "-c", f"{CLOCK}\n{code}", folder],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return float(done.stdout.split()[0])


def run() -> list[Result]:
    """Ten starts of each, in turns."""
    with tempfile.TemporaryDirectory() as folder:
        pairs = [(_once(PRODUCT, folder), _once(BARE, folder)) for _ in range(11)][1:]
    product = statistics.median(pair[0] for pair in pairs)
    floor = statistics.median(pair[1] for pair in pairs)
    return [ratio("start to the first painted window", product, floor, 1.3)]
