"""The lines of step 3: every problem and every row of a checked file, by what it needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from crm_desktop.domain.imports import ImportProblem, ImportReport, Outcome, RowOutcome
from crm_desktop.domain.problems import Problem
from crm_desktop.services.imports import Wishes
from crm_desktop.ui.context import sentence
from crm_desktop.ui.formats import number
from crm_desktop.ui.imports.draft import Draft
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import icon, theme

GROUPS = ("ready", "note", "fix", "here", "skipped", "out")
COLUMNS = ("row", "name", "column", "text", "what")
TEXT = COLUMNS.index("text")
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ICONS = {
    "ready": ("circle-check", "chip.green"),
    "note": ("triangle-alert", "chip.amber"),
    "fix": ("circle-alert", "chip.red"),
    "here": ("circle-check", "muted"),
    "skipped": ("eye-off", "muted"),
    "out": ("eye-off", "muted"),
}
_GROUPS = {Outcome.FAILED: "fix", Outcome.SAME: "here", Outcome.SKIPPED: "skipped"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a problem of a row, or a row without any."""

    row: int
    title: str
    group: str
    problem: ImportProblem | None = None
    text: str = ""
    outcome: Outcome | None = None

    @property
    def editable(self) -> bool:
        """Whether it is about the text of one cell."""
        return self.problem is not None and self.problem.column_index >= 0

    def what(self) -> str:
        """What is to be said about it."""
        if self.problem is not None:
            return sentence(Problem(self.problem.code, args=self.problem.args))
        return tr(f"import_page.outcome.{self.outcome.value if self.outcome else 'left_out'}")

    @property
    def told(self) -> tuple[str, int, str] | None:
        """Which problem of which text of which column; None where there is none."""
        one = self.problem
        return (one.code, one.column_index, self.text) if one is not None else None


class Shown(Sequence[Line]):
    """Lines of some rows. Those without a problem are made when they are looked at: a hundred
    thousand of them would be looked through at each search of the window for garbage."""

    def __init__(self, rows: Sequence[RowOutcome] = ()) -> None:
        self._rows = rows
        self._refs: list[int | Line] = []

    def add(self, ref: int | Line) -> None:
        """Add a line, or the row at this place."""
        self._refs.append(ref)

    def sort(self) -> None:
        """In the order of the rows."""
        rows = self._rows
        self._refs.sort(key=lambda ref: ref.row if isinstance(ref, Line) else rows[ref].row)

    def __len__(self) -> int:
        return len(self._refs)

    @overload
    def __getitem__(self, at: int) -> Line: ...

    @overload
    def __getitem__(self, at: slice) -> list[Line]: ...

    def __getitem__(self, at: int | slice) -> Line | list[Line]:
        if isinstance(at, slice):
            return list(map(self._line, self._refs[at]))
        return self._line(self._refs[at])

    def _line(self, ref: int | Line) -> Line:
        if isinstance(ref, Line):
            return ref
        one = self._rows[ref]
        return Line(one.row, one.title, _GROUPS.get(one.outcome, "ready"), outcome=one.outcome)


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a report in the order of the rows, made once, where nobody waits for them."""

    shown: Mapping[str, Shown]
    """By group; "problems" are those to look at, "all" is every line."""
    counts: Counter[str]
    """How many rows each group has."""
    alike: dict[str, Counter[Any]]
    """By group, how often the same is told."""

    @property
    def to_save(self) -> bool:
        """Whether there are rows with problems, or rows left out."""
        return bool(self.shown["problems"] or self.shown["out"] or any(self.alike.values()))


NO_LINES: Final = Lines({group: Shown() for group in (*GROUPS, "problems", "all")}, Counter(), {})


def lines_of(draft: Draft, report: ImportReport, wishes: Wishes) -> Lines:
    """The lines of a report on a draft, as it was checked with these wishes."""
    problems: dict[int, list[ImportProblem]] = defaultdict(list)
    for problem in report.problems:
        problems[problem.row].append(problem)
    shown = {group: Shown(report.per_row) for group in (*GROUPS, "problems", "all")}
    alike: dict[str, Counter[Any]] = {group: Counter() for group in shown}
    counts: Counter[str] = Counter()

    def add(group: str, ref: int | Line) -> None:
        for each in (group, "all", *(("problems",) if group in ("note", "fix") else ())):
            shown[each].add(ref)
            if isinstance(ref, Line) and ref.problem is not None:
                alike[each][ref.told] += 1

    for place, one in enumerate(report.per_row):
        own = problems.get(one.row, ())
        group = _GROUPS.get(one.outcome, "note" if own else "ready")
        counts[group] += 1
        for problem in own:
            text = _text(draft, report, wishes, problem)
            add(group, Line(one.row, one.title, group, problem, text))
        if not own:
            add(group, place)
    for row in wishes.left_out:
        counts["out"] += 1
        add("out", Line(row, "", "out"))
    for group in shown:
        shown[group].sort()
    return Lines(shown, counts, alike)


def _text(draft: Draft, report: ImportReport, wishes: Wishes, problem: ImportProblem) -> str:
    """What stands in the cell: as fixed, or as in the file."""
    if problem.column_index < 0:
        return ""
    fixed = wishes.fixes.get((problem.row, problem.column_index))
    if fixed is not None:
        return fixed
    at_hand = draft.cell(problem.row, problem.column_index)
    if at_hand is not None:
        return at_hand
    return report.texts.get((problem.row, problem.column_index), "")


class LinesModel(QAbstractTableModel):
    """Lines of some groups; the text of a cell can be edited."""

    fixed = Signal(object, str)  # the Line, the new text

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[Line] = ()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == TEXT and self.lines[index.row()].editable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, key = self.lines[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and key == "row":
            return icon(*_ICONS[line.group])
        if role == Qt.ItemDataRole.ForegroundRole and key in ("row", "column"):
            return theme().colour("muted")
        if role == Qt.ItemDataRole.EditRole and key == "text":
            return line.text
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._shown(line, key)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.lines[index.row()]
        if role != Qt.ItemDataRole.EditRole or line.problem is None or str(value) == line.text:
            return False
        self.fixed.emit(line, str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(f"import_page.line.{COLUMNS[section]}")
        return None

    @staticmethod
    def _shown(line: Line, key: str) -> str:
        if key == "row":
            return number(line.row)
        if key == "name":
            return line.title
        if key == "column":
            return line.problem.column if line.problem is not None else ""
        return line.text if key == "text" else line.what()
