"""The F1 map: every command that has keys, by group."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.shell.keymap import COMMANDS, GROUPS
from crm_desktop.ui.shell.overlay import Overlay
from crm_desktop.ui.theme import icon, theme


def _label(text: str, role: str = "body", token: str = "text") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme().font(role))
    look = label.palette()
    look.setColor(label.foregroundRole(), theme().colour(token))
    label.setPalette(look)
    return label


class HelpOverlay(Overlay):
    """Keys and what they do, in three columns; read-only."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.wanted_width = 900
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.viewport().setAutoFillBackground(False)
        head = QHBoxLayout()
        self._title = QLabel(self)
        self._close = QPushButton(icon("x"), "", self)
        self._close.setFlat(True)
        self._close.clicked.connect(self.close_overlay)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self.column.addLayout(head)
        self.column.addWidget(self._scroll, 1)
        self._hint = QLabel(self)
        self.column.addWidget(self._hint)
        theme().changed.connect(self._fill)
        self._fill()

    def open_help(self) -> None:
        """Show it."""
        self.open(focus=self._scroll)

    def place(self) -> None:
        """As wide as the map needs, as high as the window has."""
        window = self.parentWidget()
        if window is not None:
            height = self._inner.sizeHint().height() + 110
            self.setFixedHeight(min(height, window.height() - 48))
        super().place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()

    def _fill(self) -> None:
        self.setAccessibleName(tr("shell.help_title"))
        self._title.setText(tr("shell.help_title"))
        self._title.setFont(theme().font("title"))
        self._hint.setText(tr("shell.help_hint"))
        self._close.setAccessibleName(tr("shell.close"))
        self._scroll.setAccessibleName(tr("shell.help_title"))
        self._inner = QWidget()
        self._inner.setAutoFillBackground(False)
        grid = QGridLayout(self._inner)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        groups = ((GROUPS[0], GROUPS[1]), (GROUPS[2], GROUPS[3]), (GROUPS[4],))
        for column, names in enumerate(groups):
            row = 0
            for name in names:
                grid.addWidget(_label(tr(f"shell.group.{name}"), "caption", "muted"), row, column)
                row += 1
                for command in COMMANDS:
                    if command.group == name and command.keys:
                        line = QHBoxLayout()
                        keys = command.sequence().toString(QKeySequence.SequenceFormat.NativeText)
                        line.addWidget(_label(tr(command.words)), 1)
                        line.addWidget(_label(keys, "small", "muted"))
                        grid.addLayout(line, row, column)
                        row += 1
            grid.setColumnStretch(column, 1)
            grid.setRowStretch(60, 1)
        self._scroll.setWidget(self._inner)
        self._inner.setAutoFillBackground(False)
