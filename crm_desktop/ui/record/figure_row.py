"""A card of figures that flow into as many rows as the width needs, block by block."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.record.figures import Figure
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP_CHIP
from crm_desktop.ui.widgets import Card, FlowLayout, KpiRow, PlainLabel
from crm_desktop.ui.widgets.cards import FIGURE_ABOVE, FIGURE_INSET

_NAME_WIDTH = 52


class FigureRow(Card):
    """Shows figures; one that has rows behind it says their place when it is clicked.

    `brief` leaves out what a narrow pane has no room for, and the names of the blocks.
    """

    opened = Signal(object)

    def __init__(self, *, brief: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._figures: tuple[Figure, ...] = ()
        self._brief = brief
        self._bars: list[QWidget] = []
        self._names: list[PlainLabel] = []
        self.menu: QMenu | None = None
        theme().changed.connect(self._line_up)
        outer = self.layout()
        assert outer is not None
        # Figures have an edge of their own, for the focus: their words line up with other cards.
        outer.setContentsMargins(*(margin - FIGURE_INSET for margin in (14, 16, 14, 16)))

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show other figures; none hides the card."""
        self._figures = tuple(figures)
        for bar in self._bars:
            bar.hide()
            bar.deleteLater()
        self._bars.clear()
        self._names.clear()
        shown = [figure for figure in figures if figure.brief or not self._brief]
        for block, several in groupby(shown, lambda f: "" if self._brief else f.block):
            bar = self._bar(block, list(several))
            self._bars.append(bar)
            self.body.addWidget(bar)
        self._line_up()
        self.setVisible(bool(self._figures))

    def figures(self) -> tuple[Figure, ...]:
        """What there is to show."""
        return self._figures

    def open_figure(self, key: str) -> None:
        """Go to the rows behind a figure; of several kinds, let the user choose which."""
        figure = next((f for f in self._figures if f.key == key), None)
        if figure is None or not figure.rows:
            return
        if len(figure.rows) == 1:
            self.opened.emit(figure.rows[0].place)
            return
        self.menu = QMenu(self)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for behind in figure.rows:
            words = behind.words.replace("&", "&&")
            self.menu.addAction(words, partial(self.opened.emit, behind.place))
        anchor = self._shown_figure(key)
        self.menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height())))

    def _line_up(self) -> None:
        """One edge for the figures of all blocks."""
        # The labels hear of another text size after this card.
        words = QFontMetrics(theme().font("small"))
        gap = theme().px(GAP_CHIP)
        widths = (words.horizontalAdvance(name.text()) + gap for name in self._names)
        width = max((theme().px(_NAME_WIDTH), *widths))
        for name in self._names:
            name.setFixedWidth(width)

    def _bar(self, block: str, figures: Sequence[Figure]) -> QWidget:
        flowing = QWidget()
        flow = FlowLayout(flowing, gap=4, spread=True)
        for figure in figures:
            idle = () if figure.rows else (figure.key,)
            one = KpiRow([(figure.key, figure.name, figure.value)], idle=idle)
            one.setObjectName(figure.key)
            one.clicked.connect(self.open_figure)
            flow.addWidget(one)
        if not block:
            return flowing
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(FIGURE_INSET, 0, 0, 0)
        row.setSpacing(0)
        name = PlainLabel(tr(f"record_page.block.{block}"), role="small", tone="muted")
        name.setContentsMargins(0, FIGURE_ABOVE, 0, 0)  # level with the names of the figures
        self._names.append(name)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(flowing, 1)
        return bar

    def _shown_figure(self, key: str) -> QWidget:
        found = self.findChildren(KpiRow, key)
        return found[-1] if found else self
