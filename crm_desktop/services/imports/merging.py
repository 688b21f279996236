"""A row's values against what a record holds already: what to change, what was kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.domain import phones
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Ref
from crm_desktop.domain.parts import Part, bare, told_together
from crm_desktop.domain.points import norm
from crm_desktop.domain.text import fold
from crm_desktop.exchange.mapping import Existing

_WRONG_LENGTHS = frozenset({"phone.short_mobile", "phone.long_mobile"})
_CUT = 30_000  # a cell holds 32,767 characters, with the sign that it was cut
_ADDING = frozenset({FieldType.POINTS, FieldType.ADDRESSES, FieldType.TAGS, FieldType.CHOICES})


@dataclass(slots=True)
class Merge:
    """The changes a row brings to a record, and the values that stood in its way."""

    changes: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, tuple[Any, Any]] = field(default_factory=dict)  # key → (kept, in the file)


def merge(
    present: Mapping[str, Any],
    values: Mapping[str, Any],
    find: Callable[[str], Field],
    policy: Existing,
    policies: Mapping[str, Existing] | None = None,
    brought: Collection[str] = (),
) -> Merge:
    """Compare; phones, addresses, tags and notes add up, single values follow the policy.

    Where the file wins, its number takes the place of the first one, and the others stay; so does
    a mended mobile with the one it came from, whoever wins. `policies` are those of single fields;
    SKIP leaves what is there alone, and is not told. `brought` are the numbers that rows of this
    file brought already: of these none takes the place of another.
    """
    result = Merge()
    policies = policies or {}
    for key, value in values.items():
        rule = policies.get(key, policy)
        if rule is Existing.SKIP and key in policies:
            continue
        old = plain(present.get(key))
        new = plain(value)
        if new == old or new is None or new == () or _is_cut(old, new):
            continue
        kind_of = find(key)
        if kind_of.type is FieldType.ADDRESSES and _line(old or ()) == _line(new):
            continue
        if kind_of.type is FieldType.PARTS:
            all_parts, differing = told_together(
                kind_of, old or (), new, overwrite=rule is Existing.OVERWRITE
            )
            if all_parts != (old or ()):
                result.changes[key] = all_parts
            if differing:
                ours, theirs = zip(*differing, strict=True)
                result.kept[key] = (ours, theirs)
        elif kind_of.type in _ADDING:
            kept = old or ()
            if kind_of.type is FieldType.POINTS:
                first_goes = rule is Existing.OVERWRITE
                kept = _staying(kind_of, kept, new, brought, first_goes=first_goes)
            both = _together(kind_of, kept, new)
            if len(kept) < len(old or ()):  # what came in its place stands first, too
                both = _together(kind_of, new, kept)
            if both != old:
                result.changes[key] = both
        elif old is None or rule is Existing.OVERWRITE:
            result.changes[key] = value
        elif kind_of.type is FieldType.BOOLEAN:
            # A tick in the file is news, a missing one is not.
            if new:
                result.changes[key] = True
        elif kind_of.type is FieldType.LONG_TEXT:
            if str(new) not in str(old):
                result.changes[key] = f"{old}\n{new}"
        else:
            result.kept[key] = (old, new)
    return result


def plain(value: Any) -> Any:
    """A value as it is compared: links by their id."""
    if isinstance(value, tuple) and value and isinstance(value[0], Part):
        return tuple(map(bare, value))
    return value.id if isinstance(value, Ref) else value


def _together(field_: Field, old: Iterable[Any], new: Iterable[Any]) -> tuple[Any, ...]:
    """All of `old`, then what is really new: a phone written otherwise is the same phone."""
    both = list(old)
    seen = {key for value in both for key in _same(field_, value)}
    for value in new:
        keys = _same(field_, value)
        if not seen.intersection(keys):
            both.append(value)
        seen.update(keys)
    return tuple(both)


def _staying(
    field_: Field,
    old: Sequence[str],
    new: Sequence[str],
    brought: Collection[str],
    *,
    first_goes: bool,
) -> tuple[str, ...]:
    """The numbers that stay beside new ones."""
    known = {key for value in old for key in _same(field_, value)}
    fresh = [value for value in new if known.isdisjoint(_same(field_, value))]
    if not fresh:
        return tuple(old)
    stay = [value for value in old if not any(_came_from(value, one) for one in fresh)]
    if first_goes and stay == list(old) and stay[:1] and stay[0] not in (*brought, *new):
        del stay[0]
    return tuple(stay)


def _came_from(wrong: str, mended: str) -> bool:
    """Whether a mobile of the wrong length is another one with a digit too few or too many."""
    told = phones.problem(wrong)
    if told is None or told.code not in _WRONG_LENGTHS or phones.problem(mended) is not None:
        return False
    first, second = (re.sub(r"\D", "", one) for one in (wrong, mended))
    short, long = sorted((first, second), key=len)
    return len(long) == len(short) + 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


def _same(field_: Field, value: Any) -> tuple[Any, ...]:
    """What two values have in common where they are the same, one of these being enough."""
    if field_.type is FieldType.ADDRESSES:
        text = value.text()
        # A Chinese address is told without postcode and country; a file may tell them behind it.
        rest = (part for part in (value.postcode, value.country) if part not in text)
        return _bare(text), _bare(text + "".join(rest))
    return (norm(field_.point, value) if field_.type is FieldType.POINTS else value,)


def _bare(text: str) -> str:
    """Letters and digits alone: separators and blanks make no other address."""
    return "".join(filter(str.isalnum, fold(text)))


def _line(addresses: Iterable[Any]) -> str:
    """All addresses as an export writes them, so that it brings no second one back."""
    return fold("; ".join(address.text() for address in addresses))


def _is_cut(old: Any, new: Any) -> bool:
    """Whether a text is the one we have, as far as a cell of a workbook holds it."""
    return isinstance(new, str) and len(new) >= _CUT and str(old or "").startswith(new[:_CUT])
