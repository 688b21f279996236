"""Why a customer is important, asked where the star was given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.domain.kinds import Ref
from crm_desktop.ui.contacts.form_popover import FormPopover
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr


class ReasonForm(FormPopover):
    """One line; nothing has to be written."""

    def __init__(self, context: Context, owner: QWidget, ref: Ref, reason: str) -> None:
        super().__init__(context, owner, tr("people.why_important", name=ref.title))
        self._ref = ref
        self.reason = QLineEdit(reason)
        self.add_row(tr(f"field.{ref.kind.value}.important_reason"), self.reason)

    def store(self) -> Callable[[], Any]:
        records, ref = self.context.services.records, self._ref
        reason = self.reason.text().strip() or None
        return lambda: records.update(ref.kind, ref.id, {"important_reason": reason})
