"""What hangs on a record: panels with a count, a few rows, and a line to add one more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.domain import schema
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.records import Row
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.places import rows_place
from crm_desktop.ui.record.shown import Shown
from crm_desktop.ui.widgets import (
    Card,
    ElidedLabel,
    IconButton,
    LinkButton,
    PlainLabel,
    SectionHeader,
)

MOST = 5


@dataclass(frozen=True, slots=True)
class Section:
    """Records of `kind` whose field `by` is the record shown; `side` are shown beside titles."""

    kind: Kind
    by: str
    side: tuple[str, ...] = ()
    creates: bool = True


_STATE = ("state",)
SECTIONS: dict[Kind, tuple[Section, ...]] = {
    Kind.PERSON: (
        Section(Kind.OPPORTUNITY, "person", ("stage", "amount")),
        Section(Kind.QUOTE, "person", ("state", "total"), creates=False),
        Section(Kind.CONTRACT, "person", _STATE, creates=False),
        Section(Kind.TICKET, "person", _STATE),
    ),
    Kind.COMPANY: (
        Section(Kind.PERSON, "company", ("title",)),
        Section(Kind.OPPORTUNITY, "company", ("stage", "amount")),
        Section(Kind.QUOTE, "company", ("state", "total"), creates=False),
        Section(Kind.CONTRACT, "company", _STATE, creates=False),
        Section(Kind.TICKET, "company", _STATE),
    ),
    Kind.OPPORTUNITY: (
        Section(Kind.QUOTE, "opportunity", ("state", "total"), creates=False),
        Section(Kind.CONTRACT, "opportunity", _STATE, creates=False),
    ),
    Kind.TICKET: (),
    Kind.PRODUCT: (Section(Kind.TICKET, "product", _STATE),),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a section holds: how many, and the first rows (title, then the sides)."""

    section: Section
    count: int
    rows: tuple[Row, ...]


def query_of(section: Section, ref: Ref) -> Query:
    """The records of a section."""
    return Query().also(Condition(section.by, Op.IS, ref.id))


def read_sections(context: Context, ref: Ref, sections: Sequence[Section]) -> list[Found]:
    """Read every section; runs in a reader thread."""
    records = context.services.records
    found = []
    for section in sections:
        query = query_of(section, ref)
        ids = records.ids(section.kind, query, MOST)
        known = {field.key for field in records.fields(section.kind)}
        sides = tuple(key for key in section.side if key in known)
        keys = (
            schema.TITLE_KEYS[section.kind],
            *sides,
            *(("currency",) if "currency" in known else ()),
        )
        rows = records.rows(section.kind, list(ids), keys)
        count = len(ids) if len(ids) < MOST else records.count(section.kind, query)
        found.append(Found(section, count, tuple(rows)))
    return found


