"""How the value of a field reads: in facts, in the timeline, in titles."""

from __future__ import annotations

from datetime import date, datetime
from functools import reduce
from typing import Any
from zoneinfo import ZoneInfo

from crm_desktop.domain import phones
from crm_desktop.domain.amounts import unit_price_text
from crm_desktop.domain.belonging import Limits
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.lists import Item, item_name
from crm_desktop.domain.next_step import NextStep
from crm_desktop.domain.parts import Part, named_like
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import (
    birthday_text,
    day_text,
    due_text,
    joined,
    moment_text,
    money,
    number,
    part_text,
)
from crm_desktop.ui.language import has_words, tr

PHONES = ("mobile", "phone", "fax")


def field_name(kind: Kind, field: Field) -> str:
    """What a field is called: the shipped words, or the name the user gave it."""
    key = f"field.{kind.value}.{field.key}"
    return tr(key) if has_words(key) else field.name


def state_name(kind: Kind, state: str) -> str:
    """What one of the closed states of a kind is called."""
    return tr(f"state.{kind.value}.{state}")


class Shown:
    """Values as text, in the language of the window and the zone of the user."""

    def __init__(self, context: Context) -> None:
        self._context = context

    @property
    def today(self) -> date:
        """The day it is for the user."""
        return self._context.clock.today()

    def local(self, moment: datetime) -> datetime:
        """A moment on the user's clock."""
        return moment.astimezone(ZoneInfo(self._context.clock.zone))

    def item(self, item_id: int | None) -> Item | None:
        """A list item, where there still is one."""
        return self._context.services.lists.item(item_id)

    def item_text(self, item_id: int | None) -> str:
        """What a list item is called."""
        item = self.item(item_id)
        return item_name(item, tr) if item is not None else ""

    def belonging(self, limits: Limits) -> str:
        """What an own field belongs to: Tractors, Combines · Customer."""
        told = [joined([self.item_text(item) for item in items]) for _, items in limits]
        return reduce(lambda one, other: tr("format.dot", one=one, other=other), told)

    def part(self, part: Part) -> str:
        """A product with its quantity, a group with what is needed of it."""
        name = self.item_text(part.what) if isinstance(part.what, int) else named_like(part)
        return part_text(part, name)

    def step_text(self, step: NextStep) -> str:
        """When the next step is due: Today 14:00."""
        return due_text(step.day, self.today, step.at)

    def text(self, kind: Kind, field: Field, value: Any, currency: str = "") -> str:
        """The value on one line; "" where there is none."""
        if value is None or value == () or value == "":
            return ""
        match field.type:
            case FieldType.CHOICE:
                return self.item_text(value)
            case FieldType.CHOICES:
                return joined([self.item_text(one) for one in value])
            case FieldType.STATE:
                return state_name(kind, value)
            case FieldType.LINK:
                return value.title if isinstance(value, Ref) else f"#{value}"
            case FieldType.POINTS:
                return joined([point_text(field, one) for one in value])
            case FieldType.ADDRESSES:
                return joined([address.text() for address in value])
            case FieldType.TAGS:
                return joined(list(value))
            case FieldType.PARTS:
                return joined([self.part(one) for one in value])
            case FieldType.BIRTHDAY:
                return birthday_text(value)
            case FieldType.BOOLEAN:
                return tr("common.yes" if value else "common.no")
            case FieldType.MONEY:
                return money(value, currency or "CNY")
            case FieldType.UNIT_PRICE:
                return unit_price_text(value, currency or "CNY")
            case FieldType.PERCENT:
                return f"{number(value)}%"
            case FieldType.INTEGER | FieldType.NUMBER:
                return number(value)
            case FieldType.DATE:
                return day_text(value, self.today)
            case FieldType.STAMP:
                return moment_text(self.local(value), self.today)
            case FieldType.DUE:
                return due_text(value.day, self.today, value.time)
            case FieldType.NEXT_STEP:
                return tr("format.dot", one=self.step_text(value), other=value.subject)
        return str(value)


def point_text(field: Field, value: str) -> str:
    """A phone in groups, everything else as it is."""
    return phones.display(value) if field.point in PHONES else value
