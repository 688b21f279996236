"""The child process that takes pictures: the only part of the command line that loads Qt.

Reads one job as JSON from standard input, tells what it did line by line on standard output.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book


def main() -> int:
    """Take the pictures of the job."""
    job: dict[str, Any] = json.loads(sys.stdin.read())
    try:
        # Late: without a library of the system this fails, and the text names it.
        from crm_desktop.cli.photographer import Photographer
    except ImportError as error:
        if "PySide6" not in str(error) and ".so" not in str(error) and "DLL" not in str(error):
            raise  # our own bug
        _tell(no_qt=str(error))
        return 1

    clock = FixedClock(datetime.fromisoformat(job["now"]), job["zone"])
    home = Home(*(Path(job[name]) for name in ("data", "config", "logs")))
    try:
        book = open_book(Path(job["book"]), clock)
    except Refused as refusal:
        _tell(refused=refusal.code, args=refusal.args_for_words)
        return 1
    with book:
        photographer = Photographer(Services(book, clock, home), clock, home)
        try:
            for shot in job["shots"]:
                why = photographer.take(shot)
                _tell(**({"failed": shot["file"], "why": why} if why else {"taken": shot["file"]}))
        except Refused as refusal:
            _tell(refused=refusal.code, args=refusal.args_for_words)
            return 1
        finally:
            photographer.close()
    _tell(end=True)
    return 0


def _tell(**content: Any) -> None:
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()
