"""Today before its book is open: as it was prepared, to be seen but not yet touched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from crm_desktop.domain.clock import Clock
    from crm_desktop.domain.lists import Item
    from crm_desktop.domain.morning import Foreseen
    from crm_desktop.ui.context import Context
    from crm_desktop.ui.shell.window import MainWindow
    from crm_desktop.ui.today.page import TodayPage

_TOUCHING = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.ContextMenu,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
    }
)


class _KnownItems:
    """Of the services, the one thing that rows ask while they are painted."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = {item.id: item for item in items}

    @property
    def lists(self) -> _KnownItems:
        return self

    def item(self, item_id: int | None) -> Item | None:
        return self._items.get(item_id) if item_id is not None else None


class Foresight(QObject):
    """From the first picture of the window until the services are there."""

    def __init__(self, window: MainWindow, context: Context, found: Foreseen) -> None:
        super().__init__(window)
        self._w = window
        self._context = context
        context.services = cast(Any, _KnownItems(found.items))
        self._page = cast("TodayPage", window.area.foresee("today", context))
        self._page.foretell(found.morning)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def come_true(self, services: Any, clock: Clock) -> Context:
        """The book is open: what is shown can be used, and is read again."""
        self._end()
        self._context.services, self._context.clock = services, clock
        return self._context

    def fail(self) -> None:
        """There is no book to show."""
        self._end()
        self._w.area.drop_pages()

    def _end(self) -> None:
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep mouse and keys from what has no book behind it yet."""
        return (
            event.type() in _TOUCHING
            and isinstance(watched, QWidget)
            and self._page.isAncestorOf(watched)
        )
