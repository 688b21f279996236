"""Ctrl+Shift+N: choose a type, write one line, Enter. The page below stays as it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.shell.overlay import Overlay
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets.buttons import Button

KINDS = (
    ("activity", "calendar-plus"),
    ("person", "user-plus"),
    ("company", "building-2"),
    ("opportunity", "kanban"),
    ("ticket", "life-buoy"),
    ("product", "package"),
)


class QuickAdd(Overlay):
    """Types in a row, one field below. `add(kind, text, open)` does the work."""

    def __init__(self, window: QWidget, add: Callable[[str, str, bool], None]) -> None:
        super().__init__(window)
        self._add = add
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._hint = QLabel(self)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        row = QHBoxLayout()
        row.setSpacing(4)
        for kind, icon_name in KINDS:
            button = Button("", icon_name=icon_name, variant="segment", small=True, parent=self)
            button.setCheckable(True)
            self._group.addButton(button)
            self.buttons[kind] = button
            row.addWidget(button)
        row.addStretch(1)
        self.buttons["activity"].setChecked(True)
        self.field = QLineEdit(self)
        self.field.installEventFilter(self)
        self.column.addWidget(self._title)
        self.column.addLayout(row)
        self.column.addWidget(self.field)
        self.column.addWidget(self._hint)
        self._group.buttonClicked.connect(lambda: self.field.setFocus())
        theme().changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def open_for(self, kind: str = "") -> None:
        """Show it, with `kind` chosen; what was typed before and not added is still there."""
        if kind in self.buttons:
            self.buttons[kind].setChecked(True)
        self.open(focus=self.field)

    def kind(self) -> str:
        """The type chosen."""
        return next(kind for kind, button in self.buttons.items() if button.isChecked())

    def has_unsaved_text(self) -> bool:
        """A click elsewhere must not lose the line."""
        return bool(self.field.text().strip())

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setAccessibleName(tr("shell.quick_title"))
        self._title.setText(tr("shell.quick_title"))
        self._hint.setText(tr("shell.quick_hint"))
        self.field.setAccessibleName(tr("shell.quick_what"))
        self.field.setPlaceholderText(tr("shell.quick_what"))
        for kind, button in self.buttons.items():
            button.setText(tr(f"shell.quick.{kind}"))
            button.setAccessibleName(tr(f"shell.quick.{kind}"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                text = self.field.text().strip()
                if text:
                    wants_open = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                    self.field.setText("")
                    self.close_overlay()
                    self._add(self.kind(), text, wants_open)
                return True
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        self._title.setFont(theme().font("strong"))
        self._hint.setFont(theme().font("small"))
