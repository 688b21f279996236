"""Where values can go: the fields of the kinds an import knows, by stable keys."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from crm_desktop.domain import schema
from crm_desktop.domain.document_lines import LINE_COLUMNS
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.issuing import PAPER_KINDS
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.part_cells import pieces

IMPORT_KINDS: dict[str, tuple[Kind, ...]] = {
    "people": (Kind.PERSON, Kind.COMPANY),
    "companies": (Kind.COMPANY,),
    "products": (Kind.PRODUCT,),
    "opportunities": (Kind.OPPORTUNITY,),
    "activities": (Kind.ACTIVITY,),
    "tickets": (Kind.TICKET,),
    "price_lists": (Kind.PRODUCT,),
    "quotes": (Kind.QUOTE,),
    "contracts": (Kind.CONTRACT,),
    "receipts": (Kind.RECEIPT,),
    "expenses": (Kind.EXPENSE,),
    "payment_plans": (Kind.PAYMENT_STAGE,),
    "anniversaries": (Kind.ANNIVERSARY,),
    "gifts": (Kind.GIFT,),
}
"""What a sheet may contain: the word of the command line → kinds made from each of its rows.

Of quotes and contracts every row is a line; a price list brings new prices to products. The rows
of the last three hang on contracts and people that are there (`domain.kinds.OWNERS`).
"""

NAMED_BY: dict[str, tuple[str, ...]] = {
    "people": ("person.name", "person.family_name", "person.given_name", "company.name"),
    "companies": ("company.name",),
    "products": ("product.name", "product.code"),
    "opportunities": ("opportunity.title",),
    "activities": ("activity.subject",),
    "tickets": ("ticket.subject",),
    "price_lists": ("product.name", "product.code"),
    "quotes": ("quote.number", "quote.title", "quote.company"),
    "contracts": ("contract.number", "contract.title", "contract.company"),
    "receipts": ("receipt.amount",),
    "expenses": ("expense.amount",),
    "payment_plans": ("payment_stage.name",),
    "anniversaries": ("anniversary.name",),
    "gifts": ("gift.what",),
}
"""The places of which one at least must have a column."""

PRICE_TARGETS = frozenset({"product.price", "product.cost", "product.tax_rate", "product.currency"})
"""What a price list overwrites."""

MATCH_KEYS: dict[Kind, tuple[str, ...]] = {
    Kind.PERSON: ("code", "mobile", "phone", "email", "name_company", "name"),
    Kind.COMPANY: ("code", "name", "tax_number", "phone", "email"),
    Kind.PRODUCT: ("code", "title"),
    Kind.OPPORTUNITY: ("code", "title"),
    Kind.ACTIVITY: ("title",),
    Kind.TICKET: ("code", "title"),
    Kind.QUOTE: ("number", "title"),
    Kind.CONTRACT: ("number", "title"),
    Kind.RECEIPT: ("code", "title"),
    Kind.EXPENSE: ("code", "title"),
    Kind.PAYMENT_STAGE: ("title",),
    Kind.ANNIVERSARY: ("title",),
    Kind.GIFT: ("title",),
}
"""What a row may be known by in the book; the title of a record goes with what it is about."""

ADDRESS_PARTS = ("district", "city", "province", "postcode", "country")
_SEVERAL = (
    FieldType.POINTS,
    FieldType.TAGS,
    FieldType.LONG_TEXT,
    FieldType.ADDRESSES,
    FieldType.PARTS,
)
_NEVER = (FieldType.STAMP, FieldType.NEXT_STEP)
_OF_HISTORY = ("number", "state", "total")
"""What the program sets on papers it makes itself, and a file tells of those made before."""


@dataclass(frozen=True, slots=True)
class Target:
    """One place for values: "company.address.city" is the part `city` of the field `address`,
    "opportunity.products.price" the price of a product.
    """

    key: str
    kind: Kind
    field: Field
    part: str = ""

    @property
    def several(self) -> bool:
        """Whether more than one column may go there."""
        return not self.part and self.field.type in _SEVERAL


@functools.cache
def targets(import_kind: str, custom: tuple[tuple[Kind, Field], ...] = ()) -> tuple[Target, ...]:
    """All places for a sheet of this kind, in the order of the fields.

    `custom` are the user's own fields with the kinds they belong to.
    """
    found: list[Target] = []
    for kind in IMPORT_KINDS[import_kind]:
        own = tuple(field for owner, field in custom if owner is kind)
        lines = LINE_COLUMNS if kind in PAPER_KINDS else ()
        for field in (*schema.FIELDS[kind], *lines, *own):
            # The company of a person is the company of the same row.
            same_row = kind is Kind.PERSON and field.key == "company"
            told = field.writable or (kind in PAPER_KINDS and field.key in _OF_HISTORY)
            if not told or field.type in _NEVER or same_row:
                continue
            key = f"{kind.value}.{field.key}"
            found.append(Target(key, kind, field))
            if field.type is FieldType.ADDRESSES:
                found += [Target(f"{key}.{part}", kind, field, part) for part in ADDRESS_PARTS]
            elif field.type is FieldType.PARTS:
                found += [Target(f"{key}.{one}", kind, field, one) for one in pieces(field)]
    return tuple(found)


@functools.cache
def target_keys(import_kind: str) -> dict[str, Target]:
    """The places of a kind by key, without custom fields."""
    return {target.key: target for target in targets(import_kind)}
