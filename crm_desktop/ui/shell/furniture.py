"""What the window gets behind its first picture: all that answers the user."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence

from crm_desktop.ui.file_dialogs import programs, remember_in
from crm_desktop.ui.jobs import Jobs
from crm_desktop.ui.navigator import Navigator
from crm_desktop.ui.notifier import Notifier
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.actions import ShellActions
from crm_desktop.ui.shell.banner import Banners
from crm_desktop.ui.shell.bar_keys import SidebarKeys, TopBarKeys
from crm_desktop.ui.shell.commands import Commands
from crm_desktop.ui.shell.faults import Faults
from crm_desktop.ui.shell.page_area import PageArea
from crm_desktop.ui.shell.panes import KeptByPage, Pane, Panes, UndoKeys, first_focusable
from crm_desktop.ui.shell.tenancy import Tenancy
from crm_desktop.ui.shell.toasts import Toast
from crm_desktop.ui.shell.window import MainWindow


def furnish(window: MainWindow) -> None:
    """Make the parts and tie them together."""
    remember_in(window.state)
    window.navigator = Navigator(window)
    window.notifier = Notifier(window)
    window.jobs = Jobs(window)
    window.faults = Faults(window.home.logs, window)
    window.commands = Commands(window)
    window.commands.tick(window.settings)
    window.menus.fill(window.commands)
    window.topbar.connect_commands(window.commands)
    SidebarKeys(window.sidebar)
    TopBarKeys(window.topbar)
    _add_page_area(window)
    window.setAcceptDrops(True)
    window.toasts = Toast(window)
    window.toasts.set_undo_keys(
        window.commands.action("undo").shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    )
    programs.missed.connect(window.toast)
    window.actions_of_shell = ShellActions(window)
    window.panes = Panes(lambda: _panes(window))
    window.tenancy = Tenancy(window)
    KeptByPage(window)
    UndoKeys(window)
    Wiring(window)


def _add_page_area(window: MainWindow) -> None:
    window.banners = Banners()
    window.area = PageArea()
    window.column.takeAt(1)  # the empty room that kept its place
    window.column.addWidget(window.banners)
    window.column.addWidget(window.area, 1)


def _panes(window: MainWindow) -> list[Pane]:
    panes: list[Pane] = [
        (window.sidebar, window.sidebar.focus_row),
        (window.topbar, lambda: window.topbar.search),
        (window.area, lambda: first_focusable(window.area.currentWidget())),
    ]
    if window.toasts.isVisible():
        panes.append((window.toasts, lambda: next(iter(window.toasts.buttons), None)))
    return panes


class Wiring(QObject):
    """Who hears whom in one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._w = window
        w = window
        # In place of `changeEvent`: PySide looks through all kinds of events to hand one over,
        # and the window is sent some before its first picture.
        w.installEventFilter(self)
        w.commands.asked.connect(w.actions_of_shell.run)
        w.sidebar.wished.connect(w.navigator.go)
        w.sidebar.view_menu_wished.connect(w.view_menu)
        w.topbar.search.typed.connect(w.actions_of_shell.palette)
        w.navigator.moved.connect(self._moved)
        w.notifier.erased.connect(w.navigator.forget_told)
        w.area.shown.connect(self._page_shown)
        w.area.broke.connect(w.faults.report)
        w.jobs.refused.connect(w.tell)
        w.jobs.broke.connect(w.faults.report)
        w.faults.told.connect(w.tenancy.fault_told)
        w.toasts.undo_wished.connect(lambda: w.run_command("undo"))
        w.toasts.history_wished.connect(lambda: w.run_command("go_history"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange and watched is self._w and self._w.furnished:
            self._w.retranslate()
        return False

    def _moved(self, place: Place) -> None:
        w = self._w
        w.area.show_place(place)
        w.sidebar.show_place(place)
        w.commands.allow("back", w.navigator.can_back)
        w.commands.allow("forward", w.navigator.can_forward)
        if w.desk is not None:
            w.desk.seen(place)

    def _page_shown(self, page: Page | None) -> None:
        self._w.commands.set_page(page)
        self._w.menus.show_guests(page.extra_actions() if page is not None else [])
        if page is not None:
            page.title_changed.connect(self._w.retitle, Qt.ConnectionType.UniqueConnection)
        self._w.retitle()
