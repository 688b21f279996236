"""What is done with a follow-up: ticked off, put off, moved, written about, trashed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.domain.agenda import AgendaItem
from crm_desktop.domain.due import Due, later_options
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.typed_dates import typed_date
from crm_desktop.ui.catalogue import load
from crm_desktop.ui.context import Context
from crm_desktop.ui.followups.rows import FollowupList
from crm_desktop.ui.formats import day_input, day_near
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.widgets import DateField, PlainLabel, Popover

if TYPE_CHECKING:
    from crm_desktop.services.activities import Activities
    from crm_desktop.ui.followups.details import FollowupDetails


def subject_of(item: AgendaItem) -> Ref | None:
    """What a next follow-up would be about."""
    return item.about or item.person or item.company


class FollowupActs(QObject):
    """One per page that shows follow-ups. `connect_list` makes a list work."""

    next_begun = Signal(str, object)  # words to change and the Ref, or None: let the user write on

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self.menu: QMenu | None = None
        self.asking: Popover | None = None
        self.details: FollowupDetails | None = None

    @property
    def _service(self) -> Activities:
        return self._context.services.activities

    def connect_list(self, rows: FollowupList) -> None:
        """Do what the user wants in this list."""

        def of(activity_id: int) -> AgendaItem:
            return rows.rows.item(activity_id) or self._service.item(activity_id)

        rows.ticked.connect(lambda i: self.complete(of(i), rows=rows))
        rows.unticked.connect(lambda i: self.reopen(of(i)))
        rows.later_wished.connect(lambda i, point: self.open_later(of(i), point))
        rows.menu_wished.connect(lambda i, point: self.open_menu(of(i), point, rows))
        rows.outcome_written.connect(
            lambda i, text, done: (
                self.complete(of(i), text, rows=rows) if done else self.write_outcome(of(i), text)
            )
        )

    # ---- gestures

    def complete(
        self, item: AgendaItem, outcome: str = "", *, rows: FollowupList | None = None
    ) -> None:
        """Tick it off: struck through at once, then the next step is offered."""
        if item.state == "done":
            self.write_outcome(item, outcome)
            return
        if rows is not None:
            rows.strike(item.id)

        def done(_result: Any) -> None:
            choices: list[tuple[str, Callable[[], Any]]] = []
            if subject_of(item) is not None:
                choices = [
                    (tr("followup_page.next_call"), lambda: self._call_in_a_week(item)),
                    (tr("followup_page.next_visit"), lambda: self._visit_in_a_week(item)),
                    (tr("followup_page.next_nothing"), lambda: None),
                ]
            said = tr("followup_page.done_what_next" if choices else "followup_page.done_said")
            self._context.window.toast(said, undo=True, choices=choices)

        job = self._write(lambda: self._service.complete(item.id, outcome), done)
        if rows is not None:
            job.failed.connect(lambda _error: rows.unstrike(item.id))

    def reopen(self, item: AgendaItem) -> None:
        """It is not done after all."""
        said = tr("followup_page.reopened", subject=item.subject)
        self._write(lambda: self._service.reopen(item.id), self._saying(said))

    def put_off(self, item: AgendaItem, day: date) -> None:
        """Show it again on `day`; a promised day stays promised, no promise becomes this one."""
        today = self._context.clock.today()
        said = tr("followup_page.put_off", day=day_near(day, today), subject=item.subject)
        if item.due is None:
            due = Due(day, None, self._context.clock.zone)
            self._write(lambda: self._service.move(item.id, due), self._saying(said))
        else:
            self._write(lambda: self._service.snooze(item.id, day), self._saying(said))

    def move_to(self, item: AgendaItem, day: date) -> None:
        """Promise another day; the time of day stays."""
        if item.due is not None and item.due.day == day:
            return
        at = item.due.time if item.due else None
        zone = item.due.zone if item.due else self._context.clock.zone
        today = self._context.clock.today()
        said = tr("followup_page.moved", day=day_near(day, today), subject=item.subject)
        self._write(lambda: self._service.move(item.id, Due(day, at, zone)), self._saying(said))

    def write_outcome(self, item: AgendaItem, text: str) -> None:
        """Keep what came of it, without ticking it off."""
        records = self._context.services.records
        if text != item.outcome:
            self._write(lambda: records.update(Kind.ACTIVITY, item.id, {"outcome": text or None}))

    def trash(self, item: AgendaItem) -> None:
        """To the trash, with a way back."""
        self._trash(Ref(Kind.ACTIVITY, item.id, item.subject))

    def _trash(self, ref: Ref) -> None:
        records = self._context.services.records
        said = tr("followup_page.trashed", subject=ref.title)
        self._write(lambda: records.trash(ref.kind, ref.id), self._saying(said))

    def edit(self, activity_id: int, point: QPoint) -> None:
        """All its fields in a panel at a global point."""
        if self.details is None:
            details: FollowupDetails = load("followups.details:FollowupDetails")(
                self._context, self._owner
            )
            details.trash_wished.connect(self._trash)
            self.details = details
        self.details.open_for(activity_id, self._owner.mapFromGlobal(point))

    # ---- menus

    def open_later(self, item: AgendaItem, point: QPoint) -> None:
        """The offers of Later, at a global point."""
        self._popup(self.later_menu(item, point), point)

    def later_menu(self, item: AgendaItem, point: QPoint) -> QMenu:
        """This afternoon, tomorrow, next Monday, in a week, or a typed day."""
        menu = QMenu(tr("followup_page.later"), self._owner)
        today = self._context.clock.today()
        base = item.due or Due(today, None, self._context.clock.zone)
        for choice, due in later_options(base, self._context.clock.now()):
            words = tr(f"followup_page.later_{choice.value}", day=day_near(due.day, today))
            menu.addAction(words).triggered.connect(partial(self.put_off, item, due.day))
        menu.addSeparator()
        menu.addAction(tr("followup_page.later_pick")).triggered.connect(
            partial(self.ask_day, item, point)
        )
        return menu

    def ask_day(self, item: AgendaItem, point: QPoint) -> Popover:
        """Let a day be typed ("3d", 下周一) or chosen; Enter puts off until then."""
        today = self._context.clock.today

        def read(text: str) -> date:
            day = typed_date(text, today())
            if day is None:
                raise Refused("dates.not_a_date", value=text)
            return day

        popover = Popover(self._owner)
        popover.body.addWidget(PlainLabel(tr("followup_page.pick_title"), role="strong"))
        field = DateField(
            read,
            day_input,
            today=today,
            name=tr("followup_page.pick_title"),
            placeholder=tr("followup_page.pick_hint"),
        )
        trouble = PlainLabel(role="small", tone="danger", wrap=True)
        trouble.hide()

        def take(day: Any) -> None:
            if isinstance(day, date):
                popover.dismiss()
                self.put_off(item, day)

        field.changed.connect(take)
        field.refused.connect(trouble.setText)
        field.refused.connect(lambda _words: trouble.show())
        popover.body.addWidget(field)
        popover.body.addWidget(trouble)
        popover.closed.connect(popover.deleteLater)
        popover.open_at(self._owner, self._owner.mapFromGlobal(point))
        self.asking = popover
        popover.destroyed.connect(lambda: setattr(self, "asking", None))
        return popover

    def open_menu(self, item: AgendaItem, point: QPoint, rows: FollowupList | None = None) -> None:
        """Everything that can be done with one follow-up."""
        self._popup(self.full_menu(item, point, rows), point)

    def full_menu(self, item: AgendaItem, point: QPoint, rows: FollowupList | None = None) -> QMenu:
        """The context menu: the mouse is never the only way."""
        menu = QMenu(self._owner)
        if item.state == "done":
            menu.addAction(tr("followup_page.menu_reopen")).triggered.connect(
                partial(self.reopen, item)
            )
        else:
            menu.addAction(tr("followup_page.menu_done")).triggered.connect(
                lambda: self.complete(item, rows=rows)
            )
            menu.addMenu(self.later_menu(item, point))
            earlier, after = self._days_around(item)
            menu.addAction(tr("followup_page.menu_earlier")).triggered.connect(
                partial(self.move_to, item, earlier)
            )
            menu.addAction(tr("followup_page.menu_after")).triggered.connect(
                partial(self.move_to, item, after)
            )
        if rows is not None:
            menu.addAction(tr("followup_page.menu_outcome")).triggered.connect(
                partial(rows.expand, item.id)
            )
        menu.addAction(tr("followup_page.menu_edit")).triggered.connect(
            partial(self.edit, item.id, point)
        )
        menu.addSeparator()
        for ref in dict.fromkeys(r for r in (item.person, item.company, item.about) if r):
            action = menu.addAction(tr("followup_page.menu_open", title=ref.title))
            action.triggered.connect(
                partial(self._context.navigator.go, Place.record(ref.kind, ref.id))
            )
        menu.addSeparator()
        menu.addAction(tr("followup_page.menu_trash")).triggered.connect(partial(self.trash, item))
        return menu

    # ---- how it comes about

    def _days_around(self, item: AgendaItem) -> tuple[date, date]:
        day = item.due.day if item.due else self._context.clock.today()
        return day - timedelta(days=1), day + timedelta(days=1)

    def _visit_in_a_week(self, item: AgendaItem) -> None:
        """Begin a line: kind, name and a day stand there to be changed."""
        visit = self._context.services.lists.by_code("activity_type", "visit")
        day = self._context.clock.today() + timedelta(days=7)
        ref = subject_of(item)
        words = tr(
            "followup_page.next_line",
            kind=item_name(visit, tr),
            day=day.isoformat(),
            name=(item.person or item.company or ref).title if ref else "",
        )
        self.next_begun.emit(words, ref)

    def _call_in_a_week(self, item: AgendaItem) -> None:
        clock = self._context.clock
        day = clock.today() + timedelta(days=7)
        ref = subject_of(item)
        who = (item.person or item.company or ref).title if ref else ""
        subject = tr("followup_page.call_subject", name=who)
        due = Due(day, None, clock.zone)
        said = tr("followup_page.planned", subject=subject, day=day_near(day, clock.today()))
        self._write(lambda: self._service.plan(ref, subject, due, "call"), self._saying(said))

    def _popup(self, menu: QMenu, point: QPoint) -> None:
        self.menu = menu
        menu.popup(point)

    def _saying(self, words: str) -> Callable[[Any], None]:
        return lambda _result: self._context.window.toast(words, undo=True)

    def _write(self, work: Callable[[], Any], done: Callable[[Any], None] | None = None) -> Any:
        return self._context.jobs.run_writer(lambda _progress: work(), done)
