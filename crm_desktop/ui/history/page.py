"""The history: what was done, by day, each with its undo or the reason why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.history import GestureRow, UndoResult
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import time_text
from crm_desktop.ui.gestures import gesture_title, result_words
from crm_desktop.ui.history.result import ResultCard
from crm_desktop.ui.history.rows import day_heading, local
from crm_desktop.ui.language import has_words, tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD, GAP_PAGE
from crm_desktop.ui.widgets import Button, Card, EmptyState, PlainLabel
from crm_desktop.ui.widgets.scrolled import Scrolled

_PAGE = 100
_WORDS, _REASON = 3, 2  # shares of a line without an undo: what was done is longer than why


class _Line(QWidget):
    """One gesture: when, what, and its undo."""

    def __init__(self, row: GestureRow, page: HistoryPage) -> None:
        super().__init__()
        services, clock = page.context.services, page.context.clock
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(GAP_CARD)
        when = PlainLabel(time_text(local(row.at, clock)), role="number", tone="muted")
        when.setFixedWidth(theme().px(44))
        words = gesture_title(row.title, row.args, services)
        what = PlainLabel(words, tone="muted" if row.undone else "text", wrap=True)
        line.addWidget(when)
        line.addWidget(what, _WORDS)
        self.undo: Button | None = None
        if row.undoable:
            self.undo = Button(tr("common.undo"), icon_name="undo-2", small=True)
            self.undo.setAccessibleName(tr("common.undo_last", what=words))
            self.undo.clicked.connect(lambda: page.undo(row))
            line.addWidget(self.undo)
        else:
            reason = tr(row.reason) if has_words(row.reason) else ""
            why = PlainLabel(reason, role="small", tone="muted", wrap=True)
            why.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(why, _REASON)


class HistoryPage(Page):
    """Cards of days, newest first; more on request."""

    key = "history"
    shows = frozenset(Kind)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.rows: list[GestureRow] = []
        self.lines: dict[int, _Line] = {}  # by the ids of the gestures
        self._wanted = _PAGE
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, GAP_CARD)
        outer.setSpacing(GAP_CARD)
        self.heading = PlainLabel(role="title")
        outer.addWidget(self.heading)
        self._why = PlainLabel(tone="muted", wrap=True)
        outer.addWidget(self._why)
        self._result: UndoResult | None = None
        self.result: ResultCard | None = None
        self._above = QVBoxLayout()
        outer.addLayout(self._above)
        self._empty = EmptyState("history", "")
        outer.addWidget(self._empty, 1)
        self._scroll = Scrolled(QWidget())
        outer.addWidget(self._scroll, 1)
        theme().changed.connect(self._fill)
        self.retranslate()

    def title(self) -> str:
        """The words at the top of the page and of its own window."""
        return tr("shell.page.history")

    def retranslate(self) -> None:
        """All words again."""
        self.heading.setText(self.title())
        self._why.setText(tr("history_page.about"))
        self._scroll.setAccessibleName(tr("shell.page.history"))
        self._empty.set_texts(tr("history_page.empty"), why=tr("history_page.empty_why"))
        self._show_result(self._result)
        self._fill()

    def refresh(self) -> None:
        """Read the newest gestures."""
        wanted = self._wanted
        history = self.context.services.history
        self.read("rows", lambda: history.gestures(wanted), self._arrived)

    def undo(self, row: GestureRow) -> None:
        """Take one gesture back; say what came of it."""
        services = self.context.services
        self.write(lambda: services.history.undo(row.id), self._undone, refused=self._refused)

    def _undone(self, result: UndoResult) -> None:
        services = self.context.services
        self.context.window.toast(result_words(result, "undone", services))
        self._show_result(result if result.kept or result.blocked else None)
        self.mark_stale()

    def _show_result(self, result: UndoResult | None) -> None:
        """Say below the heading what the last undo could not put back, until it is closed."""
        self._result = result
        if self.result is not None:
            self.result.hide()
            self.result.deleteLater()
            self.result = None
        if result is not None:
            self.result = ResultCard(result, self.context.services)
            self.result.opened.connect(lambda ref: self.go(Place.record(ref.kind.value, ref.id)))
            self.result.closed.connect(lambda: self._show_result(None))
            self._above.addWidget(self.result)

    def _refused(self, why: Refused) -> None:
        self.context.window.tell(why)
        self.mark_stale()

    def _arrived(self, rows: list[GestureRow]) -> None:
        self.rows = rows
        self._fill()

    def _fill(self) -> None:
        self._empty.setVisible(not self.rows)
        self._scroll.setVisible(bool(self.rows))
        at = self._scroll.verticalScrollBar().value()
        held = self._line_with_keyboard()
        self.lines = {}
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP_CARD)
        today = self.context.clock.today()
        day: date | None = None
        card: Card | None = None
        for row in self.rows:
            its = local(row.at, self.context.clock).date()
            if its != day or card is None:
                day = its
                card = Card(day_heading(its, today))
                card.body.setSpacing(0)
                column.addWidget(card)
            self.lines[row.id] = _Line(row, self)
            card.body.addWidget(self.lines[row.id])
        if len(self.rows) >= self._wanted:
            more = Button(tr("history_page.older"), small=True)
            more.clicked.connect(self._more)
            column.addWidget(more)
        column.addStretch(1)
        self._scroll.show_widget(inner)
        self._scroll.verticalScrollBar().setValue(at)
        if held is not None:
            self._keep_keyboard_at(held)

    def _line_with_keyboard(self) -> int | None:
        buttons = ((key, line.undo) for key, line in self.lines.items())
        return next((key for key, one in buttons if one is not None and one.hasFocus()), None)

    def _keep_keyboard_at(self, held: int) -> None:
        """On the line that had it; where that can no longer be undone, on the next that can."""
        places = list(self.lines)
        at = places.index(held) if held in places else 0
        for key in (*places[at:], *reversed(places[:at])):
            button = self.lines[key].undo
            if button is not None:
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                self._scroll.ensureWidgetVisible(button)
                return

    def _more(self, *_: Any) -> None:
        self._wanted += _PAGE
        self.refresh()
