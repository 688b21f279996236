"""Values in words, for notes and problems."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from crm_desktop.domain import schema
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.document_lines import LINE_COLUMNS
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.lists import Item, item_name
from crm_desktop.domain.parts import Part, parts_text
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.services.imports.links import Named
from crm_desktop.words import LANGUAGES, Words

Told = tuple[str, ...]
"""The same in every language, the user's first."""


_REMEMBERED = 4_000
TitleOf = Callable[[Kind, int], str]


def describer(
    words: Words, choices: Choices, items: dict[int, Item], title_of: TitleOf
) -> Callable[[Kind, str, Any], Told]:
    """Tells a field and its value as "Level: B", list values by their names.

    In every language, so that a note made in one is known again in another.
    """
    others = [Words(language) for language in LANGUAGES if language != words.language]
    tellers = [_teller(one, choices, items, title_of) for one in (words, *others)]

    # The same few levels and towns stand in the way row after row; 1 is not 1.0.
    @lru_cache(maxsize=_REMEMBERED, typed=True)
    def describe(kind: Kind, key: str, value: Any) -> Told:
        return tuple(tell(kind, key, value) for tell in tellers)

    return describe


def _teller(
    words: Words, choices: Choices, items: dict[int, Item], title_of: TitleOf
) -> Callable[[Kind, str, Any], str]:
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

    def value_text(field: Field, value: Any, kind: Kind) -> str:
        if isinstance(value, tuple):
            return "、".join(value_text(field, one, kind) for one in value)
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
        if isinstance(value, Birthday | Address):
            return value.text()
        if isinstance(value, Due):
            return (
                value.day.isoformat() if value.time is None else f"{value.day} {value.time:%H:%M}"
            )
        if field.type is FieldType.STATE:
            return words.text(f"state.{kind.value}.{value}")
        return value.isoformat() if isinstance(value, date) else str(value)

    def describe(kind: Kind, key: str, value: Any) -> str:
        if key.startswith("custom."):
            return str(value)
        field = schema.find(kind, key, LINE_COLUMNS)
        name = words.text(f"field.{kind.value}.{key}")
        return words.text("import.named", name=name, value=value_text(field, value, kind))

    return describe
