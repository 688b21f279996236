"""The lines of step 3: every problem and every row of a checked file, by what it needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from crm_desktop.domain.imports import ImportProblem, ImportReport, Outcome
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


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a report in the order of the rows, made once, where nobody waits for them."""

    shown: dict[str, list[Line]]
    """By group; "problems" are those to look at, "all" is every line."""
    counts: Counter[str]
    """How many rows each group has."""
    alike: dict[str, Counter[Any]]
    """By group, how often the same is told."""

    @property
    def to_save(self) -> bool:
        """Whether there are rows with problems, or rows left out."""
        return bool(self.shown["problems"] or self.shown["out"] or any(self.alike.values()))


NO_LINES: Final = Lines({group: [] for group in (*GROUPS, "problems", "all")}, Counter(), {})


def lines_of(draft: Draft, report: ImportReport, wishes: Wishes) -> Lines:
    """The lines of a report on a draft, as it was checked with these wishes."""
    problems: dict[int, list[ImportProblem]] = defaultdict(list)
    for problem in report.problems:
        problems[problem.row].append(problem)
    found: list[Line] = []
    counts: Counter[str] = Counter()
    for one in report.per_row:
        own = problems.get(one.row, [])
        if one.outcome is Outcome.FAILED:
            group = "fix"
        elif one.outcome is Outcome.SAME:
            group = "here"
        elif one.outcome is Outcome.SKIPPED:
            group = "skipped"
        else:
            group = "note" if own else "ready"
        counts[group] += 1
        if own:
            found += [
                Line(one.row, one.title, group, problem, _text(draft, wishes, problem))
                for problem in own
            ]
        else:
            found.append(Line(one.row, one.title, group, outcome=one.outcome))
    for row in wishes.left_out:
        counts["out"] += 1
        found.append(Line(row, "", "out"))
    found.sort(key=lambda line: line.row)
    shown = {group: [line for line in found if line.group == group] for group in GROUPS}
    shown["problems"] = [line for line in found if line.group in ("note", "fix")]
    shown["all"] = found
    alike = {
        group: Counter(line.told for line in lines if line.problem is not None)
        for group, lines in shown.items()
    }
    return Lines(shown, counts, alike)


def _text(draft: Draft, wishes: Wishes, problem: ImportProblem) -> str:
    """What stands in the cell: as fixed, as in the file, or as the problem quotes it."""
    if problem.column_index < 0:
        return ""
    fixed = wishes.fixes.get((problem.row, problem.column_index))
    if fixed is not None:
        return fixed
    at_hand = draft.cell(problem.row, problem.column_index)
    if at_hand is not None:
        return at_hand
    return str(problem.args.get("value", problem.args.get("file", "")))


class LinesModel(QAbstractTableModel):
    """Lines of some groups; the text of a cell can be edited."""

    fixed = Signal(object, str)  # the Line, the new text

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def set_lines(self, lines: list[Line]) -> None:
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
