"""The text of a contract with its {{placeholders}} marked, and the list of those still open."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from crm_desktop.domain.issuing import Blank
from crm_desktop.ui.language import has_words, tr
from crm_desktop.ui.papers.long_text import LongText, Text
from crm_desktop.ui.theme import theme, tokens
from crm_desktop.ui.widgets import Button, Card, LinkButton

_MARK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_HEADING = re.compile(r"# .*")


def placeholder_name(name: str) -> str:
    """What a placeholder is called: in words where it is a shipped one."""
    key = f"document.placeholder.{name}"
    return tr(key) if has_words(key) else name


class _Marks(QSyntaxHighlighter):
    """Green for what fills itself, amber for what is missing; headings are strong."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.known: Mapping[str, str] = {}
        theme().changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        if _HEADING.match(text):
            strong = QTextCharFormat()
            strong.setFontWeight(600)
            self.setFormat(0, len(text), strong)
        for found in _MARK.finditer(text):
            name = found.group(1)
            colour = "green" if self.known.get(name) else "amber"
            look = tokens().chip("blue" if name == "lines" else colour)
            mark = QTextCharFormat()
            mark.setBackground(QColor(look.fill))
            mark.setForeground(QColor(look.text))
            self.setFormat(found.start(), len(found.group()), mark)


class ContractText(LongText):
    """Edits the body; a template from the menu takes the place of the whole text."""

    template_chosen = Signal(str)  # its body

    def __init__(
        self, ready: Callable[[], Sequence[Text]], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(rows=12, most_rows=100_000, ready=ready, parent=parent)
        self._marks = _Marks(self.area.document())

    def set_known(self, known: Mapping[str, str]) -> None:
        """What fills placeholders by itself."""
        if known != self._marks.known:
            self._marks.known = dict(known)
            # Marking is no typing: it must not count as unsaved text.
            typed = self.area.has_unread_text()
            self._marks.rehighlight()
            self.area.document().setModified(typed)

    def jump_to(self, name: str) -> QPoint | None:
        """Select the first place of a placeholder; where it stands, in this card."""
        for found in _MARK.finditer(self.area.text()):
            if found.group(1) == name:
                cursor = self.area.textCursor()
                cursor.setPosition(found.start())
                cursor.setPosition(found.end(), QTextCursor.MoveMode.KeepAnchor)
                self.area.setTextCursor(cursor)
                self.area.setFocus(Qt.FocusReason.OtherFocusReason)
                at = self.area.cursorRect().center()
                return self.area.viewport().mapTo(self, at)
        return None

    def _take(self, body: str) -> None:
        self.leave()
        self.template_chosen.emit(body)


class MissingList(Card):
    """One line for each open placeholder: go to it in the text, or write its value here."""

    jumped = Signal(str)
    filled = Signal(str, str, bool)  # name, value, whether to keep it for other contracts

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(count_colour="amber", parent=parent)
        self._names: tuple[str, ...] | None = None
        self.inputs: dict[str, QLineEdit] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.keep = QCheckBox()
        self.body.addWidget(self.keep)
        self.hide()

    def show_blanks(self, blanks: Sequence[Blank]) -> None:
        """Show these; what is being typed into one that is still open stays."""
        names = tuple(dict.fromkeys(blank.name for blank in blanks))
        if names != self._names:
            typed = {name: line.text() for name, line in self.inputs.items() if line.text()}
            focused = next((n for n, line in self.inputs.items() if line.hasFocus()), None)
            self._rebuild(names, typed, focused)
        self.setVisible(bool(names))

    def has_unsaved_text(self) -> bool:
        """Whether a value is typed that is not in the text yet."""
        return any(line.text().strip() for line in self.inputs.values())

    def leave(self) -> None:
        """Fill in what is typed."""
        for name, line in list(self.inputs.items()):
            self._fill(name, line)

    def forget(self) -> None:
        """Another contract comes."""
        self._rebuild((), {}, None)
        self.hide()

    def retranslate(self) -> None:
        """Set every word again."""
        typed = {name: line.text() for name, line in self.inputs.items()}
        self._rebuild(self._names or (), typed, None)

    def _rebuild(
        self, names: tuple[str, ...], typed: Mapping[str, str], focused: str | None
    ) -> None:
        before = list(self.inputs)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._names = names
        self.inputs = {}
        self.set_title(tr("paper_page.missing"), len(names))
        self.keep.setText(tr("paper_page.keep_values"))
        for at, name in enumerate(names):
            words = placeholder_name(name)
            go = LinkButton(words)
            go.setToolTip(tr("paper_page.jump_to", name=words))
            go.clicked.connect(lambda _on=False, name=name: self.jumped.emit(name))
            line = QLineEdit(typed.get(name, ""))
            line.setAccessibleName(words)
            line.setProperty("small", True)
            fill = Button(tr("paper_page.fill"), small=True)
            fill.clicked.connect(lambda _on=False, name=name, line=line: self._fill(name, line))
            line.returnPressed.connect(lambda name=name, line=line: self._fill(name, line))
            self._grid.addWidget(go, at, 0, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(line, at, 1)
            self._grid.addWidget(fill, at, 2)
            self.inputs[name] = line
        if focused is not None and names:
            # The filled one is gone: the keyboard goes on to the next that is open.
            at = before.index(focused)
            later = [name for name in before[at:] if name in names]
            self.inputs[later[0] if later else names[0]].setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self, name: str, line: QLineEdit) -> None:
        value = line.text().strip()
        if value:
            line.clear()
            self.filled.emit(name, value, self.keep.isChecked())
