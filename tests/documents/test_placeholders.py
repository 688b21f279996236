"""{{placeholders}}: found, filled, named while open."""

from __future__ import annotations

import pytest

from crm_desktop.documents import placeholders


def test_places_are_found_for_the_editor_to_jump_to() -> None:
    text = "甲方：{{ customer }}，总价 {{total}}。{{lines}}"
    found = placeholders.find(text)
    assert [one.name for one in found] == ["customer", "total"]
    assert text[found[0].start : found[0].end] == "{{ customer }}"


def test_filled_values_are_not_read_again() -> None:
    text = placeholders.fill("{{a}} {{b}}", {"a": "{{b}}", "b": "乙"})
    assert text == "{{b}} 乙"


def test_empty_and_unknown_values_stay_open_and_the_lines_keep_their_place() -> None:
    text = placeholders.fill("{{a}} {{x}} {{lines}}", {"a": ""})
    assert text == "{{a}} {{x}} {{lines}}"
    assert placeholders.unfilled(text) == ["a", "x"]


def test_each_open_name_is_listed_once() -> None:
    assert placeholders.unfilled("{{b}}{{a}}{{b}}") == ["b", "a"]


def test_unknown_templates_are_our_own_bug() -> None:
    with pytest.raises(KeyError):
        placeholders.template("../secrets")
