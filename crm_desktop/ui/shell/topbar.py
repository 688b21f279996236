"""The bar above the page: search, import, and the button that makes new things."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from crm_desktop.ui.language import tr
from crm_desktop.ui.shell.commands import Commands
from crm_desktop.ui.shell.menus import NEW
from crm_desktop.ui.theme import icon, paint_icon, theme
from crm_desktop.ui.theme.tokens import CONTROL_HEIGHT, TOP_BAR


class SearchBox(QAbstractButton):
    """Looks like a field and opens the palette; what is typed here goes on there."""

    typed = Signal(str)

    def __init__(self, keys: QKeySequence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        """Name it in the language of the window."""
        self.setText(tr("shell.search"))
        self.setAccessibleName(tr("shell.search_name"))

    def sizeHint(self) -> QSize:
        return QSize(420, theme().px(CONTROL_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, theme().px(CONTROL_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setColor(look.colour("accent" if self.hasFocus() else "border_strong"))
        pen.setWidth(2 if self.hasFocus() else 1)
        painter.setPen(pen)
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 6, 6)
        side = look.px(16)
        spot = QRect(10, (self.height() - side) // 2, side, side)
        paint_icon(painter, "search", spot.toRectF(), token="muted")
        painter.setPen(look.colour("muted"))
        painter.setFont(look.font("small"))
        keys = self._keys.toString(QKeySequence.SequenceFormat.NativeText)
        right = self.rect().adjusted(0, 0, -10, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, keys)
        used = painter.fontMetrics().horizontalAdvance(keys) + 22
        painter.setFont(look.font("body"))
        words = self.rect().adjusted(18 + side, 0, -used, 0)
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        elif event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class TopBar(QWidget):
    """Search at the left, Import and New at the right."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self.search = SearchBox(commands.action("palette").shortcut(), self)
        # Plain buttons of Qt: the package of our widgets is not needed for the first picture.
        self.import_button = QPushButton(icon("file-spreadsheet"), "", self)
        self.new_button = QPushButton(icon("plus", "on_accent"), "", self)
        self.kinds_button = QPushButton(icon("chevron-down", "on_accent"), "", self)
        for button in (self.new_button, self.kinds_button):
            button.setProperty("variant", "primary")
        self._menu = QMenu(self)
        for key in NEW:
            self._menu.addAction(commands.action(key))
        self._menu.addSeparator()
        self._menu.addAction(commands.action("quick_add"))
        self.kinds_button.clicked.connect(self._open_menu)
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
        self.search.clicked.connect(lambda: commands.run("palette"))
        self.import_button.clicked.connect(lambda: commands.run("import_file"))
        self.new_button.clicked.connect(lambda: commands.run("new_here"))
        theme().changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def retranslate(self) -> None:
        """Name everything in the language of the window."""
        self.setAccessibleName(tr("shell.topbar"))
        self.search.retranslate()
        self.import_button.setText(tr("shell.import"))
        self.import_button.setAccessibleName(tr("shell.import"))
        self.new_button.setText(tr("shell.new"))
        self.new_button.setAccessibleName(tr("shell.new"))
        for widget in (self._menu, self.kinds_button):
            widget.setAccessibleName(tr("shell.new_menu"))
        self.kinds_button.setToolTip(tr("shell.new_menu"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("surface"))
        painter.setPen(theme().colour("border"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _dress(self) -> None:
        self.setFixedHeight(theme().px(TOP_BAR))
        self.search.updateGeometry()
        side = theme().px(16)
        for button in (self.import_button, self.new_button, self.kinds_button):
            button.setIconSize(QSize(side, side))
        self.new_button.setFont(theme().font("strong"))

    def _open_menu(self) -> None:
        self._menu.popup(self.kinds_button.mapToGlobal(QPoint(0, self.kinds_button.height() + 4)))
