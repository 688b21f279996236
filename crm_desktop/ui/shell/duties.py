"""What the program does by itself while a book is open: backups, the turn of the day, reminders."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.reminding import Reminding

_BACKUP_EVERY = 60_000  # milliseconds between looks; the service knows when one is due
_LOOK_EVERY = 30_000
_KEEP_EVERY = 10_000
TROUBLE = "backup/trouble"
"""Where the window's state keeps why the backup at the last close failed: [code, arguments]."""


class Duties(QObject):
    """Runs from `start` to `stop`; nothing is bound to an exact moment, so sleep does no harm."""

    backed_up = Signal(object)  # a Backup
    damaged = Signal(object)  # Refused: the file was found damaged
    keep_wished = Signal()  # how the window is now: a computer may go off without closing it

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._services: Any = context.services
        self._today: date = context.clock.today()
        self._backing_up = self._looking = self._stopped = False
        self._warnings: tuple[Problem, ...] = ()
        self._trouble: Refused | None = None
        self.reminding = Reminding(context, self)
        self._timers = [
            self._timer(_BACKUP_EVERY, self.back_up_when_due),
            self._timer(_LOOK_EVERY, self.look),
            self._timer(_KEEP_EVERY, self.keep_wished.emit),
        ]

    def start(self) -> None:
        """The book was opened."""
        kept = self._context.state.get(TROUBLE)
        if isinstance(kept, list) and len(kept) == 2 and isinstance(kept[1], dict):
            self.failed(Refused(str(kept[0]), **kept[1]))
        for timer in self._timers:
            timer.start()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.applicationStateChanged.connect(self._state_changed)
        self._expire()
        self._remind()

    def stop(self) -> None:
        """The book is about to be closed."""
        self._stopped = True
        for timer in self._timers:
            timer.stop()
        self.reminding.close()

    # ---- backups

    def back_up_when_due(self) -> None:
        """Ask for an automatic backup; the service makes one when it is time."""
        if self._backing_up or self._stopped:
            return
        self._backing_up = True
        backups = self._services.backups
        job = self._context.jobs.run_writer(
            lambda _progress: backups.tick(), self._ticked, refused=self.damaged.emit
        )
        job.finished.connect(self._backup_over)

    def _backup_over(self) -> None:
        self._backing_up = False

    def _ticked(self, made: Any) -> None:
        trouble = self._services.backups.trouble
        if made is not None:
            self.succeeded(made)
        elif trouble is not None:
            self.failed(trouble)

    def succeeded(self, made: Any) -> None:
        """A backup was made, by itself or by hand: earlier trouble is over."""
        self._trouble = None
        self._context.state.put(TROUBLE, None)
        self._context.window.close_banner("backup")
        self.backed_up.emit(made)

    def failed(self, why: Refused) -> None:
        """A backup could not be made: said until one can."""
        if why.code == "book.damaged":
            self.damaged.emit(why)
            return
        self._trouble = why
        self._context.window.banner(
            "backup",
            tr("shell.backup_failed", why=sentence(why)),
            choices=(
                (tr("shell.backup_again"), lambda: self._context.window.run_command("backup")),
                (tr("shell.backup_folder"), self._show_settings),
            ),
        )

    def _show_settings(self) -> None:
        self._context.navigator.go(Place("settings", view="backup"))

    # ---- the place of the book

    def warn_of_place(self, warnings: tuple[Problem, ...]) -> None:
        """Say that a book does not belong into such a folder, until the user says "enough"."""
        self._warnings = warnings
        key = self._place_key()
        if not warnings or self._context.state.get(key, False):
            return

        def enough() -> None:
            self._context.state.put(key, True)
            self._context.window.close_banner("place")

        self._context.window.banner(
            "place",
            " ".join(sentence(each) for each in warnings),
            choices=((tr("shell.warn_no_more"), enough),),
        )

    def _place_key(self) -> str:
        path = str(self._services.book.path)
        return f"place/{zlib.crc32(path.encode('utf-8', 'replace')):08x}"

    # ---- the day

    def look(self) -> None:
        """Every half minute, and when the user comes back: another day or zone, anything due?"""
        if self._stopped:
            return
        moved = self._context.clock.follow_machine()
        today = self._context.clock.today()
        if moved or today != self._today:
            self._today = today
            self._expire()
            # Today, the badges, every "in 3 days" and all times of day are of yesterday or abroad.
            self._context.notifier.changed.emit(frozenset(Kind), None)
        self._remind()

    def _expire(self) -> None:
        self._context.jobs.run_writer(lambda _progress: self._services.quotes.expire_due())

    def _remind(self) -> None:
        if self._looking:
            return
        self._looking = True
        job = self._context.jobs.run_reader(self._services.reminders.due, self._due)
        job.finished.connect(self._looked)

    def _looked(self) -> None:
        self._looking = False

    def _due(self, waiting: Any) -> None:
        if waiting and not self._stopped:
            reminders = self._services.reminders
            self._context.jobs.run_writer(lambda _p: reminders.take(), self.reminding.tell)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.look()

    # ---- words

    def retranslate(self, shown: Collection[str]) -> None:
        """The language has changed: say those of the banners `shown` again that are ours."""
        if "backup" in shown and self._trouble is not None:
            self.failed(self._trouble)
        if "place" in shown:
            self.warn_of_place(self._warnings)

    def _timer(self, every: int, run: Any) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every)
        timer.timeout.connect(run)
        return timer
