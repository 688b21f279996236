"""The head of an org chart: whose it is, what can be done with it, how large, and the legend."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.domain.orgchart import OrgChart
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP
from crm_desktop.ui.tooltips import plain_tip
from crm_desktop.ui.widgets import (
    Button,
    Chip,
    FlowLayout,
    IconButton,
    LinkButton,
    PlainLabel,
)

_ACTS = (
    ("boss", "network"),
    ("add", "user-plus"),
    ("open", "external-link"),
    ("save", "download"),
)
_NAME = 90  # of the company, at least


class Head(QWidget):
    """Tells what was asked for by `acted` (the key of an act)."""

    acted = Signal(str)
    add_wanted = Signal(str)  # the name of somebody new

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self.company = LinkButton(icon_name="chevron-left")
        self.company.clicked.connect(lambda: self.acted.emit("company"))
        self._title = PlainLabel("", role="record")
        self._count = Chip("")
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.company)
        top.addWidget(self._title)
        top.addWidget(self._count)
        top.addStretch(1)
        column.addLayout(top)
        self._bar = QWidget()
        flow = FlowLayout(self._bar, gap=GAP)
        self.buttons: dict[str, Button] = {}
        for key, icon_name in _ACTS:
            button = Button(icon_name=icon_name)
            button.clicked.connect(lambda _on=False, key=key: self._clicked(key))
            self.buttons[key] = button
            flow.addWidget(button)
        self.zoom_out = IconButton("minus", "")
        self.zoom_in = IconButton("plus", "")
        self.fit = Button()
        self._zoom, self._roomy = 1.0, True
        for key, widget in (
            ("zoom_out", self.zoom_out),
            ("fit", self.fit),
            ("zoom_in", self.zoom_in),
        ):
            widget.clicked.connect(lambda _on=False, key=key: self.acted.emit(key))
            flow.addWidget(widget)
        self.show_left = QCheckBox()
        flow.addWidget(self.show_left)
        column.addWidget(self._bar)
        self.new = QLineEdit()
        self.new.hide()
        self.new.returnPressed.connect(self.submit)
        self.new.installEventFilter(self)
        column.addWidget(self.new)
        self._below = QWidget()
        self._legend = FlowLayout(self._below, gap=6)
        column.addWidget(self._below)
        self._hint = PlainLabel(role="small", tone="muted", wrap=True)
        column.addWidget(self._hint)
        self._chart: OrgChart | None = None
        self._roles: list[tuple[str, str]] = []

    def retranslate(self) -> None:
        """Set every word again."""
        for key, button in self.buttons.items():
            button.setText(tr(f"orgchart.{key}"))
        self.zoom_in.set_name(tr("orgchart.zoom_in"))
        self.zoom_out.set_name(tr("orgchart.zoom_out"))
        self.fit.setToolTip(tr("orgchart.fit"))
        self._hint.setText(tr("orgchart.hint"))
        self.new.setPlaceholderText(tr("orgchart.new_name"))
        self.new.setAccessibleName(tr("orgchart.add"))
        self.show_zoom(self._zoom)

    def show_chart(self, chart: OrgChart | None, roles: Sequence[tuple[str, str]]) -> None:
        """Name the company, count its people, explain the colours."""
        self._chart, self._roles = chart, list(roles)
        self._title.setText(tr("orgchart.title"))
        present = len(chart.members) - chart.gone if chart is not None else 0
        self._count.set_text(f"{present:,}", "grey")
        self._name_company()
        self._bar.setVisible(chart is not None)
        gone = chart.gone if chart is not None else 0
        self.show_left.setText(tr("orgchart.show_left", count=gone))
        self.show_left.setVisible(gone > 0)
        for widget in (self.zoom_in, self.zoom_out, self.fit, self.buttons["save"]):
            widget.setEnabled(bool(chart and chart.members))
        self._fill_legend()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_company()

    def _name_company(self) -> None:
        """The name of the company, as much of it as there is room for beside the title."""
        name = self._chart.company.title if self._chart is not None else tr("kind.company")
        words = self.company.fontMetrics()
        frame = self.company.width_with(name) - words.horizontalAdvance(name)
        taken = self._title.sizeHint().width() + self._count.sizeHint().width() + 3 * GAP
        shown = words.elidedText(
            name, Qt.TextElideMode.ElideRight, max(theme().px(_NAME), self.width() - taken - frame)
        )
        self.company.setText(shown)
        self.company.setAccessibleName(name)
        self.company.setToolTip(plain_tip(name) if shown != name else "")

    def set_roomy(self, roomy: bool) -> None:
        """Whether there is room for what explains the chart."""
        if roomy != self._roomy:
            self._roomy = roomy
            self._fill_legend()

    def show_zoom(self, zoom: float) -> None:
        """Say how large the chart is shown."""
        self._zoom = zoom
        self.fit.setText(f"{round(zoom * 100)}%")
        self.fit.setAccessibleName(tr("orgchart.zoom", percent=round(zoom * 100)))

    def enable(self, key: str, *, on: bool) -> None:
        """Whether an act makes sense now."""
        self.buttons[key].setEnabled(on)

    def start_new(self) -> None:
        """Open the line for somebody new."""
        self.new.show()
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_new(self) -> None:
        """Close the line."""
        self.new.clear()
        self.new.hide()

    def submit(self) -> None:
        """Tell the name that was typed."""
        name = self.new.text().strip()
        if name:
            self.new.clear()
            self.add_wanted.emit(name)

    def has_unsaved_text(self) -> bool:
        """Whether a name is typed that was not added."""
        return bool(self.new.text().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.leave_new()
            self.buttons["add"].setFocus()
            return True
        return False

    def _clicked(self, key: str) -> None:
        if key == "add":
            self.start_new()
        else:
            self.acted.emit(key)

    def _fill_legend(self) -> None:
        while (item := self._legend.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        chart = self._chart
        for name, colour in self._roles:
            self._legend.addWidget(Chip(name, colour=colour))
        self._below.setVisible(bool(self._roles) and self._roomy)
        self._hint.setVisible(chart is not None and bool(chart.members) and self._roomy)
