"""Inputs of several lines: phones, e-mails and other handles; postal addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.domain.fields import Address
from crm_desktop.ui.language import tr
from crm_desktop.ui.widgets import Button, IconButton

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PARTS = ("line", "district", "city", "province", "postcode", "country")


class _Rows(QWidget):
    """Rows that can be added and taken away; Enter in the last one ends."""

    submitted = Signal()

    def __init__(self, add_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        column.addLayout(self._rows)
        self._add = Button(tr(add_words), icon_name="plus", variant="quiet", small=True)
        self._add.clicked.connect(lambda: self._first_line(self.add_row()).setFocus())
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def add_row(self) -> QWidget:
        """One more empty row."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() in _ENTER:  # type: ignore[attr-defined]
            self.submitted.emit()
            return True
        return super().eventFilter(watched, event)

    def _line(self, text: str, name: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setCursorPosition(0)
        line.setAccessibleName(name)
        line.setPlaceholderText(name)
        line.installEventFilter(self)
        return line

    def _removal(self, row: QWidget, forget: Callable[[], None]) -> IconButton:
        cross = IconButton("x", tr("common.remove"), small=True)

        def remove() -> None:
            forget()
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
            self._add.setFocus()

        cross.clicked.connect(remove)
        return cross

    @staticmethod
    def _first_line(row: QWidget) -> QLineEdit:
        found: QLineEdit = row.findChildren(QLineEdit)[0]
        return found


class PointsField(_Rows):
    """Several phones, e-mails or handles; the first one is the main one."""

    def __init__(self, value: tuple[str, ...], name: str, parent: QWidget | None = None) -> None:
        super().__init__("field_editor.add_another", parent)
        self._name = name
        self._lines: list[QLineEdit] = []
        for text in value or ("",):
            self._append(text)
        self.setFocusProxy(self._lines[0])

    def value(self) -> tuple[str, ...]:
        """What is written, without the empty lines."""
        return tuple(text for line in self._lines if (text := line.text().strip()))

    def add_row(self) -> QWidget:
        return self._append("")

    def lines(self) -> list[QLineEdit]:
        """The lines, first the main one."""
        return list(self._lines)

    def _append(self, text: str) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        line = self._line(text, self._name)
        self._lines.append(line)
        layout.addWidget(line, 1)
        layout.addWidget(self._removal(row, lambda: self._lines.remove(line)))
        self._rows.addWidget(row)
        return row


class AddressesField(_Rows):
    """Postal addresses, part by part."""

    def __init__(self, value: tuple[Address, ...], parent: QWidget | None = None) -> None:
        super().__init__("field_editor.add_address", parent)
        self._blocks: list[tuple[Address, dict[str, QLineEdit]]] = []
        for address in value or (Address(),):
            self._append(address)
        self.setFocusProxy(self._blocks[0][1]["line"])

    def value(self) -> tuple[Address, ...]:
        """The addresses, without empty ones."""
        found = (
            replace(base, **{part: line.text().strip() for part, line in lines.items()})
            for base, lines in self._blocks
        )
        return tuple(address for address in found if any(getattr(address, p) for p in _PARTS))

    def add_row(self) -> QWidget:
        return self._append(Address())

    def _append(self, address: Address) -> QWidget:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        lines: dict[str, QLineEdit] = {}
        for index, part in enumerate(_PARTS):
            lines[part] = self._line(getattr(address, part), tr(f"field_editor.{part}"))
            if part != "line":
                grid.addWidget(lines[part], (index + 1) // 2, (index + 1) % 2)
        block = (address, lines)
        self._blocks.append(block)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(lines["line"], 1)
        top.addWidget(self._removal(row, lambda: self._blocks.remove(block)))
        grid.addLayout(top, 0, 0, 1, 2)
        self._rows.addWidget(row)
        return row
