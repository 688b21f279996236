"""What the shell itself asks of the services: counts, search, undo, quick add, backup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal

from crm_desktop.domain.agenda import Section
from crm_desktop.domain.kinds import RECORD_KINDS, Kind, Ref
from crm_desktop.domain.phones import display, normalise
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.schema import TITLE_KEYS
from crm_desktop.ui.context import Context
from crm_desktop.ui.file_dialogs import open_address
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import LIST_OF_KIND, Place, view_place

_RECENT = 8
_OPEN_DEALS = Query().also(Condition("state", Op.IS, "open"))
_OPEN_TICKETS = Query().also(
    Condition("state", Op.ANY_OF, ("new", "assigned", "in_progress", "waiting"))
)
_OPEN_QUOTES = Query().also(Condition("state", Op.ANY_OF, ("draft", "sent")))


class Desk(QObject):
    """The services, seen from the window's frame. Reads off the thread of the window."""

    counted = Signal(object)  # {badge: number}
    history_changed = Signal(object, object)  # titles of what undo and redo would do, or None
    views_read = Signal(object)  # [(name, place)]
    backed_up = Signal(object)  # the last good backup, or None
    went = Signal()  # to a place, by the palette or a toast

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._services: Any = context.services
        context.notifier.changed.connect(self._changed)

    # ---- counts and history

    def read_all(self) -> None:
        """Ask for all that the frame shows."""
        jobs = self._context.jobs
        jobs.run_reader(self._counts, self.counted.emit)
        jobs.run_reader(self._views, self.views_read.emit)
        jobs.run_reader(self._undoable, lambda pair: self.history_changed.emit(*pair))

    def read_backup(self) -> None:
        """Ask when the last good backup was made."""
        self._context.jobs.run_reader(lambda: self._services.backups.last(), self.backed_up.emit)

    def _changed(self, _kinds: object, _gesture: object) -> None:
        self.read_all()

    def _views(self) -> list[tuple[str, Place]]:
        return [
            (view.name, view_place(view.kind.value, view.id))
            for view in self._services.views.all()
            if view.kind.value in LIST_OF_KIND
        ]

    def _undoable(self) -> tuple[Any, Any]:
        history = self._services.history
        return history.undoable(), history.redoable()

    def _counts(self) -> dict[str, int]:
        services = self._services
        records = services.records
        agenda = services.activities.agenda()
        due = len(agenda[Section.OVERDUE]) + len(agenda[Section.TODAY])
        week = len(agenda[Section.TOMORROW]) + len(agenda[Section.WEEK])
        return {
            "today": due,
            "people": records.count(Kind.PERSON, Query()),
            "companies": records.count(Kind.COMPANY, Query()),
            "opportunities": records.count(Kind.OPPORTUNITY, _OPEN_DEALS),
            "followups": due + week,
            "birthdays": services.birthdays.count(7) + services.anniversaries.count(7),
            "service": records.count(Kind.TICKET, _OPEN_TICKETS),
            "documents": records.count(Kind.QUOTE, _OPEN_QUOTES),
        }

    def undo(self, done: Callable[[Any], None]) -> None:
        """Take back the latest gesture."""
        self._context.jobs.run_writer(lambda _p: self._services.history.undo(), done)

    def redo(self, done: Callable[[Any], None]) -> None:
        """Do again what was taken back last."""
        self._context.jobs.run_writer(lambda _p: self._services.history.redo(), done)

    def back_up(self, done: Callable[[Any], None], refused: Callable[[Refused], None]) -> None:
        """Make a verified backup now."""
        backups = self._services.backups
        self._context.jobs.run_writer(
            lambda progress: backups.make(progress=progress), done, refused=refused
        )

    # ---- the palette's source

    def find(self, text: str, answer: Callable[[Sequence[Any]], None]) -> bool:
        """Search in a reader thread; True: the answer will come."""
        self._context.jobs.run_reader(lambda: self._services.search.find(text, limit=20), answer)
        return True

    def recent(self) -> list[tuple[Place, str]]:
        """The records opened last, with their titles."""
        hits = self._services.search.recents(_RECENT)
        return [(Place.record(hit.ref.kind, hit.ref.id), hit.ref.title) for hit in hits]

    def seen(self, place: Place) -> None:
        """Remember that this record was opened, for recents and the ranking of search."""
        if place.id is not None and place.page in {str(kind) for kind in RECORD_KINDS}:
            ref = Ref(Kind(place.page), place.id)
            self._context.jobs.run_writer(lambda _p: self._services.search.seen(ref))

    def act(self, command: str, place: Place) -> None:
        """Go to a record and, once it has been read, run a command there; or call it."""
        self.go(place)
        if command == "call":
            self._call(place)
        else:
            window, jobs = self._context.window, self._context.jobs
            jobs.when_idle(lambda: window.run_command(command))

    def _call(self, place: Place) -> None:
        """Hand the first number of a record to the program of the system that calls."""
        records, kind, record_id = self._services.records, Kind(place.page), place.id

        def number() -> str:
            values = records.card(kind, record_id).values
            several = (*(values.get("mobile") or ()), *(values.get("phone") or ()))
            return str(several[0]) if several else ""

        def dial(found: str) -> None:
            if not found:
                self._context.window.toast(tr("palette.no_number"))
                return
            number = QUrl(f"tel:{normalise(found).number or found}")
            if not open_address(number, display(found)):
                return
            write = (tr("palette.write_down"), lambda: self.act("log", place))
            words = tr("palette.calling", number=display(found))
            self._context.window.toast(words, choices=(write,))

        self._context.jobs.run_reader(number, dial)

    def go(self, place: Place) -> None:
        """Show a place."""
        self._context.navigator.go(place)
        self.went.emit()

    def create(self, kind: str, text: str) -> None:
        """Make a record of `kind` named `text` and open it."""
        self.add(kind, text, True)

    def add(self, kind: str, text: str, wants_open: bool) -> None:
        """Quick add: one line becomes a record."""

        def work(_progress: object) -> int:
            if kind == Kind.ACTIVITY:
                return int(self._services.activities.quick_add(text))
            return int(self._services.records.create(Kind(kind), {TITLE_KEYS[Kind(kind)]: text}))

        def done(record_id: int) -> None:
            place = Place.record(kind, record_id)
            if wants_open:
                self.go(place)
            choices = () if wants_open else ((tr("shell.quick_open"), lambda: self.go(place)),)
            self._context.window.toast(
                tr("shell.quick_added", title=text), undo=True, choices=choices
            )

        self._context.jobs.run_writer(work, done)
