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


def main() -> int:
    """Take the pictures of the job."""
    job: dict[str, Any] = json.loads(sys.stdin.read())
    try:
        from PySide6.QtCore import QSize

        from crm_desktop.ui.catalogue import PAGES
        from crm_desktop.ui.pictures import Look, Studio
        from crm_desktop.ui.places import Place
    except ImportError as error:  # a library of the system is missing; the text names it
        _tell(no_qt=str(error))
        return 1

    from crm_desktop.services.house import Services, open_book

    clock = FixedClock(datetime.fromisoformat(job["now"]), job["zone"])
    home = Home(*(Path(job[name]) for name in ("data", "config", "logs", "documents")))
    try:
        book = open_book(Path(job["book"]), clock)
    except Refused as refusal:
        _tell(refused=refusal.code, args=refusal.args_for_words)
        return 1
    with book:
        services = Services(book, clock, home)
        studio = Studio(services, clock, home)
        try:
            for shot in job["shots"]:
                place = _place(shot["place"], Place)
                if place is None or place.page not in PAGES:
                    pages = ", ".join(PAGES)
                    _tell(refused="cli.no_page", args={"page": shot["place"], "pages": pages})
                    return 1
                look = Look(shot["lang"], shot["theme"], QSize(*shot["size"]), scale=shot["scale"])
                try:
                    studio.grab(place, Path(shot["file"]), look)
                except Exception as error:
                    # One page that cannot be shown must not cost the pictures of the others.
                    _tell(failed=shot["file"], why=f"{type(error).__name__}: {error}")
                else:
                    _tell(taken=shot["file"])
        finally:
            studio.close()
    _tell(end=True)
    return 0


def _place(text: str, place: Any) -> Any:
    try:
        return place.parse(text)
    except ValueError:
        return None


def _tell(**content: Any) -> None:
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()
