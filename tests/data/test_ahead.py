"""Things made one ahead of who uses them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from crm_desktop.data.records.ahead import one_ahead

NUMBERS = list(range(7))


def test_the_same_in_the_same_order_from_another_thread() -> None:
    makers: list[int] = []

    def made() -> Iterator[int]:
        for number in NUMBERS:
            makers.append(threading.get_ident())
            yield number

    with one_ahead(made()) as numbers:
        assert list(numbers) == NUMBERS
    assert threading.get_ident() not in makers
    assert len(set(makers)) == 1


def test_the_next_is_made_before_it_is_asked_for() -> None:
    begun = threading.Event()

    def made() -> Iterator[int]:
        yield 1
        begun.set()
        yield 2

    with one_ahead(made()) as numbers:
        assert next(numbers) == 1
        assert begun.wait(60)
        assert next(numbers) == 2


def test_what_goes_wrong_is_told_where_it_is_used() -> None:
    def made() -> Iterator[int]:
        yield 1
        raise LookupError("gone")

    with one_ahead(made()) as numbers:
        assert next(numbers) == 1
        with pytest.raises(LookupError, match="gone"):
            next(numbers)


def test_who_leaves_early_leaves_nobody_at_work() -> None:
    made: list[int] = []

    def making() -> Iterator[int]:
        for number in NUMBERS:
            made.append(number)
            yield number

    with one_ahead(making()) as numbers:
        assert next(numbers) == 0
    last = list(made)
    assert len(last) <= 2
    assert not [one for one in threading.enumerate() if one.name.startswith("ahead")]
    assert made == last
