"""The editor of a field by its type: for cells, conditions, bulk changes, new records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import is_names
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.typed_dates import typed_date
from crm_desktop.domain.written_amounts import parse_amount, parse_number
from crm_desktop.ui import formats
from crm_desktop.ui.item_options import item_options, item_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.part_rows import part_links
from crm_desktop.ui.states import state_colour
from crm_desktop.ui.table.cells import field_label, state_label
from crm_desktop.ui.widgets import (
    ChoiceField,
    ChoicesField,
    DateField,
    LinkField,
    LinksField,
    MoneyField,
    Option,
    ParsedField,
    PercentField,
    PhoneField,
    TagsField,
)
from crm_desktop.ui.widgets.links import Found

if TYPE_CHECKING:
    from crm_desktop.services.house import Services

_PLACES = {FieldType.MONEY: 2, FieldType.UNIT_PRICE: 4, FieldType.NUMBER: 4, FieldType.PERCENT: 4}


class Editors:
    """Makes the inputs of one kind's fields; each has `value()`."""

    def __init__(self, services: Services, kind: Kind) -> None:
        self._services = services
        self._kind = kind

    def cell_editor(self, field: Field, value: Any, parent: QWidget) -> QWidget | None:
        """An input without a frame of its own name, over a cell of a list."""
        if field.type is FieldType.POINTS:
            value = value[0] if value else None
        editor = self.make(field, value)
        if editor is not None:
            editor.setParent(parent)
            editor.setProperty("small", True)
        return editor

    def make(self, field: Field, value: Any = None, *, asking: bool = False) -> QWidget | None:
        """An input for one value of the field; None where it takes a page of its own.

        `asking`: for a condition, which on parts asks for what they are of.
        """
        name = field_label(self._kind, field)
        if field.link is not None and (asking or field.type is FieldType.LINK):
            return self.link(field.link, name, value, present=not asking)
        if is_names(field):
            assert field.link is not None
            return part_links(field, value or (), self._search(field.link, True), name=name)
        maker = self._makers().get(FieldType.CHOICE if asking and field.part else field.type)
        return maker(field, value, name) if maker is not None else None

    def options(self, field: Field, held: Sequence[Any] = ()) -> list[Option]:
        """What a choice, state or truth value may be, and what it is already (`held`)."""
        if field.type is FieldType.STATE:
            return [
                Option(state, state_label(self._kind, state), state_colour(state))
                for state in field.states
            ]
        if field.type is FieldType.BOOLEAN:
            return [Option(True, tr("table.yes")), Option(False, tr("table.no"))]
        items = self._services.lists.items(field.list_key)
        options = item_options(self._services.lists, items)
        offered = {option.value for option in options}
        return options + [
            Option(one, item_text(self._services.lists, one)) for one in held if one not in offered
        ]

    def several(self, field: Field, value: Sequence[Any] = ()) -> ChoicesField:
        """An input for several of the options."""
        options = self.options(field, value)
        return ChoicesField(options, value=value, name=field_label(self._kind, field))

    def links(self, field: Field, value: Sequence[int] = ()) -> LinksField:
        """An input for several records a condition asks for."""
        assert field.link is not None
        named = [(each, self._title(field.link, each)) for each in value]
        name = field_label(self._kind, field)
        return LinksField(self._search(field.link, False), value=named, name=name)

    def link(
        self,
        kind: Kind,
        name: str,
        value: Any = None,
        *,
        create: bool = False,
        present: bool = False,
    ) -> LinkField:
        """An input for another record, found while one types; `present` as in `find_links`."""
        record_id = getattr(value, "id", value)
        title = "" if record_id is None else self._title(kind, value)
        search = self._search(kind, present)
        return LinkField(search, value=record_id, title=title, can_create=create, name=name)

    def _search(self, kind: Kind, present: bool) -> Callable[[str], list[Found]]:
        def search(text: str) -> list[Found]:
            found = self._services.records.find_links(kind, text, present=present)
            return [(each.ref.id, each.ref.title, each.subtitle) for each in found]

        return search

    def _title(self, kind: Kind, value: Any) -> str:
        if isinstance(value, Ref):
            return value.title
        return self._services.records.title(Ref(kind, value))

    def _makers(self) -> dict[FieldType, Callable[[Field, Any, str], QWidget]]:
        return {
            FieldType.TEXT: self._text,
            FieldType.CURRENCY: self._text,
            FieldType.LONG_TEXT: self._text,
            FieldType.POINTS: self._point,
            FieldType.INTEGER: self._integer,
            FieldType.NUMBER: self._amount,
            FieldType.MONEY: self._amount,
            FieldType.UNIT_PRICE: self._amount,
            FieldType.PERCENT: self._percent,
            FieldType.DATE: self._date,
            FieldType.STAMP: self._date,
            FieldType.DUE: self._date,
            FieldType.NEXT_STEP: self._date,
            FieldType.CHOICE: self._choice,
            FieldType.STATE: self._choice,
            FieldType.BOOLEAN: self._choice,
            FieldType.TAGS: lambda _f, value, name: TagsField(value or (), name=name),
        }

    def _text(self, _field: Field, value: Any, name: str) -> QWidget:
        return ParsedField(str.strip, str, value=value, name=name)

    def _point(self, field: Field, value: Any, name: str) -> QWidget:
        if field.point == "email":
            return ParsedField(str.strip, str, value=value, name=name)
        return PhoneField(value=value, name=name)

    def _integer(self, _field: Field, value: Any, name: str) -> QWidget:
        field = ParsedField(_whole, formats.number, value=value, name=name)
        field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return field

    def _amount(self, field: Field, value: Any, name: str) -> QWidget:
        places = _PLACES[field.type]

        def show(amount: Decimal) -> str:
            return formats.number(amount, 2 if places == 2 else None)

        parse = parse_number if field.type is FieldType.NUMBER else parse_amount
        return MoneyField(parse, show, value=value, name=name)

    def _percent(self, _field: Field, value: Any, name: str) -> QWidget:
        return PercentField(_share, value=value, name=name)

    def _date(self, _field: Field, value: Any, name: str) -> QWidget:
        clock = self._services.clock

        def parse(text: str) -> date:
            day = typed_date(text, clock.today())
            if day is None:
                raise Refused("dates.not_a_date", value=text)
            return day

        def show(day: date) -> str:
            local = day.astimezone(ZoneInfo(clock.zone)) if isinstance(day, datetime) else day
            return formats.day_input(local)

        return DateField(parse, show, today=clock.today, value=value, name=name)

    def _choice(self, field: Field, value: Any, name: str) -> QWidget:
        required = field.type in (FieldType.STATE, FieldType.BOOLEAN)
        options = self.options(field, () if value is None else (value,))
        return ChoiceField(options, value=value, required=required, name=name)


def _whole(text: str) -> int:
    amount = parse_number(text)
    if amount != amount.to_integral_value():
        raise Refused("table.not_whole", text=text)
    return int(amount)


def _share(text: str) -> Decimal:
    return parse_number(text.strip().rstrip("%％"))
