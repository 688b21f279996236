"""Our people: colleagues who can be in charge of a record."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
)

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.records import Row
from crm_desktop.domain.typed_dates import typed_date
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.settings.form import Form
from crm_desktop.ui.settings.group import Group, explain, flow
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, ROW_HEIGHT
from crm_desktop.ui.widgets import Button, Option

KEYS = ("name", "team", "branch", "phone_text", "email_text", "active_from", "active_to")
_DAYS = ("active_from", "active_to")
_NARROWEST = 110  # pixels of a column: a day has room
_ID = Qt.ItemDataRole.UserRole


class StaffGroup(Group):
    """A small table, edited in its cells."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._card, self._about = self.add_card()
        self._filling = False
        self.table = QTableWidget(0, len(KEYS))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.itemChanged.connect(self._edited)
        self.table.horizontalScrollBar().rangeChanged.connect(lambda _least, _most: self._fit())
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self._card.body.addWidget(self.table)
        self.remove = Button(icon_name="trash-2", small=True)
        self.remove.clicked.connect(self._remove)
        self._card.body.addWidget(flow(self.remove))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self.new = QLineEdit()
        self.new.returnPressed.connect(self.add)
        self.add_button = Button(icon_name="user-plus", small=True)
        self.add_button.clicked.connect(self.add)
        row.addWidget(self.new, 1)
        row.addWidget(self.add_button)
        self._card.body.addLayout(row)
        self._me, self._me_about = self.add_card()
        self._colleagues: list[Option] = []
        form = Form("staff", self._say_who)
        form.choice("colleague", self._options)
        self.forms.append(form)
        self.form = form
        self._me.body.addWidget(form)
        self.column.addStretch(1)

    def retranslate(self) -> None:
        super().retranslate()
        self._card.set_title(tr("settings.group.staff"))
        explain(self._about, tr("settings.staff.about"))
        self.table.setAccessibleName(tr("settings.group.staff"))
        self.table.setHorizontalHeaderLabels([tr(f"field.staff.{key}") for key in KEYS])
        self.new.setPlaceholderText(tr("settings.staff.new"))
        self.new.setAccessibleName(tr("settings.staff.new"))
        self.add_button.setText(tr("common.add"))
        self.remove.setText(tr("common.delete"))
        self._me.set_title(tr("settings.staff.me"))
        explain(self._me_about, tr("settings.staff.me_about"))

    def refresh(self) -> None:
        records = self.context.services.records

        def read() -> tuple[list[Row], list[Option]]:
            rows = records.rows(Kind.STAFF, records.ids(Kind.STAFF), KEYS)
            return rows, [
                Option(records.card(Kind.STAFF, r.id).uid, str(r.values[0])) for r in rows
            ]

        self.context.jobs.run_reader(read, lambda found: self._show(*found))

    def _show(self, rows: list[Row], colleagues: list[Option]) -> None:
        self._fill(rows)
        self._colleagues = colleagues
        self.form.retranslate()
        self.form.show_values({"colleague": self.context.settings.colleague})

    def _options(self) -> list[Option]:
        return [Option("", tr("settings.staff.nobody")), *self._colleagues]

    def _say_who(self, key: str, uid: str) -> None:
        """Remember who works at this machine."""
        setattr(self.context.settings, key, uid)
        self.context.window.apply_settings()

    def add(self) -> None:
        """A colleague of the name that was typed."""
        name = self.new.text().strip()
        if not name:
            return
        records = self.context.services.records

        def done(_result: Any) -> None:
            self.new.setText("")
            self.refresh()

        self.write(lambda: records.create(Kind.STAFF, {"name": name}), done)

    def _remove(self) -> None:
        ids = sorted({self._id(index.row()) for index in self.table.selectedIndexes()})
        records = self.context.services.records
        if ids:
            self.write(lambda: records.trash(Kind.STAFF, ids), lambda _done: self.refresh())

    def _edited(self, item: QTableWidgetItem) -> None:
        if self._filling:
            return
        key, text = KEYS[item.column()], item.text().strip() or None
        record_id = self._id(item.row())
        records, today = self.context.services.records, self.context.clock.today()

        def store() -> None:
            value = typed_date(text, today) if key in _DAYS and text else text
            records.update(Kind.STAFF, record_id, {key: value})

        self.write(
            store,
            lambda _done: self.refresh(),
        )

    def _id(self, row: int) -> int:
        item = self.table.item(row, 0)
        return int(item.data(_ID)) if item is not None else 0

    def _fill(self, rows: list[Row]) -> None:
        self._filling = True
        self.table.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, value in enumerate(row.values):
                # A day stands as it is typed: this is a table one edits in.
                item = QTableWidgetItem(str(value or ""))
                item.setData(_ID, row.id)
                self.table.setItem(at, column, item)
        self._filling = False
        self.table.horizontalHeader().setMinimumSectionSize(theme().px(_NARROWEST))
        self.table.verticalHeader().setDefaultSectionSize(theme().px(ROW_HEIGHT))
        self._fit()
        self._show_buttons()

    def _fit(self) -> None:
        """As high as its rows, and the bar below them where the columns need more room."""
        bar = self.table.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0
        lines = min(max(self.table.rowCount(), 3), 12) + 1
        self.table.setFixedHeight(lines * theme().px(ROW_HEIGHT) + below)

    def _show_buttons(self) -> None:
        self.remove.setEnabled(bool(self.table.selectedIndexes()))
