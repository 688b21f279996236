"""Forms of the settings: each field stores itself when it is left; there is no Save."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP_CARD
from crm_desktop.ui.widgets import ChoiceField, FieldRow, Option, ParsedField, TextArea

Save = Callable[[str, Any], None]
Options = Callable[[], Sequence[Option]]
_NARROW = 560  # pixels at 100 %: below that one column


class Form(QWidget):
    """Fields in two columns, one where it is narrow. Labels are the words "settings.AREA.KEY"."""

    def __init__(self, area: str, save: Save) -> None:
        super().__init__()
        self._area, self._save = area, save
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP_CARD)
        self._grid.setVerticalSpacing(GAP_CARD)
        self.editors: dict[str, QWidget] = {}
        self.rows: dict[str, FieldRow] = {}
        self._options: dict[str, Options] = {}
        self._wide: set[str] = set()
        self._columns = 0

    def text(
        self,
        key: str,
        *,
        parse: Callable[[str], Any] = str.strip,
        show: Callable[[Any], str] = str,
    ) -> ParsedField:
        """One line; `parse` may refuse what is typed, and the reason is told below."""
        editor = ParsedField(parse, show)
        editor.changed.connect(lambda value: self._save(key, value))
        self._add(key, editor)
        return editor

    def long_text(self, key: str) -> TextArea:
        """Several lines, over the whole width."""
        editor = TextArea()
        editor.left.connect(lambda: self._left(key, editor))
        editor.finished.connect(lambda: self._left(key, editor))
        self._wide.add(key)
        self._add(key, editor)
        return editor

    def choice(self, key: str, options: Options) -> ChoiceField:
        """One of a few values; `options` gives them in the language of now."""
        editor = ChoiceField(required=True)
        editor.changed.connect(lambda value: self._save(key, value))
        self._options[key] = options
        self._add(key, editor)
        return editor

    def tick(self, key: str) -> QCheckBox:
        """Yes or no."""
        editor = QCheckBox()
        editor.clicked.connect(lambda checked: self._save(key, checked))
        self._add(key, editor)
        return editor

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show what is stored; text that is being typed stays."""
        for key, editor in self.editors.items():
            if key not in values:
                continue
            value = values[key]
            if isinstance(editor, ParsedField):
                if not editor.has_unread_text():
                    editor.set_value(None if value in ("", None) else value)
            elif isinstance(editor, TextArea):
                if not editor.has_unread_text():
                    editor.set_text(str(value or ""))
            elif isinstance(editor, ChoiceField):
                editor.set_value(value)
            elif isinstance(editor, QCheckBox):
                editor.setChecked(bool(value))

    def has_unread_text(self) -> bool:
        """Whether something was typed that is not stored yet."""
        return any(
            editor.has_unread_text()
            for editor in self.editors.values()
            if isinstance(editor, ParsedField | TextArea)
        )

    def store_unread(self) -> None:
        """Store what is being typed."""
        for key, editor in self.editors.items():
            if isinstance(editor, ParsedField):
                editor.read()
            elif isinstance(editor, TextArea):
                self._left(key, editor)

    def retranslate(self) -> None:
        """Labels and choices again; values and typed text stay."""
        for key, row in self.rows.items():
            words = tr(f"settings.{self._area}.{key}")
            editor = self.editors[key]
            row.set_label(words)
            editor.setAccessibleName(words)
            if key in self._options and isinstance(editor, ChoiceField):
                value = editor.value()
                editor.set_options(self._options[key]())
                editor.set_value(value)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= theme().px(_NARROW) else 1)

    def _add(self, key: str, editor: QWidget) -> None:
        self.editors[key] = editor
        self.rows[key] = FieldRow("", editor)
        self._columns = 0
        self._arrange(2)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        at = 0
        for key, row in self.rows.items():
            wide = key in self._wide
            if wide and at % columns:
                at += 1
            span = columns if wide else 1
            self._grid.addWidget(row, at // columns, at % columns, 1, span)
            at += span
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _left(self, key: str, editor: TextArea) -> None:
        if editor.has_unread_text():
            text = editor.text()
            editor.set_text(text)
            self._save(key, text.strip())
