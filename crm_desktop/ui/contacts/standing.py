"""The card of a customer's standing: relationship score with trend, how complete the record is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from crm_desktop.domain import schema
from crm_desktop.domain.completeness import completeness
from crm_desktop.domain.score import FALLING, RISING, WEIGHTS, Score
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.shown import field_name
from crm_desktop.ui.theme import icon, theme, tokens
from crm_desktop.ui.tooltips import plain_tip
from crm_desktop.ui.widgets import (
    Button,
    Card,
    FlowLayout,
    LinkButton,
    PlainLabel,
    Popover,
    paint_stars,
)
from crm_desktop.ui.widgets.keyboard import tab_from

_MOST = 5  # missing fields shown at once
_TRENDS = {RISING: ("trending-up", "chip.green"), FALLING: ("trending-down", "chip.red")}


class _Stars(QWidget):
    """The score as five stars, read only."""

    def __init__(self) -> None:
        super().__init__()
        self.value = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._resize()
        theme().changed.connect(self._resize)

    def _resize(self) -> None:
        self.setFixedSize(theme().px(92), theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_stars(QPainter(self), self.rect(), self.value, most=5)


class _Bar(QWidget):
    """A share of a hundred as a bar."""

    def __init__(self) -> None:
        super().__init__()
        self.percent = 0
        self.setFixedHeight(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().subtle))
        whole = QRectF(self.rect())
        painter.drawRoundedRect(whole, 3, 3)
        painter.setBrush(QColor(tokens().accent))
        whole.setWidth(whole.width() * self.percent / 100)
        painter.drawRoundedRect(whole, 3, 3)


class Standing(Card):
    """Shown for people and companies; a click on what is missing asks to fill it in."""

    wanted = Signal(str)  # the key of a field to edit

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._editing = editing
        self._score: Score | None = None
        self._all = False
        self._reads = 0
        self._popover: Popover | None = None
        self._explanation = PlainLabel(role="small", wrap=True)
        self._close = Button(small=True)  # something the keyboard can be on
        head = QHBoxLayout()
        head.setSpacing(6)
        self._score_name = PlainLabel(role="small", tone="muted")
        head.addWidget(self._score_name)
        head.addStretch(1)
        self.why = LinkButton()
        self.why.clicked.connect(self.explain)
        head.addWidget(self.why)
        self.body.addLayout(head)
        line = QHBoxLayout()
        line.setSpacing(8)
        self._stars = _Stars()
        self._value = PlainLabel(role="kpi")
        self._mark = QLabel()
        self._trend = PlainLabel(role="small", tone="muted")
        for widget in (self._stars, self._value, self._mark, self._trend):
            line.addWidget(widget)
        line.addStretch(1)
        self.body.addLayout(line)
        self._complete = PlainLabel(role="small", tone="muted")
        self.body.addWidget(self._complete)
        self._bar = _Bar()
        self.body.addWidget(self._bar)
        self._missing = QWidget()
        self._flow = FlowLayout(self._missing, gap=2)
        self.body.addWidget(self._missing)
        self.links: dict[str, LinkButton] = {}
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self._score_name.setText(tr("standing.score"))
        self.why.setText(tr("standing.why"))
        self._show_score()
        self._show_missing()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def show_card(self) -> None:
        """Show the record as it is stored now; the score follows from a reader thread."""
        ref = self._editing.ref
        if ref is None:
            return
        self._show_missing()
        self._reads += 1
        number, scores = self._reads, self._editing.context.services.scores

        def arrived(found: Score | None) -> None:
            if number == self._reads:
                self._score = found
                self._show_score()

        self._editing.context.jobs.run_reader(lambda: scores.of(ref), arrived)

    def forget(self) -> None:
        """Another record comes."""
        self._score, self._all = None, False
        self._reads += 1

    def score_words(self) -> str:
        """How the score comes about, part by part."""
        found = self._score
        if found is None:
            return tr("standing.nothing_known")
        lines = [tr("standing.rule")]
        for name, weight in WEIGHTS.items():
            part = found.parts.get(name)
            share = tr("standing.unknown") if part is None else f"{round(part * 100)}%"
            days = found.days if found.days is not None else "–"
            words = tr(f"standing.part.{name}", days=days, count=found.touches)
            lines.append(tr("standing.line", share=share, weight=weight, what=words))
        return "\n".join(lines)

    def explain(self) -> None:
        """Say below the link how the score comes about."""
        if self._popover is None:  # made once: it is read again and again
            self._popover = Popover(self)
            self._popover.body.addWidget(self._explanation)
            self._close.clicked.connect(self._popover.dismiss)
            self._popover.body.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)
        self._close.setText(tr("common.close"))
        self._explanation.setText(self.score_words())
        wide = theme().px(380)
        self._explanation.setFixedSize(wide, self._explanation.heightForWidth(wide))
        self._popover.open_at(self.why)

    def _show_score(self) -> None:
        found = self._score
        self._stars.value = found.value if found is not None else 0.0
        self._stars.update()
        self._value.setText(f"{found.value:.1f}" if found is not None else "–")
        trend = found.trend if found is not None else "none"
        self._trend.setText(tr(f"standing.trend.{trend}"))
        name, token = _TRENDS.get(trend, ("minus", "muted"))
        side = theme().px(16)
        self._mark.setPixmap(icon(name, token).pixmap(side, side))
        self._mark.setVisible(found is not None)
        words = self.score_words()
        tip = plain_tip(words)
        for widget in (self._stars, self._value, self._trend):
            widget.setToolTip(tip)
        self.setAccessibleName(
            tr("format.colon", name=tr("standing.score"), value=self._value.text())
        )
        self.setAccessibleDescription(words)

    def _show_missing(self) -> None:
        card = self._editing.card
        if card is None:
            return
        kind = self._editing.kind
        found = completeness(kind, card.values)
        self._complete.setText(tr("standing.complete", percent=found.percent))
        self._bar.percent = found.percent
        self._bar.update()
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.links = {}
        shown = found.missing if self._all else found.missing[:_MOST]
        for key in shown:
            link = LinkButton(tr("standing.add", field=field_name(kind, schema.find(kind, key))))
            link.clicked.connect(lambda _on=False, key=key: self.wanted.emit(key))
            self.links[key] = link
            self._flow.addWidget(link)
        rest = len(found.missing) - len(shown)
        if rest:
            more = LinkButton(tr("standing.more", count=rest))
            more.clicked.connect(self._show_all)
            self._flow.addWidget(more)
        count = self._flow.count()
        links = [item.widget() for at in range(count) if (item := self._flow.itemAt(at))]
        tab_from(self.why, [link for link in links if link is not None])
        self._missing.setVisible(bool(found.missing))

    def _show_all(self) -> None:
        self._all = True
        self._show_missing()
        first = next(iter(self.links.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
