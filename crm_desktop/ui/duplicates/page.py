"""The duplicates page: groups ranked by certainty, the preview beside, two answers."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
)

from crm_desktop.domain.duplicates import Group
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.progress import Progress
from crm_desktop.ui.context import Context
from crm_desktop.ui.duplicates.merge_view import COLOURS, MergeView
from crm_desktop.ui.duplicates.reasons import reasons_text
from crm_desktop.ui.jobs import Job
from crm_desktop.ui.language import tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP_CARD, GAP_PAGE
from crm_desktop.ui.tooltips import plain_tip
from crm_desktop.ui.widgets import Button, EmptyState, PlainLabel, Segmented, colour_dot

KINDS = (Kind.PERSON, Kind.COMPANY)
_NARROWEST = 110  # pixels at 100 % of the list of groups
_MOST = 2000  # groups in the list; answering some brings the next


_LOW = 420  # pixels at 100 % text size


class DuplicatesPage(Page):
    """`Place.to("duplicates", kind="person", ids="3,8")` shows these records as one group."""

    key = "duplicates"
    shows = frozenset({Kind.PERSON, Kind.COMPANY})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.kind = Kind.PERSON
        self.groups: list[Group] = []
        self._looked = False
        self._search: Job | None = None
        self._stopped = False
        self._asked: tuple[int, ...] = ()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, GAP_CARD)
        outer.setSpacing(GAP_CARD)
        self._heading = PlainLabel(role="title")
        self._about = PlainLabel(tone="muted", wrap=True)
        outer.addWidget(self._heading)
        outer.addWidget(self._about)
        top = QHBoxLayout()
        self.kinds = Segmented([(kind.value, "") for kind in KINDS])
        self.kinds.changed.connect(lambda key: self._show_kind(Kind(key)))
        self._count = PlainLabel(tone="muted")
        self._again = Button(icon_name="refresh-cw", small=True)
        self._again.clicked.connect(self.mark_stale)
        top.addWidget(self.kinds)
        top.addWidget(self._count)
        top.addStretch(1)
        top.addWidget(self._again)
        outer.addLayout(top)
        self._empty = EmptyState("users", "")
        self._empty.primary_clicked.connect(self._act)
        outer.addWidget(self._empty, 1)
        self.list = QListWidget()
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._chosen)
        self.view = MergeView(context)
        self.view.changed.connect(self._read_preview)
        self.view.merge_wanted.connect(self.merge)
        self.view.apart_wanted.connect(self.not_the_same)
        self.view.opened.connect(lambda ref: self.go(Place.record(ref.kind.value, ref.id)))
        self._panes = QSplitter()
        self._panes.setChildrenCollapsible(False)
        self._panes.addWidget(self.list)
        self._panes.addWidget(self.view)
        self._panes.setStretchFactor(1, 1)
        outer.addWidget(self._panes, 1)
        theme().changed.connect(self._fill)
        self._measured = 0  # the size of the text, in percent, the panes were shared for
        self.retranslate()

    def title(self) -> str:
        """The words at the top of the page and of its own window."""
        return tr("shell.page.duplicates")

    def retranslate(self) -> None:
        """All words again."""
        self._heading.setText(self.title())
        self._about.setText(tr("duplicates.about"))
        self._again.setText(tr("duplicates.again"))
        self.kinds.set_texts((k.value, tr(f"kind.{k.value}.plural")) for k in KINDS)
        self.list.setAccessibleName(tr("shell.page.duplicates"))
        self._fill()
        self.view.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # What is compared needs the room of a low window more than what is said of it.
        self._about.setVisible(self.height() >= theme().px(_LOW))

    def show_place(self, place: Place) -> None:
        """Another kind, or records chosen in a list."""
        wish = place.wish("kind")
        if wish in KINDS:
            self.kind = Kind(wish)
            self.kinds.set_current(wish)
        numbers = place.wish("ids").split(",")
        self._asked = tuple(int(number) for number in numbers if number.isdecimal())
        self._forget()

    def refresh(self) -> None:
        """Look for groups: seconds in a large book, so off this thread."""
        duplicates, kind, asked = self.context.services.duplicates, self.kind, self._asked
        if not self.groups:  # at first the empty place below says so
            self._count.setText(tr("duplicates.looking") if self._looked else "")

        def work(progress: Progress) -> list[Group]:
            first = [duplicates.among(kind, asked)] if len(asked) > 1 else []
            first = [group for group in first if len(group.members) > 1]
            found = duplicates.find(kind, progress)
            return first + [group for group in found if set(group.ids) != set(asked)]

        if self._search is not None:
            self._search.cancel()  # what it would find is out of date
        self._search = search = self.read_long("groups", work, partial(self._arrived, kind))
        search.finished.connect(lambda: self._searched(search))
        self._stopped = False
        self._say_empty()

    def stop(self) -> None:
        """Look no further."""
        if self._search is not None:
            self._stopped = True
            self._search.cancel()

    def _searched(self, search: Job) -> None:
        if search is self._search:
            self._search = None
            self._say_empty()

    def _say_empty(self) -> None:
        if self._search is not None:
            words = tr("duplicates.looking"), "", tr("duplicates.stop")
        elif self._stopped:
            words = tr("duplicates.stopped"), "", tr("duplicates.again")
        else:
            words = tr("duplicates.empty"), tr("duplicates.empty_why"), tr("duplicates.again")
        what, why, act = words
        self._empty.set_texts(what, why=why, primary=act)

    def _act(self) -> None:
        if self._search is not None:
            self.stop()
        else:
            self.mark_stale()

    def merge(self) -> None:
        """Merge the group as it is shown."""
        view = self.view
        if view.preview is None:
            return
        kind, ids, choices = self.kind, list(view.order), dict(view.choices)
        name = view.preview.cards[0].ref.title
        merging = self.context.services.merging

        def done(_result: Any) -> None:
            words = tr("duplicates.merged", count=len(ids), name=name)
            self.context.window.toast(words, undo=True)
            self._answered()

        self.write(
            lambda: merging.merge(kind, ids[0], ids[1:], choices), done, refused=self._refused
        )

    def not_the_same(self) -> None:
        """Remember that the records of the group are different ones."""
        if self.view.group is None:
            return
        kind, ids = self.kind, self.view.group.ids
        duplicates = self.context.services.duplicates

        def done(_result: Any) -> None:
            self.context.window.toast(tr("duplicates.noted"), undo=True)
            self._answered()

        self.write(lambda: duplicates.not_the_same(kind, ids), done, refused=self._refused)

    def _refused(self, why: Refused) -> None:
        self.context.window.tell(why)
        self.mark_stale()

    def _answered(self) -> None:
        """The next group takes the place of the answered one until the new list is there."""
        self._asked = ()
        row = self.list.currentRow()
        self.groups = [group for group in self.groups if group is not self.view.group]
        self._fill(row)

    def _show_kind(self, kind: Kind) -> None:
        self.kind, self._asked = kind, ()
        self._forget()
        self.mark_stale()

    def _forget(self) -> None:
        self.groups, self._looked = [], False
        self._fill()

    def _arrived(self, kind: Kind, groups: list[Group]) -> None:
        if kind is not self.kind:
            return
        shown = self.view.group
        self.groups, self._looked = groups[:_MOST], True
        self._count.setText(tr("duplicates.groups", count=len(groups)))
        ids = [group.ids for group in self.groups]
        row = ids.index(shown.ids) if shown is not None and shown.ids in ids else None
        self._fill(self.list.currentRow() if row is None else row, same=row is not None)

    def _fill(self, row: int = 0, *, same: bool = False) -> None:
        self._say_empty()
        self._empty.setVisible(not self.groups)
        self._again.setVisible(bool(self.groups))  # else it stands where the eye is
        self._panes.setVisible(bool(self.groups))
        self.list.blockSignals(True)
        self.list.clear()
        for group in self.groups:
            names = tr("duplicates.reason_gap").join(m.ref.title for m in group.members)
            sure = tr(f"duplicates.certainty.{group.certainty.value}") if group.reasons else ""
            under = tr("duplicates.reason_gap").join(
                text for text in (sure, reasons_text(group.reasons)) if text
            )
            item = QListWidgetItem(f"{names}\n{under}" if under else names)
            item.setIcon(colour_dot(COLOURS[group.certainty.value]))
            item.setToolTip(plain_tip(item.text()))
            self.list.addItem(item)
        self.list.setCurrentRow(max(0, min(row, len(self.groups) - 1)) if self.groups else -1)
        self.list.blockSignals(False)
        self._share_width()
        if same:
            self._read_preview()
        else:
            self._chosen(self.list.currentRow())

    def _share_width(self) -> None:
        """The list as wide as its lines like, at most a third; anew with the size of the text."""
        if self.groups and self._measured != theme().percent:
            self._measured = theme().percent
            wide = self.width()
            of_list = max(theme().px(_NARROWEST), min(theme().px(300), wide // 3))
            self.list.setMinimumWidth(theme().px(_NARROWEST))
            self._panes.setSizes([of_list, wide - of_list])

    def _chosen(self, row: int) -> None:
        group = self.groups[row] if 0 <= row < len(self.groups) else None
        if group is None:
            self.view.show_group(None)
            return
        merging = self.context.services.merging
        self.view.show_group(group)

        def begin(keep: int) -> None:
            if self.view.group is group:
                self.view.show_group(group, keep)
                self._read_preview()

        self.context.jobs.run_reader(
            lambda: merging.best(group.kind, group.ids), begin, refused=self._gone
        )

    def _read_preview(self) -> None:
        view = self.view
        if view.group is None:
            return
        merging, kind = self.context.services.merging, view.group.kind
        ids, choices = list(view.order), dict(view.choices)

        def arrived(preview: Any) -> None:
            if [card.id for card in preview.cards] == view.order:
                view.show_preview(preview)

        self.context.jobs.run_reader(
            lambda: merging.preview(kind, ids, choices), arrived, refused=self._gone
        )

    def _gone(self, _why: Refused) -> None:
        """One of them was merged or trashed elsewhere: the list is on its way."""
        self.view.show_group(None)
