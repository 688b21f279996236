"""Lists: every choice that records offer."""

from __future__ import annotations

from crm_desktop.ui.context import Context
from crm_desktop.ui.language import has_words, tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.settings.fields import KINDS
from crm_desktop.ui.settings.group import Group, explain
from crm_desktop.ui.settings.items import ItemsEditor
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import ChoiceField, FieldRow, Option

_ELSEWHERE = frozenset({"stage", "pipeline"})  # the sales group knows them better


class ListsGroup(Group):
    """One list at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._card, self._about = self.add_card()
        self.which = ChoiceField(required=True, searchable=True)
        self.which.changed.connect(self._chosen)
        self._row = FieldRow("", self.which)
        self._card.body.addWidget(self._row)
        self.editor = ItemsEditor(self)
        self._card.body.addWidget(self.editor)
        self.column.addStretch(1)

    def retranslate(self) -> None:
        super().retranslate()
        self._card.set_title(tr("settings.group.lists"))
        explain(self._about, tr("settings.lists.about"))
        self._row.set_label(tr("settings.lists.which"))
        self._row.setMaximumWidth(theme().px(320))
        self.which.setAccessibleName(tr("settings.lists.which"))
        self._offer()
        self.editor.retranslate()

    def refresh(self) -> None:
        self._offer()
        self.editor.refresh()

    def show_place(self, place: Place) -> None:
        key = place.wish("list")
        if key:
            self.which.set_value(key)
            self.editor.show_list(key)

    def _offer(self) -> None:
        lists = self.context.services.lists
        value = self.which.value()
        keys = [key for key in lists.keys() if key not in _ELSEWHERE]  # noqa: SIM118 - no mapping
        self.which.set_options([Option(key, self._name(key)) for key in keys])
        self.which.set_value(value or keys[0])
        if self.editor.list_key != self.which.value():
            self.editor.show_list(str(self.which.value()))

    def _name(self, key: str) -> str:
        words = f"list.{key}"
        if has_words(words):
            return tr(words)
        return self._own_names().get(key, key)

    def _own_names(self) -> dict[str, str]:
        """Lists of the user's own fields are called as the fields are."""

        custom = self.context.services.custom
        return {row.list_key: row.name for kind in KINDS for row in custom.of(kind) if row.list_key}

    def _chosen(self, key: str) -> None:
        self.editor.show_list(key)
