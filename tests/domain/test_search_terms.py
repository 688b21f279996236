"""What the exact filter accepts the index must propose, for every kind of query."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import sqlcipher3
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.pinyin import elements
from crm_desktop.domain.search_terms import (
    Rank,
    SearchFields,
    document_tokens,
    fts_expression,
    matches,
    proposes,
)

CHARACTERS = "张伟曾单解仇区乐重庆长沙银行吕女鄂安欧阳恒远精密机械明行查㐂々Жпが한"
LATIN = ["Wei", "Zhang", "ABC", "e", "12", "Müller", "O'Neil", "Łódź", "x-1", "恒远ABC", "3号店"]

names = st.one_of(
    st.text(CHARACTERS, min_size=1, max_size=8),
    st.lists(
        st.one_of(st.sampled_from(LATIN), st.text(CHARACTERS, min_size=1, max_size=3)),
        min_size=1,
        max_size=4,
    ).flatmap(lambda parts: st.sampled_from(["", " ", "-", "（"]).map(lambda by: by.join(parts))),
    st.text(max_size=12),
)
readings = st.one_of(st.none(), st.sampled_from(["zeng guofan", "Shàn", "lü e", "zhang wei"]))
digits = st.text("0123456789", min_size=3, max_size=9)
phones = st.one_of(digits.map(lambda d: "+861" + d), digits.map(lambda d: "+86512" + d), digits)
emails = st.sampled_from(["zhang.wei@heng-yuan.com", "a@b.cn", "li_ming88@qq.com"])
codes = st.sampled_from(["QT-2024-0015", "HT2024/7", "KH000123", "X-1"])
records = st.builds(
    SearchFields,
    names=st.lists(st.tuples(names, readings), max_size=3).map(tuple),
    codes=st.lists(codes, max_size=2).map(tuple),
    phones=st.lists(phones, max_size=2).map(tuple),
    emails=st.lists(emails, max_size=2).map(tuple),
    other=st.lists(st.one_of(names, st.text(max_size=40)), max_size=2).map(tuple),
)


def part(draw: Any, text: str) -> str:
    if not text:
        return ""
    start = draw(st.integers(0, len(text) - 1))
    return text[start : draw(st.integers(start + 1, len(text)))]


@st.composite
def spoken(draw: Any, fields: SearchFields) -> str:
    """A part of a name as people type it: characters, syllables, initials, or a mixture."""
    if not fields.names:
        return ""
    parts = elements(*draw(st.sampled_from(fields.names)))
    if not parts:
        return ""
    start = draw(st.integers(0, len(parts) - 1))
    chosen = parts[start : draw(st.integers(start + 1, len(parts)))]
    how = draw(st.sampled_from(["full", "initials", "mixed", "unfinished", "then"]))
    typed = []
    for at, (character, ways) in enumerate(chosen):
        way = draw(st.sampled_from(ways))
        if how == "initials" or (how == "then" and at):
            typed.append(way[0])
        elif how == "mixed":
            typed.append(draw(st.sampled_from([character or way, way, way[0]])))
        elif how == "unfinished" and at == len(chosen) - 1:
            typed.append(way[: draw(st.integers(1, len(way)))])
        else:
            typed.append(way)
    return "".join(typed)


@st.composite
def asked(draw: Any) -> tuple[SearchFields, str]:
    fields = draw(records)
    words = []
    texts = [
        *(text for text, _ in fields.names),
        *fields.codes,
        *fields.phones,
        *fields.emails,
        *fields.other,
    ]
    for _ in range(draw(st.integers(1, 2))):
        if draw(st.booleans()) or not texts:
            words.append(draw(spoken(fields)))
        else:
            words.append(part(draw, draw(st.sampled_from(texts))))
    if draw(st.integers(0, 9)) == 0:
        words.append(draw(st.text(max_size=5)))
    return fields, " ".join(words)


@settings(max_examples=1500, deadline=None)
@given(asked())
def test_everything_that_matches_is_proposed(case: tuple[SearchFields, str]) -> None:
    fields, query = case
    if matches(query, fields) is not None:
        assert proposes(query, document_tokens(fields))


@settings(max_examples=300, deadline=None)
@given(records, st.text(max_size=12))
def test_tokens_are_plain(fields: SearchFields, query: str) -> None:
    for token in document_tokens(fields):
        assert token[0] in "ctwisp"
        assert token.isalnum()
        assert token == token.lower()
    fts_expression(query)


WEI = SearchFields(
    names=(("张伟", None), ("苏州恒远精密机械有限公司", None)),
    codes=("KH000123",),
    phones=("+8613812345678", "+8651265881234"),
    emails=("zhang.wei@heng-yuan.com",),
    other=("老客户", "prefers WeChat, 下午联系"),
)


@pytest.mark.parametrize(
    ("query", "rank"),
    [
        ("张伟", Rank.EXACT),
        ("张", Rank.STARTS),
        ("伟", Rank.CONTAINS),
        ("恒远", Rank.CONTAINS),
        ("zhangwei", Rank.PINYIN),
        ("zhangw", Rank.PINYIN),
        ("zw", Rank.INITIALS),
        ("hyjm", Rank.INITIALS),
        ("zhang伟", Rank.PINYIN),
        ("z伟", Rank.INITIALS),
        ("hengyjm", Rank.INITIALS),
        ("5678", Rank.ELSEWHERE),
        ("678", Rank.ELSEWHERE),
        ("138-1234", Rank.ELSEWHERE),
        ("+86 138 1234 5678", Rank.EXACT),
        ("0512-6588", Rank.ELSEWHERE),
        ("138 1234", Rank.ELSEWHERE),
        ("wei@heng", Rank.ELSEWHERE),
        ("heng-yuan", Rank.PINYIN),
        ("kh0001", Rank.STARTS),
        ("KH000123", Rank.EXACT),
        ("ＫＨ０００１２３", Rank.EXACT),
        ("wechat", Rank.ELSEWHERE),
        ("老客", Rank.ELSEWHERE),
        ("恒远 伟", Rank.CONTAINS),
        ("伟 hyjm", Rank.INITIALS),
        ("伟张", None),
        ("anwei", None),
        ("18", None),
        ("", None),
        ("…", None),
        ("李", None),
    ],
)
def test_what_a_query_finds(query: str, rank: Rank | None) -> None:
    assert matches(query, WEI) == rank
    if rank is not None:
        assert proposes(query, document_tokens(WEI))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("曾国藩", "zengguofan"),
        ("曾国藩", "cengguo"),
        ("单雄信", "shanxiong"),
        ("仇英", "qiuying"),
        ("解缙", "xiejin"),
        ("区小姐", "ou"),
        ("尉迟恭", "yuchi"),
        ("欧阳修", "oyx"),
        ("重庆银行", "chongqingyh"),
        ("重庆银行", "cqyh"),
        ("朴正熙", "piao"),
        ("查良镛", "zha"),
        ("乐嘉", "yuejia"),
        ("翟天临", "zhai"),
        ("李明", "li明"),
        ("吕布", "lvbu"),
        ("吕布", "lubu"),
        ("吕布", "lü布"),
        ("Müller GmbH", "mull"),
        ("西安", "xi'an"),
    ],
)
def test_every_reading_finds(name: str, query: str) -> None:
    fields = SearchFields(names=((name, None),))
    assert matches(query, fields) is not None
    assert proposes(query, document_tokens(fields))


def test_an_own_reading_finds_too() -> None:
    fields = SearchFields(names=(("单老师", "chan laoshi"),))
    for query in ("chan", "shan", "chanlaoshi", "chanls"):
        assert matches(query, fields) is not None
        assert proposes(query, document_tokens(fields))


@pytest.fixture(scope="module")
def index() -> Any:
    connection = sqlcipher3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE terms USING fts5("
        "tokens, content='', detail=none, columnsize=0, tokenize='ascii')"
    )
    yield connection
    connection.close()


HARD = [
    "100%", '"', "a OR b", "NOT", "张*", "^x", "col:val", "(", "NEAR(a b)", "-x", "a_b", "''",
    "\\", "{a}", "+", "AND", "恒远 AND", ";--", "𠮷野", "a.b@c", "🙂", "%", "_", "\t", "张\u202e伟",
]  # fmt: skip


def test_the_index_of_the_book_takes_every_query(index: Any) -> None:
    people = [
        SearchFields(names=((surname + given, None),), other=(note,))
        for surname, given, note in itertools.product(
            ["张", "曾", "Łuk", "𠮷野"], ["伟", "建国", "a_b"], ["100% or NOT", "恒远 and 3"]
        )
    ]
    for number, person in enumerate(people, start=1):
        index.execute(
            "INSERT INTO terms(rowid, tokens) VALUES (?, ?)",
            (number, " ".join(document_tokens(person))),
        )
    for query in [*HARD, "zhangw", "jg", "伟", "建国", "𠮷", "luk", "or not", "zengjianguo"]:
        wanted = {at for at, one in enumerate(people, start=1) if matches(query, one) is not None}
        expression = fts_expression(query)
        proposed = (
            {row for (row,) in index.execute("SELECT rowid FROM terms(?)", (expression,))}
            if expression
            else set()
        )
        assert wanted <= proposed, query
