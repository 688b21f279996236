"""Asks for the name of a view."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import Button, ButtonRow, PlainLabel, Popover, PrimaryButton


class NamePopover(Popover):
    """`named` tells the name; it stays open until `finish`, so that a refusal can be mended."""

    named = Signal(str)
    other_wanted = Signal()

    def __init__(
        self,
        title: str,
        name: str,
        owner: QWidget,
        *,
        accept: str,
        hint: str = "",
        other: str = "",
    ) -> None:
        super().__init__(owner)
        self.line = QLineEdit(name)
        self.line.setAccessibleName(tr("views.name"))
        self.line.setPlaceholderText(tr("views.name"))
        self.line.setMinimumWidth(theme().px(300))
        self.line.selectAll()
        self.line.returnPressed.connect(self._accept)
        self.line.textEdited.connect(lambda _text: self.complain(""))
        self._problem = PlainLabel("", role="small", tone="danger", wrap=True)
        self._problem.hide()
        self.body.addWidget(PlainLabel(title, role="strong"))
        self.body.addWidget(self.line)
        self.body.addWidget(self._problem)
        if hint:
            self.body.addWidget(PlainLabel(hint, role="small", tone="muted", wrap=True))
        self.accept = Button(accept) if other else PrimaryButton(accept)
        self.accept.clicked.connect(self._accept)
        self.other = PrimaryButton(other)
        self.other.setVisible(bool(other))
        self.other.clicked.connect(self._other)
        self.body.addLayout(ButtonRow(self.other, self.accept, on_cancel=self.dismiss))

    def complain(self, problem: str) -> None:
        """Say below the line why the name cannot be taken; "" takes it back."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if self.isVisible():
            self.adjustSize()

    def finish(self) -> None:
        """The name was taken."""
        self.line.setModified(False)
        self.dismiss()

    def _accept(self) -> None:
        if self.line.text().strip():
            self.named.emit(self.line.text().strip())
        else:
            self.complain(tr("views.name_empty"))
            self.line.setFocus()

    def _other(self) -> None:
        self.other_wanted.emit()
        self.finish()
