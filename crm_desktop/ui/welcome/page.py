"""The first page of an empty book: how the firm sells, and three ways to begin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.business import Business
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.imports.file_step import choose_file
from crm_desktop.ui.language import language, tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.theme import icon, theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD, GAP_GROUP, GAP_PAGE
from crm_desktop.ui.welcome.selling import WaysOfSelling
from crm_desktop.ui.widgets import Banner, Button, Card, PlainLabel, PrimaryButton, Segmented
from crm_desktop.ui.widgets.layouts import FlowLayout
from crm_desktop.ui.widgets.scrolled import Scrolled

_WIDEST = 828
_DONE = "welcome/done"


class Way(Card):
    """One way to begin: what, why, and its button."""

    chosen = Signal()

    def __init__(self, symbol: str, *, primary: bool = False) -> None:
        super().__init__()
        self._symbol = symbol
        self._picture = QLabel()
        self._what = PlainLabel(role="strong", wrap=True)
        self._why = PlainLabel(tone="muted", wrap=True)
        self.button = PrimaryButton() if primary else Button()
        self.button.clicked.connect(self.chosen)
        for widget in (self._picture, self._what, self._why):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.body.addLayout(row)
        theme().changed.connect(self._redraw)
        self._redraw()

    def set_texts(self, what: str, why: str, button: str) -> None:
        """All words again."""
        self._what.setText(what)
        self._why.setText(why)
        self.button.setText(button)

    def _redraw(self) -> None:
        look = theme()
        side = look.px(28)
        self._picture.setPixmap(icon(self._symbol, "accent").pixmap(QSize(side, side)))

    def measure(self) -> int:
        """Make room for its words; returns the height it needs."""
        look, layout = theme(), self.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        around = margins.left() + margins.right()
        width = max(look.px(268), self.button.sizeHint().width() + around + 2)
        self.setFixedWidth(width)
        for words in (self._what, self._why):
            words.setMinimumHeight(0)  # what it had before would count as needed
            words.setFixedHeight(max(0, words.heightForWidth(width - around)))
        self.setMinimumHeight(0)
        return max(self.sizeHint().height(), layout.totalHeightForWidth(width))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.button.isEnabled():
            self.chosen.emit()


def _write_papers_in(business: Business, wanted: str) -> None:
    """The book was made in the language of the system; who chooses another writes in that one."""
    if business.trade().language != wanted:
        business.set_trade(language=wanted)


class WelcomePage(Page):
    """Language and look, the way of selling, then an Excel list, sample data or an empty book."""

    key = "welcome"
    shows = frozenset({Kind.LIST})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAcceptDrops(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        inner = QWidget()
        middle = QHBoxLayout(inner)
        middle.setContentsMargins(0, 0, 0, 0)
        self._block = QWidget()
        middle.addStretch(1)
        middle.addWidget(self._block, 10)
        middle.addStretch(1)
        column = QVBoxLayout(self._block)
        column.setContentsMargins(0, GAP_GROUP, 0, 0)
        column.setSpacing(GAP_CARD)
        self._title = PlainLabel(role="record")
        self.languages = Segmented((("zh", "中文"), ("en", "English")), current=language())
        self.languages.changed.connect(self._language_chosen)
        self.themes = Segmented(
            (("system", "", "monitor"), ("light", "", "sun"), ("dark", "", "moon")),
            current=context.settings.theme,
        )
        self.themes.changed.connect(self._theme_chosen)
        switches = QWidget()
        line = FlowLayout(switches)
        line.setSpacing(GAP)
        line.addWidget(self.languages)
        line.addWidget(self.themes)
        column.addWidget(switches)
        column.addSpacing(GAP)
        column.addWidget(self._title)
        self._about = PlainLabel(tone="muted", wrap=True)
        column.addWidget(self._about)
        self.trouble = Banner("", kind="red")
        self.trouble.hide()
        column.addWidget(self.trouble)
        column.addSpacing(GAP)
        self.selling = WaysOfSelling()
        self.selling.chosen.connect(self._way_chosen)
        column.addWidget(self.selling)
        column.addSpacing(GAP)
        self._begin = PlainLabel(role="strong", wrap=True)
        column.addWidget(self._begin)
        ways = QWidget()
        flow = FlowLayout(ways)
        flow.setSpacing(GAP_CARD)
        self.excel = Way("file-spreadsheet", primary=True)
        self.sample = Way("sparkles")
        self.empty = Way("plus")
        for way in (self.excel, self.sample, self.empty):
            flow.addWidget(way)
        column.addWidget(ways)
        self._where = PlainLabel(role="small", tone="muted", wrap=True)
        column.addWidget(self._where)
        column.addStretch(1)
        outer.addWidget(Scrolled(inner))
        self.excel.chosen.connect(self.choose_list)
        self.sample.chosen.connect(self.look_around)
        self.empty.chosen.connect(self.start_empty)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._even_out)
        theme().changed.connect(self._remeasure)
        self._remeasure()
        self.retranslate()

    def title(self) -> str:
        """The words at the top of the page and of its own window."""
        return tr("shell.page.welcome")

    def retranslate(self) -> None:
        """All words again."""
        self._title.setText(tr("welcome.title"))
        self._about.setText(tr("welcome.about"))
        self.selling.retranslate()
        self._begin.setText(tr("welcome.begin"))
        self.languages.setAccessibleName(tr("settings.general.language"))
        self.languages.set_current(language())
        self.themes.setAccessibleName(tr("settings.general.theme"))
        self.themes.set_texts(
            [(mode, tr(f"welcome.theme.{mode}")) for mode in ("system", "light", "dark")]
        )
        for key, way in (("excel", self.excel), ("sample", self.sample), ("empty", self.empty)):
            way.set_texts(
                tr(f"welcome.{key}.what"), tr(f"welcome.{key}.why"), tr(f"welcome.{key}.button")
            )
        self._even_out()
        path = self.context.services.book.path
        self._where.setText(tr("welcome.where", path=str(path)))

    def refresh(self) -> None:
        """The way of selling as it is now: undone, or chosen in the settings."""
        self.selling.show_way(self.context.services.opportunities.selling.way())

    def choose_list(self) -> None:
        """Ask for the Excel list and go to the import with it."""
        path = choose_file(self)
        if path is not None:
            self._leave(Place.to("import", file=str(path)))

    def look_around(self) -> None:
        """Fill in the sample data of the language in use, and show it."""
        services = self.context.services
        wanted = language()
        self._enable(False)
        self.trouble.hide()

        def done(_result: Any) -> None:
            self._enable(True)
            self._leave(Place("today"))

        def refused(why: Refused) -> None:
            self._enable(True)
            self.trouble.set_text(sentence(why))
            self.trouble.show()

        self.context.jobs.run_writer(
            lambda _progress: services.sample.fill(wanted), done, refused=refused
        )

    def start_empty(self) -> None:
        """Nothing in it yet: the day of today."""
        self._leave(Place("today"))

    def _leave(self, place: Place) -> None:
        if not self.context.state.get(_DONE):
            wanted, business = language(), self.context.services.business
            self.write(lambda: _write_papers_in(business, wanted))
        self.context.state.put(_DONE, True)
        self.go(place)

    def _enable(self, enabled: bool) -> None:
        for way in (self.excel, self.sample, self.empty):
            way.button.setEnabled(enabled)

    def _way_chosen(self, way: str) -> None:
        self.write(lambda: self.context.services.opportunities.selling.choose(way))

    def _language_chosen(self, code: str) -> None:
        self.context.settings.language = code
        self.context.window.apply_settings()

    def _theme_chosen(self, mode: str) -> None:
        self.context.settings.theme = mode
        self.context.window.apply_settings()

    def _even_out(self) -> None:
        """Cards side by side are of one height, their words on one line."""
        ways = (self.excel, self.sample, self.empty)
        tallest = max(theme().px(200), *(way.measure() for way in ways))
        for way in ways:
            way.setMinimumHeight(tallest)

    def _remeasure(self) -> None:
        self._soon.start()  # its words hear of another font later than this
        self._block.setMaximumWidth(theme().px(_WIDEST))
        self.themes.set_current(self.context.settings.theme)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self._leave(Place.to("import", file=str(Path(url.toLocalFile()))))
                return
