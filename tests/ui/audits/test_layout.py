"""Nothing is cut, nothing sticks out, nothing lies upon another, in small windows and large text.

The long form tries all four pairs of sizes; otherwise the narrowest alone.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from crm_desktop.ui import language
from crm_desktop.ui.shell.window import SMALLEST
from tests.long_form import LONG
from tests.ui.audits.conftest import Stages
from tests.ui.audits.longer import LongerWords, longer
from tests.ui.audits.stage import Stage
from tests.ui.audits.walking import misfits_of

USUAL = QSize(1280, 800)
PAIRS = [(SMALLEST, 150)]
if LONG:
    PAIRS += [(USUAL, 100), (USUAL, 150), (SMALLEST, 100)]


def misfits(stage: Stage) -> list[str]:
    """What does not fit anywhere on a tour."""
    found: list[str] = []
    for name in stage.tour():
        window = stage.window
        page, room = window.area.currentWidget(), window.area.size()
        least = page.minimumSizeHint()
        if least.width() > room.width() or least.height() > room.height():
            found.append(f"{name}: needs {least.toTuple()}, has {room.toTuple()}")
        found += [f"{name}: {each}" for each in misfits_of(window)]
    return found


@pytest.mark.parametrize(("size", "text"), PAIRS, ids=str)
def test_everything_fits(stage: Stage, size: QSize, text: int) -> None:
    stage.wear(text=text, size=size)
    found = misfits(stage)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.stage("en")
def test_words_two_fifths_longer_fit(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = stages("en")
    monkeypatch.setattr(language, "Words", LongerWords)
    stage.wear(size=SMALLEST)
    language.set_language("en")  # again: it was English before
    assert stage.window.commands.action("copy").text() == longer("Copy rows as table")
    found = misfits(stage)
    monkeypatch.undo()
    language.set_language("en")
    assert not found, "\n" + "\n".join(sorted(set(found)))
