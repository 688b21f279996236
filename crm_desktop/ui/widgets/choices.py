"""Inputs of one or several values from a list, and of free tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QHelpEvent, QIcon, QKeyEvent, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme, tokens
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.chips import Chip
from crm_desktop.ui.widgets.layouts import FlowLayout
from crm_desktop.ui.widgets.texts import ElidedLine

_COMBO = QStyle.ComplexControl.CC_ComboBox
_ROW = 28  # the height of a row of the open list


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a list: what is stored, what is shown, and its colour."""

    value: Any
    text: str
    colour: str = ""


def colour_dot(colour: str) -> QIcon:
    """A round mark in a chip colour, for menus and lists."""
    side = 24
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens().chip(colour).solid))
    painter.drawEllipse(5, 5, side - 10, side - 10)
    painter.end()
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Selected)  # Qt would mix it with the ground of the row
    return made


class _Roomy(QStyledItemDelegate):
    """Rows of the list as high as those of a menu."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        return size.expandedTo(QSize(0, theme().px(_ROW)))


class ChoiceField(QComboBox):
    """One value of a list; None is offered as "not set" unless `required`.

    A value that the list no longer has stays and is shown as it is.
    """

    changed = Signal(object)

    def __init__(
        self,
        options: Sequence[Option] = (),
        *,
        value: Any = None,
        required: bool = False,
        searchable: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._required = required
        self._options: list[Option] = []
        self._shown: list[Option] = []  # as they stand in the list
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if searchable:
            line = ElidedLine(self)
            self.setLineEdit(line)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            completer = QCompleter(self.model(), self)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            self.setCompleter(completer)
            line.editingFinished.connect(self._typed)
        self.set_options(options)
        self.set_value(value)
        self.activated.connect(lambda _index: self._tell())
        theme().changed.connect(self._recolour)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other values; the chosen one stays."""
        value = self.value() if self._options else None
        self._options = list(options)
        if not self._required:
            self._options.insert(0, Option(None, tr("common.not_set")))
        self._fill(value)

    def value(self) -> Any:
        """What is chosen."""
        index = self.currentIndex()
        return self._options[index].value if 0 <= index < len(self._options) else None

    def set_value(self, value: Any) -> None:
        """Choose a value without telling anyone."""
        if value is not None and not any(o.value == value for o in self._options):
            self._options.append(Option(value, str(value)))
        self._fill(value)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and not self._required:
            self._options[0] = Option(None, tr("common.not_set"))
            self._fill(self.value())

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        # Qt would cut a long value in the middle of a letter.
        super().initStyleOption(option)
        part, whole = QStyle.SubControl.SC_ComboBoxEditField, option.currentText
        room = self.style().subControlRect(_COMBO, option, part, self).width()
        elide = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(whole, elide, room - 4)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and not self.toolTip():
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            if option.currentText != self.currentText() and isinstance(event, QHelpEvent):
                safe = self.currentText().replace("&", "&amp;").replace("<", "&lt;")
                QToolTip.showText(event.globalPos(), safe, self)
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Turning the wheel over a form must scroll the form, not change a value.
        event.ignore()

    def showPopup(self) -> None:
        # The open list is a window of its own: made for those that are opened.
        if not isinstance(self.itemDelegate(), _Roomy):
            self.setItemDelegate(_Roomy(self))
        super().showPopup()

    def _fill(self, value: Any) -> None:
        self.blockSignals(True)
        if self._shown != self._options:
            self._shown = list(self._options)
            self.clear()
            self.addItems([option.text for option in self._options])
            self._recolour()
        found = [i for i, option in enumerate(self._options) if option.value == value]
        self.setCurrentIndex(found[0] if found else -1 if self._required else 0)
        self.blockSignals(False)
        self._told = self.value()
        self._show_beginning()

    def _recolour(self) -> None:
        for index, option in enumerate(self._options):
            if option.colour:
                self.setItemIcon(index, colour_dot(option.colour))

    def _typed(self) -> None:
        text = self.currentText().strip().casefold()
        for index, option in enumerate(self._options):
            if option.text.casefold() == text:
                self.setCurrentIndex(index)
                self._tell()
                return
        # What is not in the list is not taken; the field says again what is chosen.
        self.setEditText(self.itemText(self.currentIndex()))

    def _show_beginning(self) -> None:
        """Of what is longer than the field, the first words are seen."""
        line = self.lineEdit()
        if line is not None and not line.hasFocus():
            line.setCursorPosition(0)

    def _tell(self) -> None:
        self._show_beginning()
        value = self.value()
        if value != self._told:
            self._told = value
            self.changed.emit(value)


