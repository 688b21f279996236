"""Reminders on the screen: one toast for each, one for all that was missed, and the tray's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from crm_desktop.domain.reminders import Occurrence, Source
from crm_desktop.ui.context import Choice, Context
from crm_desktop.ui.formats import day_text, in_days, joined, moment_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.theme import icon

_LATER = timedelta(hours=1)
_NAMES = 3


class Reminding(QObject):
    """Shows what is due. Each comes once: whoever gives it here has marked it as shown."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._services: Any = context.services
        self._tray: QSystemTrayIcon | None = None
        self._place: Place | None = None

    def tell(self, due: Sequence[Occurrence]) -> None:
        """One by itself; several in one line that leads to Today."""
        if not due:
            return
        if len(due) == 1:
            self._tell(self.words(due[0]), self._choices(due[0]), _place(due[0]))
            return
        names = joined([self._who(each) for each in due[:_NAMES]])
        if len(due) > _NAMES:
            names = tr("shell.names_and_more", names=names, count=len(due) - _NAMES)
        today = Place("today")
        show = (tr("remind.show"), lambda: self._go(today))
        self._tell(tr("remind.several", count=len(due), names=names), (show,), today)

    def words(self, one: Occurrence) -> str:
        """What a reminder says."""
        clock = self._context.clock
        if one.source is Source.BIRTHDAY and one.on is not None:
            return tr("remind.birthday", who=self._who(one), when=in_days(one.on, clock.today()))
        if one.source is Source.ANNIVERSARY and one.on is not None:
            when = in_days(one.on, clock.today())
            return tr("remind.anniversary", what=one.what, who=self._who(one), when=when)
        if one.source is Source.FILE and one.on is not None:
            day = day_text(one.on, clock.today())
            return tr("remind.file", what=one.what, who=one.ref.title, day=day)
        when = moment_text(one.at.astimezone(ZoneInfo(clock.zone)), clock.today())
        customer = one.company or one.person
        if customer is not None and customer.title and customer.title != one.ref.title:
            return tr("remind.activity_of", what=one.ref.title, who=customer.title, when=when)
        return tr("remind.activity", what=one.ref.title, when=when)

    def close(self) -> None:
        """Take the icon out of the tray."""
        if self._tray is not None:
            self._tray.hide()
            self._tray.deleteLater()
            self._tray = None

    def _who(self, one: Occurrence) -> str:
        person = one.person.title if one.person is not None else ""
        return one.ref.title if one.source is Source.ACTIVITY else person or one.ref.title

    def _choices(self, one: Occurrence) -> tuple[Choice, ...]:
        reminders, clock = self._services.reminders, self._context.clock
        later = (
            tr("remind.later"),
            self._writing(lambda: reminders.snooze(one, clock.now() + _LATER)),
        )
        place = _place(one)
        shown = (tr("remind.open"), lambda: self._go(place))
        if one.source is not Source.ACTIVITY:
            return (shown, later)

        def complete() -> None:
            self._services.activities.complete(one.source_id)
            reminders.done(one)

        return ((tr("remind.done"), self._writing(complete)), later, shown)

    def _writing(self, work: Callable[[], Any]) -> Callable[[], Any]:
        return lambda: self._context.jobs.run_writer(lambda _progress: work())

    def _go(self, place: Place) -> None:
        self._context.navigator.go(place)

    def _tell(self, words: str, choices: Sequence[Choice], place: Place) -> None:
        self._context.window.toast(words, choices=choices, stay=True)
        window = self.parent()
        away = QApplication.activeWindow() is None
        if away and QSystemTrayIcon.isSystemTrayAvailable():
            if self._tray is None:
                self._tray = QSystemTrayIcon(icon("users"), self)
                self._tray.messageClicked.connect(self._clicked)
                self._tray.activated.connect(self._clicked)
            self._place = place
            self._tray.show()
            self._tray.showMessage(tr("shell.app"), words)
        elif away and window is not None:
            QApplication.alert(self._context.window)  # type: ignore[arg-type]

    def _clicked(self, *_: object) -> None:
        self._context.window.raise_window()
        if self._place is not None:
            self._go(self._place)


def _place(one: Occurrence) -> Place:
    return Place.record(str(one.ref.kind), one.ref.id)
