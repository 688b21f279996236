"""The frame of a document page: its head, the cards on the left, the preview on the right."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.papers import paper_files
from crm_desktop.ui.papers.notes_bar import NotesBar
from crm_desktop.ui.papers.own_company import OwnCompanyStrip
from crm_desktop.ui.papers.paper_header import PREVIEW, SAVE, PaperHeader
from crm_desktop.ui.papers.preview import Preview
from crm_desktop.ui.places import Place
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP_CARD, GAP_PAGE
from crm_desktop.ui.widgets import EmptyState

_SIDE_BY_SIDE = 880
_SKIPPED = "papers/own_company_skipped"


class PaperFrame(Page):
    """Arranges what a document page consists of, and asks for the firm where it is unknown."""

    kind: ClassVar[Kind]
    steps: ClassVar[tuple[str, ...]]
    primary: ClassVar[tuple[str, ...]]

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._preview_wished = True
        self._was_wide = True
        self.header = PaperHeader(self.steps, self.primary)
        self.header.acted.connect(self.act)
        self.header.went_back.connect(self._go_back)
        self.notes = NotesBar()
        self.company = OwnCompanyStrip()
        self.company.given.connect(self._take_company)
        self.company.skipped.connect(self._skip_company)
        self.company.hide()
        self.preview = Preview(context)
        self.preview.refused.connect(lambda _no: self._show_logo_trouble())
        self.preview.changed.connect(self._show_logo_trouble)

    def parts(self) -> list[QWidget]:
        """The cards on the left, from top to bottom."""
        raise NotImplementedError

    def act(self, key: str) -> None:
        """A button was pressed."""
        if key == PREVIEW:
            self._preview_wished = not self.preview.isVisibleTo(self)
            self._arrange()
        elif key == SAVE:
            self.save_pdf()

    def save_pdf(self, revision: int | None = None) -> None:
        """Write the PDF, or that of an issued revision."""
        raise NotImplementedError

    def ask_for_company(self, *, wanted: bool) -> None:
        """Ask who the firm is, unless the user put that off."""
        skipped = bool(self.context.state.get(_SKIPPED))
        self.company.setVisible(wanted and not skipped)

    def state(self) -> dict[str, Any]:
        return {"splitter": self._splitter.sizes(), "preview": self._preview_wished}

    def restore(self, state: dict[str, Any]) -> None:
        sizes = state.get("splitter")
        if isinstance(sizes, list) and len(sizes) == 2 and all(sizes):
            self._splitter.setSizes([int(size) for size in sizes])
        self._preview_wished = bool(state.get("preview", True))

    def build(self) -> None:
        """Put the parts in their places; they exist by now."""
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, GAP_CARD)
        column.setSpacing(GAP_CARD)
        column.addWidget(self.header)
        inner = QWidget()
        left = QVBoxLayout(inner)
        left.setContentsMargins(0, 0, 6, 0)
        left.setSpacing(GAP_CARD)
        for part in (self.company, self.notes, *self.parts()):
            left.addWidget(part)
        left.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(10)
        self._splitter.addWidget(self._scroll)
        self._splitter.addWidget(self.preview)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._splitter.setSizes([650, 380])
        column.addWidget(self._splitter, 1)
        self._gone = EmptyState("file-text", "")
        self._gone.hide()
        column.addWidget(self._gone, 1)

    def set_gone(self, *, gone: bool) -> None:
        """Say that the document is no longer in the book, in the place of all it had."""
        self._gone.setVisible(gone)
        self._splitter.setVisible(not gone)
        self.header.set_gone(gone=gone)

    def _arrange(self) -> None:
        """Side by side where there is room; else the preview lies behind its button."""
        wide = self.width() >= theme().px(_SIDE_BY_SIDE)
        if not wide and self._was_wide:
            self._preview_wished = False
        elif wide and not self._was_wide:
            self._preview_wished = True
        self._was_wide = wide
        self.preview.setVisible(self._preview_wished)
        self._scroll.setVisible(wide or not self._preview_wished)
        self.header.buttons[PREVIEW].setChecked(self._preview_wished)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _show_logo_trouble(self) -> None:
        trouble = self.preview.trouble
        if trouble is None or trouble.key != "paper.picture_unreadable":
            self.notes.say("logo", "")
            return
        business = self.context.services.business
        self.notes.say(
            "logo",
            tr(trouble.key),
            kind="red",
            choices=(
                (tr("paper_page.choose_logo"), self._choose_logo),
                (tr("paper_page.without_logo"), lambda: self.write(lambda: business.set_logo(b""))),
            ),
        )

    def _choose_logo(self) -> None:
        path = paper_files.ask_picture(self)
        if path is not None:
            business = self.context.services.business
            self.write(lambda: business.set_logo(path.read_bytes()))

    def _take_company(self, name: str, phone: str, logo: Path | None) -> None:
        business = self.context.services.business

        def work() -> None:
            business.set_own_company(name=name, **({"phone": phone} if phone else {}))
            if logo is not None:
                business.set_logo(logo.read_bytes())

        self.company.name.clear()
        self.company.hide()
        self.write(work)

    def _skip_company(self) -> None:
        self.context.state.put(_SKIPPED, value=True)
        self.company.hide()

    def _go_back(self) -> None:
        self.go(Place("documents", view=self.kind.value))
