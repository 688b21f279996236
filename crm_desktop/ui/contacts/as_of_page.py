"""A record as it was on a day: read only, beside what it is now, with a way to bring it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from crm_desktop.domain.as_of import Then
from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import RECORD_KINDS, Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.formats import day_input, day_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.shown import Shown, field_name
from crm_desktop.ui.record.typed import Typed
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD, GAP_PAGE, SMALL_CONTROL_HEIGHT
from crm_desktop.ui.widgets import (
    AllLinesLabel,
    Banner,
    Button,
    Card,
    DateField,
    IconButton,
    LinkButton,
    PlainLabel,
)
from crm_desktop.ui.widgets.scrolled import Scrolled

_COLUMNS = 4  # name, then, now, button
_BUTTON = _COLUMNS - 1
_NAMES = 130  # pixels at 100 % text size
_VALUES = 150


class AsOfPage(Page):
    """Place("as_of", id, view=kind, query day=2026-05-01)."""

    key = "as_of"
    shows = frozenset({*RECORD_KINDS, Kind.LIST, Kind.TAG})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.then: Then | None = None
        self._days: list[date] = []
        self._shown = Shown(context)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, GAP_PAGE)
        outer.setSpacing(GAP_CARD)
        self.back = LinkButton(icon_name="chevron-left")
        self.back.clicked.connect(self._go_back)
        outer.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.banner = Banner("", kind="amber")
        self.banner.acted.connect(self._act)
        outer.addWidget(self.banner)
        bar = QHBoxLayout()
        bar.setSpacing(GAP)
        self._day_name = PlainLabel(tone="muted")
        self.earlier = IconButton("chevron-left", "")
        self.earlier.clicked.connect(lambda: self._step(-1))
        self.day = DateField(Typed(context.clock).date, day_input, today=context.clock.today)
        self.day.changed.connect(self._choose)
        self.later = IconButton("chevron-right", "")
        self.later.clicked.connect(lambda: self._step(1))
        self.only = QCheckBox()
        self.only.setChecked(True)
        self.only.toggled.connect(lambda _on: self._draw())
        for widget in (self._day_name, self.earlier, self.day, self.later, self.only):
            bar.addWidget(widget)
        bar.addStretch(1)
        outer.addLayout(bar)
        self._card = Card()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP_CARD)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._stacked = False
        self._card.body.addLayout(self._grid)
        self._card.body.addStretch(1)
        self.scrolled = Scrolled(self._card)
        outer.addWidget(self.scrolled, 1)
        self.buttons: dict[str, Button] = {}
        theme().changed.connect(self._draw)
        self.retranslate()

    # ---- what the shell asks

    def title(self) -> str:
        return tr("as_of.title", name=self.then.ref.title) if self.then is not None else ""

    def show_place(self, place: Place) -> None:
        self.then = None
        self._days = []
        self.banner.hide()  # until there is something to say
        self._clear()

    def refresh(self) -> None:
        ref = self._ref()
        if ref is None:
            self._refused(Refused("record.gone"))
            return
        service, day = self.context.services.as_of, self._day()

        def read() -> tuple[list[date], Then | Refused]:
            days = service.days(ref)
            try:
                return days, service.at(ref, day)
            except Refused as trouble:
                return days, trouble

        self.read("then", read, self._arrived)

    def retranslate(self) -> None:
        self.back.setText(tr("as_of.back"))
        self._day_name.setText(tr("as_of.day"))
        self.day.setAccessibleName(tr("as_of.day"))
        self.earlier.set_name(tr("as_of.earlier"))
        self.later.set_name(tr("as_of.later"))
        self.only.setText(tr("as_of.only_changed"))
        self.scrolled.setAccessibleName(tr("shell.page.as_of"))
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._stacked != self._is_narrow():
            self._draw()

    def selected_place(self) -> Place | None:
        ref = self._ref()
        return Place.record(ref.kind, ref.id) if ref is not None else None

    # ---- what can be done

    def restore_fields(self, keys: list[str] | None) -> None:
        """Give fields, or all that differ, their values of that day back."""
        ref, day = self._ref(), self._day()
        if ref is None:
            return
        service, window = self.context.services.as_of, self.context.window
        today = self.context.clock.today()

        def done(count: int) -> None:
            told = tr("as_of.restored", count=count, day=day_text(day, today))
            window.toast(told, undo=True)

        self.write(lambda: service.restore(ref, day, keys), done)

    # ---- how it comes about

    def _ref(self) -> Ref | None:
        place = self.place
        known = {kind.value for kind in RECORD_KINDS}
        if place is None or place.id is None or place.view not in known:
            return None
        return Ref(Kind(place.view), place.id)

    def _day(self) -> date:
        today = self.context.clock.today()
        wish = self.place.wish("day") if self.place is not None else ""
        try:
            return min(date.fromisoformat(wish), today)
        except ValueError:
            return today

    def _arrived(self, found: tuple[list[date], Then | Refused]) -> None:
        self._days, then = found
        wish = self.place.wish("day") if self.place is not None else ""
        if not wish and len(self._days) > 1:
            # Unasked, the day before the last change: today shows nothing new.
            self._show_day(self._days[1])
            return
        if isinstance(then, Refused):
            self._refused(then)
            return
        self.then = then
        self.day.set_value(self._day())
        self.title_changed.emit()
        self._draw()

    def _refused(self, trouble: Refused) -> None:
        self.then = None
        self._clear()
        self.day.set_value(self._day())
        self.banner.set_text(sentence(trouble))
        self.banner.show()
        self._card.hide()
        self._show_steps()

    def _draw(self) -> None:
        then = self.then
        if then is None:
            return
        today = self.context.clock.today()
        changed = then.changed
        actions = []
        if changed:
            actions.append(("restore", tr("as_of.restore_all", count=len(changed))))
        words = tr("as_of.banner", name=then.ref.title, day=day_text(self._day(), today))
        if then.trashed:
            words = f"{words} {tr('as_of.in_trash')}"
        self.banner.set_text(words, actions=actions)
        self.banner.show()
        self._card.show()
        held = next((key for key, button in self.buttons.items() if button.hasFocus()), None)
        self._clear()
        self._set_columns()
        worth = [field for field in then.fields if self._is_worth_showing(field, then)]
        row = 1
        for field in worth:
            row = self._field(row, field, then)
        if not worth:
            same = PlainLabel(tr("as_of.same_now"), tone="muted", wrap=True)
            self._grid.addWidget(same, 1, 0, 1, _COLUMNS)
        if held in self.buttons:
            self.buttons[held].show()  # at once: what is not shown cannot have the keyboard
            self.buttons[held].setFocus()
        if then.jobs and not self.only.isChecked():
            lines = [
                " · ".join(p for p in (job.company.title if job.company else "", job.title) if p)
                for job in then.jobs
            ]
            name = AllLinesLabel(tr("as_of.jobs"), role="small", tone="muted")
            jobs = AllLinesLabel("\n".join(lines))
            if self._stacked:
                self._cell(name, row, 0, wide=_COLUMNS)
                self._cell(jobs, row + 1, 0, wide=_COLUMNS)
            else:
                self._cell(name, row, 0)
                self._cell(jobs, row, 1)
        self._show_steps()

    def _is_worth_showing(self, field: Field, then: Then) -> bool:
        if self.only.isChecked():
            return field.key in then.changed
        empty = (None, (), "", False)
        return field.editable and not (
            then.values.get(field.key) in empty and then.now.get(field.key) in empty
        )

    def _is_narrow(self) -> bool:
        """Whether then and now do not fit beside each other."""
        button = Button(tr("as_of.restore"), icon_name="rotate-ccw", small=True)
        values = theme().px(_NAMES + 2 * _VALUES) + _BUTTON * GAP_CARD
        return self.width() - 4 * GAP_PAGE < values + button.sizeHint().width()

    def _set_columns(self) -> None:
        """Beside each other under a heading, or then and now below the name of each field."""
        self._stacked = self._is_narrow()
        self._grid.setColumnMinimumWidth(0, 0 if self._stacked else theme().px(_NAMES))
        self._grid.setColumnStretch(2, 0 if self._stacked else 1)
        if not self._stacked:
            for place, key in enumerate(("field", "then", "now")):
                self._grid.addWidget(PlainLabel(tr(f"as_of.{key}"), role="caption"), 0, place)

    def _field(self, row: int, field: Field, then: Then) -> int:
        """Show a field from `row` on; the row below it."""
        name = field_name(then.ref.kind, field)
        if field.key in then.changed:
            button = Button(tr("as_of.restore"), icon_name="rotate-ccw", small=True)
            button.setAccessibleName(tr("as_of.restore_one", field=name))
            button.clicked.connect(lambda _on=False, key=field.key: self.restore_fields([key]))
            self.buttons[field.key] = button
            self._grid.addWidget(button, row, _BUTTON, Qt.AlignmentFlag.AlignTop)
        if not self._stacked:
            self._cell(AllLinesLabel(name, role="small", tone="muted"), row, 0)
            self._cell(self._value(field, then, "then"), row, 1)
            self._cell(self._value(field, then, "now"), row, 2)
            return row + 1
        self._grid.addWidget(AllLinesLabel(name, role="strong"), row, 0, 1, _BUTTON)
        for under, key in enumerate(("then", "now"), start=row + 1):
            whose = PlainLabel(tr(f"as_of.{key}"), role="small", tone="muted")
            self._cell(whose, under, 0)
            self._cell(self._value(field, then, key), under, 1, wide=_BUTTON)
        self._grid.addItem(QSpacerItem(0, GAP), row + 3, 0)
        return row + 4

    def _value(self, field: Field, then: Then, key: str) -> AllLinesLabel:
        """What a field says `then` or `now`."""
        values = then.values if key == "then" else then.now
        currency = str(values.get("currency") or "")
        text = self._shown.text(then.ref.kind, field, values.get(field.key), currency)
        strong = field.key in then.changed and key == "then"
        return AllLinesLabel(
            text or tr("as_of.empty"),
            role="strong" if strong else "body",
            tone="text" if key == "then" else "muted",
        )

    def _cell(self, label: PlainLabel, row: int, place: int, *, wide: int = 1) -> None:
        """Its first line is level with the button of the row, or with the value beside it."""
        if self._stacked:
            above = QFontMetrics(theme().font()).ascent() - label.fontMetrics().ascent()
        else:
            above = (theme().px(SMALL_CONTROL_HEIGHT) - label.fontMetrics().height()) // 2
        label.setContentsMargins(0, max(0, above), 0, 0)
        self._grid.addWidget(label, row, place, 1, wide, Qt.AlignmentFlag.AlignTop)

    def _clear(self) -> None:
        self.buttons = {}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _show_steps(self) -> None:
        day = self._day()
        self.earlier.setEnabled(any(other < day for other in self._days))
        self.later.setEnabled(any(other > day for other in self._days))

    def _step(self, direction: int) -> None:
        day = self._day()
        beside = [d for d in self._days if (d > day if direction > 0 else d < day)]
        if beside:
            self._show_day(min(beside) if direction > 0 else max(beside))

    def _choose(self, day: Any) -> None:
        if isinstance(day, date) and day != self._day():
            self._show_day(day)

    def _show_day(self, day: date) -> None:
        place = self.place
        if place is not None:
            query = (("day", day.isoformat()),)
            there = Place(place.page, place.id, place.view, query)
            self.context.navigator.replace(there)

    def _act(self, _key: str) -> None:
        self.restore_fields(None)

    def _go_back(self) -> None:
        ref = self._ref()
        if ref is not None:
            self.go(Place.record(ref.kind, ref.id))
