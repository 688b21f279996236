"""The one way the parts of a record page change the record: through the writer thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import sort_of
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.records import Card
from crm_desktop.ui.context import Context
from crm_desktop.ui.record.editors import Editor, EditorFactory
from crm_desktop.ui.record.shown import Shown


class Editing(QObject):
    """The record that is shown now, and how it is saved."""

    saving = Signal()
    saved = Signal()
    failed = Signal(str)

    def __init__(self, context: Context, kind: Kind, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.kind = kind
        self.shown = Shown(context)
        self.card: Card | None = None
        self._editors = EditorFactory(context, kind)

    @property
    def ref(self) -> Ref | None:
        """The record shown."""
        return self.card.ref if self.card is not None else None

    @property
    def record_id(self) -> int | None:
        """The id of the record shown."""
        return self.card.id if self.card is not None else None

    @property
    def currency(self) -> str:
        """The currency of its amounts."""
        return str(self.value("currency") or "CNY")

    def value(self, key: str) -> Any:
        """A stored value; None where there is none."""
        return self.card.values.get(key) if self.card is not None else None

    def editor(self, field: Field, value: Any) -> Editor:
        """The input for a field."""
        stage = self.context.services.lists.item(self.value("stage"))
        pipeline = stage.parent_id if stage is not None and field.key == "stage" else None
        return self._editors.make(field, value, currency=self.currency, pipeline=pipeline)

    def input(self, field: Field, value: Any, name: str) -> QWidget:
        """An input for a value that is a part of the record."""
        return self._editors.input(field, value, name, self.currency)

    def shown_link(self, field: Field, value: Any) -> Any:
        """A chosen id as the Ref a card will hold; other values as they are."""
        if field.type is FieldType.LINK and isinstance(value, int) and field.link is not None:
            title = self.context.services.records.title(Ref(field.link, value))
            return Ref(field.link, value, title)
        if field.type is FieldType.PARTS and field.link is not None:
            piece = sort_of(field).fields[0]
            return tuple(replace(one, what=self.shown_link(piece, one.what)) for one in value or ())
        return value

    def save(
        self,
        key: str,
        value: Any,
        *,
        saved: Callable[[], None] | None = None,
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """Store one field of the record shown."""
        if self.card is None:
            return
        kind, record_id = self.kind, self.card.id
        services = self.context.services
        if kind is Kind.OPPORTUNITY and key == "stage" and isinstance(value, int):
            self.write(lambda: services.opportunities.move(record_id, value), saved, refused)
        else:
            self.write(
                lambda: services.records.update(kind, record_id, {key: value}), saved, refused
            )

    def write(
        self,
        work: Callable[[], Any],
        saved: Callable[[], None] | None = None,
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """One gesture about the record; the status near the title follows it."""
        self.saving.emit()

        def done(_result: Any) -> None:
            if saved is not None:
                saved()
            self.saved.emit()

        def failed(trouble: Refused) -> None:
            self.failed.emit("")
            if refused is not None:
                refused(trouble)
            else:
                self.context.window.tell(trouble)

        self.context.jobs.run_writer(lambda _progress: work(), done, refused=failed)
