"""Yuan in capitals: the regulation's examples, the traps, and a library as a second opinion."""

from __future__ import annotations

import csv
import os
from decimal import Decimal
from pathlib import Path

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.capitals import rmb_capitals
from crm_desktop.domain.problems import Refused

DATA = Path(os.environ.get("CRM_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
VECTORS = DATA / "vectors" / "rmb_capital.tsv"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"), ("100000", "壹拾万元整"), ("110000", "壹拾壹万元整"), ("10", "壹拾元整"),
        ("10.01", "壹拾元零壹分"), ("1000.5", "壹仟元零伍角"), ("10010000", "壹仟零壹万元整"),
        ("0.05", "伍分"), ("0.50", "伍角"), ("0.55", "伍角伍分"), ("-10.01", "负壹拾元零壹分"),
        ("100000000", "壹亿元整"), ("100000001", "壹亿零壹元整"), ("100001000", "壹亿零壹仟元整"),
        ("100010000", "壹亿零壹万元整"), ("1010000000", "壹拾亿壹仟万元整"),
        ("1000010001", "壹拾亿零壹万零壹元整"), ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("1409.50", "壹仟肆佰零玖元伍角"), ("20500", "贰万零伍佰元整"),
        ("999999999999.99",
         "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)  # fmt: skip
def test_traps(amount: str, words: str) -> None:
    assert rmb_capitals(Decimal(amount)) == "人民币" + words


@pytest.mark.skipif(not VECTORS.is_file(), reason="the table of examples is not here")
def test_the_regulation() -> None:
    with VECTORS.open(encoding="utf-8", newline="") as file:
        for amount, allowed, _ in list(csv.reader(file, delimiter="\t"))[1:]:
            assert rmb_capitals(Decimal(amount)) in allowed.split("|"), amount


@given(st.integers(0, 99_999_999_999_999))
def test_against_the_library(fen: int) -> None:
    amount = Decimal(fen) / 100
    ours, theirs = rmb_capitals(amount, prefix=""), cn2an.an2cn(str(amount), "rmb")
    assert ours.replace("零", "") == theirs.replace("零", "")


@given(st.integers(-99_999_999_999_999, 99_999_999_999_999))
def test_shape(fen: int) -> None:
    words = rmb_capitals(Decimal(fen) / 100)
    assert "零零" not in words
    assert words.startswith("人民币负") == (fen < 0)
    assert not words.removeprefix("人民币").removeprefix("负").startswith(("拾", "零角", "零分"))
    assert words[-1] in "整角分"
    assert words.endswith("整") == (fen % 100 == 0)


def test_limits() -> None:
    with pytest.raises(Refused):
        rmb_capitals(Decimal("1000000000000"))
    with pytest.raises(ValueError, match="round it first"):
        rmb_capitals(Decimal("0.001"))
