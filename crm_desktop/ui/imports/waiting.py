"""The line that is shown while a file is read, checked or taken in."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from crm_desktop.ui.formats import number
from crm_desktop.ui.jobs import Job
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme.tokens import GAP_CARD
from crm_desktop.ui.widgets import Button, PlainLabel

_PATIENCE = 200  # milliseconds: shorter work shows no line at all


class Waiting(QWidget):
    """What is being done, how far it is, and Cancel; appears only when it takes a while."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_CARD)
        self._what = PlainLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._far = PlainLabel(tone="muted")
        self._cancel = Button()
        self._cancel.clicked.connect(self.cancelled)
        row.addWidget(self._what)
        row.addWidget(self._bar, 1)
        row.addWidget(self._far)
        row.addWidget(self._cancel)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self.show)
        self._key = ""
        self.hide()

    def start(self, key: str, job: Job) -> None:
        """Tell about `job`; `key` names the words of what it does."""
        self._key = key
        self._bar.setRange(0, 0)
        self._far.setText("")
        self.retranslate()
        job.progressed.connect(self._step)
        self._timer.start()

    def stop(self) -> None:
        """It is over."""
        self._timer.stop()
        self._key = ""
        self.hide()

    def retranslate(self) -> None:
        """The words in the language of now."""
        self._cancel.setText(tr("common.cancel"))
        if self._key:
            self._what.setText(tr(self._key))
            self._bar.setAccessibleName(tr(self._key))

    def _step(self, done: int, total: int) -> None:
        if not self._key:
            return
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        if total:
            words = tr("common.of", shown=number(done), total=number(total))
        else:
            words = tr("import_page.rows_read", count=done, number=number(done))
        self._far.setText(words)
