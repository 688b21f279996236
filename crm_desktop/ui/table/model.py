"""The model of a list: ids in an array, rows fetched by page when they are looked at."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.grouping import RowGroup
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import is_names
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.cells import EMPTY, Cell, Presenter, field_label, helper_keys
from crm_desktop.ui.table.headings import Headings, HeadingTexts
from crm_desktop.ui.tooltips import plain_tip

if TYPE_CHECKING:
    from crm_desktop.services.house import Services

Index = QModelIndex | QPersistentModelIndex
PAGE = 100
_MOST_LINES = 4000
_WIDTH = array("q").itemsize
_ROOT = QModelIndex()
_EDIT, _TIP, _ALIGN, _SPOKEN = 2, 3, 7, 11  # Qt.ItemDataRole: ints are twice as fast here
_EDITABLE = frozenset(
    {
        FieldType.TEXT,
        FieldType.INTEGER,
        FieldType.NUMBER,
        FieldType.MONEY,
        FieldType.UNIT_PRICE,
        FieldType.PERCENT,
        FieldType.DATE,
        FieldType.CHOICE,
        FieldType.POINTS,
        FieldType.BOOLEAN,
    }
)


def is_editable(field: Field) -> bool:
    """Whether a cell of this field can be edited in the list."""
    return field.writable and (field.type in _EDITABLE or is_names(field))


class _Line:
    """The values of one row, and its cells as far as they were looked at."""

    __slots__ = ("cells", "values")

    def __init__(self, values: tuple[Any, ...], width: int) -> None:
        self.values = values
        self.cells: list[Cell | None] = [None] * width


class RecordModel(QAbstractTableModel):
    """Rows of one kind of record. Who owns it gives the ids."""

    def __init__(
        self, services: Services, kind: Kind, presenter: Presenter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.ids: array[int] = array("q")  # negative ones are headings
        self.headings: Headings | None = None
        self.heading_texts = HeadingTexts(kind, presenter, ())
        self.group = ""  # the field the headings are of
        self.fields: tuple[Field, ...] = ()
        self.order: tuple[tuple[str, bool], ...] = ()
        self._services = services
        self._presenter = presenter
        self._keys: tuple[str, ...] = ()
        self._known: dict[str, Field] = {}
        self._lines: dict[int, _Line | None] = {}

    # ---- what is shown

    def set_fields(self, fields: Sequence[Field], known: Sequence[Field]) -> None:
        """Show these columns; `known` are all fields there are."""
        self.beginResetModel()
        self.fields = tuple(fields)
        self._known = {field.key: field for field in known}
        self.heading_texts = HeadingTexts(self.kind, self._presenter, known)
        along = helper_keys(self.kind, self.fields, tuple(self._known))
        self._keys = (*(field.key for field in fields), *along)
        self._lines.clear()
        self.endResetModel()

    def set_headings(self, headings: Headings, group: str) -> bool:
        """Rows under headings by the field `group`; whether everything moved."""
        self.headings, self.group = headings, group
        moved = self._put(headings.ids)
        if not moved:
            self.repaint_all()  # counts and sums
        return moved

    def set_ids(self, ids: array[int]) -> bool:
        """Other rows; False where they were the same ones, True where everything moved.

        Rows that only follow after the known ones are added: nothing on the screen moves.
        """
        self.headings, self.group = None, ""
        return self._put(ids)

    def _put(self, ids: array[int]) -> bool:
        old = len(self.ids)
        if ids == self.ids:
            return False
        if old and len(ids) > old and ids[:old] == self.ids:
            self.beginInsertRows(_ROOT, old, len(ids) - 1)
            self.ids = ids
            self.endInsertRows()
            return False
        self.beginResetModel()
        self.ids = ids
        self.endResetModel()
        return True

    def forget_rows(self) -> None:
        """The book changed: rows are fetched again as they are looked at."""
        self._lines.clear()
        self.repaint_all()

    def repaint_all(self) -> None:
        """Cells may look otherwise now."""
        if self.ids and self.fields:
            last = self.index(len(self.ids) - 1, len(self.fields) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def retell(self) -> None:
        """Words changed: make the cells again from the values at hand."""
        for line in self._lines.values():
            if line is not None:
                line.cells = [None] * len(self.fields)
        if self.fields:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.fields) - 1)
        self.repaint_all()

    def set_order(self, order: tuple[tuple[str, bool], ...]) -> None:
        """Which columns the header marks as sorted by."""
        self.order = order
        if self.fields:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.fields) - 1)

    # ---- rows

    def id_at(self, row: int) -> int | None:
        """The record in a row; None under a heading and beyond the last."""
        found = self.ids[row] if 0 <= row < len(self.ids) else -1
        return found if found > 0 else None

    def heading_at(self, row: int) -> RowGroup | None:
        """The heading in a row."""
        if self.headings is None or not 0 <= row < len(self.ids) or self.ids[row] > 0:
            return None
        return self.headings.found.groups[-self.ids[row] - 1]

    @property
    def records(self) -> array[int]:
        """All records in order, those under folded headings too."""
        return self.ids if self.headings is None else self.headings.found.ids

    def row_of(self, record_id: int | None) -> int:
        """The row of a record (or of a heading's number); -1 where the list does not hold it."""
        if record_id is None:
            return -1
        # Looking through the bytes is thirty times as fast as asking the array for each id.
        wanted, data = array("q", (record_id,)).tobytes(), self.ids.tobytes()
        at = data.find(wanted)
        while at % _WIDTH and at >= 0:
            at = data.find(wanted, at + 1)
        return at // _WIDTH if at >= 0 else -1

    def column_of(self, key: str) -> int:
        """The column of a field; -1 where it is not shown."""
        return next((n for n, field in enumerate(self.fields) if field.key == key), -1)

    def value(self, row: int, column: int) -> Any:
        """The value in a cell, as the record holds it."""
        line = self._line(row)
        return None if line is None else line.values[column]

    def along(self, row: int) -> dict[str, Any]:
        """All values read for a row, by key."""
        line = self._line(row)
        return {} if line is None else dict(zip(self._keys, line.values, strict=True))

    def show_value(self, record_id: int, column: int, value: Any) -> None:
        """Show what is being stored, before it is: the next news reads it again."""
        line = self._lines.get(record_id)
        if line is None:
            return
        values = list(line.values)
        values[column] = value
        self._lines[record_id] = _Line(tuple(values), len(self.fields))
        at = self.row_of(record_id)
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.fields) - 1))

    def cell(self, row: int, column: int) -> Cell:
        """What is painted there. A record that vanished is blank until the ids are read again."""
        line = self._line(row)
        if line is None:
            return EMPTY
        found = line.cells[column]
        if found is None:
            along = dict(zip(self._keys, line.values, strict=True))
            found = self._presenter.cell(self.fields[column], line.values[column], along)
            line.cells[column] = found
        return found

    def _line(self, row: int) -> _Line | None:
        if not 0 <= row < len(self.ids):
            return None
        record_id = self.ids[row]
        if record_id not in self._lines:
            self._fetch(row)
        return self._lines[record_id]

    def _fetch(self, row: int) -> None:
        if len(self._lines) > _MOST_LINES:
            self._lines.clear()
        first = row - row % PAGE
        wanted = self.ids[first : first + PAGE]
        self._lines.update(dict.fromkeys(wanted))
        if self.headings is not None:
            wanted = array("q", (each for each in wanted if each > 0))
        width = len(self.fields)
        for found in self._services.records.rows(self.kind, wanted, self._keys):
            self._lines[found.id] = _Line(found.values, width)

    # ---- what Qt asks

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: Index, role: int = 0) -> Any:
        if role:
            if role == _EDIT:
                return self.value(index.row(), index.column())
            if role != _TIP and role != _SPOKEN:
                return None
        group = self.heading_at(index.row())
        if group is not None:
            return self.heading_text(group) if index.column() == 0 else ""
        text = self.cell(index.row(), index.column()).text
        return plain_tip(text) if role == _TIP else text

    def heading_text(self, group: RowGroup) -> str:
        """A heading read aloud: value, rows, sums, whether it is folded."""
        assert self.headings is not None
        texts = self.heading_texts
        folded = "table.group_folded" if self.headings.is_folded(group) else "table.group_open"
        said = (
            texts.name(self.group, group),
            tr(f"kind.{self.kind.value}.count", count=group.count),
            texts.sums(group),
            tr(folded),
        )
        return tr("table.sums_gap").join(part for part in said if part)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.fields):
            return None
        if role in (0, _TIP, _SPOKEN):
            name = field_label(self.kind, self.fields[section])
            return plain_tip(name) if role == _TIP else name
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.headings is not None and self.heading_at(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if is_editable(self.fields[index.column()]):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags
