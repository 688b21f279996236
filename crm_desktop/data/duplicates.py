"""What duplicates are found by, read in few statements; and what the user said are two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from crm_desktop.data import search
from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import column, owner_column
from crm_desktop.data.records.titles import companies_of_people, titles
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Company, Job, NotTheSame, Person, Point
from crm_desktop.domain.duplicates import Member, Traits, name_traits
from crm_desktop.domain.firm_places import placed_name
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.pinyin import first_syllables, syllables
from crm_desktop.domain.text import fold

_AFTER_ALL = "\U0010ffff"
_MOST_NEAR = 20_000
_MOST_INSIDE = 200
_STEP = 2000


def traits(
    session: Session,
    kind: Kind,
    ids: Sequence[int] | None = None,
    *,
    step: Callable[[], None] = lambda: None,
) -> list[Traits]:
    """Of the given records, or of all that are not in the trash; `step` may stop it."""
    identity = column(kind, "id")
    which: list[ColumnElement[bool]] = [column(kind, "trashed_at").is_(None)]
    if ids is not None:
        which.append(in_ids(identity, ids))
    read = _people if kind is Kind.PERSON else _companies
    found: list[Traits] = []
    for one in read(session, which):
        if len(found) % _STEP == 0:
            step()
        found.append(one)
    points: dict[int, list[tuple[str, str]]] = defaultdict(list)
    owner = owner_column(Point, kind)
    statement = select(owner, Point.kind, Point.norm).where(owner.is_not(None))
    if ids is not None:
        statement = statement.where(in_ids(owner, ids))
    step()
    for record_id, point, norm in session.execute(statement):
        points[record_id].append((point, norm))
    for one in found:
        if one.id in points:
            one.points = frozenset(points[one.id])
    return found


def _people(session: Session, which: list[ColumnElement[bool]]) -> Iterator[Traits]:
    jobs: dict[int, list[int]] = defaultdict(list)
    present = select(Job.person_id, Job.company_id).where(
        Job.left.is_(False), Job.company_id.is_not(None)
    )
    for person_id, company_id in session.execute(present):
        assert company_id is not None
        jobs[person_id].append(company_id)
    columns = (Person.birth_year, Person.birth_month, Person.birth_day, Person.birth_lunar)
    statement = select(Person.id, Person.name, Person.sort_key, Person.city, *columns)
    for record_id, name, key, city, year, month, day, lunar in session.execute(
        statement.where(*which).order_by(Person.id)
    ):
        keys, sounds = name_traits(Kind.PERSON, name, sort_key=key or "")
        yield Traits(
            record_id,
            name,
            keys,
            sounds,
            companies=frozenset(jobs.get(record_id, ())),
            birthday=(year, month, day, lunar) if month and day else None,
            city=city or "",
        )


def _companies(session: Session, which: list[ColumnElement[bool]]) -> Iterator[Traits]:
    statement = select(
        Company.id,
        Company.name,
        Company.short_name,
        Company.city,
        Company.tax_number,
        Company.parent_id,
    )
    for record_id, name, short, city, tax, parent in session.execute(
        statement.where(*which).order_by(Company.id)
    ):
        keys, sounds = name_traits(Kind.COMPANY, name, short_name=short or "")
        tax = (tax or "").strip().upper()
        yield Traits(
            record_id,
            name,
            keys,
            sounds,
            tax_number=tax,
            city=city or "",
            parent=parent,
            placed=placed_name(name, city or ""),
        )


def near(session: Session, kind: Kind, typed: Traits) -> list[int]:
    """Records that may be what is typed: by index on numbers and on the order of names."""
    found: dict[int, None] = {}
    owner = owner_column(Point, kind)
    norms = [norm for _, norm in typed.points]
    if norms:
        statement = select(owner).where(Point.norm.in_(norms), owner.is_not(None))
        found |= dict.fromkeys(session.execute(statement).scalars())
    if typed.tax_number and kind is Kind.COMPANY:
        same = select(Company.id).where(Company.tax_number == typed.tax_number)
        found |= dict.fromkeys(session.execute(same).scalars())
    if typed.name:
        found |= dict.fromkeys(_by_name(session, kind, typed))
        rest = typed.placed.rest
        if len(rest) > 1 and not rest.isascii():
            # It may stand behind a place in the name, where no order finds it.
            found |= dict.fromkeys(search.record_ids(session, kind, rest, _MOST_INSIDE))
    return list(found)


def _by_name(session: Session, kind: Kind, typed: Traits) -> Iterable[int]:
    stored: Any = column(kind, "sort_key")
    # The first syllable whatever its tone and character, or the words in any order; of firms
    # also what is left without place and legal form.
    names = [typed.name, *((*typed.keys, typed.placed.rest) if kind is Kind.COMPANY else ())]
    starts = {ways[0] for name in names for ways in syllables(name)[:1]}
    if typed.name.isascii() and kind is Kind.PERSON:
        starts |= {word for word in fold(typed.name).split() if len(word) > 1}
        # Behind the syllable its tone: what begins with zhan is not what begins with zhang.
        glued = first_syllables(fold(typed.name))
        starts |= {f"{syllable}{tone}" for syllable in glued for tone in range(1, 6)}
    ranges = [stored.between(start, start + _AFTER_ALL) for start in starts if start]
    if not ranges:
        return []
    statement = (
        select(column(kind, "id"))
        .where(column(kind, "trashed_at").is_(None), or_(*ranges))
        .limit(_MOST_NEAR)
    )
    return session.execute(statement).scalars()


def members(session: Session, kind: Kind, ids: Iterable[int]) -> dict[int, Member]:
    """How the members of groups are shown."""
    wanted = list(ids)
    names = titles(session, kind, wanted)
    if kind is Kind.PERSON:
        beside = {i: ref.title for i, ref in companies_of_people(session, wanted).items()}
    else:
        statement = select(Company.id, Company.city).where(in_ids(Company.id, wanted))
        beside = {i: city or "" for i, city in session.execute(statement)}
    return {i: Member(Ref(kind, i, names[i]), beside.get(i, "")) for i in wanted if i in names}


# ---- not the same


def apart(session: Session, kind: Kind) -> list[tuple[int, int]]:
    """The pairs of which the user said that they are two."""
    statement = select(NotTheSame.first_id, NotTheSame.second_id)
    rows = session.execute(statement.where(NotTheSame.kind == kind.value))
    return [(first, second) for first, second in rows]


def put_apart(session: Session, kind: Kind, ids: Sequence[int]) -> None:
    """Remember that each of these is another one than the rest."""
    known = set(apart(session, kind))
    wanted = [pair for pair in combinations(sorted(set(ids)), 2) if pair not in known]
    if wanted:
        rows = [{"kind": kind.value, "first_id": a, "second_id": b} for a, b in wanted]
        session.execute(insert(NotTheSame), rows)


def carry_apart(session: Session, kind: Kind, keep: int, others: Sequence[int]) -> None:
    """Records become one: what was not the same as one of them is not the same as the kept."""
    merged = {keep, *others}
    known = set(apart(session, kind))
    statement = select(NotTheSame).where(
        NotTheSame.kind == kind.value,
        or_(in_ids(NotTheSame.first_id, others), in_ids(NotTheSame.second_id, others)),
    )
    for row in session.whole(statement.order_by(NotTheSame.id)):
        pair = {row.first_id, row.second_id}
        first, second = sorted((keep, *(pair - merged))) if pair - merged else (keep, keep)
        if first == second or (first, second) in known:
            session.execute(delete(NotTheSame).where(NotTheSame.id == row.id))
            continue
        known.add((first, second))
        session.execute(
            update(NotTheSame)
            .where(NotTheSame.id == row.id)
            .values(first_id=first, second_id=second)
        )
    among = (in_ids(NotTheSame.first_id, merged), in_ids(NotTheSame.second_id, merged))
    session.execute(delete(NotTheSame).where(NotTheSame.kind == kind.value, *among))
