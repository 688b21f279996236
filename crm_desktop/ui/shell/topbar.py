"""The bar above the page: search, import, and the button that makes new things."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.shell.bar_button import BarButton
from crm_desktop.ui.shell.menus import NEW
from crm_desktop.ui.theme.icons import paint_icon
from crm_desktop.ui.theme.shapes import baseline, fitting, paint_box
from crm_desktop.ui.theme.theme import theme
from crm_desktop.ui.theme.tokens import CONTROL_HEIGHT, TOP_BAR

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from crm_desktop.ui.shell.commands import Commands

# How Qt writes the keys of the command "palette"; asking Qt would cost the first picture 2 ms.
SEARCH_KEYS = "⌘K" if sys.platform == "darwin" else "Ctrl+K"


class SearchBox(QAbstractButton):
    """Looks like a field and opens the palette; what is typed here goes on there."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # A button keeps its height and grows in width: no policy, whose enums Qt would build.
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)  # the muted colour
        self.retranslate()

    def retranslate(self) -> None:
        """Name it in the language of the window."""
        self.setText(tr("shell.search"))
        self.setAccessibleName(tr("shell.search_name"))

    def sizeHint(self) -> QSize:
        return QSize(180, theme().px(CONTROL_HEIGHT))  # at least; the layout gives it more

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, rect = theme(), self.rect()
        painter = QPainter(self)
        focus = self.hasFocus()
        line = "accent" if focus else "border_strong"
        paint_box(painter, rect, fill="surface", line=line, width=2 if focus else 1)
        side = look.px(16)
        spot = QRect(10, (rect.height() - side) // 2, side, side)
        paint_icon(painter, "search", spot.toRectF(), token="muted")
        painter.setFont(look.font("small"))
        metrics = painter.fontMetrics()
        used = metrics.horizontalAdvance(SEARCH_KEYS)
        painter.drawText(rect.width() - 10 - used, baseline(metrics, rect), SEARCH_KEYS)
        painter.setFont(look.font("body"))
        metrics = painter.fontMetrics()
        left = 18 + side
        words = fitting(metrics, self.text(), rect.width() - left - used - 22)
        painter.drawText(left, baseline(metrics, rect), words)


class TopBar(QWidget):
    """Search at the left, Import and New at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._menu: QMenu | None = None
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setForegroundRole(QPalette.ColorRole.Mid)  # the line below
        self.search = SearchBox(self)
        self.import_button = BarButton("file-spreadsheet", self)
        self.new_button = BarButton("plus", self, primary=True)
        self.kinds_button = BarButton("chevron-down", self, primary=True)
        self.buttons = (self.import_button, self.new_button, self.kinds_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        self.search.setMaximumWidth(520)
        row.addWidget(self.search, 3)
        row.addStretch(1)
        row.addWidget(self.import_button)
        row.addWidget(self.new_button)
        row.addSpacing(-6)
        row.addWidget(self.kinds_button)
        theme().changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def connect_commands(self, commands: Commands) -> None:
        """From now on the buttons do what they say."""
        menu = QMenu(self)
        for key in NEW:
            menu.addAction(commands.action(key))
        menu.addSeparator()
        menu.addAction(commands.action("quick_add"))
        self._menu = menu
        self.search.clicked.connect(lambda: commands.run("palette"))
        self.import_button.clicked.connect(lambda: commands.run("import_file"))
        self.new_button.clicked.connect(lambda: commands.run("new_here"))
        self.kinds_button.clicked.connect(
            lambda: menu.popup(
                self.kinds_button.mapToGlobal(QPoint(0, self.kinds_button.height() + 4))
            )
        )
        self.retranslate()

    def retranslate(self) -> None:
        """Name everything in the language of the window."""
        self.setAccessibleName(tr("shell.topbar"))
        self.search.retranslate()
        self.import_button.setText(tr("shell.import"))
        self.import_button.setAccessibleName(tr("shell.import"))
        self.new_button.setText(tr("shell.new"))
        self.new_button.setAccessibleName(tr("shell.new"))
        self.kinds_button.setAccessibleName(tr("shell.new_menu"))
        self.kinds_button.setToolTip(tr("shell.new_menu"))
        if self._menu is not None:
            self._menu.setAccessibleName(tr("shell.new_menu"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        bottom = self.height() - 1
        QPainter(self).drawLine(0, bottom, self.width(), bottom)

    def _dress(self) -> None:
        self.setFixedHeight(theme().px(TOP_BAR))
        self.search.updateGeometry()
        for button in self.buttons:
            button.dress()
