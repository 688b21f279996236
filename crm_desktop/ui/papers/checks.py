"""What to look at before a quote goes out; none of it stops the user."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from crm_desktop.domain.problems import Problem
from crm_desktop.ui.context import sentence
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import icon, theme
from crm_desktop.ui.widgets import Card, LinkButton, PlainLabel

_MOST = 6


class Checks(Card):
    """A line for each thing, with the way to it."""

    opened = Signal(object)  # the Problem

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.setSpacing(2)
        self.problems: tuple[Problem, ...] = ()
        self._language = ""
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these; none hides the card."""
        self.problems = tuple(problems)
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for problem in self.problems[:_MOST]:
            self.body.addWidget(self._line(problem))
        more = len(self.problems) - _MOST
        if more > 0:
            text = tr("paper_page.more_checks", count=more)
            self.body.addWidget(PlainLabel(text, role="small", tone="muted"))
        self.setVisible(bool(self.problems))

    def _line(self, problem: Problem) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        mark = QLabel()
        side = theme().px(14)
        mark.setPixmap(icon("triangle-alert", "chip.amber").pixmap(side, side))
        row.addWidget(mark)
        row.addWidget(PlainLabel(sentence(problem), wrap=True), 1)
        go = LinkButton(tr("paper_page.go_there"))
        go.clicked.connect(lambda: self.opened.emit(problem))
        row.addWidget(go)
        return line
