"""The text of a contract with its {{placeholders}} marked, and the list of those still open."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QLineEdit, QWidget

from crm_desktop.domain.issuing import Blank
from crm_desktop.ui.language import has_words, tr
from crm_desktop.ui.papers.long_text import LongText, Text
from crm_desktop.ui.theme import theme, tokens
from crm_desktop.ui.widgets import Card, LinkButton

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
    """A field for each open placeholder: its name leads into the text, its value is filled in."""

    jumped = Signal(str)
    filled = Signal(str, str, bool)  # name, value, whether to keep it for other contracts
    emptied = Signal()  # nothing is open any more, and the keyboard is still here

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(count_colour="amber", parent=parent)
        self.inputs: dict[str, QLineEdit] = {}
        self._links: dict[str, LinkButton] = {}
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self.body.addLayout(self._grid)
        self.keep = QCheckBox()
        self.body.addWidget(self.keep)
        self.hide()

    def show_blanks(self, blanks: Sequence[Blank]) -> None:
        """Show these; a field that is still open stays as it is, with what is typed in it."""
        names = list(dict.fromkeys(blank.name for blank in blanks))
        if names != list(self.inputs):
            focused = next((n for n, line in self.inputs.items() if line.hasFocus()), None)
            before = self.inputs
            self.inputs = {name: before.get(name) or self._field(name) for name in names}
            if focused is not None and focused not in names and names:
                # The keyboard goes on to the next that is open, before its field is gone.
                order = list(before)
                later = [name for name in order[order.index(focused) :] if name in names]
                following = later[0] if later else names[0]
                self.inputs[following].setFocus(Qt.FocusReason.TabFocusReason)
            for name, line in before.items():
                if name not in names:
                    self._drop(name, line)
            self._columns = 0
            self._arrange()
            self._chain()
        self.set_title(tr("paper_page.missing"), len(names))
        focus = QApplication.focusWidget()
        if not names and focus is not None and self.isAncestorOf(focus):
            self.emptied.emit()
        self.setVisible(bool(names))

    def has_unsaved_text(self) -> bool:
        """Whether a value is typed that is not in the text yet."""
        return any(line.text().strip() for line in self.inputs.values())

    def leave(self) -> None:
        """Fill in what is typed."""
        for name in list(self.inputs):
            self._fill(name)

    def forget(self) -> None:
        """Another contract comes."""
        self.show_blanks(())

    def retranslate(self) -> None:
        """Set every word again."""
        self.set_title(tr("paper_page.missing"), len(self.inputs))
        self.keep.setText(tr("paper_page.keep_values"))
        for name, line in self.inputs.items():
            self._name(name, line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _field(self, name: str) -> QLineEdit:
        go, line = LinkButton(), QLineEdit()
        go.clicked.connect(lambda: self.jumped.emit(name))
        line.setProperty("small", True)
        line.editingFinished.connect(lambda: self._fill(name))
        self._links[name] = go
        self._name(name, line)
        return line

    def _name(self, name: str, line: QLineEdit) -> None:
        words = placeholder_name(name)
        self._links[name].setText(words[:1].upper() + words[1:])  # here it begins a line
        self._links[name].setToolTip(tr("paper_page.jump_to", name=words))
        line.setAccessibleName(words)

    def _drop(self, name: str, line: QLineEdit) -> None:
        for widget in (self._links.pop(name), line):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _arrange(self) -> None:
        columns = 2 if self.width() >= theme().px(500) else 1
        if columns == self._columns:
            return
        self._columns = columns
        for at, (name, line) in enumerate(self.inputs.items()):
            row, column = at // columns, at % columns * 2
            self._grid.addWidget(self._links[name], row, column, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(line, row, column + 1)
        for column in (1, 3):
            self._grid.setColumnStretch(column, 1 if column < columns * 2 else 0)

    def _chain(self) -> None:
        """Tab goes from value to value; the names that lead into the text come after them."""
        order: list[QWidget] = [*self.inputs.values(), self.keep]
        order += [self._links[name] for name in self.inputs]
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)

    def _fill(self, name: str) -> None:
        line = self.inputs.get(name)
        value = line.text().strip() if line is not None else ""
        if line is not None and value:
            line.clear()
            self.filled.emit(name, value, self.keep.isChecked())
