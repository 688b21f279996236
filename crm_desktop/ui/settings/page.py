"""The settings: groups on the left, one of them on the right; everything is stored at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
)

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.catalogue import load
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.settings.group import Group
from crm_desktop.ui.theme import icon, theme
from crm_desktop.ui.theme.tokens import GAP_CARD, GAP_PAGE, ICON, SIDEBAR_ROW
from crm_desktop.ui.widgets import PlainLabel
from crm_desktop.ui.widgets.scrolled import Scrolled

GROUPS: dict[str, tuple[str, str]] = {
    "general": ("settings", "settings.general:GeneralGroup"),
    "company": ("building-2", "settings.company:CompanyGroup"),
    "sales": ("kanban", "settings.sales:SalesGroup"),
    "templates": ("file-spreadsheet", "settings.templates:TemplatesGroup"),
    "lists": ("list", "settings.lists:ListsGroup"),
    "tags": ("tags", "settings.tags:TagsGroup"),
    "fields": ("layout-list", "settings.fields:FieldsGroup"),
    "staff": ("users", "settings.staff:StaffGroup"),
    "reminders": ("bell", "settings.reminders:RemindersGroup"),
    "data": ("hard-drive", "settings.data:DataGroup"),
    "keyboard": ("keyboard", "settings.reading:KeyboardGroup"),
    "about": ("info", "settings.reading:AboutGroup"),
}
_ALSO = {"backup": "data"}  # names other pages use for a group
_WIDEST = 860


class SettingsPage(Page):
    """Groups are made when first opened."""

    key = "settings"
    shows = frozenset({Kind.SETTINGS, Kind.LIST, Kind.STAFF, Kind.TAG})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.groups: dict[str, Group] = {}
        self._scrolls: dict[str, Scrolled] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, GAP_CARD)
        outer.setSpacing(GAP_CARD)
        self.heading = PlainLabel(role="title")
        outer.addWidget(self.heading)
        row = QHBoxLayout()
        row.setSpacing(GAP_PAGE)
        outer.addLayout(row, 1)
        self.list = QListWidget()
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.viewport().setAutoFillBackground(False)
        for key in GROUPS:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.list.addItem(item)
        self.list.currentRowChanged.connect(lambda _row: self._chosen())
        row.addWidget(self.list)
        self._stack = QStackedWidget()
        row.addWidget(self._stack, 1)
        theme().changed.connect(self._remeasure)
        self._remeasure()
        self.retranslate()
        self.list.setCurrentRow(0)

    def title(self) -> str:
        """The words at the top of the page and of its own window."""
        return tr("shell.page.settings")

    def take_keyboard(self) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self) -> None:
        """All words again; typed text stays."""
        self.heading.setText(self.title())
        self.list.setAccessibleName(tr("settings.groups"))
        for row, key in enumerate(GROUPS):
            self.list.item(row).setText(tr(f"settings.group.{key}"))
        for key, group in self.groups.items():
            group.retranslate()
            self._scrolls[key].setAccessibleName(tr(f"settings.group.{key}"))
        self._remeasure()

    def show_place(self, place: Place) -> None:
        """A place may name a group as its view."""
        key = _ALSO.get(place.view, place.view)
        if key in GROUPS:
            self.list.setCurrentRow(list(GROUPS).index(key))
            self.group.show_place(place)

    def refresh(self) -> None:
        """Show what is stored now."""
        self.group.refresh()

    def state(self) -> dict[str, Any]:
        """Which group was open."""
        return {"group": self.current}

    def restore(self, state: dict[str, Any]) -> None:
        """Open the group of last time."""
        key = str(state.get("group", ""))
        if key in GROUPS:
            self.list.setCurrentRow(list(GROUPS).index(key))

    def has_unsaved_text(self) -> bool:
        """Whether a field holds text that is not stored yet."""
        return any(group.has_unread_text() for group in self.groups.values())

    def save_unsaved_text(self) -> None:
        """Store it."""
        for group in self.groups.values():
            group.store_unread()

    @property
    def current(self) -> str:
        """The key of the group that is open."""
        return list(GROUPS)[max(0, self.list.currentRow())]

    @property
    def group(self) -> Group:
        """The group that is open."""
        return self.groups[self.current]

    def _chosen(self) -> None:
        key = self.current
        if key not in self.groups:
            group: Group = load(GROUPS[key][1])(self.context)
            group.retranslate()
            group.setMaximumWidth(theme().px(_WIDEST))
            self.groups[key] = group
            self._scrolls[key] = Scrolled(group, name=tr(f"settings.group.{key}"))
            self._stack.addWidget(self._scrolls[key])
        self._stack.setCurrentWidget(self._scrolls[key])
        self.groups[key].refresh()

    def _remeasure(self) -> None:
        look = theme()
        self.list.setFixedWidth(look.px(160))
        self.list.setIconSize(QSize(look.px(ICON), look.px(ICON)))
        for row, (symbol, _) in enumerate(GROUPS.values()):
            self.list.item(row).setIcon(icon(symbol, "muted"))
            self.list.item(row).setSizeHint(QSize(0, look.px(SIDEBAR_ROW)))
        for group in self.groups.values():
            group.setMaximumWidth(look.px(_WIDEST))
