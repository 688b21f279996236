"""The preview beside an editor: the very file that Save PDF writes, drawn a moment after typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from crm_desktop.domain.problems import Refused
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.language import tr
from crm_desktop.ui.papers.page_view import FIT, PageView
from crm_desktop.ui.papers.rendering import PagePicture, page_sizes, pictures, text_of
from crm_desktop.ui.widgets import Button, EmptyState, IconButton, PlainLabel

DELAY = 300
Drawn = tuple[bytes, tuple[tuple[float, float], ...]]


class Preview(QWidget):
    """Shows the PDF that `make` gives; `refresh` asks for it again, once for several changes."""

    changed = Signal()  # another file is shown
    refused = Signal(object)  # the Refused why there is none

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._make: Callable[[], bytes] | None = None
        self._asked = 0
        self._drawing = 0
        self._behind = False
        self.pdf = b""
        self.trouble: Refused | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        bar = QHBoxLayout()
        bar.setSpacing(4)
        self._pages = PlainLabel("", role="small", tone="muted")
        self._status = PlainLabel("", role="small", tone="muted")
        self._smaller = IconButton("minus", "", small=True)
        self._percent = PlainLabel("", role="small", tone="muted")
        self._larger = IconButton("plus", "", small=True)
        self._fit = Button("", variant="quiet", small=True)
        self._fit.setCheckable(True)
        bar.addWidget(self._pages)
        bar.addWidget(self._status)
        bar.addStretch(1)
        for widget in (self._smaller, self._percent, self._larger, self._fit):
            bar.addWidget(widget)
        column.addLayout(bar)
        self.view = PageView()
        self._sorry = EmptyState("triangle-alert", "")
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._sorry)
        self._timer = QTimer(self, singleShot=True, interval=DELAY)
        self._timer.timeout.connect(self._ask)
        self._smaller.clicked.connect(lambda: self.view.step_zoom(-1))
        self._larger.clicked.connect(lambda: self.view.step_zoom(1))
        self._fit.clicked.connect(lambda: self.view.set_zoom(FIT))
        self.view.wanted.connect(self._draw)
        self.view.zoomed.connect(self._show_bar)
        self.view.scrolled.connect(self._show_bar)
        self.retranslate()

    def show_document(self, make: Callable[[], bytes] | None) -> None:
        """Show another document, at once; None shows nothing."""
        self._make = make
        self._asked += 1
        self._timer.stop()
        self._behind = make is not None
        self.pdf, self.trouble = b"", None
        self.view.clear()
        self._stack.setCurrentWidget(self.view)
        if make is not None and self.isVisible():
            self._ask()

    def refresh(self) -> None:
        """The document has changed: draw it again when the typing rests."""
        if self._make is not None:
            self._behind = True
            self._status.setText(tr("paper_page.preview_updating"))
            if self.isVisible():
                self._timer.start()

    @property
    def is_behind(self) -> bool:
        """Whether the document has changed since it was drawn."""
        return self._behind

    def text(self) -> str:
        """What a reader finds in the file that is shown."""
        return text_of(self.pdf) if self.pdf else ""

    def retranslate(self) -> None:
        """Set every word again."""
        self._smaller.set_name(tr("paper_page.zoom_out"))
        self._larger.set_name(tr("paper_page.zoom_in"))
        self._fit.setText(tr("paper_page.zoom_fit"))
        self.view.setAccessibleName(tr("paper_page.preview"))
        if self.trouble is not None:
            self._show_trouble(self.trouble)
        self._show_bar()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind:
            self._ask()

    # ---- how it comes about

    def _ask(self) -> None:
        if self._make is None:
            return
        self._timer.stop()
        self._behind = True
        self._asked += 1
        number, make = self._asked, self._make
        self._status.setText(tr("paper_page.preview_updating"))

        def work() -> Drawn:
            pdf = make()
            return pdf, page_sizes(pdf)

        def done(drawn: Drawn) -> None:
            if number == self._asked:
                self._take(*drawn)

        def refused(trouble: Refused) -> None:
            if number == self._asked:
                self._show_trouble(trouble)

        self._context.jobs.run_reader(work, done, refused=refused)

    def _take(self, pdf: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        self.trouble, self._behind = None, self._timer.isActive()
        self._status.setText("")
        self._stack.setCurrentWidget(self.view)
        if pdf != self.pdf:
            self.pdf = pdf
            self.view.set_sizes(sizes)
        self._show_bar()
        self.changed.emit()

    def _show_trouble(self, trouble: Refused) -> None:
        self.trouble, self.pdf, self._behind = trouble, b"", self._timer.isActive()
        self._status.setText("")
        self._sorry.set_texts(tr("paper_page.no_preview"), why=sentence(trouble))
        self._stack.setCurrentWidget(self._sorry)
        self.refused.emit(trouble)

    def _draw(self) -> None:
        """Draw what is in view; at most one drawing for the same zoom at a time."""
        pages, scale, pdf = self.view.lacking(), self.view.device_scale, self.pdf
        if not pages or not pdf:
            return
        self._drawing += 1
        number = self._drawing

        def done(found: dict[int, PagePicture]) -> None:
            if pdf == self.pdf and (number == self._drawing or scale == self.view.device_scale):
                self.view.set_pictures(found, scale)

        self._context.jobs.run_reader(lambda: pictures(pdf, pages, scale), done)

    def _show_bar(self) -> None:
        view = self.view
        text = tr("paper_page.page_of", page=view.current, pages=view.count) if view.count else ""
        self._pages.setText(text)
        self._percent.setText(f"{round(view.zoom * 100)}%")
        self._fit.setChecked(view.fits)
