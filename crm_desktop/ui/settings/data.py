"""Data: where the book lies, its backups, and whether it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMessageBox,
    QTableWidget,
    QTableWidgetItem,
)

from crm_desktop.domain.problems import Refused
from crm_desktop.services.backups import Backup, Health
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.file_dialogs import Purpose, ask_folder, ask_open, book_kind, open_file
from crm_desktop.ui.formats import moment_text, number, size_text
from crm_desktop.ui.history.rows import local
from crm_desktop.ui.language import has_words, tr
from crm_desktop.ui.settings.group import Group, explain, flow
from crm_desktop.ui.settings.whole_book import WholeBook
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import ROW_HEIGHT
from crm_desktop.ui.widgets import Banner, Button, ElidedLabel, PlainLabel, PrimaryButton

_NARROWEST_COLUMN = 96  # room for the words of every head at 150 %
_COLUMNS = ("when", "why", "records", "size")
_FIGURE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def confirm_restore(parent: Any, when: str) -> bool:
    """Ask once more: what was done since the backup is put aside. One of the allowed boxes."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(tr("settings.data.restore_ask", when=when))
    box.setInformativeText(tr("settings.data.restore_what"))
    yes = box.addButton(tr("settings.data.restore_close"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(tr("common.cancel"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is yes


class DataGroup(Group):
    """The book's file and the copies of it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.backups: list[Backup] = []
        self._health: Health | None = None
        self._making = False  # a backup is being made
        self._build_book()
        self._build_backups()
        self.whole_book = WholeBook(context, self._ask_and_restore)
        self.column.addWidget(self.whole_book)
        self.column.addStretch(1)

    def _build_book(self) -> None:
        self._book_card, self._book_about = self.add_card()
        self.place = ElidedLabel(middle=True)
        self.open_folder = Button(icon_name="folder-open", small=True)
        self.open_folder.clicked.connect(lambda: _open(self._book_path().parent))
        self.check = Button(icon_name="shield-check", small=True)
        self.check.clicked.connect(self._check)
        self._book_card.body.addWidget(self.place)
        self._book_card.body.addWidget(flow(self.open_folder, self.check))
        self.warning = Banner("", kind="amber")
        self.warning.hide()
        self._book_card.body.addWidget(self.warning)
        self.whole = PlainLabel(tone="muted", wrap=True)
        self.whole.hide()
        self._book_card.body.addWidget(self.whole)

    def _build_backups(self) -> None:
        self._card, self._about = self.add_card()
        self.make = PrimaryButton(icon_name="database-backup")
        self.make.clicked.connect(self.back_up)
        self.folder = ElidedLabel(middle=True, tone="muted")
        self.other_folder = Button(icon_name="folder", small=True)
        self.other_folder.clicked.connect(self._choose_folder)
        self.show_folder = Button(icon_name="folder-open", small=True)
        self.show_folder.clicked.connect(lambda: _open(self.context.services.backups.folder()))
        self._card.body.addWidget(self.folder)
        self._card.body.addWidget(flow(self.make, self.other_folder, self.show_folder))
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(_NARROWEST_COLUMN)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self._card.body.addWidget(self.table)
        self._state = PlainLabel(tone="muted", wrap=True)
        self.restore = Button(icon_name="archive-restore", small=True)
        self.restore.clicked.connect(self._restore_selected)
        self.restore_file = Button(small=True)
        self.restore_file.clicked.connect(self._restore_file)
        self._card.body.addWidget(self._state)
        self._card.body.addWidget(flow(self.restore, self.restore_file))

    def retranslate(self) -> None:
        super().retranslate()
        self._book_card.set_title(tr("settings.data.book"))
        explain(self._book_about, tr("settings.data.book_about"))
        self.open_folder.setText(tr("common.show_in_folder"))
        self.check.setText(tr("settings.data.check"))
        self._card.set_title(tr("settings.data.backups"))
        explain(self._about, tr("settings.data.backups_about"))
        self.make.setText(tr("settings.data.make"))
        self.other_folder.setText(tr("settings.data.other_folder"))
        self.show_folder.setText(tr("common.show_in_folder"))
        self.restore.setText(tr("settings.data.restore"))
        self.restore_file.setText(tr("settings.data.restore_file"))
        self.whole_book.retranslate()
        self.table.setAccessibleName(tr("settings.data.backups"))
        self.table.setHorizontalHeaderLabels([tr(f"settings.data.{key}") for key in _COLUMNS])
        self._fill(self.backups)
        if self._health is not None:
            self._checked(self._health)

    def refresh(self) -> None:
        self.place.setText(str(self._book_path()))
        backups = self.context.services.backups
        self.folder.setText(str(backups.folder()))
        self.context.jobs.run_reader(backups.list, self._fill)
        self.context.jobs.run_reader(backups.health, self._place_told)

    def back_up(self) -> None:
        """Make a verified copy now; pressed again meanwhile it does nothing."""
        # The button stays enabled: one that is not would lose the keyboard.
        if self._making:
            return
        self._making = True
        self._state.setText(tr("shell.backing_up"))
        backups = self.context.services.backups

        def done(made: Backup) -> None:
            self._making = False
            self._state.setText(tr("settings.data.made", name=made.path.name))
            self.context.notifier.backed_up.emit(made)
            self.refresh()

        def refused(why: Refused) -> None:
            self._making = False
            self._state.setText(sentence(why))

        self.context.jobs.run_writer(
            lambda progress: backups.make(progress=progress), done, refused=refused
        )

    def restore_from(self, path: Path) -> None:
        """Put a backup in the place of the book; the window goes on with the restored one."""
        self.context.window.restore_book(path)

    def _book_path(self) -> Path:
        return Path(self.context.services.book.path)

    def _check(self) -> None:
        self.context.jobs.run_reader(self.context.services.backups.health, self._checked)

    def _place_told(self, health: Health) -> None:
        words = " ".join(sentence(problem) for problem in health.warnings)
        self.warning.set_text(words)
        self.warning.setVisible(bool(words))

    def _checked(self, health: Health) -> None:
        self._health = health
        self._place_told(health)
        self.whole.setText(tr("settings.data.whole" if health.whole else "settings.data.damaged"))
        self.whole.set_tone("muted" if health.whole else "danger")
        self.whole.show()

    def _choose_folder(self) -> None:
        folder = ask_folder(
            self,
            Purpose.BACKUP,
            tr("settings.data.other_folder"),
            usual=self.context.services.backups.folder(),
        )
        if folder is not None:
            self.context.settings.backup_folder = str(folder)
            self.context.settings.save(self.context.home.config)
            self.refresh()

    def _restore_selected(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self.backups):
            self._ask_and_restore(self.backups[row].path, self._when(self.backups[row]))

    def _restore_file(self) -> None:
        path = ask_open(
            self,
            Purpose.BACKUP,
            tr("settings.data.restore_file"),
            kinds=(book_kind(),),
            usual=self.context.services.backups.folder(),
        )
        if path is not None:
            self._ask_and_restore(path, path.name)

    def _ask_and_restore(self, path: Path, when: str) -> None:
        if confirm_restore(self, when):
            self.restore_from(path)

    def _when(self, backup: Backup) -> str:
        clock = self.context.clock
        return moment_text(local(backup.at, clock), clock.today())

    def _fill(self, backups: list[Backup]) -> None:
        self.backups = backups
        self.table.setRowCount(len(backups))
        for row, backup in enumerate(backups):
            key = f"settings.reason.{backup.reason}"
            texts = (
                self._when(backup),
                tr(key) if has_words(key) else "",
                number(sum(backup.rows.get(name, 0) for name in ("people", "companies"))),
                size_text(backup.size),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column >= _COLUMNS.index("records"):
                    item.setTextAlignment(_FIGURE)
                self.table.setItem(row, column, item)
        height = theme().px(ROW_HEIGHT)
        self.table.verticalHeader().setDefaultSectionSize(height)
        self.table.setFixedHeight((min(max(len(backups), 2), 8) + 1) * height)
        self.table.setVisible(bool(backups))
        self.restore.setVisible(bool(backups))
        for column in range(_COLUMNS.index("records"), len(_COLUMNS)):
            head = self.table.horizontalHeaderItem(column)
            if head is not None:
                head.setTextAlignment(_FIGURE)
        if not backups:
            self._state.setText(tr("shell.not_backed_up"))
        elif self._state.text() == tr("shell.not_backed_up"):
            self._state.setText("")
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.restore.setEnabled(bool(self.table.selectedIndexes()))


def _open(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    open_file(folder)
