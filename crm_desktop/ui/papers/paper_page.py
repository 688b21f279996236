"""What the pages of quotes and contracts share: head, lines, sums, texts, and the preview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.due import Due
from crm_desktop.domain.issuing import CONTENT_KEYS, ContractCard, QuoteCard
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.services.paper_desk import PaperDesk
from crm_desktop.ui.context import Choice, Context
from crm_desktop.ui.file_dialogs import open_file, show_folder
from crm_desktop.ui.formats import day_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.papers import paper_files, workbook_filling
from crm_desktop.ui.papers.head_fields import HeadFields
from crm_desktop.ui.papers.lines_editor import LinesEditor
from crm_desktop.ui.papers.long_text import LongText
from crm_desktop.ui.papers.paper_frame import PaperFrame
from crm_desktop.ui.papers.sums import Sums
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.shown import state_name
from crm_desktop.ui.states import state_colour


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read for the page, in one go."""

    card: QuoteCard | ContractCard
    uncovered: tuple[tuple[str, str], ...]
    checks: tuple[Problem, ...]
    extra: Any
    has_company: bool


class PaperPage(PaperFrame):
    """One document being written. Every change is stored at once; nothing waits for a button."""

    head_keys: ClassVar[tuple[str, ...]]
    shows = frozenset(
        {
            Kind.QUOTE,
            Kind.CONTRACT,
            Kind.STAFF,
            Kind.RECEIPT,
            Kind.PRODUCT,
            Kind.COMPANY,
            Kind.PERSON,
            Kind.SETTINGS,
        }
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.record_id: int | None = None
        self.loaded: Loaded | None = None
        self._asked = 0
        self.editing = Editing(context, self.kind, self)
        self.editing.saving.connect(self.header.status.show_saving)
        self.editing.saved.connect(lambda: self._show_saved())
        self.editing.failed.connect(lambda _why: self._show_saved())
        self.head = HeadFields(self.editing, self.head_keys)
        self.lines = LinesEditor(context, self.desk, self.store)
        self.sums = Sums()
        self.remarks = LongText()
        self.remarks.stored.connect(lambda text: self.store_text("notes", text, self.remarks))
        self.build()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read)
        context.notifier.changed.connect(self._news)
        self.retranslate()

    # ---- what a kind of document says

    @property
    def desk(self) -> PaperDesk:
        """The service of this kind."""
        raise NotImplementedError

    def load(self, record_id: int) -> Loaded:
        """Read the document, in a reader thread."""
        raise NotImplementedError

    def offered(self, state: str) -> tuple[str, ...]:
        """The actions of a state."""
        raise NotImplementedError

    def show_more(self, loaded: Loaded) -> None:
        """Show what only this kind has."""

    # ---- the page

    def title(self) -> str:
        """The number of the document."""
        card = self.editing.card
        return card.ref.title if card is not None else ""

    def show_place(self, place: Place) -> None:
        """Another document; one without an id is made for what the place names."""
        self.record_id = place.id
        self.loaded, self.editing.card = None, None
        self.head.forget()
        self.lines.show_document(place.id)
        self.remarks.forget()
        self.notes.clear()
        self._asked += 1
        self.set_gone(gone=False)
        self.header.set_gone(gone=True)  # until it is read nothing can be done with it
        record_id = place.id
        if record_id is None:
            self.preview.show_document(None)
            self._make_new(place)
        else:
            self.preview.show_document(lambda: self.desk.preview_pdf(record_id))

    def refresh(self) -> None:
        self._soon.start()

    def retranslate(self) -> None:
        self.header.retranslate()
        self.remarks.set_words(tr("paper_page.notes"), hint=tr("paper_page.notes_hint"))
        self.lines.retranslate()
        self.sums.retranslate()
        self._gone.set_texts(tr("paper_page.gone"), why=tr("record.gone"))
        if self.loaded is not None:
            self.head.rebuild()
            self._show(self.loaded)

    def has_unsaved_text(self) -> bool:
        return (
            self.lines.has_unsaved_text()
            or self.head.has_unsaved_text()
            or self.remarks.has_unsaved_text()
            or self.company.has_unsaved_text()
        )

    def save_unsaved_text(self) -> None:
        self.lines.leave()
        self.head.leave()
        self.remarks.leave()
        if self.company.has_unsaved_text():
            self.company.give()

    # ---- writing

    def store(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """One gesture about the document, after all asked before; the status follows it."""
        result: list[Any] = []
        self.editing.write(
            lambda: result.append(work()),
            (lambda: done(result[0])) if done is not None else None,
            refused,
        )

    def store_text(self, key: str, text: str, area: LongText) -> None:
        """Store a long text; one that was refused counts as typed again."""
        record_id = self.record_id
        if record_id is None:
            return
        records, kind = self.context.services.records, self.kind

        def refused(trouble: Refused) -> None:
            area.keep_typed()
            self.context.window.tell(trouble)

        self.store(lambda: records.update(kind, record_id, {key: text or None}), None, refused)

    def run(self, work: Callable[[int], Any], done: Callable[[Any], None] | None = None) -> None:
        """A step of the document: first store what is being typed, then do it."""
        record_id = self.record_id
        if record_id is not None:
            self.save_unsaved_text()
            self.store(lambda: work(record_id), done, self.refuse)

    def refuse(self, trouble: Refused) -> None:
        """Say above the document why a step is not possible now."""
        self.context.window.tell(trouble)

    # ---- commands of the menus

    def do_new(self) -> None:
        """A new document of this kind."""
        self.write(lambda: self.desk_create({}), self._go_to)

    def do_edit(self) -> None:
        """F2: the first field of the head."""
        self.head.edit(self.head_keys[0])

    def do_export(self) -> None:
        """Ctrl+E: the PDF."""
        self.save_pdf()

    def do_print(self) -> None:
        """Ctrl+P: the PDF, too: it is what is shown."""
        self.save_pdf()

    def do_delete(self) -> None:
        """To the trash, with a way back."""
        record_id, records, kind = self.record_id, self.context.services.records, self.kind
        if record_id is None or self.editing.card is None:
            return
        told = tr("paper_page.trashed", number=self.title())

        def done(_result: Any) -> None:
            self.context.window.toast(told, undo=True)
            self._go_back()

        self.write(lambda: records.trash(kind, record_id), done)

    def desk_create(self, values: dict[str, Any]) -> int:
        """A new draft."""
        raise NotImplementedError

    # ---- files

    def save_pdf(self, revision: int | None = None) -> None:
        """Ask where, write the file, say where it is."""
        record_id = self.record_id
        if record_id is None:
            return
        self.save_unsaved_text()
        path = paper_files.ask_pdf(self, self.desk.file_name(record_id))
        if path is None:
            return

        def done(written: Path) -> None:
            choices = [
                (tr("common.open"), lambda: open_file(written)),
                (tr("common.show_in_folder"), lambda: show_folder(written)),
                *self.next_choices(),
            ]
            self.context.window.toast(
                tr("paper_page.pdf_saved", name=written.name), choices=choices
            )

        # In the writer's thread, so that what was typed last is in the file.
        self.write(lambda: self.desk.save_pdf(record_id, path, revision), done, refused=self.refuse)

    def next_choices(self) -> list[Choice]:
        """What is offered once the PDF is saved."""
        return []

    def offer_followup(self, text: str) -> None:
        """Say what was done and offer a follow-up in three days."""
        self.context.window.toast(text, undo=True, choices=self.followup_choices())

    def followup_choices(self) -> list[Choice]:
        """A follow-up about the document in three days."""
        card = self.editing.card
        if card is None:
            return []
        ref, clock = card.ref, self.context.clock
        due = Due(clock.today() + timedelta(days=3), None, clock.zone)
        subject = tr("paper_page.followup_subject", number=ref.title)
        activities = self.context.services.activities

        def plan() -> None:
            told = tr("paper_page.followup_planned", day=day_text(due.day, clock.today()))
            self.write(
                lambda: activities.plan(ref, subject, due),
                lambda _: self.context.window.toast(told, undo=True),
            )

        return [(tr("paper_page.followup_in_3_days"), plan)]

    # ---- how it comes about

    def _news(self, kinds: frozenset[Any], _gesture: Any) -> None:
        # Also while something is typed: cells keep what is typed, sums and preview follow.
        if kinds & self.shows and self.isVisible():
            self._soon.start()

    def _read(self) -> None:
        record_id = self.record_id
        if record_id is None:
            return
        self._asked += 1
        number = self._asked

        def done(loaded: Loaded) -> None:
            if number == self._asked:
                self._show(loaded)

        def refused(_trouble: Refused) -> None:
            if number == self._asked:
                self.set_gone(gone=True)

        self.context.jobs.run_reader(lambda: self.load(record_id), done, refused=refused)

    def _show(self, loaded: Loaded) -> None:
        again = self.loaded is not None and loaded is not self.loaded
        self.loaded = loaded
        found = loaded.card
        self.editing.card = found.card
        self.set_gone(gone=False)  # redo may have brought it back
        values = found.card.values
        state = values["state"]
        self.header.number.setText(_numbered(values))
        self.header.chip.set_text(state_name(self.kind, state), state_colour(state))
        self.header.show_actions(self.offered(state))
        self.header.offer_versions(self._versions(found))
        if not again and not self.header.status.text():
            self._show_saved(stored=True)
        locked = CONTENT_KEYS if not found.editable else frozenset()
        self.head.show_card(locked)
        code = found.totals.currency
        self.lines.show_lines(found.lines, code, editable=found.editable)
        self.sums.show_totals(found.totals)
        self.remarks.show_text(values["notes"] or "")
        self.remarks.set_locked(not found.editable)
        self.ask_for_company(wanted=not loaded.has_company and found.editable)
        self._show_uncovered(loaded)
        self.show_more(loaded)
        if again:
            self.preview.refresh()
        self.title_changed.emit()

    def _show_uncovered(self, loaded: Loaded) -> None:
        text = ""
        if loaded.uncovered and loaded.card.editable:
            text = tr(
                "paper_page.uncovered",
                characters=", ".join(char for char, _ in loaded.uncovered),
                places=" / ".join(dict.fromkeys(place for _, place in loaded.uncovered)),
            )
        self.notes.say("uncovered", text, kind="amber")

    def _versions(self, found: QuoteCard | ContractCard) -> list[tuple[str, Callable[[], object]]]:
        """What has left the house, each version as it was; then the firm's own workbooks."""
        today, zone = self.context.clock.today(), ZoneInfo(self.context.clock.zone)
        versions: list[tuple[str, Callable[[], object]]] = []
        for one in found.issued:
            if one.withdrawn_at is None:
                day = day_text(one.issued_at.astimezone(zone).date(), today)
                words = tr("paper_page.issued_version", revision=one.revision, day=day)
                versions.append((words, partial(self.save_pdf, one.revision)))
        return [*versions, *workbook_filling.offers(self)]

    def _show_saved(self, *, stored: bool = False) -> None:
        card = self.editing.card
        zone = ZoneInfo(self.context.clock.zone)
        moment = self.context.clock.now()
        if stored and card is not None and card.values.get("changed_at"):
            moment = card.values["changed_at"]
            if moment.astimezone(zone).date() != self.context.clock.today():
                return
        self.header.status.show_saved(moment.astimezone(zone))

    def _make_new(self, place: Place) -> None:
        """A new draft for the customer or the opportunity the place names."""
        wishes = {key: place.wish(key) for key in ("company", "person", "opportunity")}
        values = {key: int(text) for key, text in wishes.items() if text.isdecimal()}

        def made(record_id: int) -> None:
            self.context.navigator.replace(Place.record(self.kind, record_id))

        self.write(lambda: self.desk_create(values), made)

    def _go_to(self, record_id: int) -> None:
        self.go(Place.record(self.kind, record_id))


def _numbered(values: Any) -> str:
    number = values["number"] or ""
    revision = values["revision"]
    return tr("paper_page.version_of", number=number, revision=revision) if revision > 1 else number
