"""Lines above a document: what keeps it from being sent, and what to look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.ui.widgets import Banner


class NotesBar(QWidget):
    """Banners by key; the same key replaces, an empty text takes away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._banners: dict[str, Banner] = {}
        self._said: dict[str, tuple[object, ...]] = {}
        self.hide()

    def say(
        self,
        key: str,
        text: str,
        *,
        kind: str = "amber",
        choices: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        """Show a line, or take it away for ""."""
        words = tuple(word for word, _ in choices)
        if self._said.get(key) == (text, words):
            return
        banner = self._banners.pop(key, None)
        self._said.pop(key, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        if text:
            run = {str(at): act for at, (_, act) in enumerate(choices)}
            actions = [(str(at), word) for at, word in enumerate(words)]
            banner = Banner(text, kind=kind, actions=actions)
            banner.acted.connect(lambda which: run[which]())
            self._column.addWidget(banner)
            self._banners[key] = banner
            self._said[key] = (text, words)
        self.setVisible(bool(self._banners))

    def text(self, key: str) -> str:
        """What is said under this key."""
        said = self._said.get(key)
        return str(said[0]) if said else ""

    def clear(self) -> None:
        """Another document comes."""
        for key in list(self._banners):
            self.say(key, "")
