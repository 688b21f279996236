"""Above a list: its name and count, its parts, and its buttons, in words where they fit."""

from __future__ import annotations

from PySide6.QtCore import QSize
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
_FOLDING = ("filter", "columns", "export")  # icons alone where words do not fit


class TitleBar(QWidget):
    """The top row of a list page."""

    def __init__(
        self, switch: Segmented | None, segments: list[Segmented], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = ElidedLabel("", role="title")
        self.views = IconButton("chevron-down", tr("views.switch"), small=True)
        self.count = PlainLabel("", tone="muted")
        self.buttons = {key: Button("", icon_name=name) for key, name in _ICONS.items()}
        self.has_switch = switch is not None
        self._folded = False
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
        """Its width with icons alone: the words must not keep the window wide."""
        hint = super().minimumSizeHint()
        if self._folded:
            return hint
        spare = sum(
            max(0, button.sizeHint().width() - self._icon_width(key))
            for key, button in self.buttons.items()
            if key in _FOLDING
        )
        return QSize(hint.width() - spare, hint.height())

    def retranslate(self) -> None:
        """Set every word again."""
        self.views.set_name(tr("views.switch"))
        for key, button in self.buttons.items():
            words = self._words(key)
            button.setAccessibleName(words)
            if key not in _FOLDING or not self._folded:
                button.setText(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show words if there is room for them."""
        room = self.width() - self.minimumSizeHint().width()
        wanted = sum(
            button.fontMetrics().horizontalAdvance(self._words(key)) + theme().px(20)
            for key, button in self.buttons.items()
            if key in _FOLDING
        )
        # The name of the list is worth more than the words on its buttons.
        wanted += self.title.sizeHint().width() - self.title.minimumSizeHint().width()
        folded = room < wanted
        if folded == self._folded:
            return
        self._folded = folded
        for key in _FOLDING:
            words = self._words(key)
            self.buttons[key].setText("" if folded else words)
            self.buttons[key].setToolTip(words if folded else "")

    def _icon_width(self, key: str) -> int:
        button = self.buttons[key]
        arrow = theme().px(14) if button.menu() is not None else 0
        return button.sizeHint().height() + arrow

    def _words(self, key: str) -> str:
        return tr("table.new" if key == "new" else f"common.{key}")
