"""What a customer may ask for: all that is held about them, and to be erased for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from crm_desktop.ui.erasing import Eraser
from crm_desktop.ui.file_dialogs import FileKind, Purpose, ask_save
from crm_desktop.ui.language import tr, words
from crm_desktop.ui.places import LIST_OF_KIND, Place

if TYPE_CHECKING:
    from crm_desktop.ui.record.page import RecordPage


class Privacy(QObject):
    """Two entries of the Record menu, on the pages of people and companies."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page)
        self._page = page
        self._eraser = Eraser(page)
        self._eraser.erased.connect(self._gone)
        self.export = QAction(self)
        self.export.triggered.connect(self._ask_where)
        self.erase = QAction(self)
        self.erase.triggered.connect(self._ask)
        self.retranslate()

    def actions(self) -> list[QAction]:
        """Both of them."""
        return [self.export, self.erase]

    def retranslate(self) -> None:
        """Their words again."""
        self.export.setText(tr("own_data.export"))
        self.erase.setText(tr("erasing.erase"))

    def _ask_where(self) -> None:
        ref = self._page.editing.ref
        if ref is None:
            return
        chosen = ask_save(
            self._page,
            Purpose.EXPORT,
            tr("own_data.where"),
            name=f"{ref.title}.zip",
            kinds=(FileKind("ZIP", ("zip",)),),
        )
        if chosen is not None:
            self.export_to(chosen.path)

    def export_to(self, path: Path) -> None:
        """Write dossier, data and files of the record shown."""
        ref = self._page.editing.ref
        if ref is None:
            return
        context, spoken = self._page.context, words()
        context.jobs.run_long_reader(
            lambda progress: context.services.own_data.export(ref, path, spoken, progress),
            lambda count: context.window.toast(tr("own_data.done", count=count, path=str(path))),
        )

    def _ask(self) -> None:
        ref = self._page.editing.ref
        if ref is not None:
            self._eraser.ask([ref])

    def _gone(self) -> None:
        """Anonymous it is still there; erased, the list is what is left."""
        ref = self._page.editing.ref
        services = self._page.context.services
        if ref is None:
            return
        self._page.note.text.set_text("")  # what was begun about them is no draft any more
        if services.erasing.is_there(ref):
            self._page.mark_stale()
        else:
            self._page.go(Place(LIST_OF_KIND[ref.kind.value]))
