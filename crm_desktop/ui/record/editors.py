"""The right input for every type of field, and when the user is through with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.money import CURRENCIES
from crm_desktop.domain.parts import Part, is_names
from crm_desktop.domain.schema import TITLE_KEYS
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import day_input, number, sign
from crm_desktop.ui.item_options import item_options
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.part_rows import PartsField, part_links
from crm_desktop.ui.record.several import AddressesField, PointsField
from crm_desktop.ui.record.shown import field_name, state_name
from crm_desktop.ui.record.typed import Typed, due_input
from crm_desktop.ui.widgets import (
    BirthdayField,
    ChoiceField,
    ChoicesField,
    DateField,
    LinkField,
    LinksField,
    MoneyField,
    Option,
    ParsedField,
    PercentField,
    Popover,
    TagsField,
    TextArea,
)

_WIDE = (
    FieldType.LONG_TEXT,
    FieldType.POINTS,
    FieldType.ADDRESSES,
    FieldType.TAGS,
    FieldType.CHOICES,
    FieldType.BIRTHDAY,
    FieldType.PARTS,
)


class Editor(QWidget):
    """One field being edited. It says once that it is `finished` or `cancelled`.

    `finished` carries where the keyboard goes: 1 to the next field, -1 back, 0 stays as it is.
    """

    finished = Signal(int)
    cancelled = Signal()
    refused = Signal(str)

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inner = inner
        self._over = False
        self._reading = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inner)
        self.setFocusProxy(inner)
        inner.installEventFilter(self)
        for name, told in (
            ("refused", self.refused.emit),
            ("submitted", lambda: self.leave(1)),
            ("cancelled", self.cancel),
        ):
            signal = getattr(inner, name, None)
            if signal is not None:
                signal.connect(told)
        if isinstance(inner, TextArea):
            inner.finished.connect(lambda: self.leave(1))
        elif isinstance(inner, ChoiceField | LinkField | DateField):
            inner.changed.connect(lambda _value: self.leave(0))
        application = cast(QApplication, QApplication.instance())
        application.focusChanged.connect(self._focus_moved)

    def value(self) -> Any:
        """What is written or chosen, as the field holds it; None when empty."""
        if isinstance(self.inner, TextArea):
            return self.inner.text().strip() or None
        value = self.inner.value()  # type: ignore[attr-defined]
        return value if value not in ((), "") else None

    def has_unsaved_text(self) -> bool:
        """Whether something was typed since the editor opened."""
        if isinstance(self.inner, TextArea):
            return self.inner.has_unread_text()
        lines = [self.inner] if isinstance(self.inner, QLineEdit) else []
        return any(line.isModified() for line in (*lines, *self.findChildren(QLineEdit)))

    def start(self, at: QPoint | None = None) -> None:
        """Take the keyboard; the caret goes to the global point `at`, else to the end."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.inner, TextArea):
            cursor = self.inner.textCursor()
            if at is not None:
                cursor = self.inner.cursorForPosition(self.inner.viewport().mapFromGlobal(at))
            else:
                cursor.movePosition(cursor.MoveOperation.End)
            self.inner.setTextCursor(cursor)
        elif isinstance(self.inner, ChoiceField) and not self.inner.isEditable():
            QTimer.singleShot(0, self.inner, self.inner.showPopup)
        else:
            line = self.inner if isinstance(self.inner, QLineEdit) else QApplication.focusWidget()
            if isinstance(line, QLineEdit) and self.isAncestorOf(line):
                end = len(line.text())
                place = line.cursorPositionAt(line.mapFromGlobal(at)) if at is not None else end
                line.setCursorPosition(place)

    def leave(self, step: int) -> bool:
        """The user is through: read what is typed. False where it cannot be read (it stays)."""
        if self._over or self._reading:
            return True
        if isinstance(self.inner, ParsedField):
            self._reading = True  # a day that is read tells of itself, as one that is picked does
            understood = self.inner.read()
            self._reading = False
            if not understood:
                return False
        if isinstance(self.inner, PartsField) and not self.inner.read():
            return False
        if isinstance(self.inner, LinkField | LinksField) and self.inner.has_unread_text():
            text = self.inner.unread_text()
            if text:
                self.refused.emit(tr("field_editor.choose_or_create", text=text))
                return False
            if isinstance(self.inner, LinkField):
                self.inner.set_value(None)
        self._over = True
        self.finished.emit(step)
        return True

    def cancel(self) -> None:
        """Drop what was typed here."""
        if not self._over:
            self._over = True
            self.cancelled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            line = isinstance(self.inner, QLineEdit)
            step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
            if event.key() == Qt.Key.Key_Escape:
                self.cancel()
                return True
            if step is not None and (line or isinstance(self.inner, TextArea | ChoiceField)):
                self.leave(step)
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and isinstance(self.inner, ParsedField):
                self.leave(1)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave(1)
        else:
            super().keyPressEvent(event)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._over or new is None or not _within(old, self) or _within(new, self):
            return
        mine = _up(self)
        if any(isinstance(each, Popover) and each not in mine for each in _up(new)):
            return  # the calendar of a date field: the day comes back to it
        self.leave(0)


def _up(widget: QWidget | None) -> list[QWidget]:
    """The widget and all its parents, through the borders of pop-up windows."""
    found: list[QWidget] = []
    while widget is not None:
        found.append(widget)
        widget = widget.parentWidget()
    return found


def _within(widget: QWidget | None, owner: QWidget) -> bool:
    return owner in _up(widget)


def is_wide(field: Field) -> bool:
    """Whether the input needs the whole width, below the name of its field."""
    return field.type in _WIDE


