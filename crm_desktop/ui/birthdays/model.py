"""Birthdays and anniversaries as lines of a list: days, and the people who have one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_desktop.domain.anniversaries import ComingAnniversary
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.greetings import Celebrant
from crm_desktop.domain.lunar import covers, to_lunar
from crm_desktop.domain.occasions import Listed, Occasion, identity, name_of
from crm_desktop.ui.formats import birthday_text, day_long, day_text
from crm_desktop.ui.language import tr

LINE = Qt.ItemDataRole.UserRole + 1
HEADING = Qt.ItemDataRole.UserRole + 2
PAGE = 100  # rows looked up at a time
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class DayHeading:
    """A day with its birthdays below."""

    day: date
    count: int


LookUp = Callable[[Sequence[Listed]], Sequence[Occasion]]


def age_text(row: Occasion) -> str:
    """How old somebody becomes, or how long ago the day was; empty without a year."""
    if isinstance(row, ComingAnniversary):
        return tr("birthday_page.years", count=row.years) if row.years is not None else ""
    if row.age is None:
        return ""
    return tr("birthday_page.age", count=row.age, nominal=row.nominal_age)


def dates_text(row: Occasion) -> str:
    """Both calendars: 20 Nov · lunar 10/12."""
    solar = day_text(row.on, row.on)
    if not covers(row.on):
        return solar
    lunar = to_lunar(row.on)
    words = birthday_text(Birthday(lunar.month, lunar.day, lunar=True, leap=lunar.leap))
    # What is celebrated stands first.
    return f"{words} · {solar}" if row.birthday.lunar else f"{solar} · {words}"


def greeted_text(row: Occasion) -> str:
    """When somebody was greeted last."""
    if row.last_greeted is None:
        return tr("birthday_page.never_greeted")
    return tr("birthday_page.last_greeted", day=day_text(row.last_greeted.date()))


def is_greeted(row: Occasion, today: date) -> bool:
    """Whether the greeting for this day was sent: within a month around it."""
    if row.last_greeted is None:
        return False
    return abs((row.last_greeted.date() - row.on).days) <= 30


def said(row: Occasion) -> str:
    """A row for a screen reader."""
    company = row.company.title if row.company else ""
    about = (row.person.title, name_of(row), age_text(row))
    parts = (*about, dates_text(row), company, greeted_text(row))
    return tr("format.list_separator").join(part for part in parts if part)


class BirthdayModel(QAbstractListModel):
    """Headings of days and the rows below them; what rows show is looked up by the page."""

    def __init__(self, look_up: LookUp, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look_up = look_up
        self._lines: list[DayHeading | Listed] = []

    def set_rows(self, rows: Sequence[Listed]) -> None:
        """Show these, in the order given."""
        self.beginResetModel()
        counts: dict[date, int] = {}
        for row in rows:
            counts[row.on] = counts.get(row.on, 0) + 1
        self._lines = []
        for row in rows:
            if counts.get(row.on):
                self._lines.append(DayHeading(row.on, counts.pop(row.on)))
            self._lines.append(row)
        self.endResetModel()

    def listed(self) -> list[Listed]:
        """The rows shown, as far as they were looked at."""
        return [line for line in self._lines if not isinstance(line, DayHeading)]

    def occasions(self, most: int | None = None) -> list[Occasion]:
        """The rows shown, or the first of them, with all they tell."""
        return list(self._look_up(self.listed()[:most]))

    def row_of(self, wanted: Occasion) -> int | None:
        """Where the same day of the same person is shown."""
        looked_for = identity(wanted)
        for row, line in enumerate(self._lines):
            if not isinstance(line, DayHeading) and identity(line) == looked_for:
                return row
        return None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == HEADING:
            return isinstance(line, DayHeading)
        if role == Qt.ItemDataRole.DisplayRole:
            return day_long(line.day) if isinstance(line, DayHeading) else line.person.title
        if role == LINE:
            return self._line(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            whole = self._line(index.row())
            return day_long(whole.day) if isinstance(whole, DayHeading) else said(whole)
        return None

    def _line(self, row: int) -> DayHeading | Occasion:
        line = self._lines[row]
        if isinstance(line, Celebrant):
            self._fetch(row - row % PAGE)
            line = self._lines[row]
        assert not isinstance(line, Celebrant)
        return line

    def _fetch(self, first: int) -> None:
        page = enumerate(self._lines[first : first + PAGE], first)
        wanted = {row: line for row, line in page if isinstance(line, Celebrant)}
        for row, found in zip(wanted, self._look_up([*wanted.values()]), strict=True):
            self._lines[row] = found

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if index.data(HEADING):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)
