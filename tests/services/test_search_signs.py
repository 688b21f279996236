"""Names with signs are found by the signs alone, and by these as they are, not as wildcards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import Query
from crm_desktop.domain.search_signs import rank_of_signs, signs_of
from crm_desktop.domain.search_words import Rank, SearchFields
from crm_desktop.domain.text import fold
from crm_desktop.services.house import Services

NAMES = ("100% Cotton", "a_b Trading", 'He said "no"', "C:\\Works", "％机械", "普通公司", "%", "%_")


@pytest.fixture
def firms(services: Services) -> Services:
    for name in NAMES:
        services.records.create(Kind.COMPANY, {"name": name})
    services.records.create(Kind.PERSON, {"name": "李% 娜", "email": ("li@b.cn",)})
    return services


@pytest.mark.parametrize("query", ["%", "_", '"', "\\", "％", "% _", " % ", "%_", "@", "☂"])
def test_signs_are_found_where_names_hold_them(firms: Services, query: str) -> None:
    parts = fold(query).split()
    wanted = {name for name in NAMES if all(part in fold(name) for part in parts)}
    hits = firms.search.find(query, kinds=(Kind.COMPANY,))
    assert {hit.title for hit in hits} == wanted
    ids = firms.records.ids(Kind.COMPANY, Query(text=query))
    assert {firms.records.title(Ref(Kind.COMPANY, one)) for one in ids} == wanted


def test_the_best_comes_first_and_every_kind_is_asked(firms: Services) -> None:
    found = [hit.title for hit in firms.search.find("%")]
    assert found[0] == "%"
    assert set(found[1:3]) == {"%_", "％机械"}
    assert set(found[3:]) == {"100% Cotton", "李% 娜"}
    assert firms.search.find("@") == []  # an address is found by what stands in it


def test_a_renamed_and_a_trashed_one_are_found_no_more(firms: Services) -> None:
    by_name = {hit.title: hit.ref.id for hit in firms.search.find("%", kinds=(Kind.COMPANY,))}
    firms.records.update(Kind.COMPANY, by_name["100% Cotton"], {"name": "Cotton"})
    firms.records.trash(Kind.COMPANY, by_name["%"])
    left = {hit.title for hit in firms.search.find("%", kinds=(Kind.COMPANY,))}
    assert left == {"%_", "％机械"}


@given(st.text(max_size=6))
def test_a_query_is_of_signs_or_of_words(query: str) -> None:
    signs = signs_of(query)
    assert all(not any(letter.isalnum() for letter in part) for part in signs)
    name = SearchFields(names=((query, None),))
    if signs:
        assert rank_of_signs(signs, name) is not None
    assert rank_of_signs(("☂",), SearchFields(names=(("a☂", None),))) is Rank.CONTAINS
