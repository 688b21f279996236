"""Below the fields of a new record: who this may already be, while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from crm_desktop.domain.duplicates import Candidate
from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.context import Context
from crm_desktop.ui.duplicates.reasons import reasons_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.widgets import ElidedLabel, LinkButton, PlainLabel

_PAUSE = 250  # milliseconds of rest before it looks


class SimilarHint(QWidget):
    """Hidden until something like it is found; `opened` gives the record to go to."""

    opened = Signal(object)  # a Ref
    resized = Signal()

    def __init__(
        self, context: Context, kind: Kind, values: Callable[[], Mapping[str, Any]]
    ) -> None:
        super().__init__()
        self._context, self._kind, self._values = context, kind, values
        self.candidates: list[Candidate] = []
        self._asked = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._lines: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.look_now)
        self.hide()

    def look(self) -> None:
        """Something was typed: look when it rests."""
        self._timer.start()

    def look_now(self) -> None:
        """Look in a reader thread; only the latest answer counts."""
        self._asked += 1
        asked, values, kind = self._asked, dict(self._values()), self._kind
        duplicates = self._context.services.duplicates
        self._context.jobs.run_reader(
            lambda: duplicates.like(kind, values), lambda found: self._arrived(asked, found)
        )

    def _arrived(self, asked: int, found: list[Candidate]) -> None:
        if not isValid(self) or asked != self._asked or found == self.candidates:
            return  # the form may be gone by now
        self.candidates = found
        if self._lines is not None:
            self._lines.hide()
            self._lines.deleteLater()
        self._lines = QWidget()
        rows = QVBoxLayout(self._lines)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(PlainLabel(tr("duplicates.hint"), role="small", tone="muted"))
        for candidate in found:
            rows.addWidget(self._line(candidate))
        self._column.addWidget(self._lines)
        self.setVisible(bool(found))
        self.resized.emit()

    def _line(self, candidate: Candidate) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        texts = (candidate.ref.title, candidate.subtitle, reasons_text(candidate.reasons))
        said = tr("duplicates.reason_gap").join(text for text in texts if text)
        words = ElidedLabel(said, role="small")
        # A long name must not make the form wider.
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(words, 1)
        go = LinkButton(tr("duplicates.open"))
        go.setAccessibleName(f"{tr('duplicates.open')} {candidate.ref.title}")
        go.clicked.connect(partial(self.opened.emit, candidate.ref))
        row.addWidget(go)
        return line
