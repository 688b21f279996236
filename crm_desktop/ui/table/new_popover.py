"""A new record: its name and what one usually knows at once; the rest is on its page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.duplicates.hint import SimilarHint
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.table.cells import field_label
from crm_desktop.ui.table.editors import Editors
from crm_desktop.ui.table.spec import ListSpec
from crm_desktop.ui.widgets import (
    ButtonRow,
    FieldRow,
    LinkField,
    ParsedField,
    PlainLabel,
    PrimaryButton,
)
from crm_desktop.ui.widgets.scrolled_popover import ScrolledPopover

_WIDTH = 360
_CALLED = {Kind.ACTIVITY: "followup"}  # the others are called by their kind


class NewPopover(ScrolledPopover):
    """Keeps what is typed as a draft over closing and restart, until the record is made."""

    created = Signal(int)

    def __init__(self, context: Context, spec: ListSpec, owner: QWidget) -> None:
        super().__init__(owner, _WIDTH)
        self._context, self._spec = context, spec
        self._draft = f"draft/new_{spec.kind.value}"
        self._rows: dict[str, FieldRow] = {}
        self._making = False
        self._editors = Editors(context.services, spec.kind)
        known = {field.key: field for field in context.services.records.fields(spec.kind)}
        title = tr(f"keys.new_{_CALLED.get(spec.kind, spec.kind.value)}")
        self.body.addWidget(PlainLabel(title, role="title"))
        for key in spec.new_fields:
            self._add(known[key])
        self.hint: SimilarHint | None = None
        if spec.kind in (Kind.PERSON, Kind.COMPANY):
            self.hint = SimilarHint(context, spec.kind, self._known_values)
            self.hint.opened.connect(self._go_to)
            self.hint.resized.connect(self.adjustSize)
            self.inside.addWidget(self.hint)
        self.add_inside()
        self._trouble = PlainLabel("", role="small", tone="danger", wrap=True)
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        self.create_button = PrimaryButton(tr("table.create"))
        self.create_button.clicked.connect(self.make)
        self.body.addLayout(ButtonRow(self.create_button, on_cancel=self._forget))
        self._take_up_draft()

    def input(self, key: str) -> Any:
        """The input of a field."""
        return self._rows[key].editor

    def set_text(self, key: str, text: str) -> None:
        """Type something beforehand: what was searched in vain."""
        self.input(key).setText(text)
        self.input(key).setModified(True)

    def make(self) -> None:
        """Make the record if its fields can be read."""
        if self._making:  # the button stays enabled: else it would lose the keyboard
            return
        values: dict[str, Any] = {}
        for key, row in self._rows.items():
            editor: Any = row.editor
            if isinstance(editor, ParsedField) and not editor.read():
                return
            if isinstance(editor, LinkField) and not self._is_chosen(row, editor):
                return
            value = editor.value()
            if value is not None and value != "":
                values[key] = (value,) if self._is_point(key) else value
        self._making = True
        services, spec = self._context.services, self._spec
        self._context.jobs.run_writer(
            lambda _progress: spec.make(services, values), self._created, refused=self._refused
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.make()
        else:
            super().keyPressEvent(event)

    def _is_chosen(self, row: FieldRow, link: LinkField) -> bool:
        """Whether what is typed there names a record; a name is not lost without a word."""
        text = link.text().strip() if link.has_unread_text() else ""
        if not link.text().strip():
            link.set_value(None)  # emptied by hand
        row.show_problem(tr("field_editor.choose_or_create", text=text) if text else "")
        self.adjustSize()
        return not text

    def _add(self, field: Field) -> None:
        if field.type is FieldType.LINK:
            assert field.link is not None
            name = field_label(self._spec.kind, field)
            creatable = field.link in (Kind.COMPANY, Kind.PERSON)
            link = self._editors.link(field.link, name, create=creatable)
            link.create_wanted.connect(lambda text, f=field, e=link: self._create_link(f, e, text))
            link.returnPressed.connect(self.make)
            link.changed.connect(lambda _id, key=field.key: self._rows[key].show_problem(""))
            editor: QWidget = link
        else:
            made = self._editors.make(field)
            assert made is not None
            editor = made
        row = FieldRow(field_label(self._spec.kind, field), editor, required=field.required)
        self._rows[field.key] = row
        self.inside.addWidget(row)
        if isinstance(editor, ParsedField):
            editor.returnPressed.connect(self.make)
            editor.textEdited.connect(lambda _text: self._keep_draft())

    def _create_link(self, field: Field, editor: LinkField, text: str) -> None:
        assert field.link is not None
        kind, records = field.link, self._context.services.records

        def created(record_id: int) -> None:
            editor.set_value(record_id, text)
            self._rows[field.key].show_problem("")

        self._context.jobs.run_writer(
            lambda _progress: records.create(kind, {"name": text}),
            created,
        )

    def _is_point(self, key: str) -> bool:
        kind = self._spec.kind
        fields = self._context.services.records.fields(kind)
        return any(f.key == key and f.type is FieldType.POINTS for f in fields)

    def _created(self, record_id: int) -> None:
        self._context.state.put(self._draft, {})
        for row in self._rows.values():
            editor: Any = row.editor
            if hasattr(editor, "setModified"):
                editor.setModified(False)
        self.created.emit(record_id)  # the page that opens takes the keyboard from here
        self.dismiss()

    def _refused(self, refused: Refused) -> None:
        self._making = False
        problems: list[Problem] = refused.args_for_words.get("problems", [])
        self._trouble.setVisible(not problems)
        self._trouble.setText("" if problems else sentence(refused))
        for problem in problems:
            if problem.field in self._rows:
                self._rows[problem.field].show_problem(sentence(problem))
            else:
                self._trouble.setText(sentence(problem))
                self._trouble.show()
        self.adjustSize()

    def _texts(self) -> dict[str, str]:
        return {
            key: row.editor.text()
            for key, row in self._rows.items()
            if isinstance(row.editor, ParsedField) and row.editor.text()
        }

    def _known_values(self) -> dict[str, Any]:
        """What is typed so far, for the look at who this may already be."""
        links = {
            key: row.editor.value()
            for key, row in self._rows.items()
            if isinstance(row.editor, LinkField) and row.editor.value() is not None
        }
        return {**self._texts(), **links}

    def _go_to(self, ref: Ref) -> None:
        self.dismiss()
        self._context.navigator.go(Place.record(ref.kind.value, ref.id))

    def _keep_draft(self) -> None:
        self._context.state.put(self._draft, self._texts())
        if self.hint is not None:
            self.hint.look()

    def _take_up_draft(self) -> None:
        for key, text in (self._context.state.get(self._draft) or {}).items():
            if key in self._rows and isinstance(self._rows[key].editor, ParsedField):
                self.set_text(key, str(text))

    def _forget(self) -> None:
        self._context.state.put(self._draft, {})
        self.dismiss()
