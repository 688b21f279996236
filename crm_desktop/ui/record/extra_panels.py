"""The panels of what else hangs on a record, and what can be done with their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.ui.contacts.anniversary_form import AnniversaryForm
from crm_desktop.ui.contacts.form_popover import FormPopover
from crm_desktop.ui.contacts.gift_form import GiftForm
from crm_desktop.ui.contacts.job_form import JobForm
from crm_desktop.ui.contacts.relation_form import RelationForm
from crm_desktop.ui.file_dialogs import Purpose, ask_open_many, ask_save, open_file
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.extras import EXTRAS, Line
from crm_desktop.ui.record.file_form import FileForm
from crm_desktop.ui.record.panel import Panel
from crm_desktop.ui.widgets import LinkField

TABLES = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt", ".vcf")
"""What the window imports when it is dropped; on the panel of files it is kept like others."""

FORMS = {
    "jobs": "edit_job",
    "relations": "edit_relation",
    "anniversaries": "edit_anniversary",
    "gifts": "edit_gift",
    "files": "edit_file",
}
"""Panels whose rows have a form, and what asks for it."""


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files of a drop."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class FilesPanel(Panel):
    """Files of the record: dropped on it, or chosen with the plus."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: tr("record_page.files"), parent=parent)
        self.setAcceptDrops(True)
        self.plus.show()

    def start_new(self) -> None:
        """Ask for files to keep."""
        paths = ask_open_many(self, Purpose.ATTACHMENT, tr("record_page.choose_files"))
        if paths:
            self.dropped.emit(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)


class FormPanel(Panel):
    """A panel whose plus opens a form."""

    form_wanted = Signal()

    def __init__(self, words: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(words, parent=parent)
        self.plus.show()

    def start_new(self) -> None:
        """Ask for the form."""
        self.form_wanted.emit()


class ExtraPanels(QObject):
    """Makes the panels of a kind and runs their buttons."""

    opened = Signal(object)

    def __init__(self, editing: Editing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self.panels: dict[str, Panel] = {}
        for name in EXTRAS[editing.kind]:
            panel = self._made(name)
            panel.opened.connect(self._open)
            panel.acted.connect(self._act)
            self.panels[name] = panel

    def show_lines(self, lines: Mapping[str, Sequence[Line]]) -> None:
        """Show what was read."""
        for name, panel in self.panels.items():
            mine = lines.get(name, ())
            panel.show_rows(len(mine), mine)
            # A follow-up is in the next step already.
            least = {"followups": 2, "chains": 1}.get(name, 0)
            panel.setVisible(len(mine) >= least or panel.plus_wanted)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Keep copies of files with the record."""
        ref = self._editing.ref
        if ref is None:
            return
        attachments = self._editing.context.services.attachments
        window = self._editing.context.window
        for path in paths:
            told = tr("record_page.file_added", name=path.name)
            self._editing.write(
                partial(attachments.add, ref, path), partial(window.toast, told, undo=True)
            )

    def _made(self, name: str) -> Panel:
        if name == "files":
            files = FilesPanel()
            files.dropped.connect(self.add_files)
            return files
        if name in FORMS:
            form = FormPanel(lambda: tr(f"record_page.{name}"))
            form.form_wanted.connect(lambda: self._open_form(name, 0))
            return form
        if name in ("others", "branches"):
            kind = Kind.COMPANY if name == "branches" else Kind.PERSON
            line = self._link(kind)
            panel = Panel(lambda: tr(f"record_page.{name}"), new_line=line)
            line.changed.connect(lambda chosen: self._link_chosen(panel, line, name, chosen))
            return panel
        return Panel(lambda: tr(f"record_page.{name}"))

    def _link(self, kind: Kind) -> LinkField:
        records = self._editing.context.services.records

        def search(text: str) -> list[tuple[int, str, str]]:
            found = records.find_links(kind, text)
            return [(one.ref.id, one.ref.title, one.subtitle) for one in found]

        return LinkField(search)

    def _link_chosen(self, panel: Panel, line: LinkField, name: str, chosen: Any) -> None:
        ref = self._editing.ref
        if ref is None or chosen is None:
            return
        line.set_value(None)
        line.hide()
        services = self._editing.context.services
        if name == "others":
            self._editing.write(lambda: services.people.add_job(chosen, ref.id))
        else:
            self._editing.write(
                lambda: services.records.update(Kind.COMPANY, chosen, {"parent": ref.id})
            )
        panel.plus.setFocus()

    def _open_form(self, name: str, row_id: int) -> None:
        """The form for one more row, or for the row of this id."""
        ref = self._editing.ref
        if ref is None:
            return
        panel, context = self.panels[name], self._editing.context
        services = context.services
        form: FormPopover
        if name == "jobs":
            job = next((one for one in services.people.jobs(ref.id) if one.id == row_id), None)
            form = JobForm(context, panel, ref.id, job)
        elif name == "relations":
            rows = services.people.relations(ref.id)
            relation = next((one for one in rows if one.id == row_id), None)
            form = RelationForm(context, panel, ref.id, relation)
        elif name == "anniversaries":
            days = services.anniversaries.of(ref.id)
            day = next((one for one in days if one.id == row_id), None)
            form = AnniversaryForm(context, panel, ref.id, day)
        elif name == "files":
            form = FileForm(context, panel, services.attachments.one(row_id))
        else:
            gift = next((one for one in services.gifts.of(ref.id) if one.id == row_id), None)
            currency = services.business.trade().currency
            form = GiftForm(context, panel, ref.id, gift, currency=currency)
        form.open_at(panel.head)

    def _open(self, ref: Ref) -> None:
        if ref.kind is not Kind.ATTACHMENT:
            self.opened.emit(ref)
            return
        attachments = self._editing.context.services.attachments

        self._editing.context.jobs.run_reader(lambda: attachments.open_copy(ref.id), open_file)

    def _act(self, act: str, line: Line) -> None:
        services = self._editing.context.services
        window = self._editing.context.window
        if act == "save_file":
            chosen = ask_save(
                self.panels["files"],
                Purpose.ATTACHMENT,
                tr("common.save_as"),
                name=line.ref.title,
            )
            if chosen is not None:
                saved = tr("common.saved_as", name=chosen.path.name)
                self._editing.context.jobs.run_reader(
                    lambda: services.attachments.save_as(line.id, chosen.path),
                    lambda _done: window.toast(saved),
                )
            return
        form = next((name for name, edits in FORMS.items() if edits == act), None)
        if form is not None:
            self._open_form(form, line.id)
            return
        acts: dict[str, Callable[[], Any]] = {
            "again_job": lambda: services.people.take_up_again(line.id),
            "leave_group": lambda: services.records.update(Kind.COMPANY, line.id, {"parent": None}),
            "end_job": lambda: services.people.end_job(line.id),
            "primary_job": lambda: services.people.set_primary(line.id),
            "remove_relation": lambda: services.people.remove_relation(line.id),
            "trash_file": lambda: services.attachments.trash(line.id),
        }
        told = tr(f"record_page.acted.{act}", name=line.ref.title)
        self._editing.write(acts[act], lambda: window.toast(told, undo=True))
