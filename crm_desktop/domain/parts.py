"""Parts of a record: small rows of their own that are read and written as one field.

Each names something (`what`: a product, an entry of a list, one of our people) and may say how
much of it. In a cell of a file they are text: "GTX Pro × 2 @ 550; MG Special", "Bearings: 1200 t
(2026)" and "Han Mei; Lin Tao".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.written_amounts import parse_amount

_CENT = Decimal("0.01")
_QUOTE = '"'
_SEPARATORS = ";；、\n"
_SEPARATORS_OF_NAMES = _SEPARATORS + ",，|/／"  # a product may be called with these, nobody is
_PROPOSAL = re.compile(r"(.+?)(?:\s+×\s*(\S+?))?(?:\s+@\s*(\S+))?")
_AMOUNT = r"(?P<amount>[\d.,，]+万?)\s*"
_YEAR = r"\s*(?:[(（](?P<year>\d{4})\s*年?[)）]|\s(?P<last>(?:19|20)\d\d)年?)?"
_DEMAND = (  # as it is written, and as it is typed
    re.compile(rf"(?P<name>.+)[:：]\s*{_AMOUNT}(?P<unit>.*?){_YEAR}"),
    re.compile(rf"(?P<name>.+?)\s{_AMOUNT}(?P<unit>\D*?){_YEAR}"),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A product an opportunity is about. Without a price nothing is said of it.

    `what` is the product: a reference when read, an id too when written, its name in a cell; a
    `quantity` of None is one, where a cell does not tell it.
    """

    what: Any
    quantity: Decimal | None = Decimal(1)
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """How much of a group of products a company needs in a year; `what` is the entry's id."""

    what: Any
    amount: Decimal | None = None
    unit: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Helper:
    """One of our people who helps the one in charge; `what` is the colleague."""

    what: Any


Part = Proposal | Demand | Helper
PROPOSAL, DEMAND = "proposal", "demand"
HELPER_OF_ACTIVITY, HELPER_OF_OPPORTUNITY = "activity_helper", "opportunity_helper"


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of part: its class, the fields it has, and how it is written and read."""

    make: type[Part]
    fields: tuple[Field, ...]
    written: Callable[[Any, str], str]
    read: Callable[[str], Part]
    same: tuple[str, ...]
    """By these parts of one record are known to speak of the same."""
    separators: str = _SEPARATORS
    """The signs between parts of one cell."""


def sort_of(field: Field) -> Sort:
    """The sort of the parts a field holds."""
    return SORTS[field.part]


def is_names(field: Field) -> bool:
    """Whether it holds parts that say nothing but what they are of; none is named twice."""
    return field.type is FieldType.PARTS and len(sort_of(field).fields) == 1


def sort_of_part(part: Part) -> Sort:
    """The sort a part is of."""
    return next(sort for sort in SORTS.values() if isinstance(part, sort.make))


def parts_text(field: Field, parts: Iterable[Part], name: Callable[[Part], str]) -> str:
    """All parts in one cell, as `parts_of` reads them back; `name` names what they are of."""
    sort = sort_of(field)
    texts = (sort.written(part, name(part)) for part in parts)
    return "; ".join(_quoted(text, sort.separators) for text in texts)


def parts_of(field: Field, text: str) -> tuple[Part, ...]:
    """The parts a cell tells, `what` still being a name."""
    sort = sort_of(field)
    pieces = (one.strip() for one in _pieces(text, sort.separators))
    return tuple(dict.fromkeys(sort.read(one) for one in pieces if one))


def named_like(part: Part) -> str:
    """What a part is called as it was read: the title of a record, or the name in a cell."""
    return part.what.title if isinstance(part.what, Ref) else str(part.what)


def bare(part: Part) -> Part:
    """The same with the id of what it is of: so parts are compared."""
    return replace(part, what=part.what.id) if isinstance(part.what, Ref) else part


def told_together(
    field: Field, old: Sequence[Part], new: Iterable[Part], *, overwrite: bool
) -> tuple[tuple[Part, ...], tuple[tuple[Part, Part], ...]]:
    """Parts of a file beside those of the book: all of them, and pairs that say otherwise.

    What a file leaves open is kept, what the book leaves open is filled; of two that differ the
    book's stays unless `overwrite`.
    """
    sort = sort_of(field)
    both = list(old)
    kept: list[tuple[Part, Part]] = []
    for one in new:
        at = next((n for n, held in enumerate(both) if _same(sort, held, one)), None)
        if at is None:
            both.append(one)
            continue
        held = both[at]
        changes = _told(sort, one)
        differing = {k for k, v in changes.items() if getattr(held, k) not in (None, v)}
        if differing and not overwrite:
            kept.append((held, one))
            changes = {k: v for k, v in changes.items() if k not in differing}
        both[at] = replace(held, **changes)
    return tuple(both), tuple(kept)


def proposed_sum(parts: Iterable[Proposal]) -> Decimal | None:
    """What proposed products come to; None where one has no price, or there are none."""
    amounts = [
        None if part.price is None else (part.quantity or Decimal(1)) * part.price for part in parts
    ]
    if not amounts or None in amounts:
        return None
    return sum(filter(None, amounts), Decimal(0)).quantize(_CENT, rounding=ROUND_HALF_UP)


def plain_number(value: Decimal) -> str:
    """A number as a cell tells it: no thousands, no zeros behind."""
    return f"{value.normalize():f}"


def _same(sort: Sort, one: Part, other: Part) -> bool:
    pairs = ((getattr(bare(one), k), getattr(bare(other), k)) for k in sort.same)
    return all(mine == theirs for mine, theirs in pairs)


def _told(sort: Sort, part: Part) -> Mapping[str, Any]:
    return {
        one.key: value
        for one in sort.fields
        if one.key not in sort.same and (value := getattr(part, one.key)) is not None
    }


def _quoted(text: str, separators: str) -> str:
    if text.startswith(_QUOTE) or any(sign in text for sign in separators):
        return f"{_QUOTE}{text.replace(_QUOTE, _QUOTE * 2)}{_QUOTE}"
    return text


def _pieces(text: str, separators: str) -> Iterable[str]:
    if _QUOTE not in text:
        return re.split(f"[{separators}]", text)
    # A part in quotes that ends where the next one begins, or all up to the next separator.
    piece = rf"""\s*(?:"((?:[^"]|"")*)"(?=\s*(?:[{separators}]|\Z))|([^{separators}]+))"""
    return [
        found[1].replace(_QUOTE * 2, _QUOTE) if found[1] is not None else found[2]
        for found in re.finditer(piece, text)
    ]


