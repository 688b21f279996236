"""The main window: puts the parts of the shell together and answers what pages ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMenu, QVBoxLayout, QWidget

from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.paths import Home
from crm_desktop.settings import Settings
from crm_desktop.ui.catalogue import PAGES, SIDEBAR, load
from crm_desktop.ui.context import Choice, Context, sentence
from crm_desktop.ui.gestures import gesture_title, result_words
from crm_desktop.ui.jobs import Jobs
from crm_desktop.ui.language import language, set_language, system_language, tr
from crm_desktop.ui.navigator import Navigator
from crm_desktop.ui.notifier import Notifier
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.actions import ShellActions
from crm_desktop.ui.shell.banner import Banners
from crm_desktop.ui.shell.commands import Commands
from crm_desktop.ui.shell.dropping import dropped_file, is_importable
from crm_desktop.ui.shell.faults import Faults
from crm_desktop.ui.shell.menus import MenuBar
from crm_desktop.ui.shell.page_area import PageArea
from crm_desktop.ui.shell.panes import Pane, Panes, UndoKeys, first_focusable
from crm_desktop.ui.shell.record_window import RecordWindow
from crm_desktop.ui.shell.sidebar import Sidebar, SidebarRow
from crm_desktop.ui.shell.toasts import Toast
from crm_desktop.ui.shell.topbar import TopBar
from crm_desktop.ui.theme.look import apply_look
from crm_desktop.ui.theme.theme import MODES
from crm_desktop.ui.theme.tokens import SCALES
from crm_desktop.ui.view_state import ViewState
from crm_desktop.words import LANGUAGES

if TYPE_CHECKING:
    from crm_desktop.services.rescue import Rescue
    from crm_desktop.ui.shell.desk import Desk
    from crm_desktop.ui.shell.duties import Duties
    from crm_desktop.ui.shell.rescue_page import RescuePage

SMALLEST = QSize(1024, 600)
_USUAL = QSize(1280, 800)


class MainWindow(QMainWindow):
    """Shows itself from Qt alone; pages come once `book_opened` was called."""

    other_book_wished = Signal(str)  # the path; "" means: try the same again
    new_book_wished = Signal()  # where the one that is missing was
    restore_wished = Signal(object)  # the Path of a backup
    book_damaged = Signal(object)  # Refused
    closing = Signal()

    def __init__(self, home: Home, settings: Settings, state: ViewState) -> None:
        super().__init__()
        self.home, self.settings, self.state = home, settings, state
        self.navigator = Navigator(self)
        self.notifier = Notifier(self)
        self.jobs = Jobs(self)
        self.faults = Faults(home.logs, self)
        self.desk: Desk | None = None
        self.duties: Duties | None = None
        self.rescue_page: RescuePage | None = None
        self._last_fault = ""
        self._own_windows: list[RecordWindow] = []
        self._build()
        self._connect()
        self._take_up_state()
        self.retranslate()

    def _build(self) -> None:
        self.commands = Commands(self)
        self.menus = MenuBar(self.menuBar(), self.commands)
        self.sidebar = Sidebar()
        self.topbar = TopBar(self.commands)
        self.banners = Banners()
        self.area = PageArea()
        column = QVBoxLayout()
        column.setSpacing(0)
        for part in (self.topbar, self.banners):
            column.addWidget(part)
        column.addWidget(self.area, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(column, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(True)
        self.toasts = Toast(self)
        self.toasts.set_undo_keys(
            self.commands.action("undo").shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        )
        self.actions_of_shell = ShellActions(self)
        self.panes = Panes(self._pane_list)
        self._undo_keys = UndoKeys(self)

    def _connect(self) -> None:
        self.commands.asked.connect(self.actions_of_shell.run)
        self.sidebar.wished.connect(self.navigator.go)
        self.sidebar.view_menu_wished.connect(self._view_menu)
        self.topbar.search.typed.connect(self.actions_of_shell.palette)
        self.navigator.moved.connect(self._moved)
        self.area.shown.connect(self._page_shown)
        self.area.broke.connect(self.faults.report)
        self.jobs.refused.connect(self.tell)
        self.jobs.broke.connect(self.faults.report)
        self.faults.told.connect(self._fault_told)
        self.toasts.undo_wished.connect(lambda: self.run_command("undo"))
        self.toasts.history_wished.connect(lambda: self.run_command("go_history"))

    def _take_up_state(self) -> None:
        self.resize(_USUAL)
        geometry = self.state.get_bytes("window/geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self.sidebar.set_entries(self.state.get("sidebar/entries", [e.key for e in SIDEBAR]))
        self.sidebar.set_folded(bool(self.state.get("sidebar/folded", False)))
        self.sidebar.show_place(self._start_place())
        self.sidebar.set_status(tr("shell.opening"))

    # ---- the book

    def book_opened(self, services: Any, clock: Any, *, start: Place | None = None) -> Context:
        """The services are there: pages can be shown."""
        context = Context(
            services=services,
            navigator=self.navigator,
            jobs=self.jobs,
            notifier=self.notifier,
            state=self.state,
            clock=clock,
            home=self.home,
            settings=self.settings,
            window=self,
        )
        desk: Desk = load("shell.desk:Desk")(context, self)
        self.desk = desk
        self.desk.counted.connect(self.sidebar.set_counts)
        self.desk.views_read.connect(self.set_saved_views)
        self.desk.history_changed.connect(self._history_told)
        self.desk.backed_up.connect(self._backup_told)
        self.duties = load("shell.duties:Duties")(context, self)
        self.duties.backed_up.connect(self._backup_told)
        self.duties.damaged.connect(self.book_damaged)
        self.area.set_context(context)
        self.context = context
        self.rescue_page = None
        self.sidebar.set_status("")
        self.commands.set_book_open(True)
        self.navigator.go(start or self._start_place())
        self.desk.read_all()
        self.desk.read_backup()
        self.duties.start()
        return context

    def book_closed(self) -> None:
        """Another book, or none, comes next: nothing of this one stays on the screen."""
        if self.desk is None or self.duties is None:
            return
        if self.navigator.here is not None:
            self.state.put("window/place", str(self.navigator.here))
        self.duties.stop()
        self.area.keep_states()
        for own in list(self._own_windows):
            own.close()
        self.jobs.silence()
        self.actions_of_shell.forget_book()
        self.area.drop_pages()
        self.navigator.forget()
        self.commands.set_book_open(False)
        self.banners.close_all()
        self.toasts.dismiss()
        self._history_told(None, None)
        self.sidebar.set_counts({})
        self.sidebar.set_views([])
        self.sidebar.set_status("")
        self.desk.deleteLater()
        self.duties.deleteLater()
        self.desk = self.duties = None

    def book_refused(self, trouble: Refused, rescue: Rescue, clock: Any) -> None:
        """The book cannot be opened: say why, offer what can be done."""
        self.sidebar.set_status("")

        def other() -> None:
            name = self.actions_of_shell.choose_book()
            if name:
                self.other_book_wished.emit(name)

        page: RescuePage = load("shell.rescue_page:RescuePage")(trouble, rescue, self.jobs, clock)
        page.again.connect(lambda: self.other_book_wished.emit(""))
        page.other_wished.connect(other)
        page.new_wished.connect(self.new_book_wished)
        page.restore_wished.connect(self.restore_wished)
        self.rescue_page = page
        self.area.show_message(page)

    def _start_place(self) -> Place:
        try:
            place = Place.parse(str(self.state.get("window/place", "today")))
        except ValueError:
            return Place("today")
        return place if place.page in PAGES else Place("today")

    # ---- what pages ask (context.Window)

    def toast(
        self, text: str, *, undo: bool = False, choices: Sequence[Choice] = (), stay: bool = False
    ) -> None:
        self.toasts.tell(text, undo=undo, choices=choices, stay=stay)

    def tell(self, trouble: Refused | Problem) -> None:
        self.toasts.tell(sentence(trouble))

    def banner(self, key: str, text: str, *, choices: Sequence[Choice] = ()) -> None:
        self.banners.tell(key, text, choices)

    def close_banner(self, key: str) -> None:
        self.banners.close_banner(key)

    def run_command(self, key: str) -> None:
        self.commands.run(key)

    def set_saved_views(self, views: Sequence[tuple[str, Place]]) -> None:
        """Name the saved views in the sidebar and in the Go menu."""
        self.sidebar.set_views(views)
        self.menus.show_views(views, self.navigator.go)

    def _view_menu(self, row: SidebarRow, at: QPoint) -> None:
        acts = load("table.view_acts:ViewActs")(self.context, self)
        menu = acts.menu(int(row.place.wish("saved")), row, QPoint(at.x(), row.height()))
        if menu is not None:
            menu.popup(row.mapToGlobal(at))

    def open_own_window(self, place: Place) -> None:
        own = RecordWindow(self.context, self.commands)
        own.resize(self.size() * 0.8)
        own.faults.connect(self.faults.report)
        own.destroyed.connect(lambda: self._own_windows.remove(own))
        self._own_windows.append(own)
        own.show_place(place)
        own.show()

    def restore_book(self, source: Path) -> None:
        self.restore_wished.emit(source)

    def raise_window(self) -> None:
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def apply_settings(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        dress(app, self.settings)
        self.settings.save(self.home.config)

    # ---- what happens

    def _moved(self, place: Place) -> None:
        self.area.show_place(place)
        self.sidebar.show_place(place)
        self.commands.action("back").setEnabled(self.navigator.can_back)
        self.commands.action("forward").setEnabled(self.navigator.can_forward)
        if self.desk is not None:
            self.desk.seen(place)

    def _page_shown(self, page: Page | None) -> None:
        self.commands.set_page(page)
        self.menus.show_guests(page.extra_actions() if page is not None else [])
        if page is not None:
            page.title_changed.connect(self._retitle, Qt.ConnectionType.UniqueConnection)
        self._retitle()

    def _retitle(self) -> None:
        page, here = self.area.page, self.navigator.here
        name = page.title() if page is not None else ""
        if not name and here is not None:
            name = tr(PAGES[here.page].words)
        self.setWindowTitle(tr("shell.title", page=name) if name else tr("shell.app"))

    def told_undo(self, result: Any, how: str) -> None:
        """Say what was undone or redone."""
        self.toast(result_words(result, how, self.context.services))

    def _history_told(self, undo: Any, redo: Any) -> None:
        for key, row in (("undo", undo), ("redo", redo)):
            words = tr(f"keys.{key}")
            if row is not None:
                what = gesture_title(row.title, row.args, self.context.services)
                words = tr(f"shell.{key}_named", what=what)
            self.commands.action(key).setText(words)

    def _backup_told(self, backup: Any) -> None:
        if backup is None:
            self.sidebar.set_status(tr("shell.not_backed_up"))
            return
        clock = self.context.clock
        local = backup.at.astimezone(ZoneInfo(clock.zone))
        if local.date() == clock.today():
            words = tr("shell.backed_up", time=f"{local:%H:%M}")
        else:
            words = tr("shell.backed_up_on", day=local.date().isoformat())
        self.sidebar.set_status(words)

    def _fault_told(self, text: str) -> None:
        self._last_fault = text

        def copy() -> None:
            QApplication.clipboard().setText(text)

        choices = (
            (tr("shell.fault_copy"), copy),
            (tr("shell.fault_show"), lambda: self.run_command("show_logs")),
        )
        self.banners.tell("fault", tr("shell.fault"), choices)

    def _pane_list(self) -> list[Pane]:
        panes: list[Pane] = [
            (self.sidebar, self.sidebar.focus_row),
            (self.topbar, lambda: self.topbar.search),
            (self.area, lambda: first_focusable(self.area.currentWidget())),
        ]
        if self.toasts.isVisible():
            panes.append((self.toasts, lambda: next(iter(self.toasts.buttons), None)))
        return panes

    # ---- Qt

    def retranslate(self) -> None:
        """Name the frame in the language of the window; pages do so themselves."""
        self.commands.retranslate()
        self.menus.retranslate()
        self.area.setAccessibleName(tr("shell.page_area"))
        if "fault" in self.banners.texts():
            self._fault_told(self._last_fault)
        self._retitle()
        if self.desk is not None and self.duties is not None:
            self.desk.read_all()
            self.desk.read_backup()
            self.duties.retranslate(self.banners.texts())
        elif self.rescue_page is None:
            self.sidebar.set_status(tr("shell.opening"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def createPopupMenu(self) -> QMenu | None:
        return None  # Qt would offer to hide toolbars we do not have

    def closeEvent(self, event: QCloseEvent) -> None:
        self.area.keep_states()
        for own in list(self._own_windows):
            own.close()
        self.state.put_bytes("window/geometry", self.saveGeometry())
        if self.navigator.here is not None and self.desk is not None:
            self.state.put("window/place", str(self.navigator.here))
        if self.actions_of_shell.palette_overlay is not None:
            self.state.put("palette/used", self.actions_of_shell.palette_overlay.used())
        self.state.flush()
        super().closeEvent(event)
        self.closing.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.desk is not None and dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = dropped_file(event.mimeData())
        if file is None:
            return
        event.acceptProposedAction()
        if is_importable(file):
            self.navigator.go(Place.to("import", file=str(file)))
        else:
            self.toast(tr("shell.drop_unknown"))


def dress(app: QApplication, settings: Settings) -> None:
    """Put language, theme and text size of `settings` into force."""
    percent = settings.text_size if settings.text_size in SCALES else 100
    mode = settings.theme if settings.theme in MODES else "system"
    wanted = settings.language if settings.language in LANGUAGES else system_language()
    if wanted != language():
        set_language(wanted)
    apply_look(app, mode, percent=percent)
