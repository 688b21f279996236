"""A field that names another record: type to search, or create what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPalette,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets.texts import SignedLine

Found = tuple[Any, str, str]  # id, title, subtitle
_ID = Qt.ItemDataRole.UserRole
_SUBTITLE = Qt.ItemDataRole.UserRole + 1
_CREATE = Qt.ItemDataRole.UserRole + 2


class _TwoLines(QStyledItemDelegate):
    """A title and, in the tone of a side note, a subtitle."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, theme().px(40 if index.data(_SUBTITLE) else 30))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.highlight())
        box: QRect = option.rect.adjusted(10, 2, -10, -2)
        subtitle = index.data(_SUBTITLE) or ""
        create = bool(index.data(_CREATE))
        painter.setFont(theme().font("body"))
        role = QPalette.ColorRole.Link if create else QPalette.ColorRole.Text
        painter.setPen(option.palette.color(role))
        title = painter.fontMetrics().elidedText(
            index.data() or "", Qt.TextElideMode.ElideRight, box.width()
        )
        if subtitle:
            half = box.height() // 2
            upper = QRect(box.x(), box.y(), box.width(), half)
            painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, title)
            painter.setFont(theme().font("small"))
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            shown = painter.fontMetrics().elidedText(
                subtitle, Qt.TextElideMode.ElideRight, box.width()
            )
            lower = QRect(box.x(), box.y() + half, box.width(), half)
            painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, shown)
        else:
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()


class LinkField(SignedLine):
    """Holds the id of another record and shows its title.

    `search(text)` gives rows (id, title, subtitle), or None when they will come later through
    `show_results`. With `can_create`, an unknown name is offered to be created and told by
    `create_wanted`; the owner creates it and calls `set_value`.
    """

    changed = Signal(object)
    create_wanted = Signal(str)

    def __init__(
        self,
        search: Callable[[str], Sequence[Found] | None],
        *,
        value: Any = None,
        title: str = "",
        can_create: bool = False,
        name: str = "",
        placeholder: str = "",
        delay: int = 120,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("search", parent)
        self._search = search
        self._can_create = can_create
        self._value: Any = None
        self._title = ""
        self.setAccessibleName(name)
        self._own_placeholder = not placeholder
        self.setPlaceholderText(placeholder or tr("common.type_to_search"))
        self.setClearButtonEnabled(True)
        self._rows = QStandardItemModel(self)
        self._completer = QCompleter(self._rows, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWrapAround(False)  # else Down from the last row leads to none
        self._completer.setWidget(self)
        self._popup = QListView()
        self._popup.setAccessibleName(self.placeholderText())
        self._completer.setPopup(self._popup)
        self._popup.setItemDelegate(_TwoLines(self._popup))
        self._completer.activated[QModelIndex].connect(self._chosen)  # type: ignore[index]
        self._timer = QTimer(self, singleShot=True, interval=delay)
        self._timer.timeout.connect(self._ask)
        self.textEdited.connect(lambda _text: self._timer.start())
        self.set_value(value, title)

    def value(self) -> Any:
        """The id of the record; None for none."""
        return self._value

    def title(self) -> str:
        """The title of the record."""
        return self._title

    def set_value(self, value: Any, title: str = "") -> None:
        """Show a record without telling anyone."""
        self._value = value
        self._title = title if value is not None else ""
        self.setText(self._title)
        self.setCursorPosition(0)

    def has_unread_text(self) -> bool:
        """Whether something is typed that names no record yet."""
        return self.isModified() and self.text().strip() != self._title

    def unread_text(self) -> str:
        """What is typed and names no record yet."""
        return self.text().strip() if self.has_unread_text() else ""

    def show_results(self, text: str, rows: Sequence[Found]) -> None:
        """Offer what was found for `text`; ignored when something else is typed by now."""
        if text != self.text().strip() or not self.hasFocus():
            return
        self._rows.clear()
        for key, title, subtitle in rows:
            item = QStandardItem(title)
            item.setData(key, _ID)
            item.setData(subtitle, _SUBTITLE)
            self._rows.appendRow(item)
        known = {title.casefold() for _, title, _ in rows}
        if self._can_create and text and text.casefold() not in known:
            item = QStandardItem(tr("common.create_named", name=text))
            item.setData(text, _CREATE)
            self._rows.appendRow(item)
        elif not rows:
            item = QStandardItem(tr("common.no_match"))
            item.setEnabled(False)
            self._rows.appendRow(item)
        self._popup.setMinimumWidth(max(self.width(), theme().px(260)))
        self._completer.complete()
        self._popup.setCurrentIndex(self._rows.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        open_popup = self._popup.isVisible()
        if open_popup and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._popup.hide()
            self._chosen(self._popup.currentIndex())
        elif event.key() == Qt.Key.Key_Down and not open_popup:
            self._ask()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self._popup.hide()
            self.set_value(self._value, self._title)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        self._timer.stop()
        if not self.text().strip() and self._value is not None:
            self.set_value(None)
            self.changed.emit(None)
        elif not self._can_create:
            self.set_value(self._value, self._title)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._own_placeholder:
            self.setPlaceholderText(tr("common.type_to_search"))

    def _ask(self) -> None:
        text = self.text().strip()
        rows = self._search(text)
        if rows is not None:
            self.show_results(text, rows)

    def _chosen(self, index: QModelIndex) -> None:
        wanted = index.data(_CREATE)
        if wanted:
            self.create_wanted.emit(wanted)
            return
        key = index.data(_ID)
        if key is None:
            return
        before = self._value
        self.set_value(key, index.data())
        if key != before:
            self.changed.emit(key)
