"""Numbers out of one JSON text, read in pieces."""

from __future__ import annotations

import json
from array import array

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.data.ids import numbers


@given(st.lists(st.integers(-(2**63), 2**63 - 1)), st.integers(0, 40), st.sampled_from((",", ", ")))
def test_all_numbers_are_read_whatever_the_pieces(ids: list[int], piece: int, between: str) -> None:
    text = json.dumps(ids, separators=(between, ":"))
    assert numbers(text, piece=piece) == array("q", ids)
    assert numbers(text) == array("q", ids)
