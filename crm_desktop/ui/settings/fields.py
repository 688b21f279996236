"""Own fields: what a firm wants to know beyond the shipped fields."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem

from crm_desktop.domain.belonging import LISTS
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.custom_fields import TYPES, CustomFieldRow
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.settings.belonging import Belonging
from crm_desktop.ui.settings.group import Group, explain, flow
from crm_desktop.ui.settings.items import ItemsEditor
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, ROW_HEIGHT_COMPACT
from crm_desktop.ui.widgets import Button, ChoiceField, FieldRow, IconButton, Option, PlainLabel

KINDS = (
    Kind.PERSON,
    Kind.COMPANY,
    Kind.OPPORTUNITY,
    Kind.ACTIVITY,
    Kind.PRODUCT,
    Kind.QUOTE,
    Kind.CONTRACT,
    Kind.TICKET,
    Kind.RECEIPT,
    Kind.EXPENSE,
)
_KEY = Qt.ItemDataRole.UserRole


class FieldsGroup(Group):
    """The fields of one kind at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._card, self._about = self.add_card()
        self._filling = False
        self._fields: dict[str, CustomFieldRow] = {}
        self.kind = ChoiceField(required=True)
        self.kind.changed.connect(lambda _kind: self.refresh())
        self._kind_row = FieldRow("", self.kind)
        self._card.body.addWidget(self._kind_row)
        self.rows = QListWidget()
        self.rows.itemChanged.connect(self._renamed)
        self.rows.currentRowChanged.connect(lambda _row: self._current_changed())
        self._card.body.addWidget(self.rows)
        self.up = IconButton("arrow-up", "", small=True)
        self.down = IconButton("arrow-down", "", small=True)
        self.rename = Button(icon_name="pencil", small=True)
        self.remove = Button(icon_name="trash-2", small=True)
        self.up.clicked.connect(lambda: self.move_by(-1))
        self.down.clicked.connect(lambda: self.move_by(1))
        self.rename.clicked.connect(self._edit)
        self.remove.clicked.connect(self._remove)
        self._card.body.addWidget(flow(self.up, self.down, self.rename, self.remove))
        self.type_words = PlainLabel(role="small", tone="muted", wrap=True)
        self._card.body.addWidget(self.type_words)
        self.searchable = QCheckBox()
        self.searchable.clicked.connect(self._set_searchable)
        self._card.body.addWidget(self.searchable)
        self.belonging = Belonging(context.services.lists)
        self.belonging.changed.connect(self._limit)
        self.belonging.list_wanted.connect(
            lambda key: context.navigator.go(Place.to("settings", view="lists", list=key))
        )
        self._card.body.addWidget(self.belonging)
        self._card.body.addSpacing(GAP)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self.new = QLineEdit()
        self.new.returnPressed.connect(self.add)
        self.type = ChoiceField(required=True)
        self.type.changed.connect(lambda _type: self._show_link())
        self.link = ChoiceField(required=True)
        self.add_button = Button(icon_name="plus", small=True)
        self.add_button.clicked.connect(self.add)
        row.addWidget(self.new, 1)
        row.addWidget(self.type)
        row.addWidget(self.link)
        row.addWidget(self.add_button)
        self._card.body.addLayout(row)
        self._options_card, self._options_about = self.add_card()
        self.options = ItemsEditor(self)
        self._options_card.body.addWidget(self.options)
        self.column.addStretch(1)

    def retranslate(self) -> None:
        super().retranslate()
        self._card.set_title(tr("settings.group.fields"))
        explain(self._about, tr("settings.fields.about"))
        self._kind_row.set_label(tr("settings.fields.of"))
        self._kind_row.setMaximumWidth(theme().px(320))
        self.kind.setAccessibleName(tr("settings.fields.of"))
        kind, type_ = self.kind.value(), self.type.value()
        self.kind.set_options([Option(each, tr(f"kind.{each.value}.plural")) for each in KINDS])
        self.kind.set_value(kind or Kind.PERSON)
        self.type.set_options([Option(each, tr(f"settings.type.{each.value}")) for each in TYPES])
        self.type.set_value(type_ or FieldType.TEXT)
        self.type.setAccessibleName(tr("settings.fields.type"))
        link = self.link.value()
        self.link.set_options([Option(each, tr(f"kind.{each.value}")) for each in KINDS])
        self.link.set_value(link or Kind.PERSON)
        self.link.setAccessibleName(tr("settings.fields.leads_to"))
        self.searchable.setText(tr("settings.fields.searchable"))
        self.searchable.setToolTip(tr("settings.fields.searchable_about"))
        self.belonging.retranslate()
        explain(self._options_about, tr("settings.fields.options_about"))
        self.options.retranslate()
        self._show_link()
        self.new.setPlaceholderText(tr("settings.fields.new"))
        self.new.setAccessibleName(tr("settings.fields.new"))
        self.add_button.setText(tr("common.add"))
        self.rename.setText(tr("common.rename"))
        self.remove.setText(tr("common.remove"))
        self.up.set_name(tr("common.move_up"))
        self.down.set_name(tr("common.move_down"))
        self.rows.setAccessibleName(tr("settings.group.fields"))

    def refresh(self) -> None:
        current = self.rows.currentRow()
        self._filling = True
        self.rows.clear()
        found = self.context.services.custom.of(self.kind.value())
        self._fields = {field.key: field for field in found}
        for field in found:
            item = QListWidgetItem(field.name)
            item.setData(_KEY, field.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.rows.addItem(item)
        self.rows.setCurrentRow(min(max(current, 0), self.rows.count() - 1))
        self._filling = False
        shown = min(max(self.rows.count(), 3), 10)
        self.rows.setFixedHeight(shown * theme().px(ROW_HEIGHT_COMPACT) + 8)
        self._show_current()

    def show_place(self, place: Place) -> None:
        wanted = place.wish("kind")
        if wanted in KINDS:
            self.kind.set_value(Kind(wanted))
            self.refresh()

    def add(self) -> None:
        """A field of the name and type that were chosen."""
        name = self.new.text().strip()
        if not name:
            return
        kind, type_ = self.kind.value(), self.type.value()

        link = self.link.value() if type_ is FieldType.LINK else None

        def done(_key: Any) -> None:
            self.new.setText("")
            self.refresh()
            self.rows.setCurrentRow(self.rows.count() - 1)

        custom = self.context.services.custom
        self.write(lambda: custom.add(kind, name, type_, link=link), done)

    def move_by(self, step: int) -> None:
        """The chosen field one place up or down."""
        keys = [self.rows.item(row).data(_KEY) for row in range(self.rows.count())]
        row = self.rows.currentRow()
        if not 0 <= row + step < len(keys):
            return
        keys[row], keys[row + step] = keys[row + step], keys[row]
        self.rows.setCurrentRow(row + step)
        kind = self.kind.value()
        custom = self.context.services.custom
        self.write(lambda: custom.put_in_order(kind, keys), lambda _done: self.refresh())

    def _edit(self) -> None:
        item = self.rows.currentItem()
        if item is not None:
            self.rows.setFocus()
            self.rows.editItem(item)

    def _renamed(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        kind, key, name = self.kind.value(), item.data(_KEY), item.text().strip()
        custom = self.context.services.custom
        self.write(lambda: custom.rename(kind, key, name), lambda _done: self.refresh())

    def _remove(self) -> None:
        item = self.rows.currentItem()
        if item is None:
            return
        kind, key, name = self.kind.value(), item.data(_KEY), item.text()

        def done(_result: Any) -> None:
            self.refresh()
            self.context.window.toast(tr("settings.fields.removed", name=name), undo=True)

        self.write(lambda: self.context.services.custom.remove(kind, key), done)

    def _set_searchable(self, wanted: bool) -> None:
        field = self._current()
        if field is not None:
            kind, custom = self.kind.value(), self.context.services.custom
            self.write(
                lambda: custom.set_searchable(kind, field.key, wanted),
                lambda _done: self.refresh(),
            )

    def _limit(self, items: tuple[int, ...]) -> None:
        field = self._current()
        if field is not None:
            kind, custom = self.kind.value(), self.context.services.custom
            self.write(lambda: custom.limit(kind, field.key, items), lambda _done: self.refresh())

    def _current(self) -> CustomFieldRow | None:
        item = self.rows.currentItem()
        return self._fields.get(item.data(_KEY)) if item is not None else None

    def _current_changed(self) -> None:
        if not self._filling:  # or what has the keyboard would be hidden while the rows come anew
            self._show_current()

    def _show_link(self) -> None:
        self.link.setVisible(self.type.value() is FieldType.LINK)

    def _show_current(self) -> None:
        row = self.rows.currentRow()
        field = self._current()
        words = ""
        if field is not None:
            words = tr(f"settings.type.{field.type.value}")
            if field.link is not None:
                words = tr("format.dot", one=words, other=tr(f"kind.{field.link.value}"))
            self.belonging.show_field(self.kind.value(), field.key, field.only_for)
        self.type_words.setText(words)
        self.searchable.setVisible(field is not None)
        self.belonging.setVisible(field is not None and self.kind.value() in LISTS)
        self.searchable.setChecked(field is not None and field.searchable)
        own = field is not None and field.list_key == field.key
        self._options_card.setVisible(own)
        if field is not None and own:
            self._options_card.set_title(tr("settings.fields.options_of", name=field.name))
            if self.options.list_key != field.list_key:
                self.options.show_list(field.list_key)
            else:
                self.options.refresh()
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.rows.count() - 1)
        self.rename.setEnabled(row >= 0)
        self.remove.setEnabled(row >= 0)
