"""Inputs for the parts of a record: what each is of, and how much of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Ref
from crm_desktop.domain.parts import Part, sort_of
from crm_desktop.ui.language import tr
from crm_desktop.ui.widgets import Button, IconButton, LinkField, LinksField, ParsedField
from crm_desktop.ui.widgets.links import Found

MakeInput = Callable[[Field, Any, str], QWidget]
"""Makes the input of one piece: its field, its value, its name."""


def piece_name(name: str, piece: Field) -> str:
    """What a piece of a part is called; what it is of has the name of the whole field."""
    return name if piece.key == "what" else tr(f"reading.part_{piece.key}")


def part_links(
    field: Field,
    value: Iterable[Part],
    search: Callable[[str], Sequence[Found]],
    *,
    name: str,
    can_create: bool = False,
) -> LinksField:
    """An input for parts that are nothing but other records, such as helpers."""
    assert field.link is not None
    kind, make = field.link, sort_of(field).make
    return LinksField(
        search,
        value=[(part.what.id, part.what.title) for part in value],
        each=lambda key, title: make(Ref(kind, key, title)),
        can_create=can_create,
        name=name,
    )


class PartRow(QWidget):
    """One part: an input for each piece, on one line or (`narrow`) on two."""

    changed = Signal()
    refused = Signal(str)
    submitted = Signal()
    removed = Signal()
    cancelled = Signal()  # Escape
    left = Signal()  # the keyboard went elsewhere

    def __init__(
        self,
        field: Field,
        part: Part | None,
        make: MakeInput,
        *,
        name: str,
        narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._field = field
        self.inputs: dict[str, Any] = {}
        # Beneath the first line on a narrow page, behind it on a wide one.
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        layout = QBoxLayout(down if narrow else right, self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        top, pieces = QHBoxLayout(), QHBoxLayout()
        for line in (top, pieces):
            line.setSpacing(4)
            layout.addLayout(line, 1)
        for piece in sort_of(field).fields:
            value = getattr(part, piece.key) if part is not None else None
            made: Any = make(piece, value, piece_name(name, piece))
            self.inputs[piece.key] = made
            made.changed.connect(lambda _value: self.changed.emit())
            made.installEventFilter(self)
            if isinstance(made, ParsedField):
                made.refused.connect(self.refused)
                made.setPlaceholderText(piece_name(name, piece))
            (top if piece.key == "what" else pieces).addWidget(made, 1)
        cross = IconButton("x", tr("common.remove"), small=True)
        cross.clicked.connect(self.removed)
        (top if narrow else pieces).addWidget(cross)
        self.setFocusProxy(self.inputs["what"])
        application = cast(QApplication, QApplication.instance())
        application.focusChanged.connect(self._focus_moved)

    def part(self) -> Part | None:
        """What the inputs say; None while it is open what the part is of."""
        held = {key: each.value() for key, each in self.inputs.items()}
        if held["what"] is None:
            return None
        return sort_of(self._field).make(**held)

    def read(self) -> bool:
        """Read every line; False where one cannot be read."""
        lines = [one for one in self.inputs.values() if isinstance(one, ParsedField)]
        understood = [line.read() for line in lines]
        what = self.inputs["what"]
        if isinstance(what, LinkField) and what.has_unread_text():
            text = what.text().strip()
            self.refused.emit(tr("field_editor.choose_or_create", text=text))
            return not text
        return all(understood)

    def has_unread_text(self) -> bool:
        """Whether something is typed that is not read."""
        typing = (LinkField, ParsedField)
        return any(isinstance(o, typing) and o.has_unread_text() for o in self.inputs.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.cancelled.emit()
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and isinstance(watched, ParsedField):
                if watched.read():
                    self.submitted.emit()
                return True
        return super().eventFilter(watched, event)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        inside = old is not None and self.isAncestorOf(old)
        if inside and new is not None and not self.isAncestorOf(new):
            self.left.emit()


class PartsField(QWidget):
    """The parts of a record below each other; more can be added, any taken away."""

    refused = Signal(str)
    submitted = Signal()
    cancelled = Signal()

    def __init__(
        self,
        field: Field,
        value: tuple[Part, ...],
        make: MakeInput,
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._field, self._make, self._name = field, make, name
        self.rows: list[PartRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._column = QGridLayout()
        self._column.setSpacing(8)
        column.addLayout(self._column)
        self._add = Button(
            tr("field_editor.add_another"), icon_name="plus", variant="quiet", small=True
        )
        self._add.clicked.connect(lambda: self.add(None).setFocus())
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        for part in value or (None,):
            self.add(part)
        self.setFocusProxy(self.rows[0])

    def add(self, part: Part | None) -> PartRow:
        """One more row."""
        row = PartRow(self._field, part, self._make, name=self._name, narrow=True)
        row.refused.connect(self.refused)
        row.submitted.connect(self.submitted)
        row.cancelled.connect(self.cancelled)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._column.addWidget(row, self._column.rowCount(), 0)
        return row

    def value(self) -> tuple[Part, ...]:
        """What the rows say, without empty ones."""
        found = (row.part() for row in self.rows)
        return tuple(part for part in found if part is not None)

    def read(self) -> bool:
        """Read every line; False where one cannot be read."""
        return all([row.read() for row in self.rows])

    def _remove(self, row: PartRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._add.setFocus()
