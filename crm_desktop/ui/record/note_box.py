"""The box for a note: one line and one key; with a type it is a call, a visit, an e-mail."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.lists import item_name
from crm_desktop.typed_texts import Tells
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.theme import tokens
from crm_desktop.ui.theme.tokens import RADIUS_CONTROL
from crm_desktop.ui.widgets import Button, ChoiceField, Option, PlainLabel, TextArea

_DRAFT_EVERY = 2000  # ms: what is typed survives a crash but for the last two seconds


class NoteBox(QWidget):
    """Ctrl+Enter saves. What is not saved stays as a draft of its record."""

    saved = Signal()
    unsaved_changed = Signal()

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.text = TextArea()
        self.text.finished.connect(self.save)
        column.addWidget(self.text)
        self._below = QWidget()
        row = QHBoxLayout(self._below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.type = ChoiceField(required=True)
        self._hint = PlainLabel("", role="small", tone="muted")
        self._save = Button("", icon_name="check", small=True)
        self._save.clicked.connect(self.save)
        row.addWidget(self.type)
        row.addWidget(self._hint, 1)
        row.addWidget(self._save)
        column.addWidget(self._below)
        self._timer = QTimer(self, interval=_DRAFT_EVERY)
        self._timer.timeout.connect(self.keep_draft)
        self.text.textChanged.connect(self._typed)
        editing.context.notifier.erased.connect(self._forget_told)
        self.retranslate()
        self.show_record()

    def retranslate(self) -> None:
        """Set every word again; what is typed stays."""
        self.text.setPlaceholderText(tr("record_page.note_hint"))
        self.text.setAccessibleName(tr("record_page.note"))
        self._hint.setText(tr("record_page.note_keys"))
        self._save.setText(tr("record_page.save_note"))
        self.type.setAccessibleName(tr("record_page.note_type"))
        items = self._editing.context.services.lists.items("activity_type")
        chosen = self.type.value()
        self.type.set_options([Option(i.code or i.id, item_name(i, tr), i.color) for i in items])
        self.type.set_value(chosen or "note")

    def show_record(self) -> None:
        """Another record is shown: take up its draft."""
        draft = self._editing.context.state.get(self._name, "") if self._name else ""
        self.text.set_text(str(draft))
        self.text.document().setModified(bool(draft))
        self.type.set_value("note")
        self._arrange()

    def start(self, type_code: str = "note") -> None:
        """Take the keyboard, to write down a call or whatever `type_code` says."""
        self.type.set_value(type_code)
        self._below.show()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_text(self) -> bool:
        """Whether something is written that is not saved."""
        return bool(self.text.text().strip())

    def save(self) -> None:
        """Log what is written."""
        ref, text, code = self._editing.ref, self.text.text().strip(), self.type.value()
        if ref is None or not text:
            return
        activities = self._editing.context.services.activities
        more = {"type": code} if isinstance(code, int) else None
        type_code = "note" if isinstance(code, int) else str(code)
        name = self._name

        def saved() -> None:
            self._editing.context.state.put(name, "")
            if self._name == name and self.text.text().strip() == text:
                self.text.set_text("")
                self.type.set_value("note")
                self._arrange()
            self.saved.emit()

        self._editing.write(lambda: activities.log(ref, text, type_code, more=more), saved)

    def keep_draft(self) -> None:
        """Put away what is written, to be taken up when this record is shown again."""
        self._timer.stop()
        if self._name:
            self._editing.context.state.put(self._name, self.text.text())

    def leave_record(self) -> None:
        """Another record comes: keep the draft, and the box free."""
        self.keep_draft()
        self.text.blockSignals(True)
        self.text.set_text("")
        self.text.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().surface))
        box = self.text.geometry().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)

    @property
    def _name(self) -> str:
        card = self._editing.card
        return f"draft/note/{card.uid}" if card is not None else ""

    def _typed(self) -> None:
        self._arrange()
        if not self._timer.isActive():
            self._timer.start()

    def _arrange(self) -> None:
        self._below.setVisible(self.has_text() or self.type.value() != "note")

    def _forget_told(self, tells: Tells) -> None:
        """What is written tells of somebody who was erased: it is no draft any more."""
        if tells(self.text.text()):
            self.text.set_text("")
            self.keep_draft()
