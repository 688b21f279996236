"""Groups that are only read: the keys, and what the program is made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crm_desktop import __version__
from crm_desktop.paths import shipped
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.settings.group import Group, explain
from crm_desktop.ui.shell.keymap import COMMANDS, GROUPS, Command
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP_CARD
from crm_desktop.ui.widgets import Card, ElidedLabel, PlainLabel
from crm_desktop.ui.widgets.tiles import Tiles

_NARROWEST_HALF = 300  # pixels at 100 %: a command and its keys
_NOTICES = ("LICENSE", "THIRD_PARTY_LICENCES.md")


class KeyboardGroup(Group):
    """Every command that has keys, as F1 shows them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._cards: dict[str, Card] = {}
        self._words: list[tuple[PlainLabel, str]] = []
        for group in GROUPS:
            card, _ = self.add_card()
            self._cards[group] = card
            found = [command for command in COMMANDS if command.group == group and command.keys]
            half = (len(found) + 1) // 2
            halves = Tiles(_NARROWEST_HALF, gap=4, most=2)
            halves.set_tiles([self._lines(found[:half]), self._lines(found[half:])])
            card.body.addWidget(halves)
        self.column.addStretch(1)

    def _lines(self, commands: Sequence[Command]) -> QWidget:
        """Commands below each other, each with its keys."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 2 * GAP_CARD, 0)
        column.setSpacing(4)
        for command in commands:
            words = ElidedLabel()
            keys = command.sequence().toString(QKeySequence.SequenceFormat.NativeText)
            line = QHBoxLayout()
            line.setSpacing(GAP_CARD)
            line.addWidget(words, 1)
            line.addWidget(PlainLabel(keys, tone="muted"))
            column.addLayout(line)
            self._words.append((words, command.words))
        column.addStretch(1)
        return whole

    def retranslate(self) -> None:
        super().retranslate()
        for group, card in self._cards.items():
            card.set_title(tr(f"shell.group.{group}"))
        for label, key in self._words:
            label.setText(tr(key))


class AboutGroup(Group):
    """The version, and the licences of what is shipped."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._card, self._about = self.add_card()
        self._licences, self._licences_about = self.add_card()
        self.text = QPlainTextEdit(notices())
        self.text.setReadOnly(True)
        self.text.setProperty("field", True)  # shows that the keyboard is there
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._licences.body.addWidget(self.text)
        theme().changed.connect(self._remeasure)
        self._remeasure()
        self.column.addStretch(1)

    def retranslate(self) -> None:
        super().retranslate()
        self._card.set_title(tr("shell.about", version=__version__))
        explain(self._about, tr("settings.about.what"))
        self._licences.set_title(tr("settings.about.licences"))
        self.text.setAccessibleName(tr("settings.about.licences"))

    def _remeasure(self) -> None:
        self.text.setFixedHeight(theme().px(320))


def notices() -> str:
    """The licence of the program and those of its parts, as shipped."""
    folder = shipped("resources").parent
    found = [Path(folder / name) for name in _NOTICES]
    return "\n\n".join(f.read_text(encoding="utf-8") for f in found if f.is_file())
