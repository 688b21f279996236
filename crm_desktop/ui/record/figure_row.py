"""A card of figures that flow into as many rows as the width needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.ui.record.figures import Figure
from crm_desktop.ui.widgets import Card, FlowLayout, KpiRow
from crm_desktop.ui.widgets.cards import FIGURE_INSET


class FigureRow(Card):
    """Shows figures; one that has rows behind it says their place when it is clicked."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._figures: tuple[Figure, ...] = ()
        self._bar = QWidget()
        self._flow = FlowLayout(self._bar, gap=4, spread=True)
        outer = self.layout()
        assert outer is not None
        # Figures have an edge of their own, for the focus: their words line up with other cards.
        outer.setContentsMargins(*(margin - FIGURE_INSET for margin in (14, 16, 14, 16)))
        self.body.addWidget(self._bar)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show other figures; none hides the card."""
        self._figures = tuple(figures)
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for figure in self._figures:
            one = KpiRow([(figure.key, figure.name, figure.value)])
            one.clicked.connect(self.open_figure)
            self._flow.addWidget(one)
        self._bar.updateGeometry()
        self.setVisible(bool(self._figures))

    def figures(self) -> tuple[Figure, ...]:
        """What is shown."""
        return self._figures

    def open_figure(self, key: str) -> None:
        """Go to the rows behind a figure."""
        place = next((f.place for f in self._figures if f.key == key), None)
        if place is not None:
            self.opened.emit(place)
