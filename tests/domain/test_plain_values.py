"""What is kept as text comes back equal and of the same types; nothing else is made of a text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.agenda import Section
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.lists import Item
from crm_desktop.domain.plain_values import from_text, to_text
from crm_desktop.domain.queries import Condition, Op, Query

zones = st.sampled_from([ZoneInfo("Asia/Shanghai"), ZoneInfo("UTC"), None])
simple = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.dates(),
    st.times(),
    st.datetimes(timezones=zones),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from([*Kind, *Section]),
    st.builds(Ref, st.sampled_from(Kind), st.integers(), st.text()),
)
hashable = st.one_of(st.text(), st.integers(), st.sampled_from(Kind))
values = st.recursive(
    simple,
    lambda parts: st.one_of(
        st.lists(parts).map(tuple),
        st.lists(parts),
        st.dictionaries(hashable, parts),
        st.frozensets(hashable),
        st.builds(
            Item,
            *(st.integers(), st.text(), st.none(), st.text(), st.text(), st.none()),
            *(st.integers(), st.booleans(), st.dictionaries(st.text(), parts)),
        ),
    ),
    max_leaves=20,
)


def alike(one: Any, other: Any) -> bool:
    """Equal, and of the same types as deep as tuples, lists and mappings go."""
    if one != other or type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return all(alike(one[key], other[key]) for key in one)
    if isinstance(one, (tuple, list)):
        return all(map(alike, one, other))
    return True


@given(values)
def test_a_value_comes_back(value: object) -> None:
    assert alike(from_text(to_text(value)), value)


def test_a_query_comes_back() -> None:
    query = Query(only=(1, 2), order=(("name", True),)).also(
        Condition("closes", Op.IS, date(2026, 11, 22))
    )
    assert from_text(to_text(query)) == query


@dataclass
class Foreign:
    a: int


@pytest.mark.parametrize("value", [object(), 1.5, {1, 2}, Foreign(1), b"x", Exception("x")])
def test_what_could_not_be_made_again_is_not_kept(value: object) -> None:
    with pytest.raises(TypeError):
        to_text(value)


@pytest.mark.parametrize(
    "plain",
    [
        {"os:system": ["true"]},
        {"kinds:Kind": "dragon"},
        {"kinds:Ref": [1]},
        {"kinds:json": []},
        {"clock:Clock": ["UTC"]},
        {"plain_values:to_text": [1]},
        {"no_such_module:X": []},
        {"date": "yesterday"},
        {"decimal": "many"},
        {"a": 1, "b": 2},
        {"mapping": [[1]]},
        {},
    ],
)
def test_another_text_makes_nothing(plain: object) -> None:
    with pytest.raises(ValueError, match="not a text of ours"):
        from_text(json.dumps(plain))


def test_broken_text_makes_nothing() -> None:
    with pytest.raises(ValueError, match="not a text of ours"):
        from_text('[1, {"date"')


def test_moments_stay_moments() -> None:
    moment = datetime(2026, 3, 29, 3, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert from_text(to_text(moment)) == moment
    assert from_text(to_text(Decimal("1.50"))).as_tuple() == Decimal("1.50").as_tuple()
