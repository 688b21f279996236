"""Where an own field is shown: on all records, or on those of some product lines, kinds …"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.belonging import LISTS
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.lists import Lists
from crm_desktop.ui.item_options import item_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme.tokens import GAP
from crm_desktop.ui.widgets import ChoicesField, FieldRow, LinkButton, Option, PlainLabel, Segmented

_ALL, _SOME = "all", "some"
_LISTS = tuple(dict.fromkeys(key for keys in LISTS.values() for key in keys))


class Belonging(QWidget):
    """All, or a field of choices for each list; every tick is told at once."""

    changed = Signal(object)  # ids of the items chosen; none for all records
    list_wanted = Signal(str)  # a list that has nothing to choose yet

    def __init__(self, lists: Lists) -> None:
        super().__init__()
        self._lists = lists
        self._field: tuple[Kind, str] | None = None
        self._filled = dict.fromkeys(_LISTS, False)  # lists with something to choose
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self.scope = Segmented([(_ALL, ""), (_SOME, "")])
        self.scope.changed.connect(self._scope_chosen)
        self._name = PlainLabel(role="small", tone="muted")
        column.addWidget(self._name)
        column.addWidget(self.scope, 0, Qt.AlignmentFlag.AlignLeft)
        self.about = PlainLabel(role="small", tone="muted", wrap=True)
        column.addWidget(self.about)
        self.choices: dict[str, ChoicesField] = {}
        self.rows: dict[str, FieldRow] = {}
        self.empty: dict[str, LinkButton] = {}
        for key in _LISTS:
            choices = self.choices[key] = ChoicesField()
            choices.changed.connect(lambda _items: self._items_chosen())
            empty = self.empty[key] = LinkButton(icon_name="plus")
            empty.clicked.connect(lambda _checked=False, key=key: self.list_wanted.emit(key))
            self.rows[key] = FieldRow("", choices)
            column.addWidget(self.rows[key])
            column.addWidget(empty, 0, Qt.AlignmentFlag.AlignLeft)
        self._arrange()

    def retranslate(self) -> None:
        """All words again."""
        self._name.setText(tr("settings.belonging.scope"))
        self.scope.setAccessibleName(tr("settings.belonging.scope"))
        self.scope.set_texts((key, tr(f"settings.belonging.{key}")) for key in (_ALL, _SOME))
        for key in _LISTS:
            name = tr(f"settings.belonging.{key}")
            self.rows[key].set_label(name)
            self.choices[key].set_name(name)
            self.empty[key].setText(tr("settings.belonging.empty", name=name))
        self._arrange()

    def show_field(self, kind: Kind, key: str, only_for: Collection[int]) -> None:
        """Show where a field belongs; where nothing is chosen yet, the wish to choose stays."""
        if self._field != (kind, key) or only_for:
            self.scope.set_current(_SOME if only_for else _ALL)
        self._field = (kind, key)
        for list_key in _LISTS:
            every = self._lists.all_items(list_key)
            options = [
                Option(item.id, self._named(item.id), item.color)
                for item in every
                if item.active or item.id in only_for
            ]
            self.choices[list_key].set_options(options)
            self.choices[list_key].set_value(one.id for one in every if one.id in only_for)
            self._filled[list_key] = bool(options)
        self._arrange()

    def _named(self, item_id: int) -> str:
        """An item as it is called; of a retired one, that it is."""
        item, name = self._lists.item(item_id), item_text(self._lists, item_id)
        active = item is not None and item.active
        return name if active else tr("settings.lists.retired_item", name=name)

    def _arrange(self) -> None:
        kind = self._field[0] if self._field is not None else None
        lists = LISTS.get(kind, ()) if kind is not None else ()
        some = self.scope.current() == _SOME
        for key in _LISTS:
            shown = some and key in lists
            self.rows[key].setVisible(shown and self._filled[key])
            self.empty[key].setVisible(shown and not self._filled[key])
        self.about.setVisible(some and bool(lists))
        if some and kind is not None and lists:
            chosen = any(self.choices[key].value() for key in lists)
            words = kind.value if chosen else "nothing"
            self.about.setText(tr(f"settings.belonging.{words}"))

    def _scope_chosen(self, scope: str) -> None:
        chosen = self._chosen()
        self._arrange()
        if scope == _ALL and chosen:
            self.changed.emit(())

    def _items_chosen(self) -> None:
        self._arrange()
        self.changed.emit(self._chosen())

    def _chosen(self) -> tuple[int, ...]:
        lists = LISTS.get(self._field[0], ()) if self._field is not None else ()
        return tuple(item for key in lists for item in self.choices[key].value())
