"""What the palette lists: results, commands and actions, and how a row is painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from crm_desktop.ui.language import language
from crm_desktop.ui.shell.keymap import COMMANDS, Command
from crm_desktop.ui.theme import paint_icon, theme
from crm_desktop.ui.theme.tokens import ROW_HEIGHT
from crm_desktop.words import Words

Index = QModelIndex | QPersistentModelIndex
_MOST_ROWS = 14
_EDGES = 4  # pixels above and below the lines


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """One line. `record` is there for a found record: Tab lists what can be done with it."""

    title: str
    run: Callable[[], Any]
    detail: str = ""
    keys: str = ""
    icon: str = ""
    record: tuple[str, int] | None = None
    barred: bool = False  # cannot run now; `detail` says why


class PaletteModel(QAbstractListModel):
    """The lines of the palette."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[PaletteRow] = []

    def set_rows(self, rows: list[PaletteRow]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.rows[index.row()]
            if role == Qt.ItemDataRole.DisplayRole:
                return row.title
            return " ".join(part for part in (row.title, row.detail, row.keys) if part)
        return None


class PaletteList(QListView):
    """As high as its lines; in a low window it gives way to what stands below, and scrolls."""

    def sizeHint(self) -> QSize:
        rows = range(self.model().rowCount())[:_MOST_ROWS]
        height = sum(self.sizeHintForRow(row) for row in rows) + _EDGES
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme().px(ROW_HEIGHT) + _EDGES)


class PaletteDelegate(QStyledItemDelegate):
    """Icon, title, muted detail, keys at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, theme().px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        model = index.model()
        assert isinstance(model, PaletteModel)
        row = model.rows[index.row()]
        rect: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & state.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection"))
            painter.drawRoundedRect(rect, 6, 6)
        side = look.px(16)
        top = rect.top() + (rect.height() - side) // 2
        if row.icon:
            spot = QRect(rect.left() + 10, top, side, side)
            paint_icon(painter, row.icon, spot.toRectF(), token="muted")
        left, right = rect.left() + 20 + side, rect.right() - 10
        middle = Qt.AlignmentFlag.AlignVCenter
        if row.keys:
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("muted"))
            width = painter.fontMetrics().horizontalAdvance(row.keys)
            painter.drawText(
                QRect(right - width, rect.top(), width, rect.height()), middle, row.keys
            )
            right -= width + 12
        painter.setFont(look.font("strong" if row.record else "body"))
        painter.setPen(look.colour("muted" if row.barred else "text"))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, rect.top(), right - left, rect.height()), middle, title)
        left += metrics.horizontalAdvance(title) + 12
        if row.detail and right - left > 40:
            painter.setFont(look.font("body"))
            painter.setPen(look.colour("muted"))
            detail = painter.fontMetrics().elidedText(
                row.detail, Qt.TextElideMode.ElideRight, right - left
            )
            painter.drawText(QRect(left, rect.top(), right - left, rect.height()), middle, detail)
        painter.restore()


def keys_of(command: Command) -> str:
    """Its keys as this system writes them."""
    return command.sequence().toString(QKeySequence.SequenceFormat.NativeText)


def _names(words: Words, command: Command) -> str:
    """What a command is called, and what else people call it."""
    also = f"keys.also.{command.key}"
    name = words.text(command.words)
    return f"{name} {words.text(also)}" if words.has(also) else name


def matching_commands(text: str) -> list[Command]:
    """Commands whose words hold all words of `text`, in either language; best first."""
    parts = text.casefold().split()
    found: list[tuple[int, int, Command]] = []
    own = Words(language())
    both = (own, Words("zh" if language() == "en" else "en"))
    for number, command in enumerate(COMMANDS):
        if command.key in ("palette", "leave"):
            continue
        for rank, words in enumerate(both):
            name = _names(words, command).casefold()
            if all(part in name for part in parts):
                starts = 0 if parts and name.startswith(parts[0]) else 1
                found.append((rank * 2 + starts, number, command))
                break
    return [command for _, _, command in sorted(found, key=lambda each: each[:2])]
