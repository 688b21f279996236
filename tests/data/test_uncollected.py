"""While a worker holds millions of values nobody looks through them for garbage."""

from __future__ import annotations

import gc
import sys

import pytest

from crm_desktop.data.uncollected import uncollected
from crm_desktop.ui.garbage import collect_what_is_due


def looked_through() -> int:
    return sum(each["collections"] for each in gc.get_stats())


def test_the_window_looks_for_nothing_meanwhile() -> None:
    kept = []
    with uncollected(), uncollected():
        before = looked_through()
        kept += [[number] for number in range(100_000)]
        collect_what_is_due()
        assert looked_through() == before
    collect_what_is_due()
    kept += [[number] for number in range(100_000)]
    collect_what_is_due()
    assert looked_through() > before


def test_the_usual_thresholds_come_back() -> None:
    usual = gc.get_threshold()
    with uncollected():
        assert gc.get_threshold()[0] == 0
        with uncollected():
            pass
        assert gc.get_threshold()[0] == 0
    assert gc.get_threshold() == usual


def test_turns_at_the_interpreter_are_short_meanwhile() -> None:
    usual = sys.getswitchinterval()
    with uncollected():
        with uncollected():
            pass
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual


def test_they_come_back_after_a_failure() -> None:
    usual = gc.get_threshold()

    def fail() -> None:
        with uncollected():
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert gc.get_threshold() == usual
