"""Tax numbers: the check character, older forms, and what is told about the rest."""

from __future__ import annotations

import pytest

from crm_desktop.domain import taxnumber
from crm_desktop.words import LANGUAGES, Words

GOOD = "91110000600037341L"


def test_a_right_number_however_written() -> None:
    for written in (
        GOOD,
        GOOD.lower(),
        "9111 0000 6000 3734 1L",
        "９１１１００００６０００３７３４１Ｌ",
    ):
        assert taxnumber.normalise(written) == GOOD
        assert taxnumber.is_valid(written)
        assert taxnumber.problem(written) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("91110000600037341M", "taxnumber.checksum"),
        ("91110000600037314L", "taxnumber.checksum"),
        ("9111000060003734", "taxnumber.length"),
        ("9111000060003734IL", "taxnumber.characters"),
        ("见营业执照", "taxnumber.characters"),
        ("110108600037341", None),
        ("", None),
    ],
)
def test_problems(written: str, code: str | None) -> None:
    found = taxnumber.problem(written)
    assert (found.code if found else None) == code
    if found:
        for language in LANGUAGES:
            assert Words(language).text(found.code, **found.args)
