"""The audit of sizes in a process of its own: Qt takes the scale of the screen only at its start.

python -m tests.ui.audits.scaled FOLDER LANGUAGE
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from crm_desktop.ui.shell.window import SMALLEST
from tests.ui.audits.stage import Stage
from tests.ui.audits.walking import misfits_of

# The longest names there are, a page of each sort.
_PAGES = (
    "today",
    "contacts",
    "companies",
    "opportunities board",
    "followups agenda",
    "birthdays",
    "settings general",
    "duplicates",
    "history",
    "person 1",
    "company 1",
    "opportunity 1",
    "ticket 1",
    "quote 2",
    "orgchart 1",
    "as_of 1",
)


def main(folder: Path, language: str) -> None:
    """Say the scale that holds, how many pages were seen, and what does not fit on them."""
    app = QApplication(["crm-desktop"])
    stage = Stage(language, folder)
    stage.wear(text=150, size=SMALLEST)
    said = [f"scale {stage.window.devicePixelRatioF()}"]
    seen = 0
    for name, place in stage.places():
        if name in _PAGES:
            stage.go(place)
            seen += 1
            said += [f"misfit {name}: {found}" for found in misfits_of(stage.window)]
    picture = stage.window.grab()
    said.append(f"picture {picture.width()} {picture.height()}")
    said.append(f"pages {seen} of {len(_PAGES)}")
    sys.stdout.write("\n".join(said))
    stage.close()
    app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
