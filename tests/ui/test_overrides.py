"""What goes wrong in an override of Qt's own methods is told, and the program lives."""

from __future__ import annotations

import subprocess
import sys

import pytest

# An override that Qt calls, with an error of C code in it; the second is asked by another one.
_PROGRAM = """
import crm_desktop.ui
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

class Inner(QWidget):
    def changeEvent(self, event):
        if event.type() == QEvent.Type.LanguageChange:
            {error}

class Outer(QWidget):
    def changeEvent(self, event):
        super().changeEvent(event)

app = QApplication([])
outer = Outer()
inner = Inner(outer)
outer.show()
try:  # PySide hands it on to where Python called Qt
    QCoreApplication.sendEvent(outer, QEvent(QEvent.Type.LanguageChange))
except Exception as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("int('x')", "ValueError"),
        ("self.resize('wide')", "TypeError"),
        ("[][1]", "IndexError"),
        ("raise RuntimeError", "RuntimeError"),
    ],
)
def test_an_error_in_an_override_does_not_end_the_program(error: str, kind: str) -> None:
    program = _PROGRAM.format(error=error)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout.split()) == (0, [kind]), done.stderr


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_errors_anywhere_do_not_end_the_program(seed: str) -> None:
    command = [sys.executable, "-m", "tests.ui.stormy", seed]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    came_back, lived = done.stdout.split()
    assert lived == "lived"
    assert int(came_back) > 5
