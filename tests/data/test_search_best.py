"""The first few of a search are those that looking at everything would put first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlcipher3 import dbapi2

from crm_desktop.data.search import find, finding
from crm_desktop.data.search.documents import to_text
from crm_desktop.data.search.indexing import kind_token
from crm_desktop.data.session import Session
from crm_desktop.data.tables import SearchEntry
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.search_match import Comparable, ranks_of
from crm_desktop.domain.search_terms import SearchFields, document_line
from crm_desktop.domain.search_words import words_of

Records = list[tuple[Kind, SearchFields]]

# Few, so that one query is written, heard whole, heard in part and held by a text all at once.
PARTS = ("王", "伟", "伟", "阿", "e", "Wang", "wei", "王w", " ")
names = st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map("".join)
emails = st.sampled_from(["wangwei@li.cn", "w@e.cn"])
records = st.builds(
    lambda name, email, other: SearchFields(
        names=((name, None),), emails=(email,) if email else (), other=(other,) if other else ()
    ),
    names,
    st.none() | emails,
    st.none() | names,
)
kinds = st.sampled_from([Kind.PERSON, Kind.COMPANY])
queries = st.sampled_from(
    [
        "王wei",
        "王w",
        "wangwei",
        "wangw",
        "wang",
        "ww",
        "w",
        "a王",
        "a伟",
        "we",
        "王",
        "王伟",
        "wang wei",
    ]
) | st.lists(st.sampled_from([*PARTS, "a", "w"]), min_size=1, max_size=3).map("".join)


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://", module=dbapi2)
    SearchEntry.__table__.create(engine)
    with engine.connect() as connection:
        yield Session(connection)
    engine.dispose()


def file(session: Session, filed: Records) -> None:
    """Put exactly these into the index, the newest last."""
    session.connection().rollback()
    execute = session.connection().exec_driver_sql
    for number, (kind, fields) in enumerate(filed):
        entry = (number + 1, kind.value, number, to_text(fields))
        execute("INSERT INTO search_entries VALUES (?, ?, ?, ?)", entry)
        tokens = f"{kind_token(kind)} {document_line(fields)}"
        execute("INSERT INTO search_index (rowid, tokens) VALUES (?, ?)", (number + 1, tokens))


def best(filed: Records, query: str, limit: int) -> list[int]:
    words = words_of(query)
    answered = [
        (answers, -number)
        for number, (_, fields) in enumerate(filed)
        if (answers := ranks_of(words, Comparable(fields))) is not None
    ]
    return [-newness for _, newness in sorted(answered)[:limit]]


@settings(max_examples=600, deadline=None)
@given(st.lists(st.tuples(kinds, records), min_size=5, max_size=25), queries, st.integers(1, 6))
def test_the_best_few_are_those_of_a_look_at_everything(
    session: Session, filed: Records, query: str, limit: int
) -> None:
    file(session, filed)
    assert [hit.record_id for hit in find(session, query, limit)] == best(filed, query, limit)


def test_who_is_written_so_is_found_among_many_who_sound_so(session: Session) -> None:
    def people(count: int) -> Records:
        return [(Kind.PERSON, SearchFields(names=(("王伟", None),)))] * count

    written = [
        (Kind.PERSON, SearchFields(names=(("Wangwei", None),))),
        (Kind.PERSON, SearchFields(names=(("Wangwei 二", None),))),
    ]
    file(session, [*written, *people(2 * finding.CANDIDATES)])
    hits = find(session, "wangwei", 50)
    # Both are older than all the proposals that were looked at for their sound.
    assert [hit.record_id for hit in hits[:2]] == [0, 1]
    assert len(hits) == 50


def test_who_is_written_so_is_found_behind_many_texts_with_the_word(session: Session) -> None:
    called = (Kind.PERSON, SearchFields(names=(("Wang 二", None),)))
    heard = (Kind.PERSON, SearchFields(names=(("王", None),)))
    texts = (Kind.PERSON, SearchFields(names=(("李", None),), emails=("wang.li@x.cn",)))
    file(session, [called, heard, *[texts] * (2 * finding.CANDIDATES)])
    assert [hit.record_id for hit in find(session, "wang", 50)[:2]] == [0, 1]


def test_a_sound_beside_a_character_is_found_where_many_hold_the_character(
    session: Session,
) -> None:
    meant = (Kind.PERSON, SearchFields(names=(("李芳", None),)))
    others = (Kind.PERSON, SearchFields(names=(("芳", None),)))
    file(session, [meant, *[others] * (2 * finding.CANDIDATES)])
    assert [hit.record_id for hit in find(session, "li芳", 50)] == [0]


def test_proposals_come_newest_first_without_sorting(session: Session) -> None:
    asked = {"expression": '"c王"', "limit": 9}
    plan = session.execute(text(f"EXPLAIN QUERY PLAN {finding._PROPOSED}"), asked).fetchall()
    assert not any("TEMP B-TREE" in step[-1] for step in plan), plan
