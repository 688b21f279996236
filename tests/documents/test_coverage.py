"""Characters the fonts lack are named before a document is issued."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crm_desktop.documents import coverage
from crm_desktop.domain.problems import Refused
from crm_desktop.words import LANGUAGES, Words
from tests.documents import samples


def test_ordinary_papers_are_covered() -> None:
    coverage.require_covered(samples.quote(5, "bi"))
    coverage.require_covered(samples.contract(5))


def test_missing_characters_are_named_with_their_place() -> None:
    paper = samples.quote(2)
    line = replace(paper.lines[1], description="𠮷野家 \U0001f600")
    paper = replace(
        paper, customer=replace(paper.customer, name="𠮷田"), lines=(paper.lines[0], line)
    )
    found = coverage.uncovered(paper)
    assert [(one.character, one.code) for one in found] == [
        ("𠮷", "U+20BB7"),
        ("\U0001f600", "U+1F600"),
    ]
    assert found[0].fields == ("customer.name", "lines.2.description")
    assert found[0].excerpt == "𠮷田"


def test_issue_is_refused_in_words() -> None:
    with pytest.raises(Refused) as caught:
        coverage.require_covered(samples.quote(1, notes="한글"))
    for language in LANGUAGES:
        sentence = Words(language).text(caught.value.key, **caught.value.args_for_words)
        assert "한 (U+D55C)" in sentence


def test_invisible_characters_do_not_count_as_missing() -> None:
    assert coverage.uncovered_in("甲\u200b乙\ufe0f\n\t丙\xa0") == []
