"""A small form over the page: a few named inputs, kept as one gesture by Save or Enter."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.problems import Refused
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import (
    Button,
    ButtonRow,
    FieldRow,
    ParsedField,
    PlainLabel,
    Popover,
    PrimaryButton,
)

_WIDTH = 380


class FormPopover(Popover):
    """Subclasses add rows and override `store`, which returns the work of the writer thread."""

    def __init__(self, context: Context, owner: QWidget, title: str) -> None:
        super().__init__(owner)
        self.context = context
        self._order: list[QWidget] = []  # as Tab goes
        self.body.addWidget(PlainLabel(title, role="strong", wrap=True))
        self.rows = QVBoxLayout()
        self.rows.setSpacing(8)
        self.body.addLayout(self.rows)
        self._problem = PlainLabel("", role="small", tone="danger", wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.save_button = PrimaryButton(tr("common.save"))
        self.save_button.clicked.connect(self.save)
        self.remove_button = Button(tr("common.remove"), icon_name="trash-2", variant="quiet")
        self.remove_button.hide()
        self._bar = ButtonRow(self.save_button, on_cancel=self.dismiss, aside=(self.remove_button,))
        self.cancel_button = self._bar.cancel
        self.body.addLayout(self._bar)
        self.setFixedWidth(theme().px(_WIDTH))
        self.closed.connect(self.deleteLater)
        context.navigator.moved.connect(self._moved)

    def open_at(self, anchor: QWidget, point: QPoint | None = None) -> None:
        # Wrapped lines count in full only for the width there is.
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))
        buttons = (*self._bar.answers, self.remove_button)
        for one, after in pairwise((*self._order, *buttons)):
            QWidget.setTabOrder(one, after)
        super().open_at(anchor, point)
        first = next((each for each in self._order if each.isEnabled()), self.save_button)
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def add_row(self, label: str, editor: QWidget, *inputs: QWidget) -> FieldRow:
        """One named input below the others; `inputs` are its parts that take the keyboard."""
        row = FieldRow(label, editor)
        editor.setAccessibleName(label)
        self._order += inputs or (editor,)
        self.rows.addWidget(row)
        return row

    def add_pair(self, one: tuple[str, QWidget], other: tuple[str, QWidget]) -> None:
        """Two named inputs side by side."""
        line = QHBoxLayout()
        line.setSpacing(8)
        for label, editor in (one, other):
            editor.setAccessibleName(label)
            self._order.append(editor)
            line.addWidget(FieldRow(label, editor), 1)
        self.rows.addLayout(line)

    def add_plain(self, widget: QWidget, *inputs: QWidget) -> None:
        """What names itself; `inputs` are the parts of it that take the keyboard."""
        self._order += inputs or (widget,)
        self.rows.addWidget(widget)

    def store(self) -> Callable[[], Any]:
        """The gesture, made of what is written now. Refused where it cannot be read."""
        raise NotImplementedError

    def save(self) -> None:
        """Keep it and close; what is wrong is said below the inputs."""
        if not all(field.read() for field in self.findChildren(ParsedField)):
            return  # the field says why
        try:
            work = self.store()
        except Refused as trouble:
            self.show_problem(trouble)
            return
        self.run(work)

    def run(self, work: Callable[[], Any], told: str = "") -> None:
        """Write and close; with `told` the toast offers undo."""

        def done(_result: Any) -> None:
            for line in self.findChildren(ParsedField):
                line.setModified(False)
            self.dismiss()
            if told:
                self.context.window.toast(told, undo=True)

        self.context.jobs.run_writer(lambda _progress: work(), done, refused=self.show_problem)

    def _moved(self, _place: Place) -> None:
        """The page below is another one now; what is typed stays until it is kept or dropped."""
        if not self.holds_unsaved_text():
            self.dismiss()

    def show_problem(self, trouble: Refused) -> None:
        """Say why it cannot be kept."""
        self.show_words(sentence(trouble))

    def show_words(self, problem: str) -> None:
        """Say what is wrong; "" takes it back."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)
