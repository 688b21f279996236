"""One line plans a follow-up: what was understood stands beneath it before Enter is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.kinds import Ref
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.quickadd import QuickAdd
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import day_near, time_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.widgets import Chip, FlowLayout
from crm_desktop.ui.widgets.texts import SignedLine

PAUSE = 120  # milliseconds of rest before the names are looked up


class _Line(SignedLine):
    """Esc empties it, and once it is empty gives the keyboard back."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class QuickLine(QWidget):
    """The line and its chips. `planned` tells the id once it is in the book."""

    planned = Signal(int)
    left = Signal()
    settled = Signal()  # nothing typed is waiting any more

    def __init__(
        self,
        context: Context,
        *,
        planner: Callable[[str], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._planner = planner  # plans in its own way what is typed
        self._about: Ref | None = None
        self._asked = 0
        self.chips: list[Chip] = []
        self.line = _Line("plus")
        self._place = QWidget()
        self._flow = FlowLayout(self._place, gap=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addWidget(self._place)
        self._place.hide()
        self.setFocusProxy(self.line)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._read)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self.plan)
        self.line.left.connect(self._leave)
        self.retranslate()

    def start(self, text: str = "", about: Ref | None = None) -> None:
        """Take the keyboard, perhaps with words and a record it is about."""
        self._about = about
        if text:
            self.line.setText(text)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read()

    def text(self) -> str:
        """What is typed."""
        return self.line.text().strip()

    def plan(self) -> None:
        """Plan what is typed."""
        text, about = self.text(), self._about
        if not text:
            return
        service = self._context.services.activities
        self.line.setText("")
        self._about = None
        self._show_chips([])
        if self._planner is not None:
            self._planner(text)
            return

        def done(activity_id: Any) -> None:
            item = service.item(activity_id)
            today = self._context.clock.today()
            day = day_near(item.due.day, today, item.due.time) if item.due else ""
            words = tr(
                "followup_page.planned" if day else "followup_page.planned_no_date",
                subject=item.subject,
                day=day,
            )
            self._context.window.toast(words, undo=True)
            self.planned.emit(activity_id)

        job = self._context.jobs.run_writer(lambda _p: service.quick_add(text, about), done)

        def give_back(_error: object) -> None:
            # What was typed is never lost.
            if not self.line.text():
                self.line.setText(text)
                self._about = about

        job.failed.connect(give_back)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.line.setPlaceholderText(tr("followup_page.quick_hint"))
        self.line.setAccessibleName(tr("followup_page.quick_name"))
        self._read()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _typed(self, text: str) -> None:
        self._pause.start()
        if not text:
            self.settled.emit()

    def _read(self) -> None:
        self._pause.stop()
        text = self.text()
        self._asked += 1
        number = self._asked
        if not text:
            self._show(None)
            return
        service = self._context.services.activities

        def arrived(parsed: Any) -> None:
            if number == self._asked:
                self._show(parsed)

        self._context.jobs.run_reader(lambda: service.quick_parse(text), arrived)

    def _show(self, parsed: QuickAdd | None) -> None:
        shown: list[tuple[str, str]] = []
        if self._about is not None:
            shown.append((tr("followup_page.chip_about", title=self._about.title), "purple"))
        if parsed is not None:
            shown += self._understood(parsed)
        self._show_chips(shown)

    def _understood(self, parsed: QuickAdd) -> list[tuple[str, str]]:
        lists, today = self._context.services.lists, self._context.clock.today()
        code = parsed.type_code
        kind = lists.item(int(code)) if code.isdigit() else lists.by_code("activity_type", code)
        shown = [(item_name(kind, tr), kind.color)] if kind is not None else []
        if parsed.day is not None:
            shown.append((day_near(parsed.day, today), "blue"))
        else:
            shown.append((tr("format.no_date"), "grey"))
        if parsed.time is not None:
            shown.append((time_text(parsed.time), "blue"))
        if parsed.person is not None:
            shown.append((parsed.person.value.title, "green"))
        return shown

    def _show_chips(self, shown: list[tuple[str, str]]) -> None:
        self._flow.drop_widgets(self.chips)
        self.chips = [Chip(text, colour=colour) for text, colour in shown]
        for chip in self.chips:
            self._flow.addWidget(chip)
        self._place.setVisible(bool(self.chips))

    def _leave(self) -> None:
        self._about = None
        self._show_chips([])
        self.left.emit()
