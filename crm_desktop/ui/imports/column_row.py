"""One column of the file in step 2: its samples, where it goes, how dates are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm_desktop.domain.dates import order_evidence
from crm_desktop.domain.fields import FieldType
from crm_desktop.services.imports import (
    LISTED,
    NO,
    YES,
    ColumnPlan,
    FileWord,
    Target,
    Value,
    mark_is_open,
)
from crm_desktop.ui.formats import joined
from crm_desktop.ui.imports.draft import DATED, order_is_open, wants_a_look
from crm_desktop.ui.imports.head_table import letters
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP_CHIP
from crm_desktop.ui.tooltips import plain_tip
from crm_desktop.ui.widgets import (
    Chip,
    ChoiceField,
    ElidedLabel,
    FlowLayout,
    IconButton,
    Option,
    PlainLabel,
)
from crm_desktop.ui.widgets.lines import LineButton

ORDERS = ("ymd", "dmy", "mdy")
_NOWHERE = ""


class _DateChoices(QWidget):
    """How dates are written, for birthdays in which calendar, for follow-ups what is past."""

    def __init__(self) -> None:
        super().__init__()
        self.order, self.calendar = ChoiceField(required=True), ChoiceField(required=True)
        self.past = ChoiceField(required=True)
        line = FlowLayout(self, gap=GAP_CHIP)
        for choice in (self.order, self.calendar, self.past):
            choice.setMinimumWidth(theme().px(160 if choice is self.past else 140))
            line.addWidget(choice)


class ColumnRow(QObject):
    """The widgets of one column; `changed` after the user chose something."""

    changed = Signal()
    details_wished = Signal()

    def __init__(self, column: ColumnPlan, cells: Sequence[Value], parent: QWidget) -> None:
        """`cells` are those of the column in the rows at hand."""
        super().__init__(parent)
        self.column = column
        self._seen = len(cells)
        self._cells = cells
        self._places: dict[str, Target] = {}
        self._found: list[FileWord] = []
        name = column.header or tr(
            "import_page.column_without_header", letter=letters(column.index)
        )
        self.name = ElidedLabel(name, role="strong")
        self.samples = ElidedLabel(joined(column.samples) or "–", tone="muted")
        self.target = ChoiceField(required=True, searchable=True)
        self.target.setMinimumContentsLength(14)
        self.filled = PlainLabel(tone="muted")
        self.state = Chip("")
        self.more = IconButton("settings", tr("import_page.details_of", column=name), small=True)
        self.more.clicked.connect(self.details_wished)
        self.said = PlainLabel(role="small", tone="muted", wrap=True)
        self.words = LineButton("")
        self.words.clicked.connect(self.details_wished)
        self._dates: _DateChoices | None = None  # few columns hold dates, and lists cost time
        self._mark: ChoiceField | None = None  # fewer leave open what 1.234 is
        self._choices = QWidget()
        column_of_choices = QVBoxLayout(self._choices)
        column_of_choices.setContentsMargins(0, 0, 0, 0)
        column_of_choices.setSpacing(GAP_CHIP)
        column_of_choices.addWidget(self.target)
        column_of_choices.addWidget(self.words)
        column_of_choices.addWidget(self.said)
        self.target.changed.connect(self._target_changed)

    @property
    def order(self) -> ChoiceField:
        """The order of day and month in the dates of the column."""
        return self._date_choices().order

    @property
    def asking(self) -> ChoiceField:
        """Where the user is asked something about the column."""
        if not self.column.sure:
            return self.target
        return self._mark if self._mark is not None else self.order

    def _mark_choice(self) -> ChoiceField:
        if self._mark is None:
            mark = self._mark = ChoiceField(required=True)
            mark.changed.connect(lambda value: self._option_changed("decimal", value))
            below = self._choices.layout()
            assert isinstance(below, QVBoxLayout)
            below.insertWidget(1, mark)
            QWidget.setTabOrder(self.target, mark)
        return self._mark

    def _show_mark(self, place: Target | None) -> None:
        """Ask what 1.234 is, where nothing says so; what was answered can be changed."""
        is_open = place is not None and mark_is_open(place, {}, self._cells)
        if is_open:
            mark = self._mark_choice()
            mark.setAccessibleName(tr("import_page.mark_of", column=self.name.text()))
            mark.set_options(
                [Option(each, tr(f"import_page.mark.{each or 'open'}")) for each in _MARKS]
            )
            mark.set_value(self.column.options.get("decimal", ""))
        if self._mark is not None:
            self._mark.setVisible(is_open)

    def _date_choices(self) -> _DateChoices:
        if self._dates is None:
            dates = self._dates = _DateChoices()
            dates.order.changed.connect(lambda value: self._option_changed("date_order", value))
            dates.calendar.changed.connect(lambda value: self._option_changed("calendar", value))
            dates.past.changed.connect(lambda value: self._option_changed("past", value))
            below = self._choices.layout()
            assert isinstance(below, QVBoxLayout)
            below.insertWidget(1, dates)
            QWidget.setTabOrder(self.target, dates.order)
            QWidget.setTabOrder(dates.order, dates.calendar)
            QWidget.setTabOrder(dates.calendar, dates.past)
        return self._dates

    @property
    def height(self) -> int:
        """What the row takes at least, in pixels."""
        self.state.ensurePolished()
        parts = (self.target, self.more, self.state, self.filled, self.name)
        return max(part.sizeHint().height() for part in parts)

    def place(self, grid: QGridLayout, row: int, *, after: QWidget) -> None:
        """Put the widgets into a row of the table; Tab comes to them from `after`."""
        for column, widget in enumerate(
            (self.name, self.samples, self._choices, self.filled, self.state, self.more)
        ):
            grid.addWidget(widget, row, column)
        for before, stop in pairwise((after, self.target, self.words, self.more)):
            QWidget.setTabOrder(before, stop)

    def show_words(self, options: Sequence[Option], places: dict[str, Target]) -> None:
        """Offer these places, in the language of now."""
        self._places = places
        self.target.set_options(options)
        self.target.set_value(self.column.target or _NOWHERE)
        header = self.name.text()
        self.target.setAccessibleName(tr("import_page.target_of", column=header))
        self.filled.setText(tr("common.of", shown=self.column.filled, total=self._seen))
        self._show_options()

    def show_state(self, *, twice: bool) -> None:
        """Whether the column is settled or should be looked at."""
        if twice:
            self.state.set_text(tr("import_page.state.twice"), "red")
        elif not self.column.target:
            self.state.set_text(tr("import_page.state.left_out"), "grey")
        elif self.to_look_at:
            self.state.set_text(tr("import_page.state.look"), "amber")
        else:
            self.state.set_text(tr("import_page.state.sure"), "green")

    @property
    def to_look_at(self) -> bool:
        """Whether the user should say where the column goes, or how its dates are written."""
        return wants_a_look(self.column, self._places.get(self.column.target or ""), self._cells)

    def _order_is_open(self) -> bool:
        return order_is_open(self.column, self._places.get(self.column.target or ""), self._cells)

    def _show_options(self) -> None:
        place = self._places.get(self.column.target or "")
        kind = place.field.type if place is not None else None
        if kind in DATED:
            self._show_dates(birthdays=kind is FieldType.BIRTHDAY)
        if self._dates is not None:
            self._dates.setVisible(kind in DATED)
        self._show_mark(place)
        self.name.setEnabled(place is not None)
        self.more.setEnabled(place is not None)
        self.more.set_name(tr("import_page.details_of", column=self.name.text()))
        self.show_details()

    def show_samples(self, shown: bool) -> None:
        """Whether there is room for the samples."""
        self.samples.setVisible(shown)

    @property
    def has_list(self) -> bool:
        """Whether the words of the column stand for items of a list, or for yes and no."""
        place = self._places.get(self.column.target or "")
        return place is not None and place.field.type in LISTED

    def show_found(self, found: Sequence[FileWord]) -> None:
        """Tell the words of the column with what they become, and how many would be new."""
        self._found = list(found)
        place = self._places.get(self.column.target or "")
        ticks = place is not None and place.field.type is FieldType.BOOLEAN
        told = [word_becomes(word, self.column.values, ticks=ticks) for word in self._found]
        new = sum(becomes is None for _, becomes in told)
        said = [
            tr("import_page.word_to", word=text, name=becomes or tr("import_page.word_is_new"))
            for text, becomes in told
        ]
        chip = tr("import_page.words_new", count=new) if new else ""
        self.words.set_words(joined(said), chip=chip, chip_colour="amber")
        self.words.setToolTip(plain_tip(joined(said)))
        self.words.setVisible(bool(told) and self.has_list)

    def _show_dates(self, *, birthdays: bool) -> None:
        dates, header = self._date_choices(), self.name.text()
        orders = [Option(each, tr(f"import_page.order.{each}")) for each in ORDERS]
        if self._order_is_open():
            orders.insert(0, Option(_NOWHERE, tr("import_page.order.open")))
        dates.order.setAccessibleName(tr("import_page.order_of", column=header))
        dates.order.set_options(orders)
        dates.order.set_value(self.column.options.get("date_order", orders[0].value))
        dates.calendar.setAccessibleName(tr("import_page.calendar_of", column=header))
        dates.calendar.set_options(
            [Option(each, tr(f"import_page.calendar.{each or 'auto'}")) for each in _CALENDARS]
        )
        dates.calendar.set_value(self.column.options.get("calendar", ""))
        dates.calendar.setVisible(birthdays)
        dates.past.setAccessibleName(tr("import_page.past_of", column=header))
        dates.past.set_options([Option(each, tr(f"import_page.past.{each}")) for each in _PASTS])
        dates.past.set_value(self.column.options.get("past", _PASTS[0]))
        dates.past.setVisible(self.column.target == "activity.due")

    def show_details(self) -> None:
        """Say below the choice what else was decided about the column."""
        said = []
        if self.column.existing:
            said.append(tr(f"import_page.column_existing.{self.column.existing}"))
        if "missing" in self.column.options:
            said.append(tr(f"import_page.missing.{self.column.options['missing']}"))
        if self.column.values and not self.has_list:
            said.append(tr("import_page.words_said", count=len(self.column.values)))
        self.said.setText(joined(said))
        self.said.setVisible(bool(said) and self.column.target is not None)
        self.show_found(self._found if self.has_list else ())

    def _target_changed(self, value: str) -> None:
        self.column.target = value or None
        self.column.values.clear()  # they were about another list
        self.column.options.pop("missing", None)
        self.column.sure = True  # the user said so
        self._found = []  # what the words become is read again
        self._find_order()
        self._show_options()
        self.changed.emit()

    def _find_order(self) -> None:
        """What the cells say about the order of day and month, where dates are wanted of them."""
        place = self._places.get(self.column.target or "")
        order = order_evidence(self._cells).order
        if place is not None and place.field.type in DATED and order is not None:
            self.column.options["date_order"] = order

    def _option_changed(self, key: str, value: str) -> None:
        if value:
            self.column.options[key] = value
        else:
            self.column.options.pop(key, None)
        self.changed.emit()


def word_becomes(word: FileWord, said: Mapping[str, str], *, ticks: bool) -> tuple[str, str | None]:
    """The word, and the name it becomes; None where an item of this name would be made."""
    becomes = said.get(word.text, word.becomes)
    if not becomes and (ticks or word.text in said):
        return word.text, tr("import_page.word_left_out")
    if becomes in (YES, NO):
        return word.text, tr(f"common.{becomes}")
    new = not becomes or (becomes == word.text and word.becomes != becomes)
    return word.text, None if new else becomes


_MARKS = ("", "comma", "point")
_PASTS = ("planned", "done")
_CALENDARS = ("", "solar", "lunar")
