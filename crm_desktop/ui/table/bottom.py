"""Below a list: how many and how much; with several rows selected, what can be done to all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QSize, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui import formats
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme, tokens
from crm_desktop.ui.theme.tokens import GAP_PAGE
from crm_desktop.ui.widgets import Button, ElidedLabel, LinkButton, PlainLabel

_HEIGHT = 44
_NARROWEST = 360
_BESIDE_WORDS = 320  # margins, icons and gaps of the bulk bar
_BULK = ("edit", "tag", "followup", "export", "delete")
_ICONS = {
    "edit": "pencil",
    "tag": "tag",
    "followup": "calendar-plus",
    "export": "file-spreadsheet",
    "delete": "trash-2",
}
FOLLOWED = frozenset(
    {Kind.PERSON, Kind.COMPANY, Kind.OPPORTUNITY, Kind.TICKET, Kind.QUOTE, Kind.CONTRACT}
)
"""Kinds that follow-ups are about."""


class Bottom(QStackedWidget):
    """Footer and bulk bar in the same place: the rows above never jump."""

    acted = Signal(str)  # a key of _BULK: to all selected rows
    cleared = Signal()
    cancelled = Signal()

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._facts = (0, 0, 0)
        self._sums: Sequence[tuple[str, str]] = ()
        footer, self._row = self._bar()
        self._count = ElidedLabel("", role="small", tone="muted")
        self._total = ElidedLabel("", role="small")
        self._hint = PlainLabel("", role="small", tone="muted")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(120)
        self._cancel = LinkButton("")
        self._cancel.clicked.connect(self.cancelled)
        self._row.addWidget(self._count)
        self._row.addWidget(self._total, 1)
        self._row.addWidget(self._hint)
        self._row.addWidget(self._progress)
        self._row.addWidget(self._cancel)
        bulk, row = self._bar()
        self._chosen = PlainLabel("", role="strong")
        row.addWidget(self._chosen)
        offered = [key for key in _BULK if key != "followup" or kind in FOLLOWED]
        self._buttons = {key: Button("", icon_name=_ICONS[key], small=True) for key in offered}
        for key, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, key=key: self.acted.emit(key))
            row.addWidget(button)
        row.addStretch(1)
        self._leave = LinkButton("")
        self._leave.clicked.connect(self.cleared)
        row.addWidget(self._leave)
        self.addWidget(footer)
        self.addWidget(bulk)
        self._busy = self._waiting = False
        self._folded = False
        self.show_progress(None)
        self.retranslate()
        self._resize()
        theme().changed.connect(self._resize)

    def button(self, key: str) -> Button:
        """A button of the bulk bar: what popovers hang on."""
        return self._buttons[key]

    def show_counts(self, shown: int, total: int, selected: int) -> None:
        """Rows shown, rows there are without the filter, rows selected."""
        self._facts = (shown, total, selected)
        self.setCurrentIndex(1 if selected > 1 else 0)
        if shown < total:
            text = tr("table.of", count=formats.number(shown), total=formats.number(total))
        else:
            text = tr(f"kind.{self._kind.value}.count", count=shown)
            text = text.replace(str(shown), formats.number(shown), 1)
        self._count.setText(text)
        numbers = {"selected": formats.number(selected), "total": formats.number(shown)}
        self._chosen.setText(tr("table.selected_of", **numbers))
        self._fit()

    def show_sums(self, sums: Sequence[tuple[str, str]]) -> None:
        """Sums as (name of the column, amounts)."""
        self._sums = sums
        self._total.setText(
            tr("table.sums_gap").join(
                tr("format.colon", name=name, value=amounts) for name, amounts in sums
            )
        )

    def show_progress(self, share: tuple[int, int] | None) -> None:
        """How far a long export is; None when it is over."""
        self._busy = share is not None
        self._progress.setVisible(self._busy)
        self._cancel.setVisible(self._busy)
        self._hint.setVisible(not self._busy)
        if share is not None:
            done, total = share
            self._progress.setRange(0, total)
            self._progress.setValue(done)
            self.setCurrentIndex(0)

    def show_waiting(self, waiting: bool) -> None:
        """Whether the rows are still being read, so long that it should be said."""
        self._waiting = waiting
        self._hint.setText(tr("table.reading" if waiting else "table.copy_hint"))

    def retranslate(self) -> None:
        """Set every word again."""
        self.show_waiting(self._waiting)
        self._cancel.setText(tr("common.cancel"))
        self._leave.setText(tr("table.clear_selection"))
        self._progress.setAccessibleName(tr("common.export"))
        for key, button in self._buttons.items():
            words = tr(f"table.bulk.{key}")
            button.setAccessibleName(words)
            button.setToolTip(words if self._folded else "")
            button.setText("" if self._folded else words)
        self.show_counts(*self._facts)

    def minimumSizeHint(self) -> QSize:
        """Small: the words of a bar that is not even shown must not keep the list wide."""
        return QSize(theme().px(_NARROWEST), theme().px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Icons alone where the words of the bulk bar do not fit."""
        metrics = self._leave.fontMetrics()
        words = [tr(f"table.bulk.{key}") for key in self._buttons]
        texts = sum(metrics.horizontalAdvance(text) for text in (*words, self._leave.text()))
        chosen = QFontMetrics(theme().font("strong")).horizontalAdvance(self._chosen.text())
        wanted = texts + chosen + theme().px(_BESIDE_WORDS)
        folded = wanted > self.width()
        if folded != self._folded:
            self._folded = folded
            self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().surface))
        painter.fillRect(0, 0, self.width(), 1, QColor(tokens().border))

    def _bar(self) -> tuple[QWidget, QHBoxLayout]:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(QMargins(GAP_PAGE, 0, GAP_PAGE, 0))
        row.setSpacing(8)
        return bar, row

    def _resize(self) -> None:
        self.setFixedHeight(theme().px(_HEIGHT))
