"""A group of conditions in the filter builder: all or any of them, with groups one level deep."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Group
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.condition_row import ConditionRow
from crm_desktop.ui.table.editors import Editors
from crm_desktop.ui.theme import tokens
from crm_desktop.ui.theme.tokens import GAP, RADIUS_CARD
from crm_desktop.ui.widgets import Button, IconButton, PlainLabel, Segmented

_ALL, _ANY = "all", "any"


class ConditionGroup(QWidget):
    """Rows below each other and the switch that says how they go together."""

    changed = Signal()
    grown = Signal()
    removed = Signal()

    def __init__(
        self,
        kind: Kind,
        fields: dict[str, Field],
        editors: Editors,
        group: Group,
        *,
        inner: bool = False,
    ) -> None:
        super().__init__()
        self._kind, self._fields, self._editors = kind, fields, editors
        self._inner = inner
        self.rows: list[ConditionRow | ConditionGroup] = []
        self.match = Segmented(
            [(_ALL, tr("views.match_all")), (_ANY, tr("views.match_any"))],
            current=_ANY if group.any_of else _ALL,
            name=tr("views.match"),
        )
        self.match.changed.connect(lambda _key: self._rematched())
        self.remove = IconButton("x", tr("views.remove_group"))
        self.remove.clicked.connect(self.removed)
        self.remove.setVisible(inner)
        self.add_button = Button(
            tr("views.add_condition"), icon_name="plus", variant="quiet", small=True
        )
        self.add_button.clicked.connect(lambda: self.add_condition())
        self.group_button = Button(
            tr("views.add_group"), icon_name="plus", variant="quiet", small=True
        )
        self.group_button.clicked.connect(lambda: self.add_group())
        self.group_button.setVisible(not inner)
        self._lay_out()
        for part in group.conditions:
            self._append(part)
        if inner and not self.rows:
            self.add_condition()

    def group(self) -> Group:
        """What is said so far, without rows that are not complete."""
        parts: list[Condition | Group] = []
        for row in self.rows:
            if isinstance(row, ConditionGroup):
                inner = row.group()
                if inner.conditions:
                    parts.append(inner)
            elif (condition := row.condition()) is not None:
                parts.append(condition)
        return Group(tuple(parts), self.match.current() == _ANY)

    def add_condition(self) -> ConditionRow:
        """A fresh row at the end, ready to be chosen."""
        row = self._append(None)
        assert isinstance(row, ConditionRow)
        row.field.setFocus()
        return row

    def add_group(self) -> ConditionGroup:
        """A group within this one."""
        made = self._append(Group(any_of=self.match.current() == _ALL))
        assert isinstance(made, ConditionGroup)
        return made

    def clear(self) -> None:
        """Take every row away."""
        for row in list(self.rows):
            self._drop(row)

    def settle(self) -> None:
        """The editing is over."""
        for row in self.rows:
            row.settle()

    def focusables(self) -> list[QWidget]:
        """Its inputs in the order Tab takes them."""
        found: list[QWidget] = list(self.match.findChildren(Button))
        if self._inner:
            found.append(self.remove)
        for row in self.rows:
            found += row.focusables()
        return [*found, self.add_button, *(() if self._inner else (self.group_button,))]

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(PlainLabel(tr("views.match")))
        head.addWidget(self.match)
        head.addWidget(PlainLabel(tr("views.match_after")))
        head.addStretch(1)
        head.addWidget(self.remove)
        self._place = QVBoxLayout()
        self._place.setSpacing(GAP)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.add_button)
        foot.addWidget(self.group_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(GAP)
        edge = GAP if self._inner else 0
        column.setContentsMargins(edge, edge, edge, edge)
        column.addLayout(head)
        column.addLayout(self._place)
        column.addLayout(foot)

    def _append(self, part: Condition | Group | None) -> ConditionRow | ConditionGroup:
        row: ConditionRow | ConditionGroup
        if isinstance(part, Group):
            row = ConditionGroup(self._kind, self._fields, self._editors, _flat(part), inner=True)
        else:
            row = ConditionRow(self._kind, self._fields, self._editors, part)
        row.changed.connect(self.changed)
        row.grown.connect(self.grown)
        row.removed.connect(lambda: self._drop(row))
        self.rows.append(row)
        self._place.addWidget(row)
        row.show()
        self._lead()
        self.grown.emit()
        return row

    def _drop(self, row: ConditionRow | ConditionGroup) -> None:
        self.rows.remove(row)
        self._place.removeWidget(row)
        row.hide()
        row.deleteLater()
        if self._inner and not self.rows:
            self.removed.emit()
            return
        self._lead()
        self.grown.emit()
        self.changed.emit()

    def _rematched(self) -> None:
        self._lead()
        self.changed.emit()

    def _lead(self) -> None:
        """Before each row but the first stands how it goes together with those above."""
        joint = tr("views.or" if self.match.current() == _ANY else "views.and")
        for number, row in enumerate(self.rows):
            if isinstance(row, ConditionRow):
                row.lead.setText(joint if number else tr("views.where"))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._inner:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.setBrush(QColor(tokens().subtle))
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CARD, RADIUS_CARD)


def _flat(group: Group) -> Group:
    """A group whose groups, one level too deep for the builder, stand in their parent's place."""
    parts: list[Condition | Group] = []
    for part in group.conditions:
        parts += _conditions(part)
    return Group(tuple(parts), group.any_of)


def _conditions(part: Condition | Group) -> Sequence[Condition]:
    if isinstance(part, Condition):
        return (part,)
    return [each for inner in part.conditions for each in _conditions(inner)]
