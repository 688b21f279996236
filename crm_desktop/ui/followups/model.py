"""Follow-ups as lines of a list: headings that fold, and rows beneath them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_desktop.domain.agenda import AgendaItem, Section
from crm_desktop.ui.formats import due_colour, due_text, time_text
from crm_desktop.ui.language import tr

LINE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_COLOURS = {Section.OVERDUE: "red", Section.TODAY: "blue"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A section with how many it holds; folded ones show no rows."""

    section: Section
    count: int
    is_open: bool

    @property
    def title(self) -> str:
        """Its words."""
        return tr(f"followup_page.section_{self.section.value}")

    @property
    def colour(self) -> str:
        """The colour of its count."""
        return _COLOURS.get(self.section, "grey")


Line = Heading | AgendaItem


def due_chip(item: AgendaItem, today: date) -> tuple[str, str]:
    """Words and colour of the due chip: relative, red with a word when late."""
    if item.state == "done":
        return tr("followup_page.done"), "green"
    if item.due is None:
        return due_text(None, today), "grey"
    return due_text(item.due.day, today, item.due.time), due_colour(item.due.day, today)


def context_text(item: AgendaItem) -> str:
    """Person · company · what it is about."""
    parts = [ref.title for ref in (item.person, item.company, item.about) if ref is not None]
    return " · ".join(dict.fromkeys(part for part in parts if part))


def said(item: AgendaItem, today: date) -> str:
    """A row for a screen reader."""
    parts = [item.subject, context_text(item), due_chip(item, today)[0]]
    if item.due is not None and item.due.time is not None and item.due.day != today:
        parts.append(time_text(item.due.time))
    return tr("format.list_separator").join(part for part in parts if part)


class FollowupModel(QAbstractListModel):
    """Sections of follow-ups, shown one below the other."""

    def __init__(self, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self._sections: dict[Section, Sequence[AgendaItem]] = {}
        self._counts: dict[Section, int] = {}
        self._lines: list[Line] = []
        self.folded: set[Section] = set()
        self.struck: set[int] = set()
        self.expanded: int | None = None
        self.headings = True

    def set_sections(
        self,
        sections: dict[Section, Sequence[AgendaItem]],
        counts: dict[Section, int] | None = None,
    ) -> None:
        """Show other follow-ups; `counts` where only the first of a section are given."""
        self._sections = sections
        self._counts = counts or {section: len(items) for section, items in sections.items()}
        self.rebuild()

    def rebuild(self) -> None:
        """Lay the lines out again: a section was folded, the language changed."""
        self.beginResetModel()
        self._lines = []
        for section, items in self._sections.items():
            if not items:
                continue
            is_open = section not in self.folded
            if self.headings:
                self._lines.append(Heading(section, self._counts.get(section, len(items)), is_open))
            if is_open or not self.headings:
                self._lines.extend(items)
        self.endResetModel()

    def set_open(self, section: Section, is_open: bool) -> None:
        """Fold or unfold a section."""
        (self.folded.discard if is_open else self.folded.add)(section)
        self.rebuild()

    def line(self, row: int) -> Line | None:
        """What stands in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, activity_id: int) -> int | None:
        """Where a follow-up is shown."""
        for row, line in enumerate(self._lines):
            if isinstance(line, AgendaItem) and line.id == activity_id:
                return row
        return None

    def item(self, activity_id: int) -> AgendaItem | None:
        """A follow-up that is shown."""
        row = self.row_of(activity_id)
        line = None if row is None else self._lines[row]
        return line if isinstance(line, AgendaItem) else None

    def touch(self, activity_id: int, *, resized: bool = False) -> None:
        """A row looks different now."""
        row = self.row_of(activity_id)
        if row is not None:
            index = self.index(row, 0)
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.SizeHintRole] if resized else [])

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == LINE:
            return line
        heading = isinstance(line, Heading)
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title if isinstance(line, Heading) else line.subject
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(line, Heading):
                return tr("followup_page.heading", title=line.title, count=line.count)
            return said(line, self.today())
        if role == Qt.ItemDataRole.EditRole and not heading:
            return line.outcome if isinstance(line, AgendaItem) else None
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if isinstance(self.line(index.row()), AgendaItem):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags
