"""A book moves into the window and out again; what is told about it meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.services.first_look import FirstLook
from crm_desktop.ui.catalogue import load
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.gestures import gesture_title, result_words
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.foresight import Foresight

if TYPE_CHECKING:
    from pathlib import Path

    from crm_desktop.services.rescue import Rescue
    from crm_desktop.ui.shell.desk import Desk
    from crm_desktop.ui.shell.rescue_page import RescuePage
    from crm_desktop.ui.shell.window import MainWindow


class Tenancy(QObject):
    """The book of one window, from its opening to its closing."""

    context: Context

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._w = window
        self._last_fault = ""
        self._foresight: Foresight | None = None
        self._history: tuple[Any, Any] = (None, None)

    # ---- in and out

    def foresee(self, book: Path) -> bool:
        """Show the morning prepared in the book, which is not open yet. Whether there is one."""
        clock = Clock()
        look = FirstLook(book, clock.today())
        if look.book is not None:
            self._w.state.of_book(look.book)
            self._w.sidebar.show_place(self._w.start_place())
        if self._w.start_place() != Place("today"):
            return False
        found = look.foreseen()
        if found is not None:
            self._foresight = Foresight(self._w, self._new_context(None, clock), found)
        return found is not None

    def begin(self, services: Any, clock: Any, *, start: Place | None = None) -> Context:
        """The services are there: pages can be shown."""
        w = self._w
        w.state.of_book(services.book.uid)
        foresight, self._foresight = self._foresight, None
        if foresight is None:
            context = self._new_context(services, clock)
        else:
            context = foresight.come_true(services, clock)
        desk: Desk = load("shell.desk:Desk")(context, w)
        w.desk = desk
        desk.counted.connect(w.sidebar.set_counts)
        desk.views_read.connect(w.set_saved_views)
        desk.history_changed.connect(self._history_told)
        desk.backed_up.connect(self._backup_told)
        desk.went.connect(w.actions_of_shell.arrived)
        w.duties = load("shell.duties:Duties")(context, w)
        w.duties.backed_up.connect(self._backup_told)
        w.duties.damaged.connect(w.book_damaged)
        w.duties.keep_wished.connect(self._keep)
        w.notifier.backed_up.connect(w.duties.succeeded)
        w.area.set_context(context)
        self.context = context
        w.rescue_page = None
        w.sidebar.set_status("")
        w.commands.set_book_open(True)
        w.navigator.go(start or w.navigator.here or w.start_place())
        # The page goes first: the frame around it and what is done by itself can wait for it.
        w.jobs.when_read(lambda: self._settle(desk))
        return context

    def _new_context(self, services: Any, clock: Clock) -> Context:
        w = self._w
        return Context(
            services=services,
            navigator=w.navigator,
            jobs=w.jobs,
            notifier=w.notifier,
            state=w.state,
            clock=clock,
            home=w.home,
            settings=w.settings,
            window=w,
        )

    def _settle(self, desk: Desk) -> None:
        w = self._w
        if w.desk is not desk or w.duties is None:
            return  # the book was left meanwhile
        left = w.state.get("page/import")
        w.show_import(under_way=isinstance(left, dict) and bool(left.get("path")))
        desk.read_all()
        desk.read_backup()
        w.duties.start()

    def end(self) -> None:
        """Another book, or none, comes next: nothing of this one stays on the screen."""
        w = self._w
        if w.desk is None or w.duties is None:
            return
        if w.navigator.here is not None:
            w.state.put("window/place", str(w.navigator.here))
        w.duties.stop()
        w.area.keep_states()
        for own in list(w.own_windows):
            own.close()
        w.jobs.silence()
        w.actions_of_shell.forget_book()
        w.area.drop_pages()
        w.navigator.forget()
        w.commands.set_book_open(False)
        w.banners.close_all()
        w.toasts.dismiss()
        self._history_told(None, None)
        w.sidebar.set_counts({})
        w.sidebar.set_views([])
        w.show_import(under_way=False)
        w.sidebar.set_status("")
        w.desk.deleteLater()
        w.duties.deleteLater()
        w.desk = w.duties = None

    def refuse(self, trouble: Refused, rescue: Rescue, clock: Any) -> None:
        """The book cannot be opened: say why, offer what can be done."""
        w = self._w
        if self._foresight is not None:
            self._foresight.fail()
            self._foresight = None
        w.sidebar.set_status("")

        def other() -> None:
            name = w.actions_of_shell.choose_book()
            if name:
                w.other_book_wished.emit(name)

        page: RescuePage = load("shell.rescue_page:RescuePage")(trouble, rescue, w.jobs, clock)
        page.again.connect(lambda: w.other_book_wished.emit(""))
        page.other_wished.connect(other)
        page.new_wished.connect(w.new_book_wished)
        page.copied.connect(w.other_book_wished)
        page.restore_wished.connect(w.restore_wished)
        w.rescue_page = page
        w.area.show_message(page)

    def _keep(self) -> None:
        """Where the user is and how that page is shown, as at closing; what is typed stays open.

        What is as it was is not written again.
        """
        w = self._w
        if w.area.page is not None:
            w.area.page.keep_state()
            w.state.put_bytes("window/geometry", w.saveGeometry())
            self._keep_place()

    def _keep_place(self) -> None:
        w = self._w
        if w.navigator.here is not None and w.desk is not None:
            w.state.put("window/place", str(w.navigator.here))
        if w.actions_of_shell.palette_overlay is not None:
            w.state.put("palette/used", w.actions_of_shell.palette_overlay.used())

    def put_away(self) -> None:
        """The window closes: keep what was typed, and where the user was."""
        w = self._w
        w.area.keep_states()
        for own in list(w.own_windows):
            own.close()
        self._keep_place()

    # ---- what is told

    def tell(self, trouble: Refused | Problem) -> None:
        """Say kindly what the user's circumstances do not allow."""
        self._w.toasts.tell(sentence(trouble))

    def told_undo(self, result: Any, how: str) -> None:
        """Say what was undone or redone."""
        self._w.toast(result_words(result, how, self.context.services))

    def _history_told(self, undo: Any, redo: Any) -> None:
        self._history = (undo, redo)
        for key, row in (("undo", undo), ("redo", redo)):
            words = tr(f"keys.{key}")
            if row is not None:
                what = gesture_title(row.title, row.args, self.context.services)
                words = tr(f"shell.{key}_named", what=what)
            self._w.commands.action(key).setText(words)
        self._w.commands.allow("redo", redo is not None)

    def _backup_told(self, backup: Any) -> None:
        if backup is None:
            self._w.sidebar.set_status(tr("shell.not_backed_up"))
            return
        clock = self.context.clock
        local = backup.at.astimezone(ZoneInfo(clock.zone))
        if local.date() == clock.today():
            words = tr("shell.backed_up", time=f"{local:%H:%M}")
        else:
            words = tr("shell.backed_up_on", day=local.date().isoformat())
        self._w.sidebar.set_status(words)

    def fault_told(self, text: str) -> None:
        """One of our own bugs was written down."""
        self._last_fault = text

        def copy() -> None:
            QApplication.clipboard().setText(text)

        choices = (
            (tr("shell.fault_copy"), copy),
            (tr("shell.fault_show"), lambda: self._w.run_command("show_logs")),
        )
        self._w.banners.tell("fault", tr("shell.fault"), choices)

    def retranslate(self) -> None:
        """The language has changed: say again what is shown of the book."""
        w = self._w
        if "fault" in w.banners.texts():
            self.fault_told(self._last_fault)
        if w.desk is not None and w.duties is not None:
            self._history_told(*self._history)
            w.desk.read_all()
            w.desk.read_backup()
            w.duties.retranslate(w.banners.texts())
        elif w.rescue_page is None:
            w.sidebar.set_status(tr("shell.opening"))
