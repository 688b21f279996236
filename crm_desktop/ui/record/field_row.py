"""One field of a record: its name, its value at rest, its input while edited, its problem."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from crm_desktop.domain import phones, taxnumber
from crm_desktop.domain.birthdays import next_occurrence
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Ref
from crm_desktop.domain.parts import bare, is_names
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.standing import JUDGED
from crm_desktop.ui.context import sentence
from crm_desktop.ui.formats import day_near, due_colour
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.editors import Editor, is_wide
from crm_desktop.ui.record.shown import PHONES, field_name, point_text
from crm_desktop.ui.record.value_line import INSET, Piece, ValueLine, url_of
from crm_desktop.ui.theme import icon, theme
from crm_desktop.ui.widgets import PlainLabel, Stars, TwoLineLabel
from crm_desktop.ui.widgets.wrapping import line_height

STARS = {"influence": 3, "satisfaction": 5, **dict.fromkeys(JUDGED, 5)}
NAME_WIDTH = 96
_WRAPPED = (FieldType.LONG_TEXT, FieldType.ADDRESSES, FieldType.PARTS)


class FieldRow(QWidget):
    """Edits one field in place. Nothing comes in under the user's hands."""

    filled_changed = Signal()

    def __init__(
        self,
        editing: Editing,
        field: Field,
        *,
        icon_name: str = "",
        name_width: int = NAME_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._editing = editing
        self._value: Any = None
        self._attempt: Any = None  # what was refused, offered again at the next click
        self._refused = False
        self._editor: Editor | None = None
        self.name = field_name(editing.kind, field)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._icon, self._name_width = icon_name, name_width
        self._label = TwoLineLabel("" if icon_name else self.name, role="small", tone="muted")
        self._mark = QLabel()
        shown = self._mark if icon_name else self._label
        self._grid.addWidget(shown, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._editable = field.writable
        self.line = ValueLine(self.name, editable=self._editable)
        self._live = self._live_input()
        if self._live is not None:
            stand = QHBoxLayout()
            stand.setContentsMargins(INSET if isinstance(self._live, QCheckBox) else 3, 0, 0, 0)
            stand.addWidget(self._live)
            stand.addStretch(1)
            self._grid.addLayout(stand, 0, 1)
        self._grid.addWidget(self.line, 0, 1)
        self.line.setVisible(self._live is None)
        self.line.edit_wanted.connect(self.edit)
        self.line.opened.connect(self._open_link)
        self.line.copied.connect(
            lambda text: editing.context.window.toast(tr("field_editor.copied", what=text))
        )
        self._problem = _Problem()
        self._grid.addWidget(self._problem, 2, 0, 1, 2)
        self._problem.hide()
        self._belonging: PlainLabel | None = None
        self._resize()
        theme().changed.connect(self._resize)
        self._show()

    # ---- the value

    @property
    def value(self) -> Any:
        """What is shown now."""
        return self._attempt if self._refused else self._value

    @property
    def is_editing(self) -> bool:
        """Whether the user is in the input."""
        return self._editor is not None

    @property
    def filled(self) -> bool:
        """Whether there is something to see; a no is nothing."""
        return self.value not in (None, (), "", False)

    @property
    def held(self) -> bool:
        """Whether there is a value, be it a no, or one is being given."""
        return self.is_editing or self.value not in (None, (), "")

    def set_value(self, value: Any) -> None:
        """Show what is stored now; what the user is at stays."""
        changed = value != self._value
        self._value = value
        if self._refused or (not changed and self._editor is not None):
            return
        self._show()

    def forget(self) -> None:
        """Another record comes: drop what belongs to the last one."""
        self._refused, self._attempt = False, None
        if self._editor is not None:
            self._close_editor(0)
        self.show_problem("")

    def has_unsaved_text(self) -> bool:
        """Whether something is typed that is not stored."""
        return self._editor is not None and self._editor.has_unsaved_text()

    # ---- editing

    def edit(self, at: QPoint | None = None) -> None:
        """Open the input; the caret goes to the global point `at`."""
        if self._editor is not None or not self._editable:
            return
        if isinstance(self._live, QCheckBox | Stars):
            self._live.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        editor = self._editing.editor(self.field, self.value)
        self._editor = editor
        if is_wide(self.field):
            self._grid.addWidget(editor, 1, 0, 1, 2)
        else:
            self._grid.addWidget(editor, 0, 1)
        self.line.hide()
        QWidget.setTabOrder(self.line, editor)
        editor.finished.connect(self._finished)
        editor.cancelled.connect(self._cancelled)
        editor.refused.connect(self.show_problem)
        editor.show()
        editor.start(at)

    def leave(self) -> bool:
        """Store what is being typed; False where it cannot be read."""
        return self._editor is None or self._editor.leave(0)

    def show_problem(self, text: str, *, soft: bool = False) -> None:
        """Say below the field what to look at; "" takes it away."""
        self._problem.show_text(text, soft=soft)
        self.line.setAccessibleDescription(text)

    def show_belonging(self, what: str) -> None:
        """Say below a field that is shown for its value alone what it belongs to; "" for none."""
        if self._belonging is None:
            if not what:
                return
            self._belonging = PlainLabel(role="small", tone="muted", wrap=True)
            self._belonging.setContentsMargins(INSET, 0, 0, 4)
            self._grid.addWidget(self._belonging, 3, 1)
        self._belonging.setText(tr("record_page.belongs", what=what) if what else "")
        self._belonging.setToolTip(tr("record_page.belongs_about") if what else "")
        self._belonging.setVisible(bool(what))
        stands_there = self._live or self.line
        stands_there.setAccessibleDescription(self._belonging.text())

    def _finished(self, step: int) -> None:
        assert self._editor is not None
        value = self._editor.value()
        self._close_editor(step)
        changed = _plain(self.field, value) != _plain(self.field, self.value)
        if changed or self._refused:
            self._save(value)
        self.filled_changed.emit()

    def _cancelled(self) -> None:
        self._refused, self._attempt = False, None
        self._close_editor(0, keep_focus=True)
        self.show_problem("")
        self._show()

    def _close_editor(self, step: int, *, keep_focus: bool = False) -> None:
        editor, self._editor = self._editor, None
        assert editor is not None
        focus = QApplication.focusWidget()
        held = focus is not None and (focus is editor or editor.isAncestorOf(focus))
        self.line.show()
        if held or keep_focus or step:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.hide()
        editor.deleteLater()
        if step:
            self.line.focusNextPrevChild(step > 0)

    def _save(self, value: Any) -> None:
        self._refused, self._attempt = False, None
        before = self._value
        self._value = self._editing.shown_link(self.field, value)
        self._show()
        self.show_problem("")

        record = self._editing.record_id

        def refused(trouble: Refused) -> None:
            if self._editing.record_id != record:  # the user is elsewhere by now
                self._editing.context.window.tell(trouble)
                return
            self._value, self._attempt, self._refused = before, self.value, True
            self.show_problem(_sentence_for(trouble, self.field.key))

        def saved() -> None:
            if self._editing.record_id != record:
                return
            soft = _soft_problem(self.field, value)
            self.show_problem(soft, soft=True)

        self._editing.save(self.field.key, value, saved=saved, refused=refused)

    # ---- how it looks at rest

    def _live_input(self) -> QWidget | None:
        if not self._editable:
            return None
        if self.field.type is FieldType.BOOLEAN:
            box = QCheckBox()
            box.setAccessibleName(self.name)
            box.clicked.connect(self._save)
            return box
        if self.field.key in STARS and self.field.type is FieldType.INTEGER:
            stars = Stars(most=STARS[self.field.key], name=self.name)
            stars.changed.connect(lambda count: self._save(count or None))
            return stars
        return None

    def _show(self) -> None:
        value = self.value
        if isinstance(self._live, QCheckBox):
            self._live.setChecked(bool(value))
        elif isinstance(self._live, Stars):
            self._live.set_value(value or 0)
        else:
            empty = tr("field_editor.add") if self._editable else tr("common.none")
            wrap = self.field.type in _WRAPPED and not is_names(self.field)
            self.line.show_pieces(self._pieces(value), empty, wrap=wrap)

    def _pieces(self, value: Any) -> tuple[Piece, ...]:
        shown, field = self._editing.shown, self.field
        if value in (None, (), ""):
            return ()
        match field.type:
            case FieldType.POINTS:
                return tuple(
                    Piece(point_text(field, one), copy=one, url=url_of(field, one)) for one in value
                )
            case FieldType.ADDRESSES:
                return tuple(Piece(one.text(), copy=one.text()) for one in value)
            case FieldType.TAGS:
                return tuple(Piece(one, chip="teal") for one in value)
            case FieldType.PARTS:
                chip = "grey" if is_names(field) else ""
                return tuple(Piece(shown.part(one), chip=chip) for one in value)
            case FieldType.CHOICE | FieldType.CHOICES:
                items = [shown.item(i) for i in (value if isinstance(value, tuple) else (value,))]
                return tuple(
                    Piece(shown.item_text(item.id), chip=item.color or "grey")
                    for item in items
                    if item is not None
                )
            case FieldType.NEXT_STEP:
                return (
                    Piece(shown.step_text(value), chip=due_colour(value.day, shown.today)),
                    Piece(value.subject),
                )
            case FieldType.LINK:
                return (Piece(shown.text(self._editing.kind, field, value), opens=True),)
            case FieldType.BIRTHDAY:
                rules = self._editing.context.services.business.birthday_rules()
                day = next_occurrence(value, shown.today, rules)
                plain = shown.text(self._editing.kind, field, value)
                if day is None:
                    return (Piece(plain),)
                return Piece(plain), Piece(tr("common.next_time", day=day_near(day, shown.today)))
        return (Piece(shown.text(self._editing.kind, field, value, self._editing.currency)),)

    def _open_link(self) -> None:
        if isinstance(self._value, Ref):
            self._editing.context.navigator.go(Place.record(self._value.kind, self._value.id))

    def _resize(self) -> None:
        # With an icon the name is still there for screen readers and as a tooltip.
        width = theme().px(24 if self._icon else self._name_width)
        lines = 2 if self._label.needs_two(width) else 1
        height = max(theme().px(28), line_height(self._label.font()) * lines + 4)
        self._label.setFixedSize(width, height)
        if self._icon:
            self._mark.setToolTip(self.name)
            side = theme().px(16)
            self._mark.setPixmap(icon(self._icon, "muted").pixmap(side, side))
            self._mark.setFixedSize(theme().px(24), theme().px(28))


class _Problem(QWidget):
    """A sentence with its mark, red, or amber where it was saved all the same."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 0, 4)
        row.setSpacing(6)
        self._mark = QLabel()
        self._text = PlainLabel("", role="small", tone="danger", wrap=True)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def show_text(self, text: str, *, soft: bool) -> None:
        """Say it, or nothing for ""."""
        self._text.setText(text)
        self._text.set_tone("text" if soft else "danger")
        token, name = ("chip.amber", "triangle-alert") if soft else ("danger", "circle-alert")
        side = theme().px(14)
        self._mark.setPixmap(icon(name, token).pixmap(side, side))
        self.setVisible(bool(text))


def _plain(field: Field, value: Any) -> Any:
    """A value as inputs give it: links as ids, nothing as None."""
    if field.type is FieldType.LINK and isinstance(value, Ref):
        return value.id
    if field.type is FieldType.PARTS:
        return tuple(map(bare, value or ())) or None
    return value if value not in ((), "") else None


def _soft_problem(field: Field, value: Any) -> str:
    """What to look at although it was stored."""
    found = None
    if field.type is FieldType.POINTS and field.point in PHONES:
        found = next((p for one in value or () if (p := phones.problem(one))), None)
    elif field.key == "tax_number" and value:
        found = taxnumber.problem(value)
    return sentence(found) if found is not None else ""


def _sentence_for(trouble: Refused, key: str) -> str:
    """The sentence of the problem of this field, else that of the refusal."""
    problems = trouble.args_for_words.get("problems", [])
    mine = next((problem for problem in problems if problem.field == key), None)
    return sentence(mine if mine is not None else trouble)
