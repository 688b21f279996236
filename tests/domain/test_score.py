"""The relationship score follows its rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.score import (
    FALLING,
    RISING,
    STEADY,
    WEIGHTS,
    Complaint,
    ScoreFacts,
    Touch,
    score,
)

TODAY = date(2026, 11, 20)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def touches(*days: int) -> list[Touch]:
    return [Touch(ago(day), number) for number, day in enumerate(days)]


def test_nothing_known_is_no_score() -> None:
    assert score(ScoreFacts(), TODAY) is None


@pytest.mark.parametrize(("days", "part"), [(0, 1.0), (14, 1.0), (97, 0.5), (180, 0.0), (900, 0.0)])
def test_recency(days: int, part: float) -> None:
    found = score(ScoreFacts(touches=touches(days)), TODAY)
    assert found is not None
    assert found.parts["recency"] == pytest.approx(part, abs=0.01)
    assert found.days == days


def test_frequency_and_breadth() -> None:
    found = score(ScoreFacts(touches=touches(1, 2, 3, 4, 200, 300, 400)), TODAY)
    assert found is not None
    assert (found.parts["frequency"], found.touches) == (0.5, 4)
    assert found.parts["breadth"] == 1.0
    same = score(ScoreFacts(touches=[Touch(ago(1), 7), Touch(ago(2), 7)]), TODAY)
    assert same is not None
    assert same.parts["breadth"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(("days", "part"), [((1, 2), 1.0), ((1,), 0.6), ((500,), 0.3)])
def test_trade(days: tuple[int, ...], part: float) -> None:
    found = score(ScoreFacts(sales=[ago(day) for day in days]), TODAY)
    assert found is not None
    assert found.parts == {"trade": part}


def test_service_counts_open_complaints() -> None:
    happy = ScoreFacts(ratings=[(ago(3), 5)])
    unhappy = ScoreFacts(ratings=[(ago(3), 5)], complaints=[Complaint(ago(2), None)])
    settled = ScoreFacts(ratings=[(ago(3), 5)], complaints=[Complaint(ago(9), ago(1))])
    scores = [score(facts, TODAY) for facts in (happy, unhappy, settled)]
    parts = [found.parts["service"] for found in scores if found is not None]
    assert parts == [1.0, 0.75, 1.0]


def test_judgement_and_the_whole() -> None:
    found = score(ScoreFacts(judged=[5, 3]), TODAY)
    assert found is not None
    assert (found.value, found.trend) == (4.0, STEADY)
    both = score(ScoreFacts(judged=[5, 5], sales=[ago(500)]), TODAY)
    assert both is not None
    weighted = (WEIGHTS["judgement"] + 0.3 * WEIGHTS["trade"]) / 50
    assert both.value == round(1 + 4 * weighted, 1)


def test_trend() -> None:
    fresh = ScoreFacts(touches=touches(1, 5, 9, 200))
    cold = ScoreFacts(touches=touches(100, 101, 102, 103))
    found = [score(facts, TODAY) for facts in (fresh, cold)]
    assert [one.trend for one in found if one is not None] == [RISING, FALLING]


_days = st.integers(0, 800)


@given(st.lists(_days, max_size=12), st.lists(_days, max_size=4), st.lists(st.integers(1, 5)))
def test_it_stays_between_one_and_five(
    touched: list[int], sold: list[int], judged: list[int]
) -> None:
    facts = ScoreFacts(touches(*touched), [ago(day) for day in sold], judged=judged)
    found = score(facts, TODAY)
    assert (found is None) == (not (touched or sold or judged))
    if found is not None:
        assert 1 <= found.value <= 5
        assert all(0 <= part <= 1 for part in found.parts.values())
