"""What becomes of the fields when several records are made one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.points import norm
from crm_desktop.domain.records import Card
from crm_desktop.domain.text import fold


class How(StrEnum):
    """Where the value of a field comes from; the words are "duplicates.how.CODE"."""

    SAME = "same"  # nothing to decide
    KEPT = "kept"  # the kept record's; the others say otherwise
    FILLED = "filled"  # the kept record had none
    CHOSEN = "chosen"  # the user took another record's
    UNITED = "united"  # the values of all
    JOINED = "joined"  # the texts of all, one below the other
    WINS = "wins"  # yes of one is yes of all


@dataclass(frozen=True, slots=True)
class MergedField:
    """One line of the preview: the values of each record in order, and what it will be."""

    field: Field
    values: tuple[Any, ...]
    result: Any
    how: How
    source: int | None = None  # the record whose value it is, where it is one record's

    @property
    def conflict(self) -> bool:
        """Whether a value of one of them is left behind."""
        return self.how in (How.KEPT, How.CHOSEN)

    @property
    def choosable(self) -> bool:
        """Whether the user may take one record's value."""
        return self.how in (How.KEPT, How.CHOSEN, How.FILLED, How.JOINED)


@dataclass(frozen=True, slots=True)
class Moved:
    """What else goes over to the kept record: the words "duplicates.moves.CODE" and how many."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class MergePreview:
    """The table of fields for records in the order given, the kept one first."""

    cards: tuple[Card, ...]
    fields: tuple[MergedField, ...]
    moves: tuple[Moved, ...]

    @property
    def conflicts(self) -> int:
        """In how many fields a value is left behind."""
        return sum(field.conflict for field in self.fields)


# Parts of one fact: one is filled only from a record that says the same of the others.
_TOGETHER = (
    ("name", "name_reading", "given_name", "family_name"),
    ("bank_name", "bank_account"),
    ("province", "city", "district"),
    ("company", "title", "department"),
    ("important", "important_reason"),
)
_GROUP = {key: keys for keys in _TOGETHER for key in keys}
_UNITED = frozenset(
    {
        FieldType.POINTS,
        FieldType.ADDRESSES,
        FieldType.TAGS,
        FieldType.CHOICES,
        FieldType.PARTS,
    },
)
Choices = Mapping[str, int]


def merged(
    fields: Sequence[Field], cards: Sequence[Card], choices: Choices
) -> tuple[MergedField, ...]:
    """Every field of the result; `cards` begins with the kept record.

    `choices` names for fields the record whose value is wanted (its id).
    """
    chosen: dict[str, int] = {}
    for key, record_id in choices.items():
        chosen[key] = record_id
        if key == "name" and record_id != cards[0].id:
            # Its reading and its parts come with a name.
            for part in _GROUP["name"][1:]:
                chosen.setdefault(part, record_id)
    done: dict[str, MergedField] = {}
    for field in fields:
        if not field.computed and field.type is not FieldType.STAMP:
            done[field.key] = _one(field, cards, chosen, done)
    return tuple(done.values())


def _one(
    field: Field, cards: Sequence[Card], chosen: Choices, done: Mapping[str, MergedField]
) -> MergedField:
    values = tuple(card.values.get(field.key) for card in cards)
    own = values[0]
    said = [value for value in values if not _nothing(value)]
    if field.type in _UNITED:
        result = united(field, values)
        how = How.SAME if result == (own or ()) else How.UNITED
        return MergedField(field, values, result, how)
    if field.key == "do_not_contact":
        wish = any(values)
        return MergedField(field, values, wish, How.SAME if bool(own) == wish else How.WINS)
    if field.key in chosen:
        at = next((n for n, card in enumerate(cards) if card.id == chosen[field.key]), 0)
        if at == 0 and _nothing(own) and not said:
            return MergedField(field, values, own, How.SAME)
        how = How.SAME if _all_say(said, values[at], values) else How.CHOSEN
        return MergedField(field, values, values[at], how, cards[at].id)
    if field.type is FieldType.BOOLEAN:
        wish = any(values)
        return MergedField(field, values, wish, How.SAME if bool(own) == wish else How.WINS)
    if field.type is FieldType.LONG_TEXT:
        text = _joined([str(value) for value in said])
        if not said or text == own:
            return MergedField(field, values, own, How.SAME)
        how = How.JOINED if not _nothing(own) else How.FILLED
        return MergedField(field, values, text, how)
    if not _nothing(own):
        how = How.SAME if all(_equal(value, own) for value in said) else How.KEPT
        return MergedField(field, values, own, how, cards[0].id)
    for card, value in zip(cards[1:], values[1:], strict=True):
        if not _nothing(value) and _fits(field.key, card, done, cards[0]):
            return MergedField(field, values, value, How.FILLED, card.id)
    return MergedField(field, values, own, How.KEPT if said else How.SAME, cards[0].id)


def _all_say(said: Sequence[Any], value: Any, values: Sequence[Any]) -> bool:
    return all(_equal(one, value) for one in said) and _equal(values[0], value)


def _fits(key: str, card: Card, done: Mapping[str, MergedField], kept: Card) -> bool:
    """Whether the record says nothing else of what belongs to the same fact."""
    for other in _GROUP.get(key, ()):
        mine = done[other].result if other in done else kept.values.get(other)
        theirs = card.values.get(other)
        both = other != key and not _nothing(mine) and not _nothing(theirs)
        if both and not _equal(mine, theirs):
            return False
    return True


def _nothing(value: Any) -> bool:
    return value is None or value == "" or value == ()


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    return bool(one == other)


def _joined(texts: Sequence[str]) -> str:
    """The texts below each other, one that is part of another once."""
    kept: list[str] = []
    for text in texts:
        if not any(text.strip() in other for other in kept):
            kept.append(text.strip())
    return "\n\n".join(kept)


def united(field: Field, values: Sequence[Any]) -> tuple[Any, ...]:
    """The values of all in order, equal ones once."""
    found: dict[Any, Any] = {}
    for several in values:
        for value in several or ():
            found.setdefault(same_key(field, value), value)
    return tuple(found.values())


def same_key(field: Field, value: Any) -> Any:
    """What equal points and addresses have in common."""
    if field.type is FieldType.POINTS:
        return norm(field.point, value)
    if field.type is FieldType.ADDRESSES:
        return fold(value.text()).replace(" ", "")
    return value
