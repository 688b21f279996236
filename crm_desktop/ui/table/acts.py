"""What can be done with the rows of a list: edit, tag, copy, export, trash, make new ones."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import PLURALS, Kind, Ref
from crm_desktop.domain.pasted import is_card
from crm_desktop.domain.schema import FIELDS
from crm_desktop.domain.vcards import CardVersion
from crm_desktop.pasted import keep_pasted
from crm_desktop.ui import clipboard
from crm_desktop.ui.file_dialogs import open_file, show_folder
from crm_desktop.ui.language import tr, words
from crm_desktop.ui.places import LIST_OF_KIND, Place
from crm_desktop.ui.record.trail import keep_trail
from crm_desktop.ui.table.bottom import FOLLOWED
from crm_desktop.ui.table.bulk_popovers import BulkEditPopover, FollowupPopover, TagPopover
from crm_desktop.ui.table.new_popover import NewPopover
from crm_desktop.ui.table.saving import ask_pdf, ask_where
from crm_desktop.ui.theme import icon
from crm_desktop.ui.widgets import Popover

if TYPE_CHECKING:
    from crm_desktop.ui.jobs import Job
    from crm_desktop.ui.table.pane import TablePane

_MOST_COPIED = 50_000  # rows: more would stand still, and no clipboard holds them well
_MOST_MERGED = 8  # records side by side
_SLOW = 2000  # rows from which an export shows its progress


class Acts(QObject):
    """The verbs of one list."""

    def __init__(self, pane: TablePane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._popover: Popover | None = None
        self._job: Job | None = None
        self._trail: array[int] | None = None

    def connect_all(self) -> None:
        """Hear what the parts of the pane want."""
        view, bottom = self._pane.view, self._pane.bottom
        view.opened.connect(self._open_record)
        view.copy_wanted.connect(self.copy)
        view.paste_wanted.connect(lambda: self.paste(view))
        view.delete_wanted.connect(self.trash)
        view.menu_wanted.connect(self.open_menu)
        view.heading_menu_wanted.connect(self.open_heading_menu)
        view.cells.edited.connect(self._edited)
        view.cells.misread.connect(self._pane.context.window.toast)
        bottom.acted.connect(self._bulk)
        bottom.cleared.connect(self._clear_selection)
        bottom.cancelled.connect(self.cancel_export)

    def place_of(self, record_id: int) -> Place:
        """The page of a record that knows this list: next and previous follow its order."""
        pane = self._pane
        name, kind = f"list/{pane.kind.value}", pane.kind
        if self._trail is not pane.model.records:  # the array is replaced, never changed
            self._trail = pane.model.records
            back = pane.context.navigator.here or Place(LIST_OF_KIND[kind.value])
            title = tr(f"kind.{kind.value}.plural")
            keep_trail(pane.context, name, kind, self._trail, title=title, back=back)
        return Place.record(kind.value, record_id, trail=name)

    def _open_record(self, record_id: int) -> None:
        self._pane.opened.emit(record_id)
        self._pane.context.navigator.go(self.place_of(record_id))

    # ---- one cell

    def _edited(self, record_id: int, column: int, value: Any) -> None:
        pane = self._pane
        field = pane.model.fields[column]
        records, kind = pane.context.services.records, pane.kind
        pane.model.show_value(record_id, column, _as_shown(pane, column, value))

        def refused(why: Any) -> None:
            pane.model.forget_rows()
            problems = why.args_for_words.get("problems") or [why]
            pane.context.window.tell(problems[0])

        pane.context.jobs.run_writer(
            lambda _progress: records.update(kind, record_id, {field.key: value}),
            refused=refused,
        )

    # ---- selected rows

    def copy(self) -> None:
        """The selected rows as a table for Excel."""
        pane = self._pane
        ids = pane.selected_ids()[:_MOST_COPIED]
        if not ids:
            return
        exports, keys, language = pane.context.services.exports, pane.columns(), words()

        def done(rows: Any) -> None:
            clipboard.keep(rows)
            pane.context.window.toast(tr("table.copied", count=len(ids)))

        pane.context.jobs.run_reader(lambda: exports.clipping(pane.kind, ids, keys, language), done)

    def paste(self, anchor: QWidget) -> None:
        """Rows of a table go to the import page; a card is read; one word names a new record."""
        pane = self._pane
        if not pane.spec.can_import:
            return
        text = QGuiApplication.clipboard().text().strip("\r\n")
        if not text.strip():
            pane.context.window.toast(tr("table.paste_nothing"))
            return
        if "\t" not in text and pane.kind in (Kind.PERSON, Kind.COMPANY) and is_card(text):
            pane.context.window.run_command("paste_new")
            return
        if "\t" not in text and "\n" not in text:
            self.new(anchor, text=text.strip())
            return
        context = pane.context
        file = keep_pasted(context.home, context.services.book.uid, tr("table.pasted"), text)
        context.navigator.go(Place.to("import", file=str(file), kind=PLURALS[pane.kind]))

    def trash(self) -> None:
        """The selected rows to the trash; undo brings them back."""
        pane = self._pane
        ids = list(pane.selected_ids())
        if not ids:
            return
        records = pane.context.services.records

        def done(_result: Any) -> None:
            text = tr(f"table.trashed.{pane.kind.value}", count=len(ids))
            pane.context.window.toast(text, undo=True)

        pane.context.jobs.run_writer(lambda _progress: records.trash(pane.kind, ids), done)

    def edit_field(self, anchor: QWidget) -> BulkEditPopover:
        """One field of all selected rows."""
        pane = self._pane
        ids = list(pane.selected_ids())
        popover = BulkEditPopover(pane.kind, pane.fields, pane.editors, len(ids), anchor)

        records, kind = pane.context.services.records, pane.kind

        def write(work: Callable[[], None]) -> None:
            told = "table.changed", len(ids)
            pane.context.jobs.run_writer(lambda _progress: work(), lambda _r: self._told(*told))

        popover.chosen.connect(lambda key, v: write(lambda: records.update(kind, ids, {key: v})))
        popover.added.connect(lambda key, v: write(lambda: records.add_parts(kind, ids, key, v)))
        self._open(popover, anchor)
        return popover

    def tag(self, anchor: QWidget) -> TagPopover:
        """A tag for all selected rows."""
        pane = self._pane
        ids = list(pane.selected_ids())
        tags = pane.context.services.tags
        popover = TagPopover([tag.name for tag in tags.all()], len(ids), anchor)

        def apply(name: str) -> None:
            pane.context.jobs.run_writer(
                lambda _progress: tags.add(pane.kind, ids, name),
                lambda _r: self._told("table.tagged", len(ids), name=name),
            )

        popover.chosen.connect(apply)
        self._open(popover, anchor)
        return popover

    def plan(self, anchor: QWidget) -> FollowupPopover:
        """A follow-up for each of the selected rows."""
        pane = self._pane
        refs = [Ref(pane.kind, each) for each in pane.selected_ids()]
        activities = pane.context.services.activities
        popover = FollowupPopover(pane.context, len(refs), anchor)

        def apply(text: str) -> None:
            pane.context.jobs.run_writer(
                lambda _progress: activities.quick_add_many(text, refs),
                lambda _r: self._told("table.followed", len(refs)),
            )

        popover.chosen.connect(apply)
        self._open(popover, anchor)
        return popover

    def merge(self) -> None:
        """The selected people or companies side by side, to be made one."""
        pane = self._pane
        ids = ",".join(map(str, list(pane.selected_ids())[:_MOST_MERGED]))
        place = Place.to("duplicates", kind=pane.kind.value, ids=ids)
        pane.context.navigator.go(place)

    def _told(self, key: str, count: int, **args: Any) -> None:
        self._pane.context.window.toast(tr(key, count=count, **args), undo=True)

    def _clear_selection(self) -> None:
        index = self._pane.view.currentIndex()
        self._pane.view.clearSelection()
        if index.isValid():
            self._pane.view.select_only(index.row())
        self._pane.view.setFocus()

    def _bulk(self, key: str) -> None:
        anchor = self._pane.bottom.button(key)
        if key == "edit":
            self.edit_field(anchor)
        elif key == "tag":
            self.tag(anchor)
        elif key == "followup":
            self.plan(anchor)
        elif key == "export":
            self.export(ids=self._pane.selected_ids())
        else:
            self.trash()

    # ---- the whole list

    def export(self, *, ids: Sequence[int] | None = None, all_fields: bool = False) -> None:
        """Ask for a file and write this list into it, as it is filtered and ordered."""
        wanted = ask_where(self._pane, self._suggested("xlsx"), self._pane.kind)
        if wanted is not None:
            self.export_to(wanted.path, ids=ids, all_fields=all_fields, cards_as=wanted.cards_as)

    def print_list(self) -> None:
        """Ask for a file and print this list into it as a PDF, as it is filtered and ordered."""
        path = ask_pdf(self._pane, self._suggested("pdf"))
        if path is not None:
            self.print_to(path)

    def print_to(self, path: Path) -> None:
        """Print this list, the columns shown, into a PDF file."""
        pane = self._pane
        exports, query, language = pane.context.services.exports, pane.query(), words()
        columns, view = pane.columns(), pane.saved.view
        title = view.name if view is not None else ""
        note = pane.filter.sentence() if pane.filter.active else ""
        self.write_file(
            path,
            lambda progress: exports.pdf(
                pane.kind,
                path,
                language,
                query=query,
                columns=columns,
                title=title,
                note=note,
                progress=progress,
            ),
        )

    def _suggested(self, suffix: str) -> str:
        pane = self._pane
        name = tr(f"kind.{pane.kind.value}.plural")
        return f"{name} {pane.context.clock.today().isoformat()}.{suffix}"

    def export_to(
        self,
        path: Path,
        *,
        ids: Sequence[int] | None = None,
        all_fields: bool = False,
        cards_as: CardVersion = CardVersion.THREE,
    ) -> None:
        """Write this list, or these records of it, into a file."""
        pane, kind = self._pane, self._pane.kind
        exports, query, language = pane.context.services.exports, pane.query(), words()
        columns = None if all_fields else pane.columns()
        asked: dict[str, Any] = {
            "query": query,
            "ids": ids,
            "columns": columns,
            "cards_as": cards_as,
        }
        self.write_file(
            path, lambda progress: exports.export(kind, path, language, **asked, progress=progress)
        )

    def write_file(self, path: Path, work: Callable[[Any], int]) -> None:
        """Let `work` write a file in a reader thread, with its progress below the list."""
        pane = self._pane

        def done(count: int) -> None:
            choices = (
                (tr("common.open"), lambda: open_file(path)),
                (tr("common.show_in_folder"), lambda: show_folder(path)),
            )
            text = tr("export.done", count=count, name=path.name)
            pane.context.window.toast(text, choices=choices)

        def progressed(at: int, total: int) -> None:
            if total > _SLOW:
                pane.bottom.show_progress((at, total))

        self._job = pane.context.jobs.run_long_reader(work, done)
        self._job.progressed.connect(progressed)
        self._job.finished.connect(self._exported)

    def cancel_export(self) -> None:
        """Stop writing; no half file stays behind."""
        if self._job is not None:
            self._job.cancel()

    def _exported(self) -> None:
        self._job = None
        self._pane.bottom.show_progress(None)
        self._pane.view.selected.emit()

    # ---- new records, and the menu

    def new(self, anchor: QWidget, *, text: str = "") -> NewPopover:
        """Ask for the name of a new record; its page follows."""
        pane = self._pane
        popover = NewPopover(pane.context, pane.spec, anchor)
        if text:
            popover.set_text(pane.spec.new_fields[0], text)
        popover.created.connect(
            lambda record_id: pane.context.navigator.go(Place.record(pane.kind.value, record_id))
        )
        self._open(popover, anchor)
        return popover

    def menu(self) -> QMenu:
        """What a right click offers for the selected rows."""
        pane = self._pane
        menu = QMenu(pane)
        one = pane.view.selected_count() < 2
        current = pane.view.current_id()
        entries: list[tuple[str, str, str, Any]] = [
            ("copy", "copy", "Ctrl+C", self.copy),
            ("export", "file-spreadsheet", "", lambda: self.export(ids=pane.selected_ids())),
            ("edit", "pencil", "", lambda: self.edit_field(pane.bottom)),
        ]
        if any(field.type is FieldType.TAGS for field in FIELDS[pane.kind]):
            entries.append(("tag", "tag", "", lambda: self.tag(pane.bottom)))
        if pane.kind in FOLLOWED:
            run_plan = ("followup", "calendar-plus", "", lambda: self.plan(pane.bottom))
            entries.append(run_plan)
        if not one and pane.kind in (Kind.PERSON, Kind.COMPANY):
            entries.append(("merge", "merge", "", self.merge))
        if one and current is not None:
            open_entry = ("open", "external-link", "Return", lambda: pane.view.opened.emit(current))
            cell = ("edit_cell", "square-pen", "F2", pane.view.edit_current)
            entries[:0] = [open_entry, cell]
        for key, icon_name, keys, run in entries:
            words = "duplicates.merge_menu" if key == "merge" else f"table.menu.{key}"
            action = menu.addAction(icon(icon_name), tr(words))
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _checked=False, run=run: run())
        menu.addSeparator()
        action = menu.addAction(icon("trash-2", "danger"), tr("table.bulk.delete"))
        action.setShortcut(QKeySequence("Del"))
        action.triggered.connect(lambda _checked=False: self.trash())
        return menu

    def open_menu(self, at: QPoint) -> None:
        """Show the menu of the selected rows."""
        self.menu().popup(at)

    def open_heading_menu(self, at: QPoint) -> None:
        """What a right click on a heading offers."""
        pane, menu = self._pane, QMenu(self._pane)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(tr("table.group_fold_all"), lambda: pane.fold_all(True))
        menu.addAction(tr("table.group_unfold_all"), lambda: pane.fold_all(False))
        menu.addSeparator()
        menu.addAction(tr("table.group_off"), lambda: pane.set_group(""))
        menu.popup(at)

    def close_popover(self) -> None:
        """The list goes out of sight; a new record's draft is kept."""
        if self._popover is not None:
            self._popover.dismiss()

    def _open(self, popover: Popover, anchor: QWidget) -> None:
        if self._popover is not None:
            self._popover.deleteLater()
        self._popover = popover
        popover.open_at(anchor)


def _as_shown(pane: TablePane, column: int, value: Any) -> Any:
    """The value as the row would hold it: several where the field holds several."""
    if pane.model.fields[column].type is FieldType.POINTS:
        return tuple(value or ())
    return value
