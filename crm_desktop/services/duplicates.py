"""Records that are likely the same: the groups of a book, and what is being typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from crm_desktop.data import duplicates as rows
from crm_desktop.data.book import Book
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.duplicate_blocks import grouped, pairs
from crm_desktop.domain.duplicates import (
    Candidate,
    Group,
    Likeness,
    Traits,
    compare,
    name_traits,
    perhaps,
)
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.firm_places import UNPLACED, placed_name
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.points import norm
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.schema import FIELDS
from crm_desktop.domain.text import clean_name
from crm_desktop.progress import NO_PROGRESS, Progress

KINDS = (Kind.PERSON, Kind.COMPANY)
_POINTS = {
    kind: {f.key: f.point for f in FIELDS[kind] if f.type is FieldType.POINTS} for kind in KINDS
}


class Duplicates:
    """Finding duplicates. Merging them is `services.merging`."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def find(self, kind: Kind, progress: Progress = NO_PROGRESS) -> list[Group]:
        """The groups of records that are likely the same, the surest first. Takes seconds."""
        with self._book.read() as session:
            everybody = rows.traits(session, kind, step=lambda: progress.step(0))
            found = list(pairs(kind, everybody, lambda n: progress.step(n, 0)))
            above = [(one.id, one.parent) for one in everybody if one.parent is not None]
            groups = grouped(found, [*rows.apart(session, kind), *above])
            known = rows.members(session, kind, [i for ids, _, _ in groups for i in ids])
        return [
            Group(kind, tuple(known[i] for i in ids if i in known), score, reasons)
            for ids, score, reasons in groups
        ]

    def among(self, kind: Kind, ids: Sequence[int]) -> Group:
        """The given records as one group, with what speaks for it."""
        with self._book.read() as session:
            some = rows.traits(session, kind, ids)
            found = list(pairs(kind, some))
            known = rows.members(session, kind, ids)
        score = min((likeness.score for _, _, likeness in found), default=0)
        reasons = dict.fromkeys(r for _, _, likeness in found for r in likeness.reasons)
        return Group(kind, tuple(known[i] for i in ids if i in known), score, tuple(reasons))

    def like(
        self, kind: Kind, values: Mapping[str, Any], *, limit: int = 3, but: int = 0
    ) -> list[Candidate]:
        """Records that what is being typed may already be; quick enough while typing.

        `values` are those of a form, texts in place of points allowed; `but` is the record
        that is being edited itself.
        """
        typed = _typed(kind, values)
        if not typed.name and not typed.points and not typed.tax_number:
            return []
        with self._book.read() as session:
            ids = [i for i in rows.near(session, kind, typed) if i != but]
            everybody = rows.traits(session, kind, ids)
            found = _alike(compare, kind, typed, everybody)
            if not found:
                found = _alike(perhaps, kind, typed, everybody)
                found = found if len(found) <= limit else []  # of many none is worth a look
            found.sort(key=lambda pair: (-pair[1].score, pair[0].id))
            known = rows.members(session, kind, [one.id for one, _ in found[:limit]])
        return [
            Candidate(known[one.id].ref, known[one.id].subtitle, like.score, like.reasons)
            for one, like in found[:limit]
        ]

    def not_the_same(self, kind: Kind, ids: Sequence[int]) -> None:
        """Remember that these are different ones; they are never shown as a group again."""
        if len(set(ids)) < 2:
            raise Refused("duplicates.too_few")
        with self._book.write("gesture.not_the_same", count=len(set(ids))) as writing:
            rows.put_apart(writing.session, kind, ids)


def _alike(
    by: Callable[[Kind, Traits, Traits], Likeness | None],
    kind: Kind,
    typed: Traits,
    everybody: Iterable[Traits],
) -> list[tuple[Traits, Likeness]]:
    found = ((one, by(kind, typed, one)) for one in everybody)
    return [(one, likeness) for one, likeness in found if likeness is not None]


def _typed(kind: Kind, values: Mapping[str, Any]) -> Traits:
    name = clean_name(str(values.get("name") or ""))
    city = str(values.get("city") or "")
    keys, sounds = name_traits(kind, name, short_name=str(values.get("short_name") or ""))
    points = {
        (point, norm(point, text))
        for key, point in _POINTS[kind].items()
        for text in _texts(values.get(key))
    }
    company, birthday = values.get("company"), values.get("birthday")
    company_id = company.id if isinstance(company, Ref) else company
    return Traits(
        id=0,
        name=name,
        keys=keys or ("",),
        sounds=sounds or ("",),
        points=frozenset(points),
        companies=frozenset((company_id,)) if isinstance(company_id, int) else frozenset(),
        birthday=(birthday.year, birthday.month, birthday.day, birthday.lunar)
        if isinstance(birthday, Birthday)
        else None,
        tax_number=str(values.get("tax_number") or "").strip().upper(),
        city=city,
        placed=placed_name(name, city) if kind is Kind.COMPANY else UNPLACED,
    )


def _texts(value: Any) -> tuple[str, ...]:
    texts = (value,) if isinstance(value, str) else tuple(value or ())
    return tuple(text.strip() for text in texts if isinstance(text, str) and text.strip())
