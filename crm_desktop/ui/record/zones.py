"""Three zones side by side, two where there is less room, one at a time where there is little."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP_CARD, GAP_PAGE
from crm_desktop.ui.widgets import Segmented

FACTS_WIDTH = 308
RELATED_WIDTH = 272
_MIDDLE = 340  # the middle needs at least this
_TABS = ("middle", "facts")


class Column(QScrollArea):
    """A column of cards that scrolls up and down, never sideways."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        # A click beside the fields leaves the field that is edited.
        inside.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 8, GAP_PAGE)
        self.column.setSpacing(GAP_CARD)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)


class Zones(QWidget):
    """Facts, middle and related; arranges them by the width there is."""

    def __init__(self, facts: QWidget, related: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        self.tabs = Segmented([(key, "") for key in _TABS])
        self.tabs.changed.connect(lambda _key: self._show_tab())
        outer.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(GAP_CARD)
        self.left, self.middle, self.right = Column("facts"), Column("middle"), Column("related")
        self._related = related
        self.left.column.addWidget(facts)
        self.left.column.addStretch(1)
        self.right.column.addStretch(1)
        row.addWidget(self.left)
        row.addWidget(self.middle, 1)
        row.addWidget(self.right)
        outer.addLayout(row, 1)
        self._mode = ""
        self.retranslate()
        theme().changed.connect(self._arrange)

    def retranslate(self) -> None:
        """Set every word again."""
        self.tabs.set_texts([(key, tr(f"record_page.tab.{key}")) for key in _TABS])
        self.tabs.setAccessibleName(tr("record_page.tabs"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def show_middle(self) -> None:
        """Bring the middle to the front where only one zone is shown."""
        self.tabs.set_current("middle")
        self._show_tab()

    def show_facts(self) -> None:
        """Bring the facts to the front where only one zone is shown."""
        self.tabs.set_current("facts")
        self._show_tab()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = theme().px
        three = self.width() >= px(FACTS_WIDTH + _MIDDLE + RELATED_WIDTH) + 2 * GAP_CARD
        two = self.width() >= px(FACTS_WIDTH + _MIDDLE) + GAP_CARD
        mode = "three" if three else "two" if two else "one"
        if mode == "one":
            self.left.setMinimumWidth(0)
            self.left.setMaximumWidth(1 << 20)
        else:
            self.left.setFixedWidth(px(FACTS_WIDTH))
        self.right.setFixedWidth(px(RELATED_WIDTH))
        if mode != self._mode:
            focus = QApplication.focusWidget()
            if mode == "one" and focus is not None and self.left.isAncestorOf(focus):
                self.tabs.set_current("facts")  # what is being typed stays in sight
            self._mode = mode
            home = self.right if mode == "three" else self.left
            home.column.insertWidget(0 if mode == "three" else 1, self._related)
        self._show_tab()

    def _show_tab(self) -> None:
        one = self._mode == "one"
        self.tabs.setVisible(one)
        self.right.setVisible(self._mode == "three")
        self.left.setVisible(not one or self.tabs.current() == "facts")
        self.middle.setVisible(not one or self.tabs.current() == "middle")
