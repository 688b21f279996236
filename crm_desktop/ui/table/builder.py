"""The filter builder: conditions in rows and groups; the list follows while one edits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Group, Query
from crm_desktop.ui import formats
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.condition_group import ConditionGroup
from crm_desktop.ui.table.conditions import list_sentence
from crm_desktop.ui.table.editors import Editors
from crm_desktop.ui.theme.tokens import GAP
from crm_desktop.ui.widgets import LinkButton, PlainLabel, PrimaryButton
from crm_desktop.ui.widgets.scrolled_popover import ScrolledPopover

if TYPE_CHECKING:
    from crm_desktop.services.house import Services

_WIDTH = 720
_PATIENCE = 200  # ms: between two keys the list need not be read again


class FilterBuilder(ScrolledPopover):
    """`changed` tells the conditions as far as they are complete."""

    changed = Signal(object)  # Group

    def __init__(
        self,
        services: Services,
        kind: Kind,
        fields: Sequence[Field],
        owner: QWidget,
        group: Group,
    ) -> None:
        super().__init__(owner, _WIDTH)
        self._services, self._kind = services, kind
        self._fields = {field.key: field for field in fields}
        self._told = group
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self._tell)
        self.conditions = ConditionGroup(kind, self._fields, Editors(services, kind), group)
        if not self.conditions.rows:
            self.conditions.add_condition()
        self.inside.addWidget(self.conditions)
        self.add_inside()
        self.sentence = PlainLabel("", role="small", tone="muted", wrap=True)
        self.count = PlainLabel("", role="strong")
        self.clear_button = LinkButton(tr("common.clear"))
        self.clear_button.clicked.connect(self.conditions.clear)
        self.close_button = PrimaryButton(tr("common.done"))
        self.close_button.clicked.connect(self.dismiss)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.clear_button)
        foot.addWidget(self.close_button)
        self.body.addWidget(self.sentence)
        self.body.addLayout(foot)
        self.conditions.changed.connect(self._edited)
        self.conditions.grown.connect(self._grown)
        self.setAccessibleName(tr("views.filter_title"))
        self._say()
        self._order_tabs()

    def show_count(self, shown: int, total: int) -> None:
        """How many rows the list has now, of all."""
        numbers = {"count": formats.number(shown), "total": formats.number(total)}
        self.count.setText(tr("table.of", **numbers))

    def holds_unsaved_text(self) -> bool:
        """What is typed here is in force already: nothing is lost."""
        return False

    def dismiss(self) -> None:
        if self.isVisible():
            self.conditions.settle()
            self._tell()
        super().dismiss()

    def _edited(self) -> None:
        self._say()
        self._timer.start()

    def _grown(self) -> None:
        self._order_tabs()
        if self.isVisible():
            self.fit()

    def _tell(self) -> None:
        self._timer.stop()
        group = self.conditions.group()
        if group != self._told:
            self._told = group
            self.changed.emit(group)

    def _say(self) -> None:
        query = Query(where=self.conditions.group())
        self.sentence.setText(list_sentence(self._services, self._kind, self._fields, query))
        if self.isVisible():
            self.fit()

    def _order_tabs(self) -> None:
        order = [*self.conditions.focusables(), self.clear_button, self.close_button]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
