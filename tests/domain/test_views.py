"""Views as the book keeps them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.queries import Condition, Group, Op, Query, only_known
from crm_desktop.domain.views import View, from_stored, to_stored

KEYS = st.sampled_from(["name", "city", "amount", "due"])
VALUES = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.integers(-400, 400),
    st.booleans(),
    st.dates(date(1900, 1, 1)),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.tuples(st.integers(0, 9), st.integers(0, 9)),
)
CONDITIONS = st.builds(Condition, KEYS, st.sampled_from(Op), VALUES)
INNER = st.builds(Group, st.lists(CONDITIONS, max_size=3).map(tuple), st.booleans())
GROUPS = st.builds(
    Group, st.lists(st.one_of(CONDITIONS, INNER), max_size=4).map(tuple), st.booleans()
)
QUERIES = st.builds(
    Query, GROUPS, st.text(max_size=5), st.lists(st.tuples(KEYS, st.booleans())).map(tuple)
)
VIEWS = st.builds(
    View,
    QUERIES,
    st.lists(KEYS, unique=True).map(tuple),
    st.dictionaries(KEYS, st.integers(20, 2000)),
)


@given(VIEWS)
def test_a_view_survives_json(view: View) -> None:
    assert from_stored(json.loads(json.dumps(to_stored(view)))) == view


@given(QUERIES)
def test_only_what_is_known_stays(query: Query) -> None:
    assert only_known(query, {"name", "city", "amount", "due"}) == query
    bare = only_known(query, set())
    assert bare.order == ()
    assert not any(isinstance(part, Condition) for part in bare.where.conditions)


def test_nonsense_shows_everything() -> None:
    for stored in ({}, {"where": 7, "columns": "x", "widths": [1]}, {"where": {"of": [[1]]}}):
        assert from_stored(stored) == View()
    kept = from_stored({"widths": {"name": 99_999, "city": "wide"}, "columns": ["name"]})
    assert kept == View(columns=("name",), widths={"name": 2000})
    assert from_stored(to_stored(View(Query().also(Condition("a", Op.IS, Decimal(2)))))) != View()
