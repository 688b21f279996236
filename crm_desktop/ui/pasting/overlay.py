"""Ctrl+Shift+V: pasted text above, what was read below, who it may already be, one button."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.duplicates import Candidate
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.services.pasting import Draft
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.duplicates.reasons import reasons_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.pasting.form import PastedForm
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.overlay import Overlay
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import (
    ButtonRow,
    ElidedLabel,
    LinkButton,
    PlainLabel,
    PrimaryButton,
    Segmented,
    TextArea,
)
from crm_desktop.ui.widgets.scrolled import Scrolled

_PAUSE = 200  # milliseconds of rest before typed text is read
_KINDS = (Kind.PERSON, Kind.COMPANY)
_SOURCE_LINES, _MOST_SOURCE_LINES = 4, 5
_LEAST_FORM = 60


class _AsHighAsItsForm(Scrolled):
    """Qt remembers how high the form was before its fonts were known."""

    def sizeHint(self) -> QSize:
        inner = self.widget()
        if inner is None:
            return super().sizeHint()
        inner.ensurePolished()
        return inner.sizeHint()


class PasteOverlay(Overlay):
    """Keeps its text when it is closed; the same text pasted again finds it as it was left."""

    def __init__(self, window: QWidget, context: Context) -> None:
        super().__init__(window)
        self._context = context
        self._asked = 0
        self._wanted: Kind | None = None  # the user's choice; None follows the text
        self.form: PastedForm | None = None
        self.wanted_width = 680
        self._title = PlainLabel("", role="title")
        self.kinds = Segmented([(kind.value, "") for kind in _KINDS])
        self.kinds.changed.connect(self._choose_kind)
        self.source = TextArea(rows=_SOURCE_LINES, most_rows=_MOST_SOURCE_LINES)
        self.source.textChanged.connect(self._typed)
        self.source.finished.connect(self.make)
        self.said = PlainLabel("", role="small", tone="muted", wrap=True)
        self.alike = QWidget()
        self._alike_rows = QVBoxLayout(self.alike)
        self._alike_rows.setContentsMargins(0, 0, 0, 0)
        self._alike_rows.setSpacing(2)
        self._scroll = _AsHighAsItsForm(QWidget())
        self._keys = PlainLabel("", role="small", tone="muted")
        self.create_button = PrimaryButton("")
        self.create_button.clicked.connect(self.make)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.read)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.kinds)
        below = ButtonRow(self.create_button, on_cancel=self.close_overlay, aside=(self._keys,))
        self._cancel = below.cancel
        self.column.addLayout(head)
        self.column.addWidget(self.source)
        self.column.addWidget(self.said)
        self.column.addWidget(self._scroll, 1)
        self.column.addWidget(self.alike)
        self.column.addLayout(below)
        theme().changed.connect(self._dress)
        self._dress()
        self.retranslate()

    # ---- opening

    def open_with(self, text: str | None = None, kind: Kind | None = None) -> None:
        """Show it over `text`, or what is on the clipboard."""
        given = QGuiApplication.clipboard().text() if text is None else text
        if given.strip() and given != self.source.toPlainText():
            self._wanted = kind
            self.source.setPlainText(given)
        self.open(focus=self.source)
        self.read()

    def has_unsaved_text(self) -> bool:
        return bool(self.source.toPlainText().strip())

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self._title.setText(tr("pasting.title"))
        self.setAccessibleName(tr("pasting.title"))
        self.source.setAccessibleName(tr("pasting.source"))
        self.source.setPlaceholderText(tr("pasting.source_hint"))
        self.kinds.setAccessibleName(tr("pasting.kind"))
        self.kinds.set_texts([(kind.value, tr(f"kind.{kind.value}")) for kind in _KINDS])
        self._scroll.setAccessibleName(tr("pasting.title"))
        self._keys.setText(tr("pasting.keys"))
        self._cancel.setText(tr("common.cancel"))
        self.create_button.setText(tr("pasting.create"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.make()
        else:
            super().keyPressEvent(event)

    # ---- reading

    def _typed(self) -> None:
        self._pause.start()

    def _choose_kind(self, kind: str) -> None:
        self._wanted = Kind(kind)
        self.read()

    def read(self) -> None:
        """Read the text in a reader thread; only the latest answer counts."""
        self._pause.stop()
        self._asked += 1
        asked, text, kind = self._asked, self.source.toPlainText(), self._wanted
        if not text.strip():
            self._show_nothing(tr("pasting.empty"))
            return

        def refused(why: Refused) -> None:
            if asked == self._asked:
                self._show_nothing(sentence(why))

        pasting = self._context.services.pasting
        self._context.jobs.run_reader(
            lambda: pasting.read(text, kind),
            lambda draft: self._arrived(asked, draft),
            refused=refused,
        )

    def _arrived(self, asked: int, draft: Draft) -> None:
        if asked != self._asked:
            return
        self.kinds.set_current(draft.kind.value)
        self.form = PastedForm(draft)
        self._scroll.show_widget(self.form)
        self._scroll.show()
        count = sum(bool(line.text()) for _, line in self.form.lines)
        self._say(tr("pasting.read", count=count))
        self._show_alike(draft.alike)
        self.create_button.setEnabled(True)
        self._scroll.updateGeometry()
        self.place()

    def _show_nothing(self, why: str) -> None:
        self.form = None
        self._scroll.hide()
        self._show_alike([])
        self._say(why)
        self.create_button.setEnabled(False)
        self.place()

    def _say(self, words: str, tone: str = "muted") -> None:
        self.said.set_tone(tone)
        self.said.setText(words)

    def _show_alike(self, found: list[Candidate]) -> None:
        self.alike.hide()  # in what is shown new lines count only later, in the next event
        while (item := self._alike_rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if found:
            self._alike_rows.addWidget(PlainLabel(tr("pasting.alike"), role="strong"))
        for each in found:
            self._alike_rows.addWidget(self._alike_line(each))
        self.alike.setVisible(bool(found))

    def _alike_line(self, candidate: Candidate) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        texts = (candidate.ref.title, candidate.subtitle, reasons_text(candidate.reasons))
        said = tr("duplicates.reason_gap").join(text for text in texts if text)
        row.addWidget(ElidedLabel(said, role="small"), 1)
        for key, run in (("open", self._open), ("fill", self.fill)):
            button = LinkButton(tr(f"pasting.{key}"))
            button.setAccessibleName(f"{tr(f'pasting.{key}')} {candidate.ref.title}")
            button.clicked.connect(partial(run, candidate.ref))
            row.addWidget(button)
        return line

    # ---- doing

    def make(self) -> None:
        """Make the record, a person with its company, in one gesture; then go there."""
        form = self.form
        if form is None:
            return
        if not form.name():
            self._say(tr("pasting.name_missing"), "danger")
            form.line("name").setFocus()
            return
        if (values := self._values(form)) is None:
            return
        pasting, kind, name = self._context.services.pasting, form.kind, form.name()
        firm = form.firm()

        def made(record_id: Any) -> None:
            self._finish()
            self._context.navigator.go(Place.record(kind.value, record_id))
            self._context.window.toast(tr("pasting.created", name=name), undo=True)

        self._write(lambda: pasting.create(kind, values, firm), made)

    def fill(self, ref: Ref) -> None:
        """Put what was read into a record that is there, where it has nothing yet."""
        if self.form is None or (values := self._values(self.form)) is None:
            return
        pasting, firm = self._context.services.pasting, self.form.firm()

        def filled(keys: Any) -> None:
            self._finish()
            self._context.navigator.go(Place.record(ref.kind.value, ref.id))
            key = "pasting.filled" if keys else "pasting.nothing_missing"
            words = tr(key, count=len(keys), name=ref.title)
            self._context.window.toast(words, undo=bool(keys))

        self._write(lambda: pasting.fill(ref, values, firm), filled)

    def _values(self, form: PastedForm) -> dict[str, Any] | None:
        """What the form says; None where that cannot be, which is told."""
        try:
            return form.values()
        except Refused as refused:
            self._say(sentence(refused), "danger")
            form.line("birthday").setFocus()
            return None

    def _write(self, work: Any, done: Any) -> None:
        self.create_button.setEnabled(False)

        def refused(why: Refused) -> None:
            self.create_button.setEnabled(True)
            problems: list[Problem] = why.args_for_words.get("problems", [])
            self._say(sentence(problems[0] if problems else why), "danger")

        self._context.jobs.run_writer(lambda _progress: work(), done, refused=refused)

    def _open(self, ref: Ref) -> None:
        self.close_overlay()
        self._context.navigator.go(Place.record(ref.kind.value, ref.id))

    def _finish(self) -> None:
        self.close_overlay()
        self._wanted = None
        self.source.clear()

    def _dress(self) -> None:
        self._scroll.setMinimumHeight(theme().px(_LEAST_FORM))  # it scrolls in a small window
