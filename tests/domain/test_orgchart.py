"""Who stands below whom, also where the data is broken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.orgchart import Branch, Member, OrgChart, below, forest


def member(person: int, boss: int | None = None, *, left: bool = False) -> Member:
    return Member(
        person * 10, Ref(Kind.PERSON, person, str(person)), "", "", boss, None, None, None,
        False, left,
    )  # fmt: skip


def shape(branch: Branch) -> object:
    return (branch.member.person.id, [shape(each) for each in branch.below])


def test_trees_and_those_without_a_place() -> None:
    found = forest([member(1), member(2, 1), member(3, 1), member(4, 3), member(5), member(6, 99)])
    assert [shape(tree) for tree in found.trees] == [(1, [(2, []), (3, [(4, [])])])]
    assert [m.person.id for m in found.unplaced] == [5, 6]


def test_who_left_is_apart_unless_somebody_hangs_on_him() -> None:
    members = [member(1), member(2, 1, left=True), member(3, 2), member(4, left=True)]
    found = forest(members)
    assert [shape(tree) for tree in found.trees] == [(1, [(2, [(3, [])])])]
    assert [m.person.id for m in found.left] == [4]
    chart = OrgChart(Ref(Kind.COMPANY, 1), tuple(members))
    assert chart.gone == 2
    present = chart.present()
    assert [(m.person.id, m.boss) for m in present.members] == [(1, None), (3, None)]


def test_below() -> None:
    members = [member(1), member(2, 1), member(3, 2), member(4)]
    assert below(members, 1) == {2, 3}
    assert below(members, 3) == set()


@given(st.lists(st.integers(0, 12), min_size=1, max_size=12))
def test_everybody_stands_exactly_once(bosses: list[int]) -> None:
    # Bosses may be strangers, oneself, or go round in circles.
    members = [member(number, boss or None) for number, boss in enumerate(bosses, start=1)]
    found = forest(members)
    seen = [m.person.id for m in (*found.unplaced, *found.left)]

    def walk(branch: Branch) -> None:
        seen.append(branch.member.person.id)
        for each in branch.below:
            walk(each)

    for tree in found.trees:
        walk(tree)
    assert sorted(seen) == list(range(1, len(bosses) + 1))
