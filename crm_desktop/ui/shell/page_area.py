"""Where pages are shown: each is made on its first opening and kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.ui.catalogue import PAGES
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets.popover import in_popover


class Message(QWidget):
    """One thing said in the middle of the page area, with what one can do about it."""

    def __init__(
        self,
        what: Callable[[], str],
        why: Callable[[], str],
        choices: tuple[tuple[str, Callable[[], object]], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._what, self._why, self._choices = what, why, choices
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        self._title, self._text = QLabel(self), QLabel(self)
        for label in (self._title, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        self._buttons: list[QPushButton] = []
        for _, action in choices:
            button = QPushButton(self)
            button.clicked.connect(lambda _checked=False, run=action: run())
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self._buttons.append(button)
        column.addStretch(2)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language of the window."""
        self._title.setFont(theme().font("title"))
        self._title.setText(self._what())
        self._text.setText(self._why())
        for button, (words, _) in zip(self._buttons, self._choices, strict=True):
            button.setText(tr(words))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class PageArea(QStackedWidget):
    """The stack of pages of one window."""

    broke = Signal(object)  # a page could not be made or shown: our own bug
    shown = Signal(object)  # the Page, or None where only a message is shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._pages: dict[str, Page] = {}
        self._message: QWidget | None = None

    def set_context(self, context: Context) -> None:
        """The book is open: pages can be made."""
        self._context = context

    @property
    def page(self) -> Page | None:
        """The page shown now."""
        widget = self.currentWidget()
        return widget if isinstance(widget, Page) else None

    @property
    def pages(self) -> list[Page]:
        """All pages made so far."""
        return list(self._pages.values())

    def foresee(self, key: str, context: Context) -> Page:
        """Show a page while the book is still being opened; nobody can go anywhere yet."""
        page = self._made(key, context)
        self.setCurrentWidget(page)
        return page

    def show_place(self, place: Place) -> None:
        """Show the page of `place`, making it when it is not there yet."""
        if self._context is None:
            return
        focus, before = QApplication.focusWidget(), self.currentWidget()
        inside = focus is not None and before is not None and before.isAncestorOf(focus)
        inside = inside or (focus is not None and in_popover(focus))
        try:
            page = self._made(place.page, self._context)
            page.open_place(place)
        except Exception as error:
            self.broke.emit(error)
            self.show_message(
                Message(
                    lambda: tr("shell.page_failed"),
                    lambda: tr("shell.page_failed_why"),
                    (("shell.try_again", lambda: self.show_place(place)),),
                )
            )
            return
        self.setCurrentWidget(page)
        self._drop_message()
        if inside and page is not before:
            page.take_keyboard()  # else it would fall to the sidebar
        self.shown.emit(page)

    def show_message(self, message: QWidget) -> None:
        """Show a message instead of a page."""
        self._drop_message()
        self._message = message
        self.addWidget(message)
        self.setCurrentWidget(message)
        self.shown.emit(None)

    def keep_states(self) -> None:
        """The window closes: every page puts its state away and stores what was typed."""
        for page in self._pages.values():
            if page.has_unsaved_text():
                page.save_unsaved_text()
            page.keep_state()

    def drop_pages(self) -> None:
        """The book is closed: no page of it stays."""
        self.show_message(QWidget())
        for page in self._pages.values():
            self.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages = {}
        self._context = None

    def _made(self, key: str, context: Context) -> Page:
        if key not in self._pages:
            page = PAGES[key].make(context)
            if not page.key:
                page.key = key  # type: ignore[misc]  # one instance per key
            page.setAccessibleName(tr(PAGES[key].words))
            page.restore_state()
            self._pages[key] = page
            self.addWidget(page)
        return self._pages[key]

    def _drop_message(self) -> None:
        if self._message is not None:
            self.removeWidget(self._message)
            self._message.hide()
            self._message.deleteLater()
            self._message = None
