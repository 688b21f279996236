"""The lines of a sheet that came back: what differs, in sections, each with a tick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from crm_desktop.domain.imports import ImportProblem
from crm_desktop.domain.kinds import Ref
from crm_desktop.domain.problems import Problem
from crm_desktop.domain.roundtrip import CellChange, NewRow, RoundTrip, RoundTripChoices, Side
from crm_desktop.ui.context import sentence
from crm_desktop.ui.formats import number
from crm_desktop.ui.language import tr

SECTIONS = ("conflicts", "edits", "blanks", "new_rows", "missing", "problems")
COLUMNS = ("take", "row", "record", "field", "book", "sheet")
TAKE, BOOK, SHEET = (COLUMNS.index(name) for name in ("take", "book", "sheet"))
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; a heading has nothing but its section and how many follow."""

    section: str
    what: CellChange | NewRow | Ref | ImportProblem | int

    @property
    def is_heading(self) -> bool:
        """Whether it stands above a section."""
        return isinstance(self.what, int)


def lines_of(trip: RoundTrip) -> list[Line]:
    """All lines, section by section."""
    return list(_lines(trip))


def _lines(trip: RoundTrip) -> Iterator[Line]:
    for section in SECTIONS:
        several: tuple[Any, ...] = getattr(trip, section)
        if several:
            yield Line(section, len(several))
            yield from (Line(section, one) for one in several)


class LinesModel(QAbstractTableModel):
    """The lines, and which of them are taken over."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.choices = RoundTripChoices()

    def show_trip(self, trip: RoundTrip | None, choices: RoundTripChoices) -> None:
        """Show the lines of another sheet."""
        self.beginResetModel()
        self.lines = lines_of(trip) if trip is not None else []
        self.choices = choices
        self.endResetModel()

    def taken(self, row: int) -> bool | None:
        """Whether a line is taken over; None where there is nothing to choose."""
        what = self.lines[row].what
        if isinstance(what, CellChange):
            return self.choices.takes(what)
        if isinstance(what, NewRow):
            return what.row not in self.choices.rows_left_out
        return what.id in self.choices.trash if isinstance(what, Ref) else None

    def take(self, rows: list[int], taken: bool) -> None:
        """Take lines over, or leave them."""
        for row in rows:
            what = self.lines[row].what
            if isinstance(what, CellChange):
                self._take_cell(what, taken)
            elif isinstance(what, NewRow):
                _put(self.choices.rows_left_out, what.row, not taken)
            elif isinstance(what, Ref):
                _put(self.choices.trash, what.id, taken)
        self.refresh()
        self.chosen.emit()

    def refresh(self) -> None:
        """Ticks may stand otherwise."""
        if self.lines:
            last = self.index(len(self.lines) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _take_cell(self, cell: CellChange, taken: bool) -> None:
        if cell.blanked and taken:
            self.choices.clear_one(cell)
        else:
            _put(self.choices.left_out, cell.place, not taken)
        if cell.conflict:
            self.choices.by_cell[cell.place] = Side.MINE if taken else Side.THEIRS

    # ---- what Qt asks

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.lines[index.row()].is_heading:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(line) if line.is_heading else text_of(line, COLUMNS[column])
        if role == Qt.ItemDataRole.ToolTipRole and not line.is_heading:
            return tooltip_of(line, COLUMNS[column])
        if role == Qt.ItemDataRole.AccessibleTextRole and column == TAKE:
            taken = self.taken(index.row())
            if taken is not None:
                return tr(f"roundtrip_page.{'taken' if taken else 'left'}")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            name = COLUMNS[section]
            return "" if name == "take" else tr(f"roundtrip_page.column.{name}")
        return None

    @staticmethod
    def heading(line: Line) -> str:
        """The words above a section."""
        count = line.what if isinstance(line.what, int) else 0
        return tr(f"roundtrip_page.section.{line.section}", count=count, number=number(count))


def text_of(line: Line, column: str) -> str:
    """What stands in a cell of the table."""
    what = line.what
    if isinstance(what, CellChange):
        return {
            "row": number(what.row),
            "record": what.record.title,
            "field": what.header,
            "book": _one_line(what.now),
            "sheet": _one_line(what.new) or tr("roundtrip_page.empty_cell"),
        }.get(column, "")
    if isinstance(what, NewRow):
        cells = _BETWEEN.join(f"{header} {_one_line(text)}" for header, text in what.texts)
        copied = tr("roundtrip_page.copied", name=what.copied) if what.copied else ""
        texts = {"row": number(what.row), "record": what.title, "book": copied, "sheet": cells}
        return texts.get(column, "")
    if isinstance(what, Ref):
        return what.title if column == "record" else ""
    if isinstance(what, ImportProblem):
        why = sentence(Problem(what.code, args=what.args))
        texts = {"row": number(what.row), "field": what.column, "book": why}
        return texts.get(column, "")
    return ""


def tooltip_of(line: Line, column: str) -> str:
    """The whole of a cell; of a conflict also what stood there at first."""
    text = text_of(line, column)
    what = line.what
    if isinstance(what, CellChange) and what.conflict and column in ("book", "sheet"):
        first = what.old or tr("roundtrip_page.empty_cell")
        return f"{text}\n{tr('roundtrip_page.first', value=first)}"
    return text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _put(several: set[Any], one: Any, inside: bool) -> None:
    (several.add if inside else several.discard)(one)
