"""The form of one kept file: what it is called, of which sort and version, how long it is valid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.domain.attachments import AttachmentRow
from crm_desktop.ui.contacts.form_popover import FormPopover
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import day_input
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.shown import Shown
from crm_desktop.ui.record.typed import Typed
from crm_desktop.ui.widgets import ChoiceField, DateField, Option, PlainLabel

_LIST = "attachment_type"


class FileForm(FormPopover):
    """Changes what is known of a file; its bytes stay."""

    def __init__(self, context: Context, owner: QWidget, file: AttachmentRow) -> None:
        super().__init__(context, owner, tr("record_page.file"))
        self._file = file
        shown = Shown(context)
        items = context.services.lists.all_items(_LIST)
        self.name = QLineEdit(file.name)
        self.add_row(tr("record_page.file_name"), self.name)
        self.type = ChoiceField(
            [
                Option(i.id, shown.item_text(i.id))
                for i in items
                if i.active or i.id == file.type_id
            ],
            value=file.type_id,
        )
        self.version = QLineEdit(file.file_version)
        self.add_pair(
            (tr("record_page.file_type"), self.type),
            (tr("record_page.file_version"), self.version),
        )
        typed = Typed(context.clock)
        self.expires = DateField(
            typed.date, day_input, today=context.clock.today, value=file.expires_on
        )
        self.add_row(tr("record_page.file_expires_on"), self.expires)
        reminds = PlainLabel(tr("record_page.file_reminds"), role="small", tone="muted", wrap=True)
        self.rows.addWidget(reminds)

    def store(self) -> Callable[[], Any]:
        attachments, file = self.context.services.attachments, self._file
        values = {
            "name": self.name.text(),
            "type_id": self.type.value(),
            "file_version": self.version.text(),
            "expires_on": self.expires.value(),
        }
        return lambda: attachments.set(file.id, **values)
