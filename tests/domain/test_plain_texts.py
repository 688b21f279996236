"""Columns of plain texts: what a JSON array is taken for is what it holds, or it is left alone."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_desktop.domain.plain_texts import LONGEST, PlainTexts, naming, plain_in_json

_TEXTS = st.text(
    st.one_of(
        st.sampled_from(list('",[]\\ &<_x\n\t\x7f\u3000null01')), st.characters(codec="utf-8")
    )
)
_VALUES = st.one_of(_TEXTS, st.none(), st.integers(), st.booleans())


def array(values: list[object]) -> str:
    """As the engine writes it."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


@given(st.lists(_VALUES, min_size=1))
@example([",", "", ",", ",,"])
@example(["", None, ""])
@example(["a", 5, "b"])
@example(['a","b'])
def test_an_array_taken_for_plain_texts_holds_just_these(values: list[object]) -> None:
    plain = plain_in_json(array(values), len(values))
    if plain is None:
        return
    assert list(plain) == [value or None for value in values]
    for text in plain:
        assert text is None or (text.isprintable() and text == text.strip(" "))
    if not plain.marked:
        assert not any(sign in text for sign in ("&", "<", ">", "_x") for text in plain if text)


@given(st.lists(st.text("王ab1,.null[]@-+&", max_size=8), min_size=1))
def test_usual_texts_are_plain(texts: list[str]) -> None:
    assert list(plain_in_json(array([*texts]), len(texts)) or ()) == [one or None for one in texts]


@pytest.mark.parametrize(
    "odd", [" a", "a ", "a\nb", 'a"b', "a\\b", "a\x7fb", "a\u3000b", "x" * (LONGEST + 1)]
)
def test_what_needs_a_second_look_is_not_plain(odd: str) -> None:
    assert plain_in_json(array(["a", "", odd, "b"]), 4) is None


def test_parts_places_and_orders() -> None:
    plain = PlainTexts([b"a", b"", "王".encode()], marked=False)
    assert (plain[0], plain[1], plain[-1], len(plain)) == ("a", None, "王", 3)
    assert list(plain[1:]) == [None, "王"]
    assert list(plain.picked(reversed)) == ["王", None, "a"]
    assert [plain.count(one) for one in (None, "", "王", "b")] == [1, 0, 1, 0]


def test_names_of_choices() -> None:
    named = naming({1: "重点", 2: "A & B"})
    assert named is not None
    assert list(named([2, None, 1, 9])) == ["A & B", None, "重点", None]
    assert named([]).marked
    assert naming({1: "两\n行"}) is None
