"""The keys bound in a window: who has them, and which are wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.ui.shell.keymap import COMMANDS, is_forbidden

_TEXT = QKeySequence.SequenceFormat.PortableText
_OF_WINDOW = (Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut)


def bound(window: QWidget) -> Iterator[tuple[str, QAction | QShortcut, bool]]:
    """Keys, who has them, and whether they count wherever the focus is."""
    for action in window.findChildren(QAction):
        alone = action.shortcutContext() in _OF_WINDOW and action.isEnabled()
        for keys in action.shortcuts():
            yield keys.toString(_TEXT), action, alone
    for shortcut in window.findChildren(QShortcut):
        parent = shortcut.parent()
        reaches = isinstance(parent, QWidget) and parent.isVisibleTo(window)
        alone = reaches and shortcut.context() in _OF_WINDOW
        yield shortcut.key().toString(_TEXT), shortcut, alone


def wrong_keys(window: QWidget) -> Iterator[str]:
    """Keys that two have, that an input method owns, or that no menu and no map shows."""
    found = [each for each in bound(window) if each[0]]
    count = Counter(keys for keys, _, alone in found if alone)
    yield from (f"ambiguous {keys}" for keys, number in count.items() if number > 1)
    known = {command.sequence().toString(_TEXT) for command in COMMANDS}
    for keys, holder, _ in found:
        in_menu = isinstance(holder, QAction) and any(
            isinstance(each, QMenu) for each in holder.associatedObjects()
        )
        if is_forbidden(keys):
            yield f"forbidden {keys}"
        if keys not in known and not in_menu:
            yield f"shown nowhere {keys} of {type(holder.parent()).__name__}"
