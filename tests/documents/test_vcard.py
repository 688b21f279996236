"""Address cards: what a phone reads, and the code that holds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.documents.vcard import CardOfPerson, qr_code, vcard
from crm_desktop.domain.fields import Address


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_whole_card() -> None:
    card = CardOfPerson(
        name="张伟",
        company="恒远; 精密",
        department="采购部",
        title="经理, 总监",
        mobiles=("13812345678",),
        phones=("0512-1",),
        emails=("a@b.cn",),
        websites=("b.cn",),
        addresses=(Address(line="东街 1 号", city="苏州", province="江苏", postcode="215000"),),
    )
    assert unfolded(vcard(card)) == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:张伟;;;;",
        "FN:张伟",
        "ORG:恒远\\; 精密;采购部",
        "TITLE:经理\\, 总监",
        "TEL;TYPE=CELL:13812345678",
        "TEL;TYPE=WORK:0512-1",
        "EMAIL:a@b.cn",
        "URL:b.cn",
        "ADR;TYPE=WORK:;;东街 1 号;苏州;江苏;215000;",
        "END:VCARD",
        "",
    ]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=300))
def test_no_line_is_too_long_and_no_character_is_cut(name: str) -> None:
    text = vcard(CardOfPerson(name=name))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (line,) = [one for one in unfolded(text) if one.startswith("FN:")]
    plain = line[3:].replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
    assert plain == " ".join(name.split())


def test_a_code_is_square_and_has_its_three_corners() -> None:
    code = qr_code(vcard(CardOfPerson(name="张伟", mobiles=("13812345678",))))
    size = len(code)
    assert size % 4 == 1
    assert all(len(row) == size for row in code)
    for row, column in ((0, 0), (0, size - 7), (size - 7, 0)):
        frame = [code[row][column + n] for n in range(7)] + [
            code[row + n][column] for n in range(7)
        ]
        assert all(frame), "the frame of a corner is dark"
        assert not code[row + 1][column + 1]
        assert code[row + 3][column + 3]


def test_too_much_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr_code("x" * 3000)
