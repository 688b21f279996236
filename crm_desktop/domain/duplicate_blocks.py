"""Pairs of records to compare, out of blocks of a few; and the groups that pairs make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from crm_desktop.domain.duplicates import (
    PAIRS_ONLY,
    Certainty,
    Likeness,
    Reason,
    Traits,
    compare,
)
from crm_desktop.domain.kinds import Kind

_ALL_PAIRS_UP_TO = 12
_SHARED_BY = 4  # a number more people have is a switchboard's
_WINDOW = 6
_LARGEST_GROUP = 20
_TAIL = 7
Found = tuple[tuple[int, ...], int, tuple[Reason, ...]]


def pairs(
    kind: Kind, everybody: Sequence[Traits], step: Callable[[int], None] = lambda _n: None
) -> Iterator[tuple[int, int, Likeness]]:
    """Every pair that looks alike, as (smaller id, larger id, likeness), each once."""
    seen: set[tuple[int, int]] = set()
    for number, (wide, block) in enumerate(_blocks(kind, everybody)):
        if number % 1000 == 0:
            step(number)
        for one, other in _of_block(block, wide=wide):
            pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
            if pair[0] != pair[1] and pair not in seen:
                seen.add(pair)
                if (likeness := compare(kind, one, other)) is not None:
                    yield (*pair, likeness)


def _of_block(block: list[Traits], *, wide: bool) -> Iterator[tuple[Traits, Traits]]:
    if len(block) <= _ALL_PAIRS_UP_TO:
        for at, one in enumerate(block):
            for other in block[at + 1 :]:
                yield one, other
    elif wide:
        # Too many to compare each with each: neighbours in the order of sound are alike most.
        ordered = sorted(block, key=lambda traits: (traits.sounds, traits.keys, traits.id))
        for at, one in enumerate(ordered):
            for other in ordered[at + 1 : at + 1 + _WINDOW]:
                yield one, other


def _blocks(kind: Kind, everybody: Sequence[Traits]) -> Iterator[tuple[bool, list[Traits]]]:
    """Blocks, and whether a large one is worth going through by neighbours."""
    for keys_of, wide in _PERSON_BLOCKS if kind is Kind.PERSON else _COMPANY_BLOCKS:
        blocks: dict[object, list[Traits]] = defaultdict(list)
        for traits in everybody:
            for key in keys_of(traits):
                blocks[key].append(traits)
        for block in blocks.values():
            if len(block) > 1:
                yield wide, block


def _by_point(traits: Traits) -> Iterable[object]:
    return [("number", n) if p in ("mobile", "phone") else (p, n) for p, n in traits.points]


def _by_tail(traits: Traits) -> Iterable[object]:
    numbers = {n[-_TAIL:] for p, n in traits.points if p in ("mobile", "phone") and len(n) >= _TAIL}
    return [(tail, sound) for tail in numbers for sound in traits.sounds]


def _by_key_and_company(traits: Traits) -> Iterable[object]:
    return [(sound, company) for company in traits.companies for sound in traits.sounds]


def _by_employer(traits: Traits) -> Iterable[object]:
    return [(traits.keys[0][:1], company) for company in traits.companies]


def _by_birthday(traits: Traits) -> Iterable[object]:
    return [(traits.keys[0], traits.birthday)] if traits.birthday else ()


def _by_start(traits: Traits) -> Iterable[object]:
    return [traits.keys[0][:2]] if not traits.keys[0].isascii() else [traits.keys[0][:4]]


_Blocking = tuple[Callable[[Traits], Iterable[object]], bool]
_PERSON_BLOCKS: tuple[_Blocking, ...] = (
    (_by_point, True),
    (_by_key_and_company, True),
    (_by_tail, True),
    (_by_birthday, True),
    (lambda traits: traits.keys, False),
    (_by_employer, False),
)
_COMPANY_BLOCKS: tuple[_Blocking, ...] = (
    (lambda traits: (traits.tax_number,) if traits.tax_number else (), True),
    (lambda traits: {*traits.keys, traits.placed.rest}, True),
    (lambda traits: traits.sounds, True),
    (_by_point, True),
    (_by_start, True),
)


# ---- from pairs to groups


@dataclass(slots=True)
class _Heap:
    """Records joined so far."""

    ids: list[int]
    score: int = 100
    reasons: dict[Reason, None] = field(default_factory=dict)


def grouped(
    found: Iterable[tuple[int, int, Likeness]], apart: Iterable[tuple[int, int]] = ()
) -> list[Found]:
    """Groups as (ids, score, reasons), the surest first; a group is as sure as its weakest link.

    What is less sure than a group there is already makes a pair of its own beside it, and
    none holds two records that the user said are not the same.
    """
    not_same: dict[int, set[int]] = defaultdict(set)
    for first, second in apart:
        not_same[first].add(second)
        not_same[second].add(first)
    heap_of: dict[int, _Heap] = {}
    loose: dict[tuple[int, int], tuple[int, int, Likeness]] = {}
    crowded = _crowded(found := list(found))
    for first, second, likeness in sorted(found, key=lambda p: (-p[2].score, p[0], p[1])):
        if likeness.score <= 60 and any(reason in crowded for reason in likeness.reasons):
            continue
        one = heap_of.setdefault(first, _Heap([first]))
        other = heap_of.setdefault(second, _Heap([second]))
        if one is not other:
            if len(one.ids) + len(other.ids) > _LARGEST_GROUP:
                continue
            if any(not not_same[i].isdisjoint(other.ids) for i in one.ids if i in not_same):
                continue
            surest = max((h.score for h in (one, other) if len(h.ids) > 1), default=0)
            if _of_two_only(likeness) or (
                surest and Certainty.of(surest) is not Certainty.of(likeness.score)
            ):
                leaders = sorted((min(one.ids), min(other.ids)))
                loose.setdefault((leaders[0], leaders[1]), (first, second, likeness))
                continue
            one.ids += other.ids
            one.score = min(one.score, other.score, likeness.score)
            one.reasons |= other.reasons
            for record_id in one.ids:
                heap_of[record_id] = one
        one.reasons |= dict.fromkeys(likeness.reasons)
    heaps = {id(heap): heap for heap in heap_of.values() if len(heap.ids) > 1}
    groups: list[Found] = [
        (tuple(sorted(h.ids)), h.score, tuple(h.reasons)) for h in heaps.values()
    ]
    groups += [((one, two), like.score, like.reasons) for one, two, like in loose.values()]
    return sorted(groups, key=lambda group: (-group[1], group[0]))


def _of_two_only(likeness: Likeness) -> bool:
    return any(reason.code in PAIRS_ONLY for reason in likeness.reasons)


def _crowded(found: Iterable[tuple[int, int, Likeness]]) -> set[Reason]:
    """Numbers so many share that they say nothing without a name."""
    sharers: dict[Reason, set[int]] = defaultdict(set)
    for first, second, likeness in found:
        for reason in likeness.reasons:
            if reason.text:
                sharers[reason] |= {first, second}
    return {reason for reason, ids in sharers.items() if len(ids) >= _SHARED_BY}
