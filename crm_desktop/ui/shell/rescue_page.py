"""The page in the place of a book that cannot be opened: what happened, and every way out."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crm_desktop import __version__
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.problems import Refused
from crm_desktop.services.rescue import Backup, Checked, Rescue, Saved
from crm_desktop.ui.context import sentence
from crm_desktop.ui.file_dialogs import Purpose, ask_folder, ask_save, book_kind, show_folder
from crm_desktop.ui.formats import moment_text, number, size_text
from crm_desktop.ui.jobs import Job, Jobs
from crm_desktop.ui.language import has_words, tr, words
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP_CARD, GAP_PAGE, ROW_HEIGHT
from crm_desktop.ui.widgets import Button, Card, FlowLayout, PlainLabel, PrimaryButton
from crm_desktop.ui.widgets.scrolled import Scrolled

_COLUMNS = ("settings.data.when", "settings.data.why", "settings.data.size", "rescue.state")
_MISSING = frozenset({"book.missing", "book.cannot_open"})
# Somebody works in it, or a newer program must: there is nothing to rescue.
_SOUND = frozenset({"book.in_use", "book.newer", "book.busy", "book.no_wal", "book.exists"})
_READ_ONLY = "book.read_only"
_WIDEST = 760


class RescuePage(QWidget):
    """Offers only what can work: backups are checked before they can be chosen."""

    again = Signal()
    other_wished = Signal()
    new_wished = Signal()
    restore_wished = Signal(object)  # the Path of a checked backup
    copied = Signal(str)  # the path of a copy that can be opened

    def __init__(self, trouble: Refused, rescue: Rescue, jobs: Jobs, clock: Clock) -> None:
        super().__init__()
        self.trouble, self._rescue, self._jobs, self._clock = trouble, rescue, jobs, clock
        self.backups: list[Backup] = []
        self._checked: dict[Path, Checked] = {}
        self._state = "looking"  # what is said below the table
        self._saved: Saved | None = None
        self._saving: Job | None = None
        self._why_not: Refused | None = None
        self._details: tuple[str, ...] = ()
        self.read_only = trouble.code == _READ_ONLY
        self.sound = trouble.code in _SOUND or self.read_only
        self._build()
        self.retranslate()
        if not self.sound:
            jobs.run_reader(rescue.backups, self._listed)
        if not self.sound and trouble.code not in _MISSING:
            jobs.run_reader(rescue.details, self._detailed)

    # ---- how it looks

    def _build(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(theme().px(_WIDEST))
        column = QVBoxLayout(inner)
        column.setSpacing(GAP_CARD)
        self._title = PlainLabel(role="title", wrap=True)
        self._why, self._calm = PlainLabel(wrap=True), PlainLabel(tone="muted", wrap=True)
        for label in (self._title, self._why, self._calm):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        self._calm.setVisible(
            self.read_only or (not self.sound and self.trouble.code not in _MISSING)
        )
        self._card = Card()
        self._card.setVisible(not self.sound)
        self.table = self._table()
        self._said = PlainLabel(tone="muted", wrap=True)
        self.restore = PrimaryButton(icon_name="archive-restore")
        self.restore.clicked.connect(self._restore)
        for part in (self.table, self._said, self.restore):
            self._card.body.addWidget(part)
        self._card.body.setAlignment(self.restore, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._card)
        self._told = PlainLabel(wrap=True)
        self._told.hide()
        column.addWidget(self._told)
        buttons = QWidget()
        row = FlowLayout(buttons)
        self.try_again, self.other = Button(icon_name="refresh-cw"), Button(icon_name="folder-open")
        self.save, self.copy, self.new = Button(icon_name="download"), Button(), Button()
        self.folder = Button(icon_name="folder-open")
        self.copy_book = PrimaryButton(icon_name="files")
        for button, run in (
            (self.copy_book, self._ask_for_copy),
            (self.try_again, self.again.emit),
            (self.other, self.other_wished.emit),
            (self.new, self.new_wished.emit),
            (self.save, self._ask_where),
            (self.folder, self._show_folder),
            (self.copy, self._copy),
        ):
            button.clicked.connect(lambda _checked=False, run=run: run())
            row.addWidget(button)
        self.save.setVisible(not self.sound and self.trouble.code not in _MISSING)
        self.new.setVisible(self.trouble.code in _MISSING)
        self.copy_book.setVisible(self.read_only)
        self.folder.hide()
        column.addWidget(buttons)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP_PAGE, GAP_PAGE * 2, GAP_PAGE, GAP_PAGE)
        self._scroll = Scrolled(inner)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        outer.addWidget(self._scroll)

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(_COLUMNS))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.itemSelectionChanged.connect(self._selected)
        return table

    def retranslate(self) -> None:
        """All words again."""
        code = self.trouble.code
        kind = "damaged" if code == "book.damaged" else "missing" if code in _MISSING else "closed"
        kind = "read_only" if self.read_only else kind
        self._title.setText(tr(f"rescue.title.{kind}"))
        self._why.setText(sentence(self.trouble))
        self._calm.setText(tr("rescue.copy_calm" if self.read_only else "rescue.calm"))
        self._card.set_title(tr("rescue.backups"))
        self.table.setAccessibleName(tr("rescue.backups"))
        self.table.setHorizontalHeaderLabels([tr(key) for key in _COLUMNS])
        self._scroll.setAccessibleName(tr(f"rescue.title.{kind}"))
        for button, key in (
            (self.restore, "restore"),
            (self.save, "salvage"),
            (self.other, "other"),
            (self.try_again, "again"),
            (self.new, "new"),
            (self.copy, "copy"),
            (self.folder, "show_folder"),
            (self.copy_book, "copy_book"),
        ):
            button.setText(tr(f"rescue.{key}"))
        self._fill()
        self._say()
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # ---- backups

    def _listed(self, backups: list[Backup]) -> None:
        self.backups = backups
        self._state = "checking" if backups else "none"
        self._fill()
        self._say()
        if backups:
            self._jobs.run_reader(lambda: self._rescue.newest_good(backups), self._found)

    def _found(self, answer: tuple[list[Checked], Backup | None]) -> None:
        seen, good = answer
        self._checked.update({each.backup.path: each for each in seen})
        self._state = "good" if good is not None else "all_bad"
        self._fill()
        if good is not None:
            self.table.selectRow(self.backups.index(good))
            self._offer()
        self._say()

    def _offer(self) -> None:
        """The keyboard to the button, seen there, unless the user went on to another one."""
        present = QApplication.focusWidget()
        if present is None or present is self.table or not self.isAncestorOf(present):
            self.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
            self.restore.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _selected(self) -> None:
        chosen = self.chosen()
        if chosen is not None and chosen.path not in self._checked:
            self._state = "checking"
            self._jobs.run_reader(lambda: self._rescue.check(chosen), self._one_checked)
        elif chosen is not None:
            self._state = "good" if self._checked[chosen.path].trouble is None else "bad"
        self._say()

    def _one_checked(self, checked: Checked) -> None:
        self._checked[checked.backup.path] = checked
        self._fill()
        self._selected()

    def chosen(self) -> Backup | None:
        """The backup of the selected row."""
        row = self.table.currentRow()
        selected = bool(self.table.selectedIndexes())
        return self.backups[row] if selected and 0 <= row < len(self.backups) else None

    def _fill(self) -> None:
        self.table.setRowCount(len(self.backups))
        for row, backup in enumerate(self.backups):
            reason = f"settings.reason.{backup.reason}"
            checked = self._checked.get(backup.path)
            state = "" if checked is None else "bad" if checked.trouble else "good"
            texts = (
                self._when(backup),
                tr(reason) if has_words(reason) else "",
                size_text(backup.size),
                tr(f"rescue.state.{state}") if state else "",
            )
            for column, text in enumerate(texts):
                self.table.setItem(row, column, QTableWidgetItem(text))
        height = theme().px(ROW_HEIGHT)
        self.table.verticalHeader().setDefaultSectionSize(height)
        self.table.setFixedHeight((min(max(len(self.backups), 1), 6) + 1) * height + 4)
        self.table.setVisible(bool(self.backups))

    def _when(self, backup: Backup) -> str:
        return moment_text(backup.at.astimezone(ZoneInfo(self._clock.zone)), self._clock.today())

    def _say(self) -> None:
        chosen = self.chosen()
        checked = self._checked.get(chosen.path) if chosen is not None else None
        usable = checked is not None and checked.trouble is None
        self.restore.setEnabled(usable)
        self.restore.setVisible(bool(self.backups))
        if checked is not None and checked.trouble is not None:
            self._said.setText(sentence(checked.trouble))
        elif self._state == "good" and chosen is not None:
            self._said.setText(tr("rescue.good", when=self._when(chosen)))
        elif self._state != "good":
            self._said.setText(tr(f"rescue.{self._state}"))

    def _restore(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.restore_wished.emit(chosen.path)

    # ---- a copy of what cannot be written

    def _ask_for_copy(self) -> None:
        chosen = ask_save(
            self,
            Purpose.BOOK,
            tr("rescue.copy_where"),
            name=self._rescue.book.name,
            kinds=(book_kind(),),
        )
        if chosen is not None:
            self.copy_to(chosen.path)

    def copy_to(self, path: Path) -> None:
        """Copy the book to `path` and ask for the copy to be opened."""
        self.copy_book.setEnabled(False)
        job = self._jobs.run_reader(
            lambda: self._rescue.copy_to(path),
            lambda made: self.copied.emit(str(made)),
            refused=self._not_salvaged,
        )
        job.finished.connect(lambda: self.copy_book.setEnabled(True))

    # ---- saving what is left

    def _ask_where(self) -> None:
        folder = ask_folder(self, Purpose.SALVAGE, tr("rescue.salvage_where"))
        if folder is not None:
            self.salvage(folder)

    def salvage(self, folder: Path) -> None:
        """Save what can be read below `folder`."""
        self.save.setEnabled(False)
        self._saved, self._why_not = None, None
        spoken = words()
        self._saving = self._jobs.run_long_reader(
            lambda progress: self._rescue.salvage(folder, spoken, progress),
            self._salvaged,
            refused=self._not_salvaged,
        )
        self._saving.progressed.connect(self._salvaging)
        self._saving.finished.connect(lambda: self.save.setEnabled(True))

    def _salvaging(self, done: int, total: int) -> None:
        self._told.setText(tr("rescue.salvaging", done=number(done), total=number(total)))
        self._told.show()

    def _salvaged(self, saved: Saved) -> None:
        self._saved = saved
        self._tell()

    def _not_salvaged(self, why: Refused) -> None:
        self._why_not = why
        self._tell()

    def refuse(self, why: Refused) -> None:
        """Say why what was asked for here could not be done."""
        self._why_not = why
        self._tell()

    def _tell(self) -> None:
        told = ""
        if self._why_not is not None:
            told = sentence(self._why_not)
        elif self._saved is not None:
            folder = str(self._saved.book.parent)
            told = tr("rescue.salvaged", count=self._saved.rows, folder=folder)
            if self._saved.incomplete:
                told += " " + tr("rescue.salvaged_holes")
            told += " " + tr(f"rescue.history_{self._saved.history}")
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self.folder.setVisible(self._saved is not None)

    def _show_folder(self) -> None:
        if self._saved is not None:
            show_folder(self._saved.book)

    # ---- details

    def _detailed(self, details: Any) -> None:
        self._details = details

    def details(self) -> str:
        """For whoever is asked for help; holds no customer data."""
        lines = [f"CRM Desktop {__version__}", str(self.trouble), *self._details]
        for checked in self._checked.values():
            state = "ok" if checked.trouble is None else str(checked.trouble)
            lines.append(f"{checked.backup.path.name}: {state}")
        return "\n".join(lines)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.details())
        self.copy.setText(tr("rescue.copied"))
