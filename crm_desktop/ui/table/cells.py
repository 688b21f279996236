"""What a cell shows: values of every type made into text, chips, stars, ready to be painted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crm_desktop.domain import phones
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.money import rounded
from crm_desktop.domain.next_step import STEP_STATES, NextStep
from crm_desktop.domain.parts import Part, named_like
from crm_desktop.domain.points import PHONE_POINTS
from crm_desktop.domain.schema import TITLE_KEYS
from crm_desktop.domain.standing import JUDGED
from crm_desktop.ui import formats
from crm_desktop.ui.formats import part_text
from crm_desktop.ui.language import has_words, tr
from crm_desktop.ui.states import state_colour

if TYPE_CHECKING:
    from crm_desktop.services.house import Services

NUMERIC = frozenset(
    {
        FieldType.INTEGER,
        FieldType.NUMBER,
        FieldType.MONEY,
        FieldType.UNIT_PRICE,
        FieldType.PERCENT,
    }
)
_AMOUNTS = (FieldType.MONEY, FieldType.UNIT_PRICE)
_STARS = {"influence": 3, "satisfaction": 5, **dict.fromkeys(JUDGED, 5)}
# Days that are missed while the record is still open.
_DEADLINES = {
    Kind.OPPORTUNITY: "expected_close",
    Kind.QUOTE: "valid_until",
    Kind.TICKET: "promised_by",
}


class Look(Enum):
    """How a cell is painted."""

    TEXT = auto()
    AVATAR = auto()  # a circle with initials, then the name
    STRONG = auto()
    NUMBER = auto()  # to the right, digits of one width
    CHIPS = auto()
    STARS = auto()
    TICK = auto()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, ready to be painted; `text` is also what is copied and read aloud."""

    text: str = ""
    look: Look = Look.TEXT
    chips: tuple[tuple[str, str], ...] = ()  # (text, colour)
    value: int = 0  # of stars
    most: int = 5


EMPTY = Cell()


def field_label(kind: Kind, field: Field) -> str:
    """What a field is called in the language of the window."""
    key = f"field.{kind.value}.{field.key}"
    return tr(key) if has_words(key) else field.name


def state_label(kind: Kind, state: str) -> str:
    """What a state is called in the language of the window."""
    key = f"state.{kind.value}.{state}"
    return tr(key) if has_words(key) else state


