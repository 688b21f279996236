"""An empty place shows the whole of what it says, however narrow it is."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.ui.widgets import EmptyState, PlainLabel


@pytest.mark.parametrize("width", [180, 300, 900])
def test_no_sentence_is_cut(dressed: Any, qtbot: Any, width: int) -> None:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.addWidget(
        EmptyState(
            "trophy",
            "Needs at least one won opportunity of this year and of the year before",
            why="Once an opportunity is won, its month appears here with what it is worth.",
            primary="Go",
        )
    )
    column.addStretch(1)
    qtbot.addWidget(whole)
    whole.resize(width, 400)
    whole.show()
    qtbot.waitExposed(whole)
    texts = [label for label in whole.findChildren(PlainLabel) if label.text()]
    assert len(texts) == 2
    for label in texts:
        assert label.height() >= label.heightForWidth(label.width())
    if width == 900:
        assert texts[1].height() < 3 * texts[1].fontMetrics().height()