class ChoicesField(QWidget):
    """Several values of a list, as chips; a menu with ticks adds more."""

    changed = Signal(object)

    def __init__(
        self,
        options: Sequence[Option] = (),
        *,
        value: Iterable[Any] = (),
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._options = list(options)
        self._value: tuple[Any, ...] = tuple(value)
        self._flow = FlowLayout(self, gap=6)
        self._add = Button(tr("common.add"), icon_name="plus", variant="quiet", small=True)
        self._menu = QMenu(self._add)
        self._menu.aboutToShow.connect(self._offer)
        self._add.setMenu(self._menu)
        self._flow.addWidget(self._add)
        self._chips: list[Chip] = []
        self.set_name(name)
        self.setFocusProxy(self._add)
        self._show()

    def set_name(self, name: str) -> None:
        """What a screen reader calls it; of several beside each other also what is added to."""
        self.setAccessibleName(name)
        self._add.setAccessibleDescription(name)

    def value(self) -> tuple[Any, ...]:
        """The chosen values, in the order of the list."""
        return self._value

    def set_value(self, value: Iterable[Any]) -> None:
        """Choose values without telling anyone."""
        self._value = tuple(value)
        self._show()

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other values."""
        self._options = list(options)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._add.setText(tr("common.add"))

    def _offer(self) -> None:
        self._menu.clear()
        for option in self._options:
            action = self._menu.addAction(option.text)
            action.setCheckable(True)
            action.setChecked(option.value in self._value)
            action.toggled.connect(lambda on, value=option.value: self._change(value, on))

    def _change(self, value: Any, on: bool) -> None:
        chosen = {*self._value, value} if on else {v for v in self._value if v != value}
        known = [option.value for option in self._options]
        extra = [v for v in self._value if v not in known and v in chosen]
        self._value = tuple([v for v in known if v in chosen] + extra)
        self._show()
        self.changed.emit(self._value)

    def _show(self) -> None:
        self._flow.drop_widgets(self._chips)
        self._chips = []
        shown = {option.value: option for option in self._options}
        for index, value in enumerate(self._value):
            option = shown.get(value, Option(value, str(value)))
            chip = Chip(option.text, colour=option.colour or "grey", closable=True)
            chip.closed.connect(lambda value=value: self._change(value, False))
            self._flow.insert_widget(index, chip)
            self._chips.append(chip)
        self.updateGeometry()


class _TagLine(QLineEdit):
    """The line in which a tag is typed."""

    wiped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.wiped.emit()
        elif event.text() in (",", "，", "、", ";", "；"):
            self.returnPressed.emit()
        else:
            super().keyPressEvent(event)


class TagsField(QWidget):
    """Free words as chips: Enter or a comma adds, Backspace in the empty line takes the last."""

    changed = Signal(object)

    def __init__(
        self,
        tags: Iterable[str] = (),
        *,
        known: Callable[[], Iterable[str]] = tuple,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tags: tuple[str, ...] = tuple(tags)
        self._known = known
        self._chips: list[Chip] = []
        self._flow = FlowLayout(self, gap=6)
        self._line = _TagLine()
        self._line.setProperty("small", True)
        self._line.setPlaceholderText(tr("common.add_tag"))
        self._line.setAccessibleName(name or tr("common.add_tag"))
        self._line.setMaximumWidth(theme().px(140))
        self._words = QStringListModel(self)
        completer = QCompleter(self._words, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._line.setCompleter(completer)
        self._line.textEdited.connect(lambda _text: self._words.setStringList(self._free()))
        self._line.returnPressed.connect(self._add)
        self._line.editingFinished.connect(self._add)
        self._line.wiped.connect(self._take_last)
        self._flow.addWidget(self._line)
        self.setFocusProxy(self._line)
        self._show()

    def value(self) -> tuple[str, ...]:
        """The tags."""
        return self._tags

    def set_value(self, tags: Iterable[str]) -> None:
        """Show other tags without telling anyone."""
        self._tags = tuple(tags)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._line.setPlaceholderText(tr("common.add_tag"))

    def _free(self) -> list[str]:
        return sorted(set(self._known()) - set(self._tags))

    def _add(self) -> None:
        tag = self._line.text().strip()
        self._line.clear()
        if tag and tag.casefold() not in {each.casefold() for each in self._tags}:
            self._take((*self._tags, tag))

    def _take_last(self) -> None:
        if self._tags:
            self._take(self._tags[:-1])

    def _take(self, tags: tuple[str, ...]) -> None:
        self._tags = tags
        self._show()
        self.changed.emit(tags)

    def _show(self) -> None:
        self._flow.drop_widgets(self._chips)
        self._chips = []
        for index, tag in enumerate(self._tags):
            chip = Chip(tag, colour="teal", closable=True)
            chip.closed.connect(
                lambda tag=tag: self._take(tuple(t for t in self._tags if t != tag))
            )
            self._flow.insert_widget(index, chip)
            self._chips.append(chip)
        self.updateGeometry()
