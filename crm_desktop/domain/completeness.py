"""How complete a customer's record is: which fields count, and what of them is missing.

Each entry counts once and is there when any of its fields is filled. A job title counts only
for people with a company, so that a private customer can be complete too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.domain.kinds import Kind

CHECKED: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.PERSON: (
        ("mobile", "phone"),
        ("email",),
        ("wechat", "qq"),
        ("title",),
        ("address", "city"),
        ("birthday",),
        ("gender",),
        ("lifecycle",),
        ("level",),
        ("source",),
        ("in_charge",),
    ),
    Kind.COMPANY: (
        ("phone", "mobile"),
        ("email", "website"),
        ("address", "city"),
        ("kinds",),
        ("industry",),
        ("size",),
        ("lifecycle",),
        ("level",),
        ("source",),
        ("in_charge",),
        ("tax_number",),
        ("people_count",),
    ),
}
NEEDS_COMPANY = "title"


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much is there, in percent rounded down, and the fields to fill in, in order."""

    percent: int
    missing: tuple[str, ...]


def completeness(kind: Kind, values: Mapping[str, Any]) -> Completeness:
    """What a card of `kind` with these values holds. KeyError for kinds that are no customers."""
    checked = CHECKED[kind]
    missing = tuple(
        keys[0]
        for keys in checked
        if not any(values.get(key) not in (None, "", (), 0) for key in keys)
        and not (keys[0] == NEEDS_COMPANY and values.get("company") is None)
    )
    return Completeness((len(checked) - len(missing)) * 100 // len(checked), missing)