class EditorFactory:
    """Makes the input for a field of one kind."""

    def __init__(self, context: Context, kind: Kind) -> None:
        self._context = context
        self._kind = kind
        self._typed = Typed(context.clock)

    def make(self, field: Field, value: Any, *, currency: str = "", pipeline: Any = None) -> Editor:
        """An input showing `value`; `pipeline` says whose stages come first."""
        name = field_name(self._kind, field)
        if field.type is FieldType.PARTS and not is_names(field):

            def piece(of: Field, held: Any, called: str) -> QWidget:
                return self.input(of, held, called, currency)

            return Editor(PartsField(field, value or (), piece, name=name))
        return Editor(self.input(field, value, name, currency, pipeline))

    def input(
        self, field: Field, value: Any, name: str, currency: str = "", pipeline: Any = None
    ) -> QWidget:
        """The same without what is around it, called `name`."""
        typed, today = self._typed, self._context.clock.today
        match field.type:
            case FieldType.LONG_TEXT:
                return TextArea(value or "", name=name, rows=3)
            case FieldType.INTEGER:
                return ParsedField(typed.integer, str, value=value, name=name)
            case FieldType.NUMBER:
                return ParsedField(typed.amount, number, value=value, name=name)
            case FieldType.UNIT_PRICE:
                return MoneyField(typed.amount, number, value=value, name=name)
            case FieldType.MONEY:
                hint = sign(currency) if currency else ""
                return MoneyField(typed.amount, value=value, name=name, placeholder=hint)
            case FieldType.PERCENT:
                return PercentField(typed.percent, value=value, name=name)
            case FieldType.DATE:
                hint = tr("field_editor.date_hint")
                return DateField(
                    typed.date, day_input, today=today, value=value, name=name, placeholder=hint
                )
            case FieldType.DUE:
                hint = tr("field_editor.due_hint")
                return ParsedField(typed.due, due_input, value=value, name=name, placeholder=hint)
            case FieldType.CURRENCY:
                codes = [Option(code, code) for code in CURRENCIES]
                return ChoiceField(codes, value=value, required=True, searchable=True, name=name)
            case FieldType.STATE:
                states = [Option(state, state_name(self._kind, state)) for state in field.states]
                return ChoiceField(states, value=value, required=True, name=name)
            case FieldType.CHOICE | FieldType.CHOICES:
                return self._choice(field, value, name, pipeline)
            case FieldType.LINK:
                return self._link(field, value, name)
            case FieldType.PARTS:
                return self._links(field, value or (), name)
            case FieldType.POINTS:
                return PointsField(value or (), name)
            case FieldType.ADDRESSES:
                return AddressesField(value or ())
            case FieldType.TAGS:
                return TagsField(value or (), known=self._known_tags, name=name)
            case FieldType.BIRTHDAY:
                rules = self._context.services.business.birthday_rules()
                return BirthdayField(value, today=today, rules=rules, name=name)
        return ParsedField(str.strip, str, value=value, name=name)

    def _choice(self, field: Field, value: Any, name: str, pipeline: Any) -> QWidget:
        lists = self._context.services.lists
        items = list(lists.items(field.list_key))
        chosen = value if isinstance(value, tuple) else (value,)
        # A retired item stays with the records that have it.
        for item in lists.all_items(field.list_key):
            if item.id in chosen and item not in items:
                items.append(item)
        options = item_options(lists, items, first=pipeline)
        if field.type is FieldType.CHOICES:
            return ChoicesField(options, value=value or (), name=name)
        many = len(options) > 12
        required = field.key == "stage"
        return ChoiceField(options, value=value, name=name, searchable=many, required=required)

    def _link(self, field: Field, value: Any, name: str) -> QWidget:
        assert field.link is not None
        kind = field.link
        link = LinkField(
            self._search(kind),
            value=value.id if isinstance(value, Ref) else value,
            title=value.title if isinstance(value, Ref) else "",
            can_create=kind in _CREATED_BY_NAME,
            name=name,
        )

        def made(record_id: int, text: str) -> None:
            link.set_value(record_id, text)
            link.changed.emit(record_id)

        link.create_wanted.connect(lambda text: self._create(kind, text, link, made))
        return link

    def _links(self, field: Field, value: tuple[Part, ...], name: str) -> QWidget:
        """Parts that are nothing but other records."""
        assert field.link is not None
        kind = field.link
        links = part_links(field, value, self._search(kind), name=name, can_create=True)
        links.create_wanted.connect(lambda text: self._create(kind, text, links, links.add))
        return links

    def _search(self, kind: Kind) -> Callable[[str], list[tuple[int, str, str]]]:
        """What is offered while one types: of our people those who are with us now."""
        records = self._context.services.records

        def search(text: str) -> list[tuple[int, str, str]]:
            found = records.find_links(kind, text, present=True)
            return [(one.ref.id, one.ref.title, one.subtitle) for one in found]

        return search

    def _create(
        self, kind: Kind, text: str, into: QWidget, take: Callable[[int, str], None]
    ) -> None:
        """Make the record that was typed and take it; the name alone is enough."""
        records = self._context.services.records

        def made(record_id: int) -> None:
            if isValid(into):  # the field may have been left meanwhile
                take(record_id, text)

        self._context.jobs.run_writer(
            lambda _progress: records.create(kind, {TITLE_KEYS[kind]: text}), made
        )

    def _known_tags(self) -> list[str]:
        tags: Any = getattr(self._context.services, "tags", None)
        known: Callable[[], Any] | None = getattr(tags, "all", None)
        return [str(getattr(tag, "name", tag)) for tag in known()] if known is not None else []


_CREATED_BY_NAME = (Kind.COMPANY, Kind.PERSON, Kind.PRODUCT, Kind.STAFF, Kind.OPPORTUNITY)
