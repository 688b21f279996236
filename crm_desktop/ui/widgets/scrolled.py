"""A pane that scrolls up and down when its content is higher than the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scrolled(QScrollArea):
    """Shows one widget as wide as itself; it has no frame and no colour of its own."""

    def __init__(self, inner: QWidget, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)
        self.show_widget(inner)

    def show_widget(self, inner: QWidget) -> None:
        """Show another widget; the one before is deleted."""
        before = self.takeWidget()
        if before is not None:
            # Not at once: it may be the one whose click or event led here.
            before.hide()
            before.deleteLater()
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
