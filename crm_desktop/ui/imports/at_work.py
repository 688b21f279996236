"""What the import page is busy with: the job, how far it is, and why it could not be done."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.problems import Refused
from crm_desktop.ui.context import sentence
from crm_desktop.ui.imports.waiting import Waiting
from crm_desktop.ui.jobs import Job
from crm_desktop.ui.language import tr
from crm_desktop.ui.widgets import Banner


class AtWork(QObject):
    """One job at a time. `waiting` and `trouble` are widgets for the page to place."""

    changed = Signal()  # a job began or ended
    again_wished = Signal()
    other_file_wished = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.job: Job | None = None
        self.may_try_again = False
        self._why: Refused | None = None
        self.trouble = Banner("", kind="red")
        self.trouble.acted.connect(self._acted)
        self.trouble.hide()
        self.waiting = Waiting()
        self.waiting.cancelled.connect(self.cancel)

    def begin(self, key: str, job: Job, *, locks: bool = True) -> None:
        """A job was started; `key` names the words for it, `locks` whether one waits for it."""
        # What is shown is locked meanwhile: the keyboard waits on the page itself.
        if locks and self._page.isAncestorOf(QApplication.focusWidget() or self._page.window()):
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.job is not None and not self.job.writes:
            self.job.silent = True  # another one took its place: its end is not the end of this
        self.job = job
        self.waiting.start(key, job)
        self.changed.emit()

    def end(self) -> None:
        """The job is done, refused or cancelled."""
        self.job = None
        self.waiting.stop()
        self.changed.emit()

    def cancel(self) -> None:
        """Stop the job, if there is one."""
        if self.job is not None:
            self.job.cancel()

    def refuse(self, why: Refused) -> None:
        """The job ended with a reason the user can mend."""
        self.end()
        self.show_trouble(why)

    def show_trouble(self, why: Refused) -> None:
        """Say why something could not be done, and what to do now."""
        self._why = why
        actions = [("other", tr("import_page.other_file"))]
        if self.may_try_again:
            actions.insert(0, ("again", tr("common.try_again")))
        self.trouble.set_text(sentence(why), actions=actions)
        self.trouble.show()

    def clear(self) -> None:
        """Nothing is wrong any more."""
        self._why = None
        self.trouble.hide()

    def retranslate(self) -> None:
        """All words again."""
        self.waiting.retranslate()
        if self._why is not None:
            self.show_trouble(self._why)

    def _acted(self, key: str) -> None:
        if key == "again" and self.may_try_again:
            self.again_wished.emit()
        else:
            self.other_file_wished.emit()
