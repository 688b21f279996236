"""Lists put in the order in which their records lie."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.services.exports.lying import as_they_lie

NEAR = st.integers(0, 30)
"""Ids as of a small book."""
FAR = st.integers(1, 2**62)
"""Ids of which nearly all are gone."""


@given(st.lists(NEAR, unique=True) | st.lists(FAR, unique=True) | st.lists(NEAR | FAR, unique=True))
def test_each_record_lies_once_and_knows_its_place(ids: list[int]) -> None:
    found = as_they_lie(ids)
    if ids == sorted(ids):
        assert found is None
        return
    assert found is not None
    assert list(found.ids) == sorted(ids)
    assert [ids[place] for place in found.places] == sorted(ids)


@given(st.lists(NEAR, min_size=1, unique=True) | st.lists(FAR, min_size=1, unique=True))
def test_a_list_that_names_a_record_twice_is_left_as_it_is(ids: list[int]) -> None:
    assert as_they_lie([*ids, ids[0]]) is None
    assert as_they_lie([ids[-1], *ids]) is None
