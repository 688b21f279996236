"""A field that names several other records: each a chip, the next one found while one types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.ui.theme import theme, tokens
from crm_desktop.ui.widgets.chips import Chip
from crm_desktop.ui.widgets.keyboard import tab_from
from crm_desktop.ui.widgets.layouts import FlowLayout
from crm_desktop.ui.widgets.links import Found, LinkField

_SIGNS = (",", "，", "、", ";", "；")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LINE, _ROOM = 150, 5  # pixels at 100 %


class _NextLink(LinkField):
    """The line in which the next record is looked for."""

    wiped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = self.has_unread_text()
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.wiped.emit()
        elif typed and not self._popup.isVisible() and event.key() in _ENTER:
            self._ask()  # quicker than what is offered: nothing is taken unseen
        elif event.text() in _SIGNS and event.text():
            if self._popup.isVisible():
                self._popup.hide()
                self._chosen(self._popup.currentIndex())
        else:
            super().keyPressEvent(event)


class LinksField(QWidget):
    """Holds ids of other records; `search` as for a `LinkField`.

    Enter or a comma takes what is offered first, Backspace in the empty line takes the last away.
    `each` makes of an id and a title what `value()` gives; by itself the id.
    """

    changed = Signal(object)
    create_wanted = Signal(str)
    left = Signal()  # the keyboard went elsewhere

    def __init__(
        self,
        search: Callable[[str], Sequence[Found]],
        *,
        value: Iterable[tuple[Any, str]] = (),
        each: Callable[[Any, str], Any] | None = None,
        can_create: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._links: dict[Any, str] = dict(value)
        self._search = search
        self._each = each
        self._chips: list[Chip] = []
        self._boxed = False
        self._flow = FlowLayout(self, gap=6)
        self._line = _NextLink(self._free, can_create=can_create, name=name)
        self._line.setProperty("small", True)
        self._line.setMaximumWidth(theme().px(_LINE))
        self._line.changed.connect(self._chosen)
        self._line.create_wanted.connect(self.create_wanted)
        self._line.wiped.connect(lambda: self._take(dict(list(self._links.items())[:-1])))
        self._flow.addWidget(self._line)
        self.setFocusProxy(self._line)
        self._show()
        application = cast(QApplication, QApplication.instance())
        application.focusChanged.connect(self._focus_moved)

    @property
    def line(self) -> LinkField:
        """The line in which the next one is typed."""
        return self._line

    def value(self) -> tuple[Any, ...]:
        """The records named, in the order in which they were."""
        if self._each is None:
            return tuple(self._links)
        return tuple(self._each(key, title) for key, title in self._links.items())

    def titles(self) -> tuple[str, ...]:
        """What they are called."""
        return tuple(self._links.values())

    def add(self, key: Any, title: str) -> None:
        """One more, as if it had been chosen."""
        self._line.set_value(None)
        self._take({**self._links, key: title})

    def box_in(self) -> None:
        """Stand in a box of its own, over what is behind it."""
        self._boxed = True
        side = theme().px(_ROOM)
        self._flow.setContentsMargins(side, side, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._boxed:
            painter = QPainter(self)
            painter.setPen(QColor(tokens().border_strong))
            painter.setBrush(QColor(tokens().surface))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def has_unread_text(self) -> bool:
        """Whether something is typed that names no record yet."""
        return self._line.has_unread_text()

    def unread_text(self) -> str:
        """What is typed and names no record yet."""
        return self._line.text().strip() if self.has_unread_text() else ""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        tab_from(self, self._chips)  # its place in the ring is known only now

    def _free(self, text: str) -> list[Found]:
        return [one for one in self._search(text) if one[0] not in self._links]

    def _chosen(self, key: Any) -> None:
        if key is not None:
            self.add(key, self._line.title())

    def _take(self, links: dict[Any, str]) -> None:
        if links != self._links:
            self._links = links
            self._show()
            self.changed.emit(self.value())

    def _drop(self, key: Any) -> None:
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)  # before its chip takes it along
        self._take({one: title for one, title in self._links.items() if one != key})

    def _show(self) -> None:
        self._flow.drop_widgets(self._chips)
        self._chips = []
        for index, (key, title) in enumerate(self._links.items()):
            chip = Chip(title, closable=True)
            chip.closed.connect(lambda key=key: self._drop(key))
            self._flow.insert_widget(index, chip)
            self._chips.append(chip)
            chip.show()
        tab_from(self, self._chips)
        self.updateGeometry()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        inside = old is not None and self.isAncestorOf(old)
        if inside and new is not None and not self.isAncestorOf(new):
            self.left.emit()
