"""The follow-ups of Today: overdue, today, the seven days after it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.agenda import AgendaItem, Section
from crm_desktop.domain.morning import Morning
from crm_desktop.domain.today import ActionList
from crm_desktop.ui.context import Context
from crm_desktop.ui.followups.acts import FollowupActs
from crm_desktop.ui.followups.model import due_chip
from crm_desktop.ui.followups.rows import FollowupList
from crm_desktop.ui.formats import day_near, time_text, weekday
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme.tokens import GAP_CARD
from crm_desktop.ui.today.panel import inset
from crm_desktop.ui.widgets import Card, PlainLabel
from crm_desktop.ui.widgets.lines import LineButton, TextLink

_COLOURS = {Section.OVERDUE: "red", Section.TODAY: "blue", Section.WEEK: "grey"}
_SHOWN = {Section.OVERDUE: 8, Section.TODAY: 20, Section.WEEK: 8}


def brief_chip(item: AgendaItem, today: date) -> tuple[str, str]:
    """When it is due, in the words its card leaves open: 14:00, Any time, Mon 10:00.

    What was put off stands under another day than it was promised for: that day in full.
    """
    due = item.due
    put_off = due is not None and item.show_from not in (None, due.day)
    if due is None or item.state == "done" or due.day < today or put_off:
        return due_chip(item, today)
    at = time_text(due.time) if due.time is not None else ""
    if due.day == today:
        return at or tr("format.any_time"), "blue" if at else "grey"
    if due.day > today + timedelta(days=6):
        return due_chip(item, today)  # the same weekday again: it needs its date
    near = tr("format.tomorrow") if due.day == today + timedelta(days=1) else weekday(due.day)
    return f"{near} {at}".rstrip(), "grey"


class ActionsCard(Card):
    """One heading with its rows; there only while it has any."""

    chosen_changed = Signal()
    all_wished = Signal(object)  # Rows

    def __init__(self, section: Section, context: Context, acts: FollowupActs) -> None:
        super().__init__("", count=0, count_colour=_COLOURS[section])
        self.section = section
        self._found: ActionList | None = None
        # Asked for when they are needed: this page may be there before the book is open.
        self.list = FollowupList(
            lambda: context.clock.today(),
            lambda item_id: context.services.lists.item(item_id),
            headings=False,
            grows=True,
        )
        acts.connect_list(self.list)
        self.list.emptied.connect(self._settle)
        self.list.chosen_changed.connect(self.chosen_changed)
        self.more = TextLink()
        self.more.clicked.connect(self._all)
        self.header.buttons.addWidget(self.more)
        self.body.addWidget(self.list)
        self.list.painter_of_rows.subject_role = "strong"
        self.list.painter_of_rows.chip_of = brief_chip
        inset(self, 10)
        self.hide()

    def show_actions(self, found: ActionList) -> None:
        """Show these; a row just ticked off stays for a moment."""
        self._found = found
        items = found.items[: _SHOWN[self.section]]
        self.list.set_sections({self.section: items}, {self.section: found.count})
        self._settle()

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.list.setAccessibleName(self._title())
        # Rows are painted in the words of now; laying them out anew would lose typed text.
        self.list.viewport().update()
        self._settle()

    def count(self) -> int:
        """How many there are, shown or not."""
        return self._found.count if self._found is not None else 0

    def _title(self) -> str:
        return tr(f"today_page.{self.section.value}")

    def _settle(self) -> None:
        found = self._found
        if found is None:
            return
        self.header.set_title(self._title(), found.count, colour=_COLOURS[self.section])
        self.header.show()
        self.more.set_words(tr("today_page.show_all", count=found.count))
        self.more.setVisible(found.count > _SHOWN[self.section])
        self.setVisible(self.list.rows.rowCount() > 0)
        self.list.updateGeometry()

    def _all(self) -> None:
        if self._found is not None:
            self.all_wished.emit(self._found.rows)


class Actions(QWidget):
    """The three cards one below the other."""

    chosen_changed = Signal()
    rows_wished = Signal(object)
    item_wished = Signal(object)  # the AgendaItem to show

    def __init__(self, context: Context, acts: FollowupActs) -> None:
        super().__init__()
        self._context = context
        self._found: Morning | None = None
        self.cards = {
            section: ActionsCard(section, context, acts)
            for section in (Section.OVERDUE, Section.TODAY, Section.WEEK)
        }
        self.nothing = Card()
        inset(self.nothing, 6)
        self._what = PlainLabel(role="strong", wrap=True)
        self._done = PlainLabel(tone="muted", wrap=True)
        self._next_place = QVBoxLayout()
        for part in (self._what, self._done):
            part.setContentsMargins(6, 0, 6, 0)
            self.nothing.body.addWidget(part)
        self.nothing.body.addLayout(self._next_place)
        self.nothing.body.setSpacing(4)
        self._next: LineButton | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_CARD)
        column.addWidget(self.cards[Section.OVERDUE])
        column.addWidget(self.nothing)
        column.addWidget(self.cards[Section.TODAY])
        column.addWidget(self.cards[Section.WEEK])
        for card in self.cards.values():
            card.chosen_changed.connect(self.chosen_changed)
            card.all_wished.connect(self.rows_wished)
            card.list.emptied.connect(self._settle)
        self.nothing.hide()

    def show_morning(self, found: Morning) -> None:
        """Show what was read."""
        self._found = found
        actions = found.panels.actions
        self.cards[Section.OVERDUE].show_actions(actions.overdue)
        self.cards[Section.TODAY].show_actions(actions.today)
        self.cards[Section.WEEK].show_actions(actions.week)
        self._settle()

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        for card in self.cards.values():
            card.retranslate()
        self._settle()

    def lists(self) -> list[FollowupList]:
        """The lists of rows, from top to bottom."""
        return [card.list for card in self.cards.values()]

    def chosen(self) -> tuple[AgendaItem, FollowupList] | None:
        """The row that has the keyboard, else the first chosen one."""
        lists = sorted(self.lists(), key=lambda each: not each.hasFocus())
        for rows in lists:
            item = rows.chosen_item()
            if item is not None and rows.isVisible():
                return item, rows
        return None

    def _settle(self) -> None:
        found = self._found
        if found is None:
            return
        actions = found.panels.actions
        shown = [self.cards[s].list.rows.rowCount() for s in (Section.OVERDUE, Section.TODAY)]
        free = not any(shown) and not actions.overdue.count and not actions.today.count
        self.nothing.setVisible(free)
        if not free:
            return
        week = actions.week.count
        key = "nothing_left" if actions.done_today else "nothing_due"
        coming = tr("today_page.next_week", count=week) if week else tr("today_page.no_week")
        self._what.setText(tr("today_page.two", one=tr(f"today_page.{key}"), other=coming))
        self._done.setText(tr("today_page.done_today", count=actions.done_today))
        self._done.setVisible(actions.done_today > 0)
        self._show_next(found.following)

    def _show_next(self, item: AgendaItem | None) -> None:
        if self._next is not None:
            self._next_place.removeWidget(self._next)
            self._next.hide()
            self._next.deleteLater()
            self._next = None
        if item is None or item.due is None:
            return
        today = self._context.clock.today()
        who = item.person or item.company
        line = LineButton(
            tr("today_page.next_one", subject=item.subject),
            icon_name="arrow-right",
            more=who.title if who is not None else "",
            chip=day_near(item.due.day, today, item.due.time),
        )
        line.clicked.connect(lambda: self.item_wished.emit(item))
        self._next = line
        self._next_place.addWidget(line)