class LinkRow(QWidget):
    """A record by its title, with a word beside; a click or Enter goes there."""

    opened = Signal()

    def __init__(self, title: str, side: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        label = ElidedLabel(title, tone="link")
        row.addWidget(label, 1)
        if side:
            beside = ElidedLabel(side, role="small", tone="muted")
            beside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(beside)
        self.setAccessibleName(tr("format.dot", one=title, other=side) if side else title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: Any) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit()


class Panel(Card):
    """One collapsible list of linked records."""

    opened = Signal(object)
    all_wanted = Signal()

    def __init__(
        self,
        words: Callable[[], str],
        create: Callable[[str], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._words = words
        self._create = create
        self._count = 0
        self.head = SectionHeader("", foldable=True)
        self.head.toggled.connect(self._fold)
        self.body.addWidget(self.head)
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.body.addWidget(self._inside)
        self.new_line = QLineEdit()
        self.new_line.hide()
        self.new_line.returnPressed.connect(self._submit)
        self.new_line.installEventFilter(self)
        self.body.addWidget(self.new_line)
        self.plus = IconButton("plus", "", small=True)
        self.plus.clicked.connect(self.start_new)
        self.plus.setVisible(create is not None)
        self.head.buttons.addWidget(self.plus)
        self._show_all = LinkButton()
        self._show_all.clicked.connect(self.all_wanted)
        self.body.addWidget(self._show_all)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        words = self._words()
        self.head.set_title(words, self._count)
        self.plus.set_name(tr("record_page.add_to", what=words))
        self.new_line.setPlaceholderText(tr("record_page.new_line"))
        self.new_line.setAccessibleName(tr("record_page.add_to", what=words))
        self._show_all.setText(tr("record_page.show_all", count=self._count))

    def show_rows(self, count: int, rows: Sequence[tuple[Ref, str]]) -> None:
        """Show these records: where a click goes (with the title), and what stands beside."""
        self._count = count
        while (item := self.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for ref, side in rows:
            row = LinkRow(ref.title, side)
            row.opened.connect(lambda ref=ref: self.opened.emit(ref))
            self.column.addWidget(row)
        if not rows:
            self.column.addWidget(PlainLabel(tr("record_page.none_yet"), tone="muted"))
        self._show_all.setVisible(count > len(rows) and self.head.is_open())
        self.retranslate()

    def start_new(self) -> None:
        """Open the line for one more."""
        self.head.set_open(True)
        self.new_line.show()
        self.new_line.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.new_line.clear()
            self.new_line.hide()
            self.plus.setFocus()
            return True
        return False

    def _submit(self) -> None:
        text = self.new_line.text().strip()
        if text and self._create is not None:
            self._create(text)
            self.new_line.clear()

    def _fold(self, is_open: bool) -> None:
        self._inside.setVisible(is_open)
        self._show_all.setVisible(is_open and self._show_all.isVisible())


class Related(QWidget):
    """All panels of one kind of record."""

    opened = Signal(object)

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.panels: dict[Kind, Panel] = {}
        for section in SECTIONS[editing.kind]:
            self._add(section)
        self.column.addStretch(1)

    def retranslate(self) -> None:
        """Set every word again."""
        for panel in self.panels.values():
            panel.retranslate()

    def show_found(self, found: Sequence[Found]) -> None:
        """Show what was read."""
        shown = self._editing.shown
        for each in found:
            panel = self.panels[each.section.kind]
            rows = [_row(shown, each.section, row) for row in each.rows]
            panel.show_rows(each.count, rows)
            # Papers are made by their own buttons: an empty panel would only take room.
            panel.setVisible(bool(each.count) or each.section.creates)

    def start_new(self, kind: Kind) -> None:
        """Open the line for a new linked record of `kind`."""
        self.panels[kind].start_new()

    def has_unsaved_text(self) -> bool:
        """Whether a name is being typed."""
        return any(panel.new_line.text().strip() for panel in self.panels.values())

    def _add(self, section: Section) -> None:
        words = f"kind.{section.kind.value}.plural"
        create = (lambda text: self._create(section, text)) if section.creates else None
        panel = Panel(lambda: tr(words), create)
        panel.opened.connect(self.opened)
        panel.all_wanted.connect(lambda: self._show_all(section))
        self.panels[section.kind] = panel
        self.column.addWidget(panel)

    def _create(self, section: Section, title: str) -> None:
        ref = self._editing.ref
        if ref is None:
            return
        services = self._editing.context.services
        values = {schema.TITLE_KEYS[section.kind]: title, section.by: ref.id}
        window = self._editing.context.window
        told = tr("record_page.created", name=title)
        if section.kind is Kind.TICKET:
            self._editing.write(
                lambda: services.tickets.open(values), lambda: window.toast(told, undo=True)
            )
        else:
            self._editing.write(
                lambda: services.records.create(section.kind, values),
                lambda: window.toast(told, undo=True),
            )

    def _show_all(self, section: Section) -> None:
        ref = self._editing.ref
        if ref is not None:
            place = rows_place(section.kind, query_of(section, ref))
            self._editing.context.navigator.go(place)


def _row(shown: Shown, section: Section, row: Row) -> tuple[Ref, str]:
    fields = {field.key: field for field in schema.FIELDS[section.kind]}
    sides = [key for key in section.side if key in fields]
    currency = str(row.values[-1] or "") if "currency" in fields else ""
    texts = [
        shown.text(section.kind, fields[key], value, currency)
        for key, value in zip(sides, row.values[1:], strict=False)
    ]
    title = str(row.values[0] or "")
    return Ref(section.kind, row.id, title), " · ".join(text for text in texts if text)
