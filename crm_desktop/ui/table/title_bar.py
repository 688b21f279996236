"""Title, count, choices and buttons above a list. In narrow windows the less important folds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD, GAP_PAGE
from crm_desktop.ui.widgets import Button, ElidedLabel, IconButton, PlainLabel, Segmented

_ICONS = {
    "filter": "list-filter",
    "columns": "columns-3",
    "export": "file-spreadsheet",
    "new": "plus",
}
# What goes first where there is no room: words of the buttons, then the row of choices.
_WORDS, _NEW, _CHOICES = 1, 2, 3
_MOST = _CHOICES


class TitleBar(QWidget):
    """The top row of a list page. Its parts are measured, so no font can cut a word."""

    def __init__(
        self, switch: Segmented | None, segments: list[Segmented], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = ElidedLabel("", role="title")
        self.views = IconButton("chevron-down", tr("views.switch"), small=True)
        self.count = PlainLabel("", tone="muted")
        self.buttons = {key: Button("", icon_name=name) for key, name in _ICONS.items()}
        self.has_switch = switch is not None
        self._choices = [*([switch] if switch else []), *segments]
        self._level = 0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fit)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, GAP_CARD)
        row.setSpacing(GAP)
        if switch is not None:
            row.addWidget(switch)
        row.addWidget(self.title)
        row.addWidget(self.views)
        row.addWidget(self.count)
        for choice in segments:
            row.addWidget(choice)
        row.addStretch(1)
        for button in self.buttons.values():
            row.addWidget(button)
        self.retranslate()
        theme().changed.connect(self._fit)

    def minimumSizeHint(self) -> QSize:
        """Its width with everything folded: the words must not keep the window wide."""
        return QSize(self._needed(_MOST), super().minimumSizeHint().height())

    def retranslate(self) -> None:
        """Set every word again."""
        self.views.set_name(tr("views.switch"))
        for key, button in self.buttons.items():
            button.setAccessibleName(self._words(key))
        self._apply(self._level)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # A title, a count or a choice has become longer. Not within the laying out itself.
            self._soon.start()
        return super().event(event)

    def _fit(self) -> None:
        """Fold as little as fits."""
        level = next((n for n in range(_MOST) if self._needed(n) <= self.width()), _MOST)
        if level != self._level:
            self._apply(level)

    def _needed(self, level: int) -> int:
        """How wide the row is at a level."""
        margins = self.contentsMargins().left() + self.contentsMargins().right()
        width = margins + 2 * GAP_PAGE + self.views.width() + GAP  # the stretch has a gap too
        title = self.title.minimumSizeHint() if level == _MOST else self.title.sizeHint()
        # The name of the list is worth more than the words on its buttons.
        for part, wanted in (
            (self.title, title.width()),
            (self.count, self.count.sizeHint().width()),
        ):
            if part.isVisibleTo(self):
                width += wanted + GAP
        for choice in self._choices:
            if choice.isVisibleTo(self):
                folded = level >= _CHOICES
                width += (choice.folded_width() if folded else choice.full_width()) + GAP
        for key, button in self.buttons.items():
            width += button.width_with(self._shown_words(key, level)) + GAP
        return width

    def _shown_words(self, key: str, level: int) -> str:
        return "" if level >= (_NEW if key == "new" else _WORDS) else self._words(key)

    def _apply(self, level: int) -> None:
        self._level = level
        for key, button in self.buttons.items():
            shown = self._shown_words(key, level)
            button.setText(shown)
            button.setToolTip("" if shown else self._words(key))
        for choice in self._choices:
            choice.force_folded(level >= _CHOICES)

    def _words(self, key: str) -> str:
        return tr("table.new" if key == "new" else f"common.{key}")
