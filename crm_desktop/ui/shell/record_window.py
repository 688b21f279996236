"""A record in its own window: one page, the page's keys, nothing around it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from crm_desktop.ui.catalogue import PAGES
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.commands import Commands
from crm_desktop.ui.shell.page_area import PageArea


class RecordWindow(QMainWindow):
    """Commands that are not the page's go to the main window."""

    faults = Signal(object)

    def __init__(self, context: Context, main_commands: Commands) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.commands = Commands(self)
        self.commands.set_book_open(True)
        self.area = PageArea()
        self.area.set_context(context)
        self.setCentralWidget(self.area)
        self.area.shown.connect(self._shown)
        self.area.broke.connect(self.faults)
        self.commands.asked.connect(main_commands.run)

    def show_place(self, place: Place) -> None:
        """Show the record."""
        self.area.show_place(place)

    def _shown(self, page: Page | None) -> None:
        self.commands.set_page(page)
        if page is not None:
            page.title_changed.connect(self._retitle)
        self._retitle()

    def _retitle(self) -> None:
        page = self.area.page
        if page is not None:
            name = page.title()
            if not name and page.place is not None:
                name = tr(PAGES[page.place.page].words)
            self.setWindowTitle(tr("shell.title", page=name))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.area.keep_states()
        super().closeEvent(event)
