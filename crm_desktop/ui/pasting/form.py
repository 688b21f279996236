"""The fields that were read from pasted text, to be looked at and put right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.dates import parse_birthday
from crm_desktop.domain.fields import Address, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.schema import FIELDS, TITLE_KEYS
from crm_desktop.services.pasting import Draft, Firm
from crm_desktop.ui.formats import birthday_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.cells import field_label
from crm_desktop.ui.theme.tokens import GAP
from crm_desktop.ui.widgets import ChoiceField, FieldRow, Option

_COMPANY, _BIRTHDAY = "company", "birthday"


class PastedForm(QWidget):
    """One line for each value that was read; the name is always there."""

    edited = Signal()

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = draft.kind
        self._draft = draft
        self._lines: list[tuple[str, QLineEdit]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._count = 0
        for field in FIELDS[draft.kind]:
            if field.key == _COMPANY and draft.kind is Kind.PERSON:
                self._add_company(draft)
            elif field.key in draft.values or field.key == TITLE_KEYS[draft.kind]:
                label = field_label(draft.kind, field)
                self._add_lines(field.key, label, _texts(draft.values.get(field.key)))

    @property
    def lines(self) -> list[tuple[str, QLineEdit]]:
        """The keys of the fields and their lines, in order."""
        return list(self._lines)

    def line(self, key: str) -> QLineEdit:
        """The first line of a field. StopIteration where there is none."""
        return next(line for each, line in self._lines if each == key)

    def values(self) -> dict[str, Any]:
        """What the lines say, ready for a record; the company of a person is `firm`.

        Refused where a birthday put right is none.
        """
        found: dict[str, list[str]] = {}
        for key, line in self._lines:
            text = line.text().strip()
            if text and not (key == _COMPANY and self.kind is Kind.PERSON):
                found.setdefault(key, []).append(text)
        types = {field.key: field.type for field in FIELDS[self.kind]}
        return {
            key: self._born(texts[0])
            if types[key] is FieldType.BIRTHDAY
            else _as_held(types[key], texts)
            for key, texts in found.items()
        }

    def _born(self, text: str) -> Birthday | None:
        """The day as it was read, unless the user put it right."""
        read = self._draft.values.get(_BIRTHDAY)
        if isinstance(read, Birthday) and text == birthday_text(read):
            return read
        return parse_birthday(text)

    def name(self) -> str:
        """The name of the record."""
        return self.line(TITLE_KEYS[self.kind]).text().strip()

    def firm(self) -> Firm:
        """The company of a person: a known one, or a name."""
        if self.kind is not Kind.PERSON:
            return Firm()
        name = self.line(_COMPANY).text().strip()
        return Firm((self.how.value() or None) if name else None, name)

    def _add_company(self, draft: Draft) -> None:
        field = next(each for each in FIELDS[Kind.PERSON] if each.key == _COMPANY)
        self._add_lines(_COMPANY, field_label(Kind.PERSON, field), [draft.company])
        options = [
            Option(each.ref.id, tr("pasting.company_known", name=each.ref.title))
            for each in draft.companies
        ]
        options.append(Option(0, tr("pasting.company_new")))
        self.how = ChoiceField(options, value=options[0].value, required=True)
        if draft.companies:
            self._place(FieldRow(tr("pasting.company_how"), self.how))
        # Another name is another company.
        self.line(_COMPANY).textEdited.connect(lambda _text: self.how.set_value(0))

    def _add_lines(self, key: str, label: str, texts: list[str]) -> None:
        for number, text in enumerate(texts or [""], 1):
            line = QLineEdit(text)
            line.setCursorPosition(0)
            line.textEdited.connect(lambda _text: self.edited.emit())
            self._lines.append((key, line))
            several = tr("pasting.numbered", name=label, number=number)
            self._place(FieldRow(label if number == 1 else several, line))

    def _place(self, row: QWidget) -> None:
        self._grid.addWidget(row, self._count // 2, self._count % 2)
        self._count += 1


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, Birthday):
        return [birthday_text(value)]
    several = value if isinstance(value, tuple) else (value,)
    return [each.text() if isinstance(each, Address) else str(each) for each in several]


def _as_held(kind: FieldType, texts: list[str]) -> Any:
    if kind is FieldType.ADDRESSES:
        return tuple(Address(line=text) for text in texts)
    return tuple(texts) if kind is FieldType.POINTS else texts[0]
