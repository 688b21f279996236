"""Layouts of columns that have a name: use one, delete one, save the one at hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import Button, IconButton, PlainLabel, Popover

_WIDTH = 340  # at 100 %


class LayoutsPopover(Popover):
    """Tells what is wished; the page does it and closes the panel with `finish`."""

    chosen = Signal(str)
    saved = Signal(str)
    removed = Signal(str)

    def __init__(self, owner: QWidget, names: Sequence[str]) -> None:
        super().__init__(owner)
        self.setFixedWidth(theme().px(_WIDTH))
        self.body.addWidget(PlainLabel(tr("import_page.layouts"), role="strong"))
        hint = tr("import_page.layouts_hint" if names else "import_page.no_layouts")
        self.body.addWidget(PlainLabel(hint, role="small", tone="muted", wrap=True))
        self.buttons: dict[str, Button] = {}
        self.bins: dict[str, IconButton] = {}
        for name in names:
            use = Button(name, variant="quiet", icon_name="columns-3")
            use.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            away = IconButton("trash-2", tr("import_page.layout_remove", name=name), small=True)
            away.clicked.connect(lambda _checked=False, name=name: self.removed.emit(name))
            line = QHBoxLayout()
            line.addWidget(use)
            line.addStretch(1)
            line.addWidget(away)
            self.body.addLayout(line)
            self.buttons[name], self.bins[name] = use, away
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("import_page.layout_name"))
        self.line.setPlaceholderText(tr("import_page.layout_name"))
        self.line.returnPressed.connect(self._save)
        self.save = Button(tr("common.save"))
        self.save.clicked.connect(self._save)
        self.save.setEnabled(False)
        self.line.textChanged.connect(lambda text: self.save.setEnabled(bool(text.strip())))
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self.save)
        self.body.addLayout(row)

    def finish(self) -> None:
        """What was wished is done."""
        self.line.setModified(False)
        self.dismiss()

    def _save(self) -> None:
        if self.line.text().strip():
            self.saved.emit(self.line.text().strip())
