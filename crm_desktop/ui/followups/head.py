"""The head of the page: views, filters, and the way through weeks and months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.agenda import AgendaItem
from crm_desktop.ui.followups.days import MONTH, WEEK, days_of_grid
from crm_desktop.ui.formats import day_text, month_name
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme.tokens import GAP
from crm_desktop.ui.widgets import (
    Button,
    ChoiceField,
    FlowLayout,
    IconButton,
    Option,
    PlainLabel,
    Segmented,
)

LIST = "list"  # the plain list has a page of its own
VIEWS = (("agenda", "list-checks"), (WEEK, "calendar-days"), (MONTH, "calendar"), (LIST, "list"))


class Head(QWidget):
    """Tells what is to be shown; knows no service."""

    view_changed = Signal(str)
    filter_changed = Signal()
    done_changed = Signal()
    day_changed = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._day = today()
        self._count: int | None = None
        self.title = PlainLabel(role="title")
        self.count = PlainLabel(tone="muted")
        self.views = Segmented([(key, "", icon) for key, icon in VIEWS])
        self.kind, self.company = ChoiceField(), ChoiceField(searchable=True)
        self.company.setMinimumContentsLength(12)
        self.done = QCheckBox()
        self.back, self.forward = IconButton("chevron-left", ""), IconButton("chevron-right", "")
        self.now = Button("", small=True)
        self.period = PlainLabel(role="strong")
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.title)
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.views)
        self._way = QWidget()
        way = QHBoxLayout(self._way)
        way.setContentsMargins(0, 0, 0, 0)
        way.setSpacing(GAP)
        steps: tuple[QWidget, ...] = (self.period, self.back, self.now, self.forward)
        for part in steps:
            way.addWidget(part)
        below = FlowLayout(gap=GAP, push_last=True)
        parts: tuple[QWidget, ...] = (self.kind, self.company, self.done, self._way)
        for part in parts:
            below.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addLayout(below)
        self.views.changed.connect(self.view_changed)
        self.kind.changed.connect(lambda _value: self.filter_changed.emit())
        self.company.changed.connect(lambda _value: self.filter_changed.emit())
        self.done.toggled.connect(lambda _on: self.done_changed.emit())
        self.back.clicked.connect(lambda: self._step(-1))
        self.forward.clicked.connect(lambda: self._step(1))
        self.now.clicked.connect(lambda: self.set_day(self._today()))
        self.show_view("agenda")
        self.retranslate()

    # ---- views

    def show_view(self, view: str) -> None:
        """Which view is taken; only grids have a period."""
        self.views.set_current(view)
        self._way.setVisible(view != "agenda")
        self._say_period()

    def set_day(self, day: date) -> None:
        """Show the week or month of a day."""
        self._day = day
        self._say_period()
        self.day_changed.emit(day)

    def _step(self, by: int) -> None:
        if self.views.current() == MONTH:
            first = self._day.replace(day=1)
            back, on = first - timedelta(days=1), first + timedelta(days=32)
            self.set_day((on if by > 0 else back).replace(day=1))
        else:
            self.set_day(self._day + timedelta(days=7 * by))

    # ---- filters

    def offer_types(self, options: Sequence[Option]) -> None:
        """The types that occur."""
        _offer(self.kind, tr("followup_page.all_types"), options)

    def offer_companies(self, options: Sequence[Option]) -> None:
        """The companies that occur."""
        _offer(self.company, tr("followup_page.all_companies"), options)

    def lets_through(self, item: AgendaItem) -> bool:
        """Whether a follow-up passes the filters."""
        kind, company = self.kind.value(), self.company.value()
        if kind is not None and item.type_id != kind:
            return False
        return company is None or (item.company is not None and item.company.id == company)

    def is_filtering(self) -> bool:
        """Whether something is left out."""
        return self.kind.value() is not None or self.company.value() is not None

    def clear_filters(self) -> None:
        """Show all again."""
        self.kind.set_value(None)
        self.company.set_value(None)
        self.filter_changed.emit()

    def show_open(self, count: int) -> None:
        """How many are open."""
        self._count = count
        self.count.setText(tr("followup_page.open_count", count=count))

    def state(self) -> dict[str, Any]:
        """What is kept over restarts."""
        return {"done": self.done.isChecked()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what was kept."""
        self.done.setChecked(bool(state.get("done")))

    # ---- words

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.title.setText(tr("followup_page.title"))
        self.views.set_texts([(key, tr(f"followup_page.{key}")) for key, _ in VIEWS])
        self.views.setAccessibleName(tr("followup_page.views"))
        self.kind.setAccessibleName(tr("followup_page.filter_type"))
        self.company.setAccessibleName(tr("followup_page.filter_company"))
        self.done.setText(tr("followup_page.show_done"))
        self.now.setText(tr("common.today"))
        if self._count is not None:
            self.show_open(self._count)
        self._say_period()

    def _say_period(self) -> None:
        view = self.views.current()
        if view == MONTH:
            words = tr(
                "followup_page.period_month", month=month_name(self._day.month), year=self._day.year
            )
        else:
            days = days_of_grid(WEEK, self._day)
            words = tr(
                "format.range",
                first=day_text(days[0], self._today()),
                last=day_text(days[-1], self._today()),
            )
        self.period.setText(words)
        unit = MONTH if view == MONTH else WEEK
        self.back.set_name(tr(f"followup_page.back_{unit}"))
        self.forward.set_name(tr(f"followup_page.forward_{unit}"))


def _offer(field: ChoiceField, all_words: str, options: Sequence[Option]) -> None:
    kept = field.value()
    field.set_options(options)
    # "not set" would be odd words for a filter.
    field.setItemText(0, all_words)
    if kept is not None and any(option.value == kept for option in options):
        field.set_value(kept)
        field.setItemText(0, all_words)
