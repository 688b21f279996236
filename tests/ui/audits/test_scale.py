"""Screens of one and a half and of twice as many dots: nothing is cut there either.

The long form tries both languages on each; otherwise one each.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crm_desktop.ui.shell.window import SMALLEST
from tests.long_form import LONG

_ROOT = Path(__file__).parents[3]
_PATIENCE = 240  # seconds for a window, a book and sixteen pages
SCREENS = [("1.5", "zh"), ("2", "en")]
if LONG:
    SCREENS += [("1.5", "en"), ("2", "zh")]


@pytest.mark.parametrize(("scale", "language"), SCREENS)
def test_everything_fits_on_a_finer_screen(scale: str, language: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.audits.scaled", str(tmp_path), language],
        cwd=_ROOT,
        env={**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert f"scale {float(scale)}" in lines
    dots = [round(float(scale) * side) for side in SMALLEST.toTuple()]
    assert f"picture {dots[0]} {dots[1]}" in lines
    assert "pages 16 of 16" in lines
    assert not [line for line in lines if line.startswith("misfit")]
