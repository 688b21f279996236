"""A row of choices of which one is taken; where the row has no room, one button with a menu."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QWidget

from crm_desktop.ui.theme import tokens
from crm_desktop.ui.theme.tokens import RADIUS_CONTROL
from crm_desktop.ui.widgets.buttons import Button

_MARGIN = 2
# Choices that are folded away ask for no layout when their font changes.
_MAY_FIT_NOW = (QEvent.Type.LayoutRequest, QEvent.Type.FontChange, QEvent.Type.Show)


class Segmented(QWidget):
    """Board | List | Funnel. Whatever the font, no word in it is cut: it folds before."""

    changed = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str] | tuple[str, str, str]],
        *,
        current: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        self._folded = False
        self._forced = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fit)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        row.setSpacing(0)
        for key, text, *icons in choices:
            button = Button(
                text, icon_name=icons[0] if icons else "", variant="segment", small=True
            )
            button.setCheckable(True)
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, key=key: self._chosen(key))
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._offer)
        self.folded_button = Button("", variant="quiet", small=True)
        self.folded_button.setMenu(self._menu)
        self.folded_button.hide()
        self.folded_button.installEventFilter(self)
        row.addWidget(self.folded_button)
        self._name = name
        self.setAccessibleName(name)
        self._current = ""
        self.set_current(current or next(iter(self._buttons)))

    def current(self) -> str:
        """The key of the choice taken."""
        return self._current

    def set_current(self, key: str) -> None:
        """Take a choice without telling anyone."""
        self._current = key
        self._buttons[key].setChecked(True)
        self._tell_folded()

    def set_texts(self, texts: Iterable[tuple[str, str]]) -> None:
        """Other words for the choices, after a change of language."""
        for key, text in texts:
            self._buttons[key].setText(text)
        self._tell_folded()
        self._fit()

    def force_folded(self, folded: bool) -> None:
        """Fold it although there is room: something beside it needs that more."""
        if folded != self._forced:
            self._forced = folded
            self._fit()
            self.updateGeometry()

    @property
    def folded(self) -> bool:
        """Whether only the choice taken is shown."""
        return self._folded

    def full_width(self) -> int:
        """What all choices side by side need."""
        return sum(button.sizeHint().width() for button in self._buttons.values()) + 2 * _MARGIN

    def sizeHint(self) -> QSize:
        width = self.folded_width() if self._forced else self.full_width()
        return QSize(width, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.folded_width(), self.full_width()), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() in _MAY_FIT_NOW:
            self._soon.start()  # other words, another font; not within the laying out itself
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = list(self._buttons)
        key = keys[(keys.index(self._current) + step) % len(keys)]
        if not self._folded:
            self._buttons[key].setFocus(Qt.FocusReason.TabFocusReason)
        self._take(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A button would take the arrows for itself.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return event.isAccepted() and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().border_strong), 1))
        painter.setBrush(QColor(tokens().surface))
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)

    def _chosen(self, key: str) -> None:
        if key != self._current:
            self._current = key
            self._tell_folded()
            self.changed.emit(key)

    def _take(self, key: str) -> None:
        self._buttons[key].setChecked(True)
        self._chosen(key)

    def _fit(self) -> None:
        folded = self._forced or self.width() < self.full_width()
        if folded == self._folded:
            return
        self._folded = folded
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        for button in self._buttons.values():
            button.setVisible(not folded)
        self.folded_button.setVisible(folded)
        if had_focus and self.isVisible():
            (self.folded_button if folded else self._buttons[self._current]).setFocus()

    def _offer(self) -> None:
        self._menu.clear()
        for key, button in self._buttons.items():
            action = self._menu.addAction(button.text())
            action.setCheckable(True)
            action.setChecked(key == self._current)
            action.triggered.connect(lambda _checked=False, key=key: self._take(key))

    def _tell_folded(self) -> None:
        words = self._buttons[self._current].text()
        self.folded_button.setText(words)
        self.folded_button.setAccessibleName(f"{self._name} {words}".strip())

    def folded_width(self) -> int:
        """What the choice taken needs, with the arrow of its menu."""
        return self.folded_button.sizeHint().width() + 2 * _MARGIN

    def _height(self) -> int:
        heights = [button.sizeHint().height() for button in self._buttons.values()]
        return max(heights) + 2 * _MARGIN
