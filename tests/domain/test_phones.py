"""Phone numbers: the golden table of spellings, and the library's examples of the world."""

from __future__ import annotations

import csv
import os
from decimal import Decimal
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain import phones
from crm_desktop.domain.phones import PhoneKey, Raw
from crm_desktop.words import LANGUAGES, Words

MOBILE = "+8613800138000"
DATA = Path(os.environ.get("CRM_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
VECTORS = DATA / "vectors" / "phone_examples_a.tsv"


@pytest.mark.parametrize(
    "raw",
    [
        "13800138000", "138 0013 8000", "138-0013-8000", "１３８００１３８０００",
        "+86 13800138000", "0086-138-0013-8000", "8613800138000", "(+86)138 0013 8000",
        "手机：13800138000", "Tel: 138 0013 8000", "138—0013—8000", "013800138000",
        13800138000, 13800138000.0, 13800138000.000002, Decimal("13800138000"),
        "13800138000.0", "1.3800138E+10", "1.3800138e10",
    ],
)  # fmt: skip
def test_one_mobile_in_every_spelling(raw: Raw) -> None:
    key = phones.normalise(raw)
    assert key.number == MOBILE
    assert phones.display(key) == "138 0013 8000"
    assert phones.problem(raw) is None


@pytest.mark.parametrize(
    ("raw", "numbers"),
    [
        ("13800138000/13900139000", ["+8613800138000", "+8613900139000"]),
        ("13800138000、13900139000", ["+8613800138000", "+8613900139000"]),
        ("13800138000；13900139000;13700137000",
         ["+8613800138000", "+8613900139000", "+8613700137000"]),
        ("13800138000\n0512-65881234", ["+8613800138000", "+8651265881234"]),
        ("13800138000 13900139000", ["+8613800138000", "+8613900139000"]),
        ("13800138000/13800138000", ["+8613800138000"]),
        ("0512-65881234/35", ["+8651265881234", "+8651265881235"]),
        ("无", []), ("-", []), ("—", []), ("/", []), ("", []), (None, []), ("0", []), ("N/A", []),
    ],
)  # fmt: skip
def test_several_in_a_cell(raw: Raw, numbers: list[str]) -> None:
    assert [key.number for key in phones.normalise_all(raw)] == numbers


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("0512-65881234转801", PhoneKey("+8651265881234", "801")),
        ("0512-65881234 ext. 801", PhoneKey("+8651265881234", "801")),
        ("0512-65881234-801", PhoneKey("+8651265881234", "801")),
        ("(010)6588 1234", PhoneKey("+861065881234")),
        ("+86-512-65881234", PhoneKey("+8651265881234")),
        ("400-820-8820", PhoneKey("+864008208820")),
        ("65881234", PhoneKey("65881234")),
        ("10086", PhoneKey("10086")),
        ("+1 (202) 555-0123", PhoneKey("+12025550123")),
        ("001 202 555 0123", PhoneKey("+12025550123")),
        ("+44 (0)20 7946 0018", PhoneKey("+442079460018")),
        ("1380013800", PhoneKey("1380013800")),
    ],
)
def test_landlines_extensions_and_abroad(raw: str, key: PhoneKey) -> None:
    assert phones.normalise(raw) == key


def test_another_region_at_home() -> None:
    assert phones.normalise("030/1234567", "DE").number == "+49301234567"
    assert phones.normalise("(202) 555-0123", "US").number == "+12025550123"
    assert phones.normalise("13800138000", "DE").number != MOBILE


@pytest.mark.parametrize(
    ("raw", "damaged"),
    [
        (110101199003071234.0, True), (1.10101199003071e17, True), (110101199003071232, True),
        ("1.10101E+17", True), ("1.38E+10", True), ("110101199003071000", True),
        ("6222021234567890000", True), ("110101199003071234", False), ("13800138000", False),
        (13800138000.0, False), ("1.3800138000E+10", False), (None, False), (float("inf"), False),
        ("", False), ("无", False),
    ],
)  # fmt: skip
def test_lost_digits_are_seen(raw: Raw, damaged: bool) -> None:
    assert phones.looks_damaged(raw) is damaged


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1380013800", "phone.short_mobile"),
        ("138001380001", "phone.long_mobile"),
        ("1.38E+10", "phone.digits_lost"),
        ("见备注", "phone.no_digits"),
        ("12", "phone.too_short"),
        ("12345678901234567", "phone.too_long"),
        ("99345678901234567", "phone.too_long"),
        ("13800138000/1390013900", "phone.short_mobile"),
        ("0512-65881234转801", None),
        ("10086", None),
        ("+12025550123", None),
        ("无", None),
        ("", None),
        (None, None),
    ],
)
def test_problems(raw: Raw, code: str | None) -> None:
    found = phones.problem(raw)
    assert (found.code if found else None) == code
    if found:
        for language in LANGUAGES:
            assert Words(language).text(found.code, **found.args)


def test_display() -> None:
    assert phones.display("0512-65881234-801") == "0512 6588 1234-801"
    assert phones.display("010 65881234") == "010 6588 1234"
    assert phones.display("4008208820") == "400 820 8820"
    assert phones.display("+12025550123") == "+1 202-555-0123"
    assert phones.display("见备注") == "见备注"


@given(st.from_regex(r"(1[3-9][0-9]{9}|0(10|2[0-9])[2-8][0-9]{7}|400[0-9]{7})", fullmatch=True))
def test_the_quick_path_says_what_the_library_says(number: str) -> None:
    parsed = phonenumbers.parse(number, "CN")
    if phonenumbers.is_valid_number(parsed):
        expected = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        assert phones.normalise(number).number == expected


@given(
    st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.text("0123456789+-/ ()转.eE"))
)
def test_nothing_a_cell_holds_breaks_it(raw: Raw) -> None:
    for key in phones.normalise_all(raw):
        assert key.number.removeprefix("+").isdigit()
        assert phones.normalise(key.number).number == key.number or not key.number.startswith("+")
    phones.problem(raw)
    phones.looks_damaged(raw)
    phones.display(str(raw))


@pytest.mark.skipif(not VECTORS.is_file(), reason="the table of examples is not here")
def test_examples_of_the_world() -> None:
    with VECTORS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            assert phones.normalise(row["international"]).number == row["e164"], row
            assert phones.normalise(row["e164"]).number == row["e164"], row
