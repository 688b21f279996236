"""Going to and fro."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.ui.navigator import Navigator
from crm_desktop.ui.places import Place


def test_back_and_forward() -> None:
    way: list[Place] = []
    navigator = Navigator()
    navigator.moved.connect(way.append)
    for page in ("today", "contacts", "companies"):
        navigator.go(Place(page))
    navigator.back()
    navigator.back()
    navigator.back()
    assert [place.page for place in way] == ["today", "contacts", "companies", "contacts", "today"]
    assert not navigator.can_back
    navigator.forward()
    assert navigator.here == Place("contacts")


def test_a_new_way_forgets_the_old_one() -> None:
    navigator = Navigator()
    navigator.go(Place("today"))
    navigator.go(Place("contacts"))
    navigator.back()
    navigator.go(Place.record("person", 7))
    assert not navigator.can_forward
    assert navigator.recent() == [Place("person", 7)]


def test_another_view_is_no_step() -> None:
    navigator = Navigator()
    navigator.go(Place("today"))
    navigator.go(Place("opportunities"))
    navigator.replace(Place("opportunities").with_view("list"))
    navigator.back()
    assert navigator.here == Place("today")


def test_the_same_place_is_remembered_once() -> None:
    navigator = Navigator()
    navigator.go(Place("today"))
    navigator.go(Place("today"))
    assert not navigator.can_back


@given(
    st.text(min_size=1),
    st.none() | st.integers(0, 2**40),
    st.text(),
    st.dictionaries(st.text(min_size=1), st.text(), max_size=3),
)
def test_a_place_survives_being_written(
    page: str, number: int | None, view: str, query: dict[str, str]
) -> None:
    try:
        "".join([page, view, *query, *query.values()]).encode()
    except UnicodeEncodeError:
        return
    place = Place(page, number, view, tuple(sorted(query.items())))
    assert Place.parse(str(place)) == place


def test_what_is_no_place() -> None:
    with pytest.raises(ValueError, match="not a place"):
        Place.parse("")


def test_an_activity_opens_among_the_follow_ups() -> None:
    assert Place.record("activity", 3).page == "followups"
