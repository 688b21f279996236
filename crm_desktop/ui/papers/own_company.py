"""Asks once who the firm is, where its first paper needs it; can be left for later."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.papers import paper_files
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import Button, Card, FlowLayout, PlainLabel, PrimaryButton


class OwnCompanyStrip(Card):
    """Name, phone and logo of the firm in one line."""

    given = Signal(str, str, object)  # name, phone, the path of a logo or None
    skipped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._logo: Path | None = None
        self.words = PlainLabel("", role="strong", wrap=True)
        self.body.addWidget(self.words)
        box = QWidget()
        flow = FlowLayout(box, gap=8)
        self.name, self.phone = QLineEdit(), QLineEdit()
        self.name.setMinimumWidth(theme().px(170))
        self.phone.setMinimumWidth(theme().px(110))
        self.logo = Button(icon_name="image")
        self.save, self.skip = PrimaryButton(), Button(variant="quiet")
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.save)
        row.addWidget(self.skip)
        for widget in (self.name, self.phone, self.logo, pair):
            flow.addWidget(widget)
        self.body.addWidget(box)
        self.name.returnPressed.connect(self.phone.setFocus)
        self.phone.returnPressed.connect(self._give)
        self.name.textChanged.connect(lambda text: self.save.setEnabled(bool(text.strip())))
        self.logo.clicked.connect(self._choose_logo)
        self.save.clicked.connect(self._give)
        self.skip.clicked.connect(self.skipped)
        self.save.setEnabled(False)
        self.retranslate()

    def has_unsaved_text(self) -> bool:
        """Whether a name is typed that is not stored."""
        return self.isVisible() and bool(self.name.text().strip())

    def give(self) -> None:
        """Store what is typed, if there is a name."""
        self._give()

    def retranslate(self) -> None:
        """Set every word again."""
        self.words.setText(tr("paper_page.your_company"))
        for line, key in ((self.name, "company_name"), (self.phone, "company_phone")):
            line.setPlaceholderText(tr(f"paper_page.{key}"))
            line.setAccessibleName(tr(f"paper_page.{key}"))
        self._name_logo()
        self.save.setText(tr("common.save"))
        self.skip.setText(tr("paper_page.skip_company"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.name.text():
            self.skipped.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _choose_logo(self) -> None:
        self._logo = paper_files.ask_picture(self) or self._logo
        self._name_logo()

    def _name_logo(self) -> None:
        text = self._logo.name if self._logo else tr("paper_page.logo_optional")
        self.logo.setText(text)

    def _give(self) -> None:
        name = self.name.text().strip()
        if name:
            self.given.emit(name, self.phone.text().strip(), self._logo)
