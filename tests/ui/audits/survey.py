"""One tour of a stage on which everything is looked at that needs no other look or size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget

from tests.ui.audits.access import lost_by_tab, nameless
from tests.ui.audits.keys import wrong_keys
from tests.ui.audits.stage import Stage
from tests.ui.audits.walking import name_of, shown
from tests.ui.audits.wording import data_of, foreign

_TAG = re.compile("<(?!br>|qt>)[a-zA-Z/!]")  # ends of lines are ours
_BLANK = 8  # colours that even an empty page has more of


@dataclass
class Survey:
    """What was found, by what was looked for."""

    stage: Stage
    blank: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    lost_by_tab: list[str] = field(default_factory=list)
    wrong_keys: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    rich: list[str] = field(default_factory=list)

    def said(self, kind: str) -> str:
        """The findings of one kind, a line each."""
        found: list[str] = getattr(self, kind)
        return "\n" + "\n".join(found)


def survey_of(stage: Stage) -> Survey:
    """Take the tour."""
    found = Survey(stage)
    theirs = data_of(stage)
    for place in stage.tour():
        page = stage.window.area.page
        assert page is not None, f"{place} could not be shown: {stage.broken!r}"
        assert not stage.broken, f"{place}: {stage.broken!r}"
        window = stage.window
        if colours(page) < _BLANK:
            found.blank.append(place)
        found.foreign += [f"{place}: {each}" for each in foreign(stage, theirs)]
        found.rich += [f"{place}: {each}" for each in labels_that_guess(window)]
        found.nameless += [f"{place}: {each}" for each in nameless(window)]
        found.wrong_keys += [f"{place}: {each}" for each in wrong_keys(window)]
        found.lost_by_tab += [f"{place}: {each}" for each in lost_by_tab(stage)]
    return found


def colours(widget: QWidget) -> int:
    """How many colours a small picture of it has."""
    image = widget.grab().toImage().scaled(320, 200).convertToFormat(QImage.Format.Format_RGB32)
    return len(set(memoryview(image.constBits()).cast("I")))


def labels_that_guess(window: QWidget) -> Iterator[str]:
    """Labels that would take the words of a user for markup."""
    for widget in shown(window):
        label = widget if isinstance(widget, QLabel) else None
        if label and label.text() and label.textFormat() is not Qt.TextFormat.PlainText:
            yield name_of(widget)
        if _TAG.search(widget.toolTip()):
            yield f"tooltip of {name_of(widget)}"
        if type(widget) is QTextEdit and widget.acceptRichText():
            yield name_of(widget)
