"""The next of some things made while one is used: SQLite works beside the interpreter."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Thing = TypeVar("Thing")


@contextmanager
def one_ahead(things: Iterator[Thing]) -> Iterator[Iterator[Thing]]:
    """The same things in the same order, each made in a thread of its own before it is asked for.

    Nobody else may touch what they are made of meanwhile; behind the block nothing is made.
    """
    with ThreadPoolExecutor(1, "ahead") as thread:
        first = thread.submit(_one, things)

        def taken() -> Iterator[Thing]:
            waiting = first
            while one := waiting.result():
                waiting = thread.submit(_one, things)
                yield one[0]

        yield taken()


def _one(things: Iterator[Thing]) -> tuple[Thing, ...]:
    """The next thing, nothing behind the last."""
    for thing in things:
        return (thing,)
    return ()