def helper_keys(kind: Kind, fields: tuple[Field, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """Keys of fields that are read along because shown ones need them."""
    shown = {field.key for field in fields}
    wanted: list[str] = []
    if any(field.type in _AMOUNTS for field in fields):
        wanted.append("currency")
    if kind in STEP_STATES and any(
        field.type is FieldType.NEXT_STEP or field.key == _DEADLINES.get(kind) for field in fields
    ):
        wanted.append("state")
    return tuple(key for key in wanted if key in known and key not in shown)


class Presenter:
    """Makes cells for one kind of record. Language and lists may change: `forget` then."""

    def __init__(self, services: Services, kind: Kind) -> None:
        self._services = services
        self._kind = kind
        self._title_key = TITLE_KEYS[kind]
        self._items: dict[int, tuple[str, str]] = {}
        self._coloured: dict[str, bool] = {}
        self._home_currency = ""
        self._makers: dict[FieldType, Callable[[Field, Any], Cell]] = {
            FieldType.BOOLEAN: lambda _field, on: _tick(on),
            FieldType.CHOICE: self._choice,
            FieldType.CHOICES: self._choices,
            FieldType.STATE: self._state,
            FieldType.LINK: lambda _field, ref: Cell(ref.title),
            FieldType.POINTS: _points,
            FieldType.ADDRESSES: _addresses,
            FieldType.TAGS: _tags,
            FieldType.PARTS: self._parts,
            FieldType.DATE: lambda _field, day: Cell(formats.day_near(day, self.today())),
            FieldType.STAMP: self._stamp,
            FieldType.DUE: self._due,
            FieldType.BIRTHDAY: lambda _field, born: Cell(formats.birthday_text(born)),
            FieldType.INTEGER: _integer,
            FieldType.NUMBER: _number,
            FieldType.PERCENT: lambda _field, n: Cell(f"{formats.number(n)}%", Look.NUMBER),
            FieldType.LONG_TEXT: lambda _field, text: Cell(" ".join(str(text).split())),
        }

    def forget(self) -> None:
        """Words or list items changed."""
        self._items.clear()
        self._coloured.clear()
        self._home_currency = ""

    def today(self) -> date:
        """The day dates are told against."""
        return self._services.clock.today()

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._services.clock.zone)

    def cell(self, field: Field, value: Any, along: Mapping[str, Any]) -> Cell:
        """The cell of a value; `along` holds the other values of its row."""
        if field.type is FieldType.NEXT_STEP:
            return self._next_step(value, along)
        if value is None or value == "" or value == ():
            return EMPTY
        if field.key == self._title_key:
            named = self._kind in (Kind.PERSON, Kind.COMPANY, Kind.STAFF)
            return Cell(str(value), Look.AVATAR if named else Look.STRONG)
        if field.type in _AMOUNTS:
            return self._amount(field, value, along.get("currency"))
        if field.key == _DEADLINES.get(self._kind) and self._is_missed(value, along):
            text = formats.due_text(value, self.today())
            return Cell(text, Look.CHIPS, ((text, "red"),))
        maker = self._makers.get(field.type)
        return maker(field, value) if maker is not None else Cell(str(value))

    def amount(self, value: Decimal, currency: str) -> str:
        """An amount in its currency, or in the firm's own where it says none."""
        return formats.money(value, currency or self._own_currency())

    def item(self, item_id: int) -> tuple[str, str]:
        """Name and colour of a list item."""
        found = self._items.get(item_id)
        if found is None:
            item = self._services.lists.item(item_id)
            found = ("", "grey") if item is None else (item_name(item, tr), item.color)
            self._items[item_id] = found
        return found

    def _is_missed(self, day: date, along: Mapping[str, Any]) -> bool:
        return day < self.today() and along.get("state") in STEP_STATES[self._kind]

    def _own_currency(self) -> str:
        if not self._home_currency:
            self._home_currency = self._services.business.trade().currency
        return self._home_currency

    def _amount(self, field: Field, value: Decimal, currency: str | None) -> Cell:
        code = currency or self._own_currency()
        if field.type is FieldType.UNIT_PRICE:
            places = max(2, -int(value.normalize().as_tuple().exponent))
            return Cell(formats.sign(code) + formats.number(value, places), Look.NUMBER)
        return Cell(formats.money(value, code), Look.NUMBER)

    def _choice(self, field: Field, value: int) -> Cell:
        name, colour = self.item(value)
        if not self._is_coloured(field.list_key):
            return Cell(name)
        return Cell(name, Look.CHIPS, ((name, colour),))

    def _choices(self, field: Field, value: tuple[int, ...]) -> Cell:
        pairs = tuple(self.item(each) for each in value)
        text = formats.joined([name for name, _ in pairs])
        return Cell(text, Look.CHIPS, pairs) if self._is_coloured(field.list_key) else Cell(text)

    def _parts(self, field: Field, value: tuple[Part, ...]) -> Cell:
        return Cell(formats.joined([part_text(one, self._named(one)) for one in value]))

    def _named(self, part: Part) -> str:
        return self.item(part.what)[0] if isinstance(part.what, int) else named_like(part)

    def _is_coloured(self, list_key: str) -> bool:
        """Whether the list means something by its colours: grey ones read better as text."""
        if list_key not in self._coloured:
            items = self._services.lists.all_items(list_key)
            self._coloured[list_key] = any(item.color != "grey" for item in items)
        return self._coloured[list_key]

    def _state(self, field: Field, value: str) -> Cell:
        text = state_label(self._kind, value)
        if field.key != "state":
            return Cell(text)
        return Cell(text, Look.CHIPS, ((text, state_colour(value)),))

    def _stamp(self, _field: Field, value: datetime) -> Cell:
        return Cell(formats.moment_text(value.astimezone(self._zone()), self.today()))

    def _due(self, _field: Field, value: Any) -> Cell:
        today = self.today()
        text = formats.due_text(value.day, today, value.time)
        return Cell(text, Look.CHIPS, ((text, formats.due_colour(value.day, today)),))

    def _next_step(self, step: NextStep | None, along: Mapping[str, Any]) -> Cell:
        if step is None:
            open_states = STEP_STATES.get(self._kind)
            if open_states is not None and along.get("state") not in open_states:
                return EMPTY
            text = tr("format.nothing_planned")
            return Cell(text, Look.CHIPS, ((text, "amber"),))
        today = self.today()
        text = formats.due_text(step.day, today, step.at)
        what = self.item(step.type_id)[0] if step.type_id else step.subject
        if what:
            text = tr("format.dot", one=text, other=what)
        colour = formats.due_colour(step.day, today)
        return Cell(text, Look.CHIPS, ((text, colour),))


def _tick(on: bool) -> Cell:
    return Cell(tr("table.yes"), Look.TICK) if on else EMPTY


def _points(field: Field, value: tuple[str, ...]) -> Cell:
    first = phones.display(value[0]) if field.point in PHONE_POINTS else value[0]
    more = len(value) - 1
    return Cell(tr("table.and_more", first=first, count=more) if more else first)


def _addresses(_field: Field, value: tuple[Any, ...]) -> Cell:
    more = len(value) - 1
    first = value[0].text()
    return Cell(tr("table.and_more", first=first, count=more) if more else first)


def _tags(_field: Field, value: tuple[str, ...]) -> Cell:
    return Cell(formats.joined(list(value)), Look.CHIPS, tuple((tag, "teal") for tag in value))


def _number(field: Field, value: Decimal) -> Cell:
    """As it was typed; a share that is worked out goes to one place, for all rows alike."""
    shown = rounded(value, 1) if field.computed else value
    return Cell(formats.number(shown), Look.NUMBER)


def _integer(field: Field, value: int) -> Cell:
    most = _STARS.get(field.key)
    if most is not None:
        text = tr("common.rating_of", value=value, most=most)
        return Cell(text, Look.STARS, value=value, most=most)
    if field.key == "probability":
        return Cell(f"{value}%", Look.NUMBER)
    return Cell(formats.number(value), Look.NUMBER)
