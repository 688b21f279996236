"""The people of a company by who reports to whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from crm_desktop.domain.kinds import Ref


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works or worked at the company."""

    job_id: int
    person: Ref
    title: str
    department: str
    boss: int | None  # the id of the person above, where that one is a member too
    role_id: int | None  # decision role
    influence: int | None  # 1 to 3
    attitude_id: int | None
    important: bool
    left: bool
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class OrgChart:
    """All members, key people first; who left comes last."""

    company: Ref
    members: tuple[Member, ...]

    def member(self, person_id: int | None) -> Member | None:
        """The member who is this person."""
        return next((m for m in self.members if m.person.id == person_id), None)

    @property
    def gone(self) -> int:
        """How many have left."""
        return sum(member.left for member in self.members)

    def present(self) -> OrgChart:
        """The same without those who left; whom they led stand on their own."""
        stay = [member for member in self.members if not member.left]
        return OrgChart(self.company, tuple(without_strangers(stay)))


@dataclass(frozen=True, slots=True)
class Branch:
    """One member and those who report to him."""

    member: Member
    below: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Forest:
    """The chart as trees, and who has no place in any."""

    trees: tuple[Branch, ...]
    unplaced: tuple[Member, ...]
    left: tuple[Member, ...]  # who left without a place in a tree


def without_strangers(members: Sequence[Member]) -> list[Member]:
    """Bosses who are no members count as none."""
    known = {member.person.id for member in members}
    return [m if m.boss in known else replace(m, boss=None) for m in members]


def forest(members: Sequence[Member]) -> Forest:
    """Who stands below whom. Those in a circle, which only broken data has, stand on top."""
    own = without_strangers(members)
    below: dict[int, list[Member]] = {}
    for member in own:
        if member.boss is not None:
            below.setdefault(member.boss, []).append(member)
    reached: set[int] = set()

    def branch(member: Member) -> Branch:
        reached.add(member.person.id)
        reports = [m for m in below.get(member.person.id, ()) if m.person.id not in reached]
        return Branch(member, tuple(branch(m) for m in reports if m.person.id not in reached))

    roots = [branch(member) for member in own if member.boss is None]
    roots += [branch(member) for member in own if member.person.id not in reached]
    alone = [root.member for root in roots if not root.below]
    return Forest(
        tuple(root for root in roots if root.below),
        tuple(member for member in alone if not member.left),
        tuple(member for member in alone if member.left),
    )


def below(members: Iterable[Member], person_id: int) -> set[int]:
    """Everybody who reports to the person, directly or not."""
    bosses = {member.person.id: member.boss for member in members}
    found: set[int] = set()
    again = True
    while again:
        more = {
            person
            for person, boss in bosses.items()
            if (boss == person_id or boss in found) and person not in found
        }
        again = bool(more)
        found |= more
    return found
