"""The page of one record: facts, what happened and what comes next, what belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.kinds import RECORD_KINDS, Kind, Ref
from crm_desktop.domain.page_paper import PagePaper
from crm_desktop.domain.problems import Refused
from crm_desktop.ui import giving_out
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.language import tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.breadcrumb import Breadcrumb
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.extra_panels import TABLES, dropped_files
from crm_desktop.ui.record.facts import Facts
from crm_desktop.ui.record.figure_row import FigureRow
from crm_desktop.ui.record.figures import of_card
from crm_desktop.ui.record.header import ACTIONS, RecordHeader
from crm_desktop.ui.record.loading import Loaded, load_record
from crm_desktop.ui.record.making import quote_maker
from crm_desktop.ui.record.next_step import NextStepBar
from crm_desktop.ui.record.note_box import NoteBox
from crm_desktop.ui.record.on_paper import record_paper
from crm_desktop.ui.record.portrait import Portrait
from crm_desktop.ui.record.privacy import Privacy
from crm_desktop.ui.record.related import SECTIONS, Related
from crm_desktop.ui.record.timeline import Timeline
from crm_desktop.ui.record.timeline_rows import FILTERS
from crm_desktop.ui.record.zones import Zones
from crm_desktop.ui.theme.tokens import GAP_CARD, GAP_PAGE
from crm_desktop.ui.widgets import Banner

_ENTRIES = 100
UNFOLLOWED = (Kind.PRODUCT, Kind.RECEIPT, Kind.EXPENSE)
"""Kinds with nothing to follow up."""
_MADE_HERE = frozenset(
    f"new_{kind}" for kind in ("quote", "opportunity", "ticket", "person", "receipt", "expense")
)
_NO_FACTS = ("next_step", "last_contact", "open_opportunities", "important")


class RecordPage(Page):
    """One page for every kind; kinds of their own add to it."""

    kind: ClassVar[Kind]
    not_in_facts: ClassVar[tuple[str, ...]] = ()  # shown elsewhere on the page
    shows = frozenset({*RECORD_KINDS, Kind.LIST, Kind.TAG, Kind.ATTACHMENT, Kind.SETTINGS})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.editing = Editing(context, self.kind, self)
        self._shown_entries = _ENTRIES
        self._reads = 0
        self._loaded: Loaded | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, 0)
        outer.setSpacing(GAP_CARD)
        self.crumb = Breadcrumb(context, self.kind)
        self.crumb.go_wished.connect(self.go)
        self.crumb.beside_wished.connect(self._go_beside)
        outer.addWidget(self.crumb)
        self.trashed = Banner("", kind="amber")
        self.trashed.acted.connect(lambda _key: self.restore_record())
        self.trashed.hide()
        outer.addWidget(self.trashed)
        self.header = RecordHeader(self.editing, self._actions())
        self.header.acted.connect(self._act)
        self.header.opened.connect(self.open_ref)
        outer.addWidget(self.header)
        self.facts = Facts(self.editing, without=(*_NO_FACTS, *self.not_in_facts))
        self.related = Related(self.editing)
        self.related.opened.connect(self.open_ref)
        self.zones = Zones(self.facts, self.related)
        outer.addWidget(self.zones, 1)
        self.next_step = NextStepBar(self.editing)
        self.next_step.opened.connect(lambda i: self.open_ref(Ref(Kind.ACTIVITY, i)))
        self.figures = FigureRow()
        self.figures.opened.connect(self.go)
        self.note = NoteBox(self.editing)
        chips = self.kind not in UNFOLLOWED
        self.timeline = Timeline(self.editing, chips=chips)
        self.timeline.opened.connect(self.open_ref)
        self.timeline.older_wanted.connect(self._show_older)
        for widget in (*self.above(), self.figures, self.note, self.timeline):
            self.zones.middle.column.addWidget(widget)
        self.zones.middle.column.addStretch(1)
        self.editing.saving.connect(self.header.status.show_saving)
        self.editing.saved.connect(self._saved)
        self.editing.failed.connect(lambda _why: self.header.status.setText(""))
        self.setAcceptDrops(True)
        customer = self.kind in (Kind.PERSON, Kind.COMPANY)
        self.privacy = Privacy(self) if customer else None
        self.portrait = Portrait(self) if self.kind is Kind.PERSON else None
        self.retranslate()

    def above(self) -> tuple[QWidget, ...]:
        """What stands on top of the middle; kinds of their own add to it."""
        return (self.next_step,)

    # ---- what the shell asks

    def title(self) -> str:
        return self.editing.card.ref.title if self.editing.card is not None else ""

    def take_keyboard(self) -> None:
        if self.trashed.isVisibleTo(self):
            self.trashed.take_keyboard()
        else:
            super().take_keyboard()

    def show_place(self, place: Place) -> None:
        self.facts.leave()
        self.note.leave_record()
        self.editing.card = None  # until the record is read, nothing can be written to it
        self._shown_entries = _ENTRIES
        self.facts.forget()
        self.next_step.forget()
        self.timeline.close_popover()
        self.header.status.setText("")

    def refresh(self) -> None:
        place = self.place
        if place is None or place.id is None:
            return
        record_id, entries = place.id, self._shown_entries
        self._reads += 1
        number = self._reads
        self.context.jobs.run_reader(
            lambda: load_record(
                self.context, self.kind, record_id, entries=entries, sections=SECTIONS[self.kind]
            ),
            lambda loaded: self._show(loaded) if number == self._reads else None,
            refused=lambda trouble: self._gone(trouble) if number == self._reads else None,
        )

    def mark_stale(self) -> None:
        # What is being typed is left alone by every part, so news may come in beside it.
        super().mark_stale()
        if self.stale and self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stale and self.place is not None:
            self.refresh()

    def has_unsaved_text(self) -> bool:
        return self.facts.has_unsaved_text() or self.note.text.has_unread_text()

    def save_unsaved_text(self) -> None:
        self.facts.leave()
        self.note.keep_draft()

    def state(self) -> dict[str, Any]:
        return {"folded": self.related.folded(), "filter": self.timeline.wanted}

    def restore(self, state: dict[str, Any]) -> None:
        self.related.fold(state.get("folded", ()))
        if state.get("filter") in FILTERS:
            self.timeline.filter_by(state["filter"])

    def retranslate(self) -> None:
        self.crumb.retranslate()
        for part in (self.header, self.next_step, self.note, self.timeline, self.related):
            part.retranslate()
        self.facts.retranslate()
        self.figures.show_figures(self.figures.figures())
        self._show_trashed()
        for entries in (self.privacy, self.portrait):
            if entries is not None:
                entries.retranslate()

    def extra_actions(self) -> list[QAction]:
        parts = (self.portrait, self.privacy)
        return [action for part in parts if part is not None for action in part.actions()]

    def handles(self, command: str) -> bool:
        present = self.editing.card is not None
        if command in ("export", "print"):
            return present
        if command in ("done", "later"):
            return present and self.editing.value("next_step") is not None
        if command in ("previous", "next"):
            return self.crumb.neighbour(self.place, -1 if command == "previous" else 1) is not None
        if command == "new_contract":
            return present and self.kind is Kind.OPPORTUNITY
        if command in _MADE_HERE:
            return present and self._can_make(command.removeprefix("new_"))
        return super().handles(command)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Tables are left to the window, which imports them.
        files = dropped_files(event.mimeData())
        if files and not any(file.suffix.casefold() in TABLES for file in files):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.related.extras.add_files(dropped_files(event.mimeData()))

    # ---- commands

    def do_log(self) -> None:
        """Write down a call."""
        self.zones.show_middle()
        self.note.start("call")
        self.zones.middle.ensureWidgetVisible(self.note)

    def do_new_followup(self) -> None:
        """Plan a follow-up."""
        self.zones.show_middle()
        self.next_step.start_plan()
        self.zones.middle.ensureWidgetVisible(self.next_step)

    def do_new_opportunity(self) -> None:
        """A new opportunity of this customer."""
        self._new_linked(Kind.OPPORTUNITY)

    def do_new_ticket(self) -> None:
        """A new ticket of this customer."""
        self._new_linked(Kind.TICKET)

    def do_new_person(self) -> None:
        """A new contact of this company."""
        self._new_linked(Kind.PERSON)

    def do_new_receipt(self) -> None:
        """Money that came in from this customer."""
        self._open_form(Kind.RECEIPT)

    def do_new_expense(self) -> None:
        """Money spent on this customer."""
        self._open_form(Kind.EXPENSE)

    def do_new_quote(self) -> None:
        """A quote for this customer or opportunity; its page opens."""
        make = quote_maker(self.editing)
        if make is not None:
            self.write(make, lambda quote_id: self.go(Place.record(Kind.QUOTE, quote_id)))

    def do_new_contract(self) -> None:
        """A contract from this opportunity; its page opens."""
        ref, contracts = self.editing.ref, self.context.services.contracts
        if ref is not None:
            self.write(
                lambda: contracts.from_opportunity(ref.id),
                lambda made: self.go(Place.record(Kind.CONTRACT, made)),
            )

    def do_done(self) -> None:
        """The next step is done."""
        self.next_step.done()

    def do_later(self) -> None:
        """Put the next step off."""
        self.next_step.later()

    def do_edit(self) -> None:
        """Edit the first field."""
        self.zones.show_facts()
        self.facts.edit_first()

    def do_delete(self) -> None:
        """To the trash, with a way back."""
        ref = self.editing.ref
        if ref is None or (self.editing.card is not None and self.editing.card.trashed):
            return
        told = tr("record_page.trashed", name=ref.title)
        self.editing.write(
            lambda: self.context.services.records.trash(ref.kind, ref.id),
            lambda: self.context.window.toast(told, undo=True),
        )

    def restore_record(self) -> None:
        """Take it back out of the trash."""
        ref = self.editing.ref
        if ref is not None:
            self.editing.write(lambda: self.context.services.records.restore(ref.kind, ref.id))

    def do_export(self) -> None:
        """This record as a row with all its fields."""
        if self.editing.record_id is not None:
            giving_out.export(self, self.kind, [self.editing.record_id])

    def do_print(self) -> None:
        """The dossier of this record."""
        if self._loaded is not None:
            giving_out.print_page(self, self.paper(self._loaded))

    def paper(self, loaded: Loaded) -> Callable[[], PagePaper]:
        """What makes the dossier, in a reader thread."""
        return partial(
            record_paper,
            self.context,
            loaded,
            about=self.header.about(),
            figures=self.figures.figures(),
            story=self.not_in_facts,
            without=_NO_FACTS,
        )

    def do_previous(self) -> None:
        """The record before this one in the list it was opened from."""
        self._go_beside(-1)

    def do_next(self) -> None:
        """The record after this one in the list it was opened from."""
        self._go_beside(1)

    def open_ref(self, ref: Ref) -> None:
        """Go to a linked record; files open from their panel."""
        if ref.kind is not Kind.ATTACHMENT:
            self.go(Place.record(ref.kind, ref.id))

    # ---- how it comes about

    def _actions(self) -> tuple[tuple[str, str], ...]:
        return ACTIONS[self.kind]

    def _can_make(self, what: str) -> bool:
        if what == "quote":
            return self.kind in (Kind.PERSON, Kind.COMPANY, Kind.OPPORTUNITY)
        return any(s.kind.value == what and s.creates for s in SECTIONS[self.kind])

    def _act(self, key: str) -> None:
        {
            "log": self.do_log,
            "followup": self.do_new_followup,
            "opportunity": self.do_new_opportunity,
            "quote": self.do_new_quote,
        }[key]()

    def _open_form(self, kind: Kind) -> None:
        if self._can_make(kind.value):
            self.zones.show_facts()
            self.related.open_form(kind)

    def _new_linked(self, kind: Kind) -> None:
        if self._can_make(kind.value):
            self.zones.show_facts()
            self.related.start_new(kind)

    def _show(self, loaded: Loaded) -> None:
        before = self.editing.card
        self._loaded, self.editing.card = loaded, loaded.card
        self.facts.set_fields(loaded.fields, loaded.having)
        self.facts.show_card()
        self.header.show_card()
        if self.portrait is not None:
            self.portrait.show(loaded.picture)
        self.next_step.show_step(self.editing.value("next_step"))
        self.figures.show_figures(loaded.figures or of_card(self.editing))
        self.timeline.show_entries(loaded.entries, more=loaded.more)
        self.related.show_found(loaded.found, loaded.extras)
        self._show_trashed()
        self.crumb.show_place(self.place)
        if before is None or before.ref != loaded.card.ref:
            self.note.show_record()
            self.title_changed.emit()
        self.commands_changed.emit()

    def _gone(self, trouble: Refused) -> None:
        self.trashed.set_text(sentence(trouble))
        self.trashed.show()
        self.header.setEnabled(False)
        self.zones.setEnabled(False)

    def _show_trashed(self) -> None:
        card = self.editing.card
        trashed = card is not None and card.trashed
        self.trashed.setVisible(trashed)
        self.header.setEnabled(not trashed)
        self.zones.setEnabled(not trashed)
        if trashed:
            self.trashed.set_text(
                tr("record_page.in_trash"), actions=(("restore", tr("common.restore")),)
            )

    def _show_older(self) -> None:
        self._shown_entries += _ENTRIES
        self.refresh()

    def _saved(self) -> None:
        self.header.status.show_saved(self.editing.shown.local(self.context.clock.now()))

    def _go_beside(self, step: int) -> None:
        neighbour = self.crumb.neighbour(self.place, step)
        if neighbour is not None:
            self.context.navigator.replace(neighbour)
