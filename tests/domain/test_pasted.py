"""Pasted texts, all invented, with what is to be understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.pasted import parse

_FILE = Path(__file__).with_name("pasted_examples.txt")
_KEYS = (
    "name|title|department|company|mobile|phone|fax|email|website|address|region|wechat|qq|"
    "tax_number|birthday|kind"
)


def _examples() -> list[tuple[str, dict[str, str]]]:
    found = []
    for block in _FILE.read_text("utf-8").split("\n---\n"):
        text, _, line = block.rstrip("\n").rpartition("\n=>")
        parts = re.split(rf"\s*\b({_KEYS})=", line)[1:]
        found.append((text, dict(zip(parts[::2], parts[1::2], strict=True))))
    return found


EXAMPLES = _examples()


def test_there_are_many() -> None:
    assert len(EXAMPLES) >= 90


@pytest.mark.parametrize(("text", "wanted"), EXAMPLES, ids=lambda value: str(value)[:24])
def test_examples(text: str, wanted: dict[str, str]) -> None:
    pasted = parse(text)
    found = {piece.key: pasted.first(piece.key) for piece in pasted.pieces}
    if "kind" in wanted:
        found["kind"] = pasted.kind.value
    extra = {key: found[key] for key in ("name", "company", "birthday") if key in found}
    assert {key: found.get(key) for key in wanted} == wanted
    assert all(key in wanted for key in extra), extra


@pytest.mark.parametrize("text", [text for text, _ in EXAMPLES])
def test_spans_point_to_the_text(text: str) -> None:
    pasted = parse(text)
    for piece in pasted.pieces:
        assert 0 <= piece.start < piece.end <= len(pasted.text)
        assert len(piece.value) == piece.end - piece.start


LETTERS = "生日农历八月十五1985-3，张伟王 经理公司13800:：@.comTel\n-()微信同号省市路号"


@given(st.text(alphabet=st.sampled_from(LETTERS), max_size=80))
def test_anything_is_survived(text: str) -> None:
    parse(text)
