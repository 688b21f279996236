"""Banners: lines above the page that stay until their cause is gone or the user closes them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_desktop.ui.context import Choice
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import icon, theme


class Banner(QWidget):
    """One line with its buttons."""

    def __init__(self, text: str, choices: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self.text = text
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        self._words = QLabel(text, self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        row.addWidget(self._words, 1)
        self.buttons: list[QPushButton] = []
        for words, action in choices:
            button = QPushButton(words, self)
            self.buttons.append(button)
            button.clicked.connect(lambda _checked=False, run=action: run())
            row.addWidget(button)
        self.close_button = QPushButton(icon("x", "chip.amber"), "", self)
        self.close_button.setFlat(True)
        self.close_button.setAccessibleName(tr("shell.close"))
        self.close_button.setToolTip(tr("shell.close"))
        row.addWidget(self.close_button)
        theme().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        look = self._words.palette()
        look.setColor(QPalette.ColorRole.WindowText, theme().colour("chip.amber"))
        self._words.setPalette(look)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("fill.amber"))


class Banners(QWidget):
    """The banners of a window, by key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._shown: dict[str, Banner] = {}
        self.hide()

    def tell(self, key: str, text: str, choices: Sequence[Choice] = ()) -> None:
        """Show a banner; one with the same key is replaced."""
        self.close_banner(key)
        banner = Banner(text, choices, self)
        banner.close_button.clicked.connect(lambda: self.close_banner(key))
        self._shown[key] = banner
        self._column.addWidget(banner)
        self.show()

    def close_banner(self, key: str) -> None:
        """Take it away, if it is there."""
        banner = self._shown.pop(key, None)
        if banner is not None:
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._shown))

    def close_all(self) -> None:
        """Take all of them away."""
        for key in list(self._shown):
            self.close_banner(key)

    def texts(self) -> dict[str, str]:
        """What is shown, by key."""
        return {key: banner.text for key, banner in self._shown.items()}
