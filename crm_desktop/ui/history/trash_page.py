"""The trash: what was moved there, by kind, and the way back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.kinds import RECORD_KINDS, Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.records import Trashed
from crm_desktop.ui.context import Context
from crm_desktop.ui.erasing import Eraser
from crm_desktop.ui.formats import moment_text
from crm_desktop.ui.history.rows import local
from crm_desktop.ui.language import tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.theme import icon, theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD, GAP_PAGE
from crm_desktop.ui.tooltips import plain_tip
from crm_desktop.ui.widgets import Button, Card, EmptyState, PlainLabel, PrimaryButton
from crm_desktop.ui.widgets.layouts import FlowLayout

_ICONS = {
    Kind.PERSON: "user",
    Kind.COMPANY: "building-2",
    Kind.ACTIVITY: "list-checks",
    Kind.OPPORTUNITY: "kanban",
    Kind.PRODUCT: "package",
    Kind.QUOTE: "file-text",
    Kind.CONTRACT: "signature",
    Kind.TICKET: "life-buoy",
    Kind.RECEIPT: "banknote",
    Kind.EXPENSE: "wallet",
    Kind.STAFF: "user",
    Kind.ATTACHMENT: "paperclip",
    Kind.NOTICE: "sticky-note",
    Kind.TAG: "tag",
}
_KINDS = (*RECORD_KINDS, Kind.TAG, Kind.ATTACHMENT, Kind.NOTICE)
_LIMIT = 2000


class TrashPage(Page):
    """A list of what can be restored, filtered by kind."""

    key = "trash"
    shows = frozenset(_KINDS)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.found: list[Trashed] = []
        self._shown: list[Trashed] = []
        self._kind: Kind | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, GAP_CARD)
        outer.setSpacing(GAP_CARD)
        self.heading = PlainLabel(role="title")
        outer.addWidget(self.heading)
        self._about = PlainLabel(tone="muted", wrap=True)
        outer.addWidget(self._about)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._flow.setSpacing(GAP)
        outer.addWidget(self._chips)
        self.filters: dict[Kind | None, Button] = {}
        for kind in (None, *_KINDS):
            button = Button(small=True, variant="segment")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, kind=kind: self.show_kind(kind))
            self.filters[kind] = button
            self._flow.addWidget(button)
        self._empty = EmptyState("trash-2", "")
        self._empty.secondary_clicked.connect(lambda: self.go(Place("history")))
        outer.addWidget(self._empty, 1)
        self.table = QTableWidget(0, 3)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.itemSelectionChanged.connect(self._show_button)
        self.table.itemActivated.connect(lambda _item: self.restore_selected())
        self.table.setFrameShape(QTableWidget.Shape.NoFrame)
        self._place = Card()
        self._place.body.addWidget(self.table)
        outer.addWidget(self._place, 1)
        self.eraser = Eraser(self)
        self.eraser.erased.connect(self.mark_stale)
        self.table.installEventFilter(self)
        foot = QHBoxLayout()
        self._chosen = PlainLabel(tone="muted")
        self.empty_button = Button(icon_name="trash-2")
        self.empty_button.clicked.connect(self.empty)
        self.erase_button = Button()
        self.erase_button.clicked.connect(self.erase_selected)
        self.restore_button = PrimaryButton(icon_name="rotate-ccw")
        self.restore_button.clicked.connect(self.restore_selected)
        foot.addWidget(self._chosen)
        foot.addStretch(1)
        for button in (self.empty_button, self.erase_button, self.restore_button):
            foot.addWidget(button)
        outer.addLayout(foot)
        theme().changed.connect(self._remeasure)
        self._remeasure()
        self.retranslate()

    def title(self) -> str:
        """The words at the top of the page and of its own window."""
        return tr("shell.page.trash")

    def take_keyboard(self) -> None:
        if self.table.isVisibleTo(self):
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().take_keyboard()

    def retranslate(self) -> None:
        """All words again."""
        self.heading.setText(self.title())
        self._about.setText(tr("history_page.trash_about"))
        self._empty.set_texts(
            tr("history_page.trash_empty"),
            why=tr("history_page.trash_why"),
            secondary=tr("shell.page.history"),
        )
        self.restore_button.setText(tr("common.restore"))
        self.erase_button.setText(tr("erasing.erase"))
        self.erase_button.setToolTip(tr("erasing.erase_key"))
        self.empty_button.setText(tr("erasing.empty"))
        self.table.setAccessibleName(tr("shell.page.trash"))
        self.table.setHorizontalHeaderLabels(
            [tr(f"history_page.trash_{key}") for key in ("name", "kind", "when")]
        )
        self._fill()

    def refresh(self) -> None:
        """Read what lies in the trash."""
        records = self.context.services.records
        self.read("trash", lambda: records.trashed(_LIMIT), self._arrived)

    def show_kind(self, kind: Kind | None) -> None:
        """Only records of one kind; None for all."""
        self._kind = kind
        self._fill()

    def restore_selected(self) -> None:
        """Bring the selected records back, one gesture for each kind."""
        chosen = [self._shown[row] for row in self._selected_rows()]
        by_kind: dict[Kind, list[int]] = {}
        for one in chosen:
            by_kind.setdefault(one.ref.kind, []).append(one.ref.id)
        if not by_kind:
            return
        records = self.context.services.records

        def work() -> None:
            for kind, ids in by_kind.items():
                records.restore(kind, ids)

        def done(_result: Any) -> None:
            if len(chosen) == 1:
                words = tr("history_page.restored_one", name=chosen[0].ref.title)
            else:
                words = tr("history_page.restored", count=len(chosen))
            self.context.window.toast(words, undo=len(by_kind) == 1)
            self.mark_stale()

        self.write(work, done, refused=self._refused)

    def erase_selected(self) -> None:
        """Erase the selected records for good, once the user has said so."""
        self.eraser.ask([self._shown[row].ref for row in self._selected_rows()])

    def empty(self) -> None:
        """Erase all that lies here, also what the list does not show."""
        self.eraser.ask_for_all()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            if watched is self.table and shift and event.key() == Qt.Key.Key_Delete:
                self.erase_selected()
                return True
        return super().eventFilter(watched, event)

    def _refused(self, why: Refused) -> None:
        self.context.window.tell(why)
        self.mark_stale()

    def _arrived(self, found: list[Trashed]) -> None:
        self.found = found
        self._fill()

    def _fill(self) -> None:
        counts: dict[Kind | None, int] = {None: len(self.found)}
        for one in self.found:
            counts[one.ref.kind] = counts.get(one.ref.kind, 0) + 1
        if self._kind is not None and not counts.get(self._kind):
            self._kind = None
        for kind, button in self.filters.items():
            name = tr("common.all") if kind is None else tr(f"kind.{kind.value}.plural")
            button.setText(tr("history_page.filter", name=name, count=counts.get(kind, 0)))
            button.setChecked(kind is self._kind)
            button.setVisible(bool(counts.get(kind)))
        chosen = {self._shown[row].ref for row in self._selected_rows()}
        self._shown = [one for one in self.found if self._kind in (None, one.ref.kind)]
        kept = chosen & {one.ref for one in self._shown}
        today = self.context.clock.today()
        self.table.setRowCount(len(self._shown))
        for row, one in enumerate(self._shown):
            when = moment_text(local(one.at, self.context.clock), today)
            texts = (one.ref.title, tr(f"kind.{one.ref.kind.value}"), when)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                if column == 0:
                    item.setIcon(icon(_ICONS.get(one.ref.kind, "archive"), "muted"))
                self.table.setItem(row, column, item)
        self.table.clearSelection()
        for row, one in enumerate(self._shown):
            if one.ref in kept:
                self._select(row)
        if not kept and self._shown:
            self._select(0)
        for widget, visible in (
            (self._empty, not self.found),
            (self._place, bool(self.found)),
            (self._chips, bool(self.found)),
            (self.restore_button, bool(self.found)),
            (self.erase_button, bool(self.found)),
            (self.empty_button, bool(self.found)),
            (self._chosen, bool(self.found)),
        ):
            widget.setVisible(visible)
        self._show_button()

    def _selected_rows(self) -> list[int]:
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        return sorted(row for row in rows if row < len(self._shown))

    def _select(self, row: int) -> None:
        # Not selectRow: that asks which keys are down, and Shift still is after Shift+Delete.
        model = self.table.selectionModel()
        flags = model.SelectionFlag.Select | model.SelectionFlag.Rows
        model.setCurrentIndex(self.table.model().index(row, 0), flags)

    def _show_button(self) -> None:
        count = len(self._selected_rows())
        self._chosen.setText(tr("common.selected", count=count))
        self.restore_button.setEnabled(count > 0)
        self.erase_button.setEnabled(count > 0)

    def _remeasure(self) -> None:
        look = theme()
        self.table.verticalHeader().setDefaultSectionSize(look.row())
        self.table.horizontalHeader().setFixedHeight(look.px(32))
        self.table.setColumnWidth(1, look.px(130))
        self.table.setColumnWidth(2, look.px(170))