def _number(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return parse_amount(text)
    except Refused:
        return None


def _proposal_text(part: Proposal, name: str) -> str:
    quantity = part.quantity if part.quantity is not None else Decimal(1)
    price = f" @ {plain_number(part.price)}" if part.price is not None else ""
    short = name + price
    # A name that ends as a quantity or a price would says so, to be read back as a name.
    if quantity == 1 and _read_proposal(short) == Proposal(name, None, part.price):
        return short
    return f"{name} × {plain_number(quantity)}{price}"


def _read_proposal(text: str) -> Proposal:
    found = _PROPOSAL.fullmatch(text)
    if found is not None:
        quantity, price = _number(found[2]), _number(found[3])
        understood = (found[2] is None) == (quantity is None)
        if understood and (found[3] is None) == (price is None):
            return Proposal(found[1].strip(), quantity, price)
    return Proposal(text, None)


def _demand_text(part: Demand, name: str) -> str:
    amount = plain_number(part.amount) if part.amount is not None else ""
    year = f"({part.year})" if part.year is not None else ""
    return f"{name}: " + " ".join(filter(None, (amount, part.unit, year)))


def _read_demand(text: str) -> Demand:
    for form in _DEMAND:
        found = form.fullmatch(text)
        amount = _number(found["amount"]) if found is not None else None
        if found is not None and amount is not None:
            year = found["year"] or found["last"]
            unit = found["unit"] or None
            return Demand(found["name"].strip(), amount, unit, int(year) if year else None)
    return Demand(text.rstrip(":： "))


def _helper_text(_part: Helper, name: str) -> str:
    return name


_HELPERS = Sort(
    Helper,
    (Field("what", FieldType.LINK, link=Kind.STAFF, required=True, width=160),),
    _helper_text,
    Helper,
    ("what",),
    _SEPARATORS_OF_NAMES,
)
SORTS: Mapping[str, Sort] = {
    PROPOSAL: Sort(
        Proposal,
        (
            Field("what", FieldType.LINK, link=Kind.PRODUCT, required=True, width=220),
            Field("quantity", FieldType.NUMBER, required=True, width=90),
            Field("price", FieldType.UNIT_PRICE, width=120),
        ),
        _proposal_text,
        _read_proposal,
        ("what",),
    ),
    DEMAND: Sort(
        Demand,
        (
            Field("what", FieldType.CHOICE, list_key="product_category", required=True, width=160),
            Field("amount", FieldType.NUMBER, required=True, width=100),
            Field("unit", FieldType.TEXT, width=70),
            Field("year", FieldType.INTEGER, width=70),
        ),
        _demand_text,
        _read_demand,
        ("what", "unit", "year"),
    ),
    HELPER_OF_ACTIVITY: _HELPERS,
    HELPER_OF_OPPORTUNITY: _HELPERS,
}
"""By the `part` of their fields; what is told of a part stands at "field.KIND.KEY.PART"."""

for _sort in SORTS.values():
    assert {one.key for one in _sort.fields} == {one.name for one in fields(_sort.make)}
