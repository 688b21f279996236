"""The head of the page: the name, three figures that open their rows, and the views."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.lists import Item, item_name
from crm_desktop.domain.pipeline import Summary
from crm_desktop.ui.language import tr
from crm_desktop.ui.opportunities.lanes import BY_STAGE, BY_STEP, sums_text
from crm_desktop.ui.theme import tokens
from crm_desktop.ui.theme.tokens import FOCUS_RING, GAP
from crm_desktop.ui.widgets import Button, ChoiceField, FlowLayout, Option, PlainLabel, Segmented

VIEWS = (("board", "kanban"), ("list", "list"), ("funnel", "funnel"))
_FIGURES = ("open", "weighted", "attention")


class FigureLabel(PlainLabel):
    """A number in a line of words; a click or Enter opens the rows behind it."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__(tone="muted")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens().accent), FOCUS_RING))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        elif self.underMouse():
            painter.setPen(QColor(tokens().muted))
            y = self.rect().bottom() - 1
            painter.drawLine(0, y, self.fontMetrics().horizontalAdvance(self.text()), y)


class Head(QWidget):
    """Tells which view, which grouping, which pipeline and which figure is wanted."""

    view_changed = Signal(str)
    grouping_changed = Signal(object)
    pipeline_changed = Signal(object)
    figure_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pipelines: tuple[Item, ...] = ()
        self._summary: Summary | None = None
        self.title = PlainLabel(role="title")
        self.figures = {key: FigureLabel() for key in _FIGURES}
        self._dots = [PlainLabel("·", tone="muted") for _ in range(2)]
        self.grouping = ChoiceField(required=True)
        self.pipeline = ChoiceField(required=True)
        self.columns = Button("", icon_name="columns-3")
        self.export = Button("", icon_name="file-spreadsheet")
        self.views = Segmented([(key, "", icon) for key, icon in VIEWS])
        line = QHBoxLayout()
        line.setSpacing(GAP)
        for index, figure in enumerate(self.figures.values()):
            if index:
                line.addWidget(self._dots[index - 1])
            line.addWidget(figure)
        line.addStretch(1)
        row = FlowLayout(gap=GAP, push_last=True)
        row.addWidget(self.title)
        controls = QWidget()
        beside = QHBoxLayout(controls)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(GAP)
        for field in (self.pipeline, self.grouping, self.columns, self.export, self.views):
            beside.addWidget(field)
        row.addWidget(controls)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addLayout(line)
        self.pipeline.hide()
        self.views.changed.connect(self.view_changed)
        self.grouping.changed.connect(self.grouping_changed)
        self.pipeline.changed.connect(self.pipeline_changed)
        for key, figure in self.figures.items():
            figure.clicked.connect(lambda key=key: self.figure_clicked.emit(key))
        self.grouping.set_value(BY_STAGE)
        self.retranslate()
        self.grouping.set_value(BY_STAGE)

    @property
    def summary(self) -> Summary | None:
        """The figures shown."""
        return self._summary

    def show_summary(self, summary: Summary) -> None:
        """Show other figures."""
        self._summary = summary
        self._say_summary()

    def show_pipelines(self, pipelines: Sequence[Item], current: int) -> None:
        """Offer the pipelines where there are several."""
        self._pipelines = tuple(pipelines)
        self.pipeline.set_options([Option(p.id, item_name(p, tr)) for p in self._pipelines])
        self.pipeline.set_value(current)
        self.pipeline.setVisible(len(self._pipelines) > 1)

    def show_view(self, view: str) -> None:
        """Which view is taken; the grouping is the board's."""
        self.views.set_current(view)
        self.grouping.setVisible(view == "board")
        self.columns.setVisible(view == "list")

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.title.setText(tr("opportunity_page.title"))
        self.views.set_texts([(key, tr(f"opportunity_page.{key}")) for key, _ in VIEWS])
        self.columns.setText(tr("common.columns"))
        self.export.setText(tr("common.export"))
        self.views.setAccessibleName(tr("opportunity_page.views"))
        kept = self.grouping.value()
        self.grouping.set_options(
            [Option(key, tr(f"opportunity_page.by_{key}")) for key in (BY_STAGE, BY_STEP)]
        )
        self.grouping.set_value(kept or BY_STAGE)
        self.grouping.setAccessibleName(tr("opportunity_page.by"))
        self.pipeline.setAccessibleName(tr("opportunity_page.pipeline"))
        if self._pipelines:
            self.show_pipelines(self._pipelines, self.pipeline.value())
        self._say_summary()

    def _say_summary(self) -> None:
        summary = self._summary
        for part in (*self.figures.values(), *self._dots):
            part.setVisible(summary is not None)
        if summary is None:
            return
        self.figures["open"].setText(
            tr("opportunity_page.open_sum", sum=sums_text(summary.open_sums))
        )
        self.figures["weighted"].setText(
            tr("opportunity_page.weighted_sum", sum=sums_text(summary.weighted))
        )
        self.figures["attention"].setText(
            tr("opportunity_page.need_attention", count=summary.need_attention)
        )
