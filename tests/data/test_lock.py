"""One process per book."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crm_desktop.data.book import Book
from crm_desktop.data.lock import BookLock
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.problems import Refused
from tests.data.conftest import UPGRADES
from tests.data.trial import METADATA

HOLDER = """
import sys, pathlib
from crm_desktop.data.lock import BookLock
lock = BookLock(pathlib.Path(sys.argv[1])).take()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_start_is_refused_and_the_next_one_after_close_is_not(
    path: Path, clock: FixedClock
) -> None:
    with Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES):
        with pytest.raises(Refused, match="in_use"):
            Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES)
        with pytest.raises(Refused, match="in_use"):
            BookLock(path).take()
    Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES).close()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")
def test_after_kill_nine_the_next_start_is_immediate(path: Path, clock: FixedClock) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(Refused, match="in_use"):
            Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES).close()


def test_a_failed_opening_lets_go(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "none.crm"
    for _ in range(2):
        with pytest.raises(Refused, match="missing"):
            Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES)
