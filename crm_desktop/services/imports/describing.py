"""Values in words, for notes and problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, Protocol

from crm_desktop.domain import schema
from crm_desktop.domain.amounts import amount_text, unit_price_text
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.document_lines import LINE_COLUMNS
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.lists import Item, item_name
from crm_desktop.domain.parts import Part, parts_text
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.services.imports.links import Named
from crm_desktop.services.value_words import birthday_words, day_words, number_words
from crm_desktop.words import LANGUAGES, Words

Told = tuple[str, ...]
"""The same in every language, the user's first, then as earlier versions wrote it into notes."""


_REMEMBERED = 4_000
_NUMBERS = frozenset(
    {FieldType.NUMBER, FieldType.MONEY, FieldType.UNIT_PRICE, FieldType.PERCENT}
)  # of whole numbers some are years
_AMOUNTS = {FieldType.MONEY: amount_text, FieldType.UNIT_PRICE: unit_price_text}
TitleOf = Callable[[Kind, int], str]


class Describe(Protocol):
    """A value in words: kind, field key, value, and the currency its amounts are in."""

    def __call__(self, kind: Kind, key: str, value: Any, currency: str = "") -> Told: ...


class _Form(Enum):
    """How values are told: as the pages do, and as earlier versions wrote them into notes."""

    SIGNED = "amounts with their currency"
    WORDED = "amounts as numbers"
    STORED = "days, birthdays and numbers as the book keeps them"


def describer(
    words: Words,
    choices: Choices,
    items: dict[int, Item],
    title_of: TitleOf,
    custom: Mapping[Kind, Sequence[Field]],
    own_currency: str,
) -> Describe:
    """Tells a field and its value as "Level: B", list values by their names.

    In every language, so that a note made in one is known again in another. Amounts of no
    currency are in that of the firm.
    """
    others = [Words(language) for language in LANGUAGES if language != words.language]
    tellers = [
        _teller(one, choices, items, title_of, custom, form=form)
        for form in _Form
        for one in (words, *others)
    ]

    # The same few levels and towns stand in the way row after row; 1 is not 1.0.
    @lru_cache(maxsize=_REMEMBERED, typed=True)
    def describe(kind: Kind, key: str, value: Any, currency: str = "") -> Told:
        code = currency or own_currency
        return tuple(dict.fromkeys(tell(kind, key, value, code) for tell in tellers))

    return describe


def _teller(
    words: Words,
    choices: Choices,
    items: dict[int, Item],
    title_of: TitleOf,
    custom: Mapping[Kind, Sequence[Field]],
    *,
    form: _Form,
) -> Callable[[Kind, str, Any, str], str]:
    fresh = choices.new_items

    def name_of(item_id: int) -> str:
        known = items.get(item_id)
        if known is not None:
            return item_name(known, words.text)
        return next((item.name for item in fresh if item.id == item_id), "?")

    def what_of(field: Field, what: Any) -> str:
        if isinstance(what, int):
            return title_of(field.link, what) if field.link is not None else name_of(what)
        return str(getattr(what, "title", getattr(what, "name", what)))

    def value_text(field: Field, value: Any, kind: Kind, currency: str) -> str:
        if isinstance(value, tuple):
            return "、".join(value_text(field, one, kind, currency) for one in value)
        if isinstance(value, Part):
            return parts_text(field, (value,), lambda part: what_of(field, part.what))
        if field.type in (FieldType.CHOICE, FieldType.CHOICES):
            return name_of(value)
        if isinstance(value, Ref):
            return value.title
        if isinstance(value, Named):
            return value.name
        if field.type is FieldType.LINK and field.link is not None and isinstance(value, int):
            return title_of(field.link, value)
        if form is _Form.SIGNED and isinstance(value, int | Decimal) and field.type in _AMOUNTS:
            return _AMOUNTS[field.type](value, currency)
        if form is not _Form.STORED and (plain := _plain_words(field, value, words)) is not None:
            return plain
        if isinstance(value, Birthday | Address):
            return value.text()
        if isinstance(value, Due):
            return (
                value.day.isoformat() if value.time is None else f"{value.day} {value.time:%H:%M}"
            )
        if field.type is FieldType.STATE:
            return words.text(f"state.{kind.value}.{value}")
        return value.isoformat() if isinstance(value, date) else str(value)

    def describe(kind: Kind, key: str, value: Any, currency: str) -> str:
        field = schema.find(kind, key, (*LINE_COLUMNS, *custom.get(kind, ())))
        if form is _Form.STORED and field.custom:
            return str(value)
        name = field.name if field.custom else words.text(f"field.{kind.value}.{key}")
        return words.text("import.named", name=name, value=value_text(field, value, kind, currency))

    return describe


def _plain_words(field: Field, value: Any, words: Words) -> str | None:
    """Ticks, days and numbers, as the pages tell them; None for what is told by other means."""
    if isinstance(value, bool):
        return words.text("common.yes" if value else "common.no")
    if isinstance(value, Birthday):
        return birthday_words(value, words)
    if isinstance(value, Due):
        day = day_words(value.day, words)
        return day if value.time is None else f"{day} {value.time:%H:%M}"
    if isinstance(value, date) and not isinstance(value, datetime):
        return day_words(value, words)
    if field.type in _NUMBERS and isinstance(value, int | Decimal):
        number = number_words(value)
        return f"{number}%" if field.type is FieldType.PERCENT else number
    return None
