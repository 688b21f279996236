"""The firm's own workbooks for documents and lists: a small table, names edited in their cells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
)

from crm_desktop.domain.template_sorts import SORTS
from crm_desktop.services.workbook_templates import WorkbookTemplate, sort_words
from crm_desktop.ui.context import Context
from crm_desktop.ui.file_dialogs import Purpose, open_file
from crm_desktop.ui.language import tr, words
from crm_desktop.ui.papers import paper_files
from crm_desktop.ui.settings.group import Group, explain, flow
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import ROW_HEIGHT
from crm_desktop.ui.widgets import Button

_UID = Qt.ItemDataRole.UserRole
_NAME, _SORT = range(2)


class TemplatesGroup(Group):
    """Add, rename, take out again; an example to start from."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._card, self._about = self.add_card()
        self._filling = False
        self.table = QTableWidget(0, 2)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_SORT, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.itemChanged.connect(self._edited)
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self._card.body.addWidget(self.table)
        self.add_button = self._with_sorts("plus", self.add)
        self.example_button = self._with_sorts("download", self.save_example)
        self.copy_button = Button(icon_name="save", small=True)
        self.copy_button.clicked.connect(self.save_copy)
        self.remove_button = Button(icon_name="trash-2", small=True)
        self.remove_button.clicked.connect(self.remove)
        buttons = (self.add_button, self.example_button, self.copy_button, self.remove_button)
        self._card.body.addWidget(flow(*buttons))
        self.column.addStretch(1)

    def retranslate(self) -> None:
        super().retranslate()
        self._card.set_title(tr("settings.group.templates"))
        explain(self._about, tr("settings.templates.about"))
        self.table.setAccessibleName(tr("settings.group.templates"))
        heads = [tr("settings.templates.name"), tr("settings.templates.sort")]
        self.table.setHorizontalHeaderLabels(heads)
        self.add_button.setText(tr("settings.templates.add"))
        self.example_button.setText(tr("settings.templates.example"))
        self.copy_button.setText(tr("settings.templates.copy"))
        self.remove_button.setText(tr("common.remove"))
        for button in (self.add_button, self.example_button):
            for action in button.menu().actions():
                action.setText(sort_words(action.data(), words()))
        self.refresh()

    def refresh(self) -> None:
        templates = self.context.services.workbook_templates
        self.context.jobs.run_reader(templates.all, self._fill)

    def add(self, sort: str) -> None:
        """Ask for a workbook, try it and keep it."""
        path = paper_files.ask_template(self)
        if path is None:
            return
        templates = self.context.services.workbook_templates

        def done(made: WorkbookTemplate) -> None:
            told = tr("settings.templates.added", name=made.name)
            self.context.window.toast(told, undo=True)
            self.refresh()

        self.write(lambda: templates.add(sort, path), done)

    def save_example(self, sort: str) -> None:
        """Write a workbook with every mark there is."""
        spoken = words()
        name = f"{sort_words(sort, spoken)}.xlsx"
        path = paper_files.ask_workbook(self, name, Purpose.TEMPLATE)
        templates = self.context.services.workbook_templates
        if path is not None:
            self._write_file(path, lambda: templates.save_example(sort, path, spoken))

    def save_copy(self) -> None:
        """Write the chosen template, to be changed and added again."""
        uid, name = self._chosen()
        templates = self.context.services.workbook_templates
        path = paper_files.ask_workbook(self, f"{name}.xlsx", Purpose.TEMPLATE) if uid else None
        if path is not None:
            self._write_file(path, lambda: templates.save_copy(uid, path))

    def remove(self) -> None:
        """Take the chosen one out; undo brings it back."""
        uid, _ = self._chosen()
        templates = self.context.services.workbook_templates
        if uid:
            self.write(lambda: templates.remove(uid), lambda _done: self.refresh())

    def _write_file(self, path: Path, work: Callable[[], None]) -> None:
        def done(_result: Any) -> None:
            self.context.window.toast(
                tr("paper_page.workbook_saved", name=path.name),
                choices=((tr("common.open"), lambda: open_file(path)),),
            )

        self.write(work, done)

    def _with_sorts(self, icon_name: str, act: Callable[[str], None]) -> Button:
        button = Button(icon_name=icon_name, small=True)
        menu = QMenu(button)
        for sort in SORTS:
            action = menu.addAction("")
            action.setData(sort)
            action.triggered.connect(lambda _on=False, sort=sort: act(sort))
        button.setMenu(menu)
        return button

    def _edited(self, item: QTableWidgetItem) -> None:
        if self._filling or item.column() != _NAME:
            return
        uid, name = str(item.data(_UID)), item.text()
        templates = self.context.services.workbook_templates
        self.write(lambda: templates.rename(uid, name), lambda _done: self.refresh())

    def _chosen(self) -> tuple[str, str]:
        item = self.table.item(self.table.currentRow(), _NAME)
        if item is None or not item.isSelected():
            return ("", "")
        return (str(item.data(_UID)), item.text())

    def _fill(self, found: tuple[WorkbookTemplate, ...]) -> None:
        self._filling = True
        self.table.setRowCount(len(found))
        for row, one in enumerate(found):
            name, sort = QTableWidgetItem(one.name), QTableWidgetItem(sort_words(one.sort, words()))
            name.setData(_UID, one.uid)
            sort.setFlags(sort.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.table.setItem(row, _NAME, name)
            self.table.setItem(row, _SORT, sort)
        self._filling = False
        height = theme().px(ROW_HEIGHT)
        self.table.verticalHeader().setDefaultSectionSize(height)
        self.table.setFixedHeight((min(max(len(found), 1), 12) + 1) * height)
        self.table.setVisible(bool(found))
        about = tr("settings.templates.about")
        explain(self._about, about if found else f"{about}\n{tr('settings.templates.none')}")
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = bool(self._chosen()[0])
        self.copy_button.setEnabled(chosen)
        self.remove_button.setEnabled(chosen)
