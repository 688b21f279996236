"""The main window: its first picture, and what Qt and the pages ask of it.

The first picture is painted from this module and the few it imports, before anything that
answers the user is even loaded; `furnish` brings the rest into the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from crm_desktop.ui.catalogue import PAGES, SIDEBAR, load
from crm_desktop.ui.language import language, set_language, system_language, tr, translate_qt
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.menus import MenuBar
from crm_desktop.ui.shell.sidebar import Sidebar
from crm_desktop.ui.shell.topbar import TopBar
from crm_desktop.ui.theme.theme import MODES, theme
from crm_desktop.ui.theme.tokens import SCALES
from crm_desktop.words import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
    from PySide6.QtWidgets import QMenu

    from crm_desktop.domain.problems import Problem, Refused
    from crm_desktop.paths import Home
    from crm_desktop.services.rescue import Rescue
    from crm_desktop.settings import Settings
    from crm_desktop.ui.context import Choice, Context
    from crm_desktop.ui.jobs import Jobs
    from crm_desktop.ui.navigator import Navigator
    from crm_desktop.ui.notifier import Notifier
    from crm_desktop.ui.shell.actions import ShellActions
    from crm_desktop.ui.shell.banner import Banners
    from crm_desktop.ui.shell.commands import Commands
    from crm_desktop.ui.shell.desk import Desk
    from crm_desktop.ui.shell.duties import Duties
    from crm_desktop.ui.shell.faults import Faults
    from crm_desktop.ui.shell.page_area import PageArea
    from crm_desktop.ui.shell.panes import Panes
    from crm_desktop.ui.shell.record_window import RecordWindow
    from crm_desktop.ui.shell.rescue_page import RescuePage
    from crm_desktop.ui.shell.sidebar_row import SidebarRow
    from crm_desktop.ui.shell.tenancy import Tenancy
    from crm_desktop.ui.shell.toasts import Toast
    from crm_desktop.ui.view_state import ViewState

SMALLEST = QSize(1024, 600)
_USUAL = QSize(1280, 800)


class MainWindow(QMainWindow):
    """Shows itself from Qt alone; pages come once `book_opened` was called."""

    painted = Signal()  # once: the first picture is being drawn
    other_book_wished = Signal(str)  # the path; "" means: try the same again
    new_book_wished = Signal()  # where the one that is missing was
    restore_wished = Signal(object)  # the Path of a backup
    book_damaged = Signal(object)  # Refused
    closing = Signal()

    # What `furnish` brings in.
    navigator: Navigator
    notifier: Notifier
    jobs: Jobs
    faults: Faults
    commands: Commands
    actions_of_shell: ShellActions
    banners: Banners
    area: PageArea
    toasts: Toast
    panes: Panes
    tenancy: Tenancy

    def __init__(
        self, home: Home, settings: Settings, state: ViewState, *, furnished: bool = True
    ) -> None:
        """`furnished=False`: only what the first picture shows; `furnish` is to follow."""
        super().__init__()
        self.home, self.settings, self.state = home, settings, state
        self.furnished = False
        self.desk: Desk | None = None
        self.duties: Duties | None = None
        self.rescue_page: RescuePage | None = None
        self.own_windows: list[RecordWindow] = []
        self._was_painted = False
        self._build()
        self._take_up_state()
        if furnished:
            self.furnish()

    def _build(self) -> None:
        self.menus = MenuBar(self.menuBar())
        whole = QWidget()
        self.sidebar = Sidebar(whole)
        self.topbar = TopBar(whole)
        self.column = QVBoxLayout()
        self.column.setSpacing(0)
        self.column.addWidget(self.topbar)
        self.column.addStretch(1)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(self.column, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(SMALLEST)
        self.setWindowTitle(tr("shell.app"))

    def _take_up_state(self) -> None:
        self.resize(_USUAL)
        geometry = self.state.get_bytes("window/geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self.sidebar.set_entries(self.state.get("sidebar/entries", [e.key for e in SIDEBAR]))
        self.sidebar.set_folded(bool(self.state.get("sidebar/folded", False)))
        self.sidebar.show_place(self.start_place())
        self.sidebar.set_status(tr("shell.opening"))
        self.sidebar.focus_row().setFocus()

    def furnish(self) -> None:
        """Bring in what the first picture does not show, once: commands, jobs, page area."""
        if not self.furnished:
            load("shell.furniture:furnish")(self)
            self.furnished = True
            self.retranslate()

    def start_place(self) -> Place:
        """Where the user was last, or the page chosen to start with."""
        chosen = PAGES.get(self.settings.start_page)
        if chosen is not None and chosen.sidebar:
            return Place(chosen.key)
        try:
            place = Place.parse(str(self.state.get("window/place", "today")))
        except ValueError:
            return Place("today")
        return place if place.page in PAGES else Place("today")

    # ---- the book

    @property
    def context(self) -> Context:
        """What pages are given; there is one from the first opened book on."""
        return self.tenancy.context

    def book_opened(self, services: Any, clock: Any, *, start: Place | None = None) -> Context:
        """The services are there: pages can be shown."""
        return self.tenancy.begin(services, clock, start=start)

    def book_closed(self) -> None:
        """Another book, or none, comes next: nothing of this one stays on the screen."""
        self.tenancy.end()

    def book_refused(self, trouble: Refused, rescue: Rescue, clock: Any) -> None:
        """The book cannot be opened: say why, offer what can be done."""
        self.tenancy.refuse(trouble, rescue, clock)

    # ---- what pages ask (context.Window)

    def toast(
        self, text: str, *, undo: bool = False, choices: Sequence[Choice] = (), stay: bool = False
    ) -> None:
        self.toasts.tell(text, undo=undo, choices=choices, stay=stay)

    def tell(self, trouble: Refused | Problem) -> None:
        self.tenancy.tell(trouble)

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

    def view_menu(self, row: SidebarRow, at: QPoint) -> None:
        """Open the menu of a saved view in the sidebar."""
        acts = load("table.view_acts:ViewActs")(self.context, self)
        menu = acts.menu(int(row.place.wish("saved")), row, QPoint(at.x(), row.height()))
        if menu is not None:
            menu.popup(row.mapToGlobal(at))

    def open_own_window(self, place: Place) -> None:
        own: RecordWindow = load("shell.record_window:RecordWindow")(self.context, self.commands)
        own.resize(self.size() * 0.8)
        own.faults.connect(self.faults.report)
        own.destroyed.connect(lambda: self.own_windows.remove(own))
        self.own_windows.append(own)
        own.show_place(place)
        own.show()

    def restore_book(self, source: Path) -> None:
        self.restore_wished.emit(source)

    def raise_window(self) -> None:
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def show_import(self, *, under_way: bool) -> None:
        self.sidebar.set_import(under_way=under_way)

    def set_sidebar_entries(self, keys: Sequence[str]) -> None:
        self.sidebar.set_entries(keys)
        self.state.put("sidebar/entries", list(keys))

    def apply_settings(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        dress(app, self.settings)
        self.settings.save(self.home.config)
        self.commands.tick(self.settings)

    def told_undo(self, result: Any, how: str) -> None:
        """Say what was undone or redone."""
        self.tenancy.told_undo(result, how)

    def retitle(self) -> None:
        """Name the window after what it shows."""
        page, here = self.area.page, self.navigator.here
        name = page.title() if page is not None else ""
        if not name and here is not None:
            name = tr(PAGES[here.page].words)
        self.setWindowTitle(tr("shell.title", page=name) if name else tr("shell.app"))

    # ---- Qt

    def retranslate(self) -> None:
        """Name the frame in the language of the window; pages do so themselves."""
        self.menus.retranslate()
        self.sidebar.retranslate()
        self.topbar.retranslate()
        self.commands.retranslate()
        self.area.setAccessibleName(tr("shell.page_area"))
        self.retitle()
        self.tenancy.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def createPopupMenu(self) -> QMenu | None:
        return None  # Qt would offer to hide toolbars we do not have

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.furnished:
            self.tenancy.put_away()
        self.state.put_bytes("window/geometry", self.saveGeometry())
        self.state.flush()
        super().closeEvent(event)
        self.closing.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        load("shell.dropping:entered")(self, event)

    def dropEvent(self, event: QDropEvent) -> None:
        load("shell.dropping:dropped")(self, event)


def speak(settings: Settings) -> None:
    """Put the language of `settings` into force."""
    wanted = settings.language if settings.language in LANGUAGES else system_language()
    if wanted != language():
        set_language(wanted)


def look_of(settings: Settings) -> tuple[str, int]:
    """Theme and text size in percent; values nobody knows become the usual ones.

    The density of rows is put into the theme, which tells it with the rest.
    """
    theme().compact = settings.density == "compact"
    percent = settings.text_size if settings.text_size in SCALES else 100
    return settings.theme if settings.theme in MODES else "system", percent


def dress_first(app: QApplication, settings: Settings) -> None:
    """Language, colours and fonts of the first picture."""
    speak(settings)
    mode, percent = look_of(settings)
    theme().begin(app, mode, percent=percent)


def dress(app: QApplication, settings: Settings) -> None:
    """Put language, theme and text size of `settings` into force."""
    speak(settings)
    translate_qt(app)
    mode, percent = look_of(settings)
    load("theme.look:apply_look")(app, mode, percent=percent)
